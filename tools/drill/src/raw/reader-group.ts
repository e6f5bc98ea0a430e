import { monotonicMs } from "../monotonic-ms.ts";
import { quantile } from "../statistics.ts";
import { openSse } from "./open-sse.ts";
import { openRealtime, type RealtimeSession } from "./realtime-session.ts";
import type { EventJson, StreamReader, StreamRequest } from "./stream-reader.ts";

/** Readers that do the same. */
export interface GroupOptions {
  readonly gatewayUrl: string;
  readonly transport: "sse" | "websocket";
  readonly count: number;
  /** What each asks for; of several, one after the other in turn. */
  readonly request: StreamRequest | readonly StreamRequest[];
  /**
   * What they do once they have their first event: `reads`; `stalls`, which leaves everything to
   * the kernel; `owes`, which reads and never grants more (WebSocket only). `reads` when absent.
   */
  readonly manner?: "reads" | "stalls" | "owes";
  /** Connections that are opened at once; 100 when absent. */
  readonly atOnce?: number;
}

/** What a group has seen since the report before. */
export interface GroupReport {
  readonly pieces: number;
  readonly seconds: number;
  /** From the agent's hand to here. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Of the whole time: streams that ended, by why. */
  readonly ended: Readonly<Record<string, number>>;
  /** Of the whole time: holes, repetitions and turnings in the numbers. */
  readonly faults: number;
  /** Of the whole time: pieces of each reader. */
  readonly totals: readonly number[];
  /** Ports of the connections. */
  readonly ports: readonly number[];
  /** Most bytes of frames that one reader was sent; WebSocket only. */
  readonly mostReceivedBytes: number;
}

/** Readers of one kind, what they read and how late it came. */
export class ReaderGroup {
  readonly #options: GroupOptions;
  readonly #readers: StreamReader[] = [];
  readonly #sessions: RealtimeSession[] = [];
  readonly #totals: number[] = [];
  readonly #ended: Record<string, number> = {};
  #latencies: number[] = [];
  #since = performance.now();
  #pieces = 0;
  #faults = 0;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  /** Opens all of them; answers when each has had its first event. */
  async open(): Promise<void> {
    const { count, atOnce = 100 } = this.#options;
    let next = 0;
    const worker = async () => {
      while (next < count) await this.#openOne(next++);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  }

  report(): GroupReport {
    const seconds = (performance.now() - this.#since) / 1000;
    const latencies = this.#latencies;
    const report: GroupReport = {
      pieces: this.#pieces,
      seconds,
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
      maxMs: quantile(latencies, 1),
      ended: this.#ended,
      faults: this.#faults,
      totals: this.#totals,
      ports: this.#readers.flatMap(({ localPort }) => localPort ?? []),
      mostReceivedBytes: this.#sessions.reduce(
        (most, each) => Math.max(most, each.receivedBytes),
        0,
      ),
    };
    this.#latencies = [];
    this.#pieces = 0;
    this.#since = performance.now();
    return report;
  }

  /** Has each reader make a call on its connection; answers how many were answered, and how fast. */
  async call(): Promise<{ answered: number; p99Ms: number }> {
    const tookMs: number[] = [];
    const { gatewayUrl, atOnce = 100 } = this.#options;
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < this.#readers.length; index = next++) {
        const start = performance.now();
        const session = this.#sessions[index];
        const isAnswered = session ? await callOver(session) : await callByRest(gatewayUrl);
        if (isAnswered) tookMs.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return { answered: tookMs.length, p99Ms: quantile(tookMs, 0.99) };
  }

  close(): void {
    for (const reader of this.#readers) reader.leave();
  }

  #openOne(index: number): Promise<void> {
    const { gatewayUrl, transport, request, manner = "reads" } = this.#options;
    this.#totals[index] = 0;
    return new Promise((resolve) => {
      let lastNumber = 0;
      const onEvent = (event: EventJson) => {
        if (lastNumber === 0) {
          if (manner === "stalls") reader.pause();
          resolve();
        }
        if (event.end || event.gap || event.snapshot) {
          if (event.end) this.#countEnd(event.end.reason);
          return;
        }
        const number = Number(event.cursor.slice(event.cursor.indexOf(".") + 1));
        // A watcher begins wherever the task is.
        if (lastNumber > 0 && number !== lastNumber + (event.merged ?? 1)) this.#faults++;
        lastNumber = number;
        const text = event.outputDelta?.text ?? event.progress?.message;
        if (text !== undefined) this.#take(index, text);
      };
      const onClose = (problem: string | undefined) => {
        if (problem !== undefined) this.#countEnd(problem);
        resolve();
      };
      const handlers = { onEvent, onClose };
      const requests = [request].flat();
      const asked = requests[index % requests.length] as StreamRequest;
      const reader =
        transport === "sse"
          ? openSse(gatewayUrl, asked, handlers)
          : openRealtime(gatewayUrl, asked, handlers, { grants: manner !== "owes" });
      if ("session" in reader) this.#sessions[index] = reader.session as RealtimeSession;
      this.#readers[index] = reader;
    });
  }

  #take(index: number, text: string): void {
    const now = monotonicMs();
    for (const piece of text.split(" ")) {
      if (piece === "") continue;
      this.#pieces++;
      this.#totals[index] = (this.#totals[index] ?? 0) + 1;
      this.#latencies.push(now - Number(piece));
    }
  }

  #countEnd(why: string): void {
    this.#ended[why] = (this.#ended[why] ?? 0) + 1;
  }
}

const echo = { agent: "echo", text: "hello" };

function callOver(session: RealtimeSession): Promise<boolean> {
  return new Promise((resolve) => {
    let state: unknown;
    session.open(
      { call: echo },
      {
        onEvent: (event) => {
          state = (event.snapshot as { task?: { state?: string } } | undefined)?.task?.state;
        },
        onClose: (problem) => resolve(problem === undefined && state === "COMPLETED"),
      },
    );
  });
}

async function callByRest(gatewayUrl: string): Promise<boolean> {
  const response = await fetch(`${gatewayUrl}/v1/agents/${echo.agent}/calls`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: echo.text }),
  });
  return ((await response.json()) as { state?: string }).state === "COMPLETED";
}
