import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { match } from "../match.ts";
import type { Flood, Heard, Step } from "../vector.ts";
import { cannedExecution, cannedFrame } from "./canned.ts";
import type { Run } from "./run.ts";

/** The other end of a connection that frames travel on. */
export interface FramePeer {
  send(frames: readonly JsonObject[]): void;
  sendBytes(bytes: Buffer): void;
  close(code: number | undefined, reason: string | undefined): void;
  cut(): void;
}

/** How long a step waits before it holds that nothing will come. */
const patienceMs = 30_000;

/** Frames that may come at any time, and are heard only where a step asks for them. */
const quiet: ReadonlySet<string> = new Set(["credit", "ping", "pong", "capacity", "halfClose"]);

/** What a frame says; `hello`, `open`, … */
const kindOf = (frame: JsonObject) => Object.keys(frame).find((name) => name !== "exchange") ?? "";

/** Plays one side of a connection by a script, and complains about the other. */
export class FrameScript {
  readonly #peer: FramePeer;
  readonly #run: Run;
  readonly #frames: JsonObject[] = [];
  /** The exchange that is meant by each number of the script. */
  readonly #exchanges = new Map<Json, Json>();
  /** What the other side has room for on a new exchange. */
  #windowBytes = 0;
  /** What it has granted on each exchange besides. */
  readonly #granted = new Map<Json, number>();
  /** Events that came on each exchange. */
  readonly #events = new Map<Json, number>();
  #wake = () => {};
  #isLost = false;

  constructor(peer: FramePeer, run: Run) {
    this.#peer = peer;
    this.#run = run;
  }

  /** Hears frames; a ping is answered at once. */
  receive(frames: readonly JsonObject[]): void {
    for (const frame of frames) {
      const exchange = frame["exchange"] ?? 0;
      if (isJsonObject(frame["hello"])) this.#windowBytes = Number(frame["hello"]["windowBytes"]);
      if (isJsonObject(frame["credit"])) {
        const bytes = Number(frame["credit"]["bytes"] ?? 0);
        this.#granted.set(exchange, (this.#granted.get(exchange) ?? 0) + bytes);
      }
      if (isJsonObject(frame["ping"])) this.#peer.send([{ pong: frame["ping"] }]);
      if (frame["event"] !== undefined) {
        this.#events.set(exchange, (this.#events.get(exchange) ?? 0) + 1);
      }
      if (isJsonObject(frame["close"])) {
        const events = this.#events.get(exchange) ?? 0;
        this.#run.check(`the count of exchange ${exchange}`, events, frame["close"]["events"] ?? 0);
      }
      this.#frames.push(frame);
    }
    this.#wake();
  }

  /** The connection is gone. */
  lost(): void {
    this.#isLost = true;
    this.#wake();
  }

  /** Plays the script to its end, or to the first step that does not hold: then it hangs up. */
  async play(steps: readonly Step[]): Promise<void> {
    for (const [index, step] of steps.entries()) {
      const before = this.#run.complaints.length;
      await this.#step(step, `step ${index + 1}`);
      if (this.#run.over.signal.aborted) return;
      if (this.#run.complaints.length > before) return this.#peer.cut();
    }
  }

  async #step(step: Step, what: string): Promise<void> {
    if (step.expect !== undefined) await this.#expect(step.expect, what);
    if (step.hear !== undefined) await this.#hear(step.hear, what);
    if (step.take !== undefined) await this.#take(step.take, what);
    if (step.send !== undefined) this.#send(step.send);
    if (step.execute !== undefined) this.#send([cannedExecution(step.execute)]);
    if (step.flood !== undefined) await this.#flood(step.flood, what);
    if (step.sendText !== undefined) this.#peer.sendBytes(Buffer.from(step.sendText));
    if (step.sendBytes !== undefined) this.#peer.sendBytes(Buffer.from(step.sendBytes, "hex"));
    if (step.silence !== undefined) await this.#silence(step.silence, what);
    if (step.close !== undefined) this.#peer.close(step.close.code, step.close.reason);
    if (step.cut === true) this.#peer.cut();
    if (step.abort === true) this.#run.abort();
    if (step.closed === true) {
      while (!this.#isLost) {
        this.#frames.length = 0;
        if (!(await this.#more(patienceMs))) return this.#run.complain(`${what}: it stays open`);
      }
    }
  }

  async #expect(wanted: JsonObject, what: string): Promise<void> {
    const frame = await this.#next(kindOf(wanted), what);
    if (frame === undefined) return;
    const { exchange, ...rest } = wanted;
    if (exchange !== undefined) {
      const actual = frame["exchange"] ?? 0;
      if (rest["open"] !== undefined) this.#exchanges.set(exchange, actual);
      this.#run.check(`${what}: the exchange`, this.#exchanges.get(exchange) ?? exchange, actual);
    }
    this.#run.check(what, rest, frame);
  }

  async #take({ windowBytes = 65_536 }: NonNullable<Step["take"]>, what: string): Promise<void> {
    await this.#expect({ hello: { version: 1 } }, what);
    this.#send([{ hello: { version: 1, implementation: "vectors/1", windowBytes } }]);
    await this.#expect({ register: { cards: { $any: true } } }, what);
    this.#send([{ ready: { instanceId: "instance-1", leaseMs: 30_000 } }]);
  }

  async #hear({ exchange, text, close, atMostBytes }: Heard, what: string): Promise<void> {
    let heard = "";
    const actual = this.#exchanges.get(exchange) ?? exchange;
    while (true) {
      // What nobody ends is over when nothing comes any more.
      if (close === undefined && heard !== "" && !(await this.#more(150))) break;
      const frame = await this.#next("close", what);
      if (frame === undefined) return;
      if (frame["exchange"] !== actual) continue;
      if (frame["close"] !== undefined) {
        this.#run.check(`${what}: the close`, close ?? { $absent: true }, frame["close"]);
        break;
      }
      heard += textOf(frame);
    }
    if (text !== undefined) this.#run.check(`${what}: the text`, text, heard);
    if (atMostBytes !== undefined) {
      const bytes = Buffer.byteLength(heard);
      this.#run.check(`${what}: the bytes`, { $atLeast: 1, $atMost: atMostBytes }, bytes);
    }
  }

  async #flood({ exchange, after, events, bytes }: Flood, what: string): Promise<void> {
    const actual = this.#exchanges.get(exchange) ?? exchange;
    let sent = 0;
    for (let seq = after + 1; seq <= after + events; seq += 1) {
      const task = { cursor: `e.${seq}`, outputDelta: { text: "x".repeat(bytes) } };
      const frame = cannedFrame({ exchange: actual, event: { task } });
      sent += JSON.stringify(frame).length;
      while (sent > this.#windowBytes + (this.#granted.get(actual) ?? 0)) {
        const credit = await this.#next("credit", what);
        if (credit === undefined) return;
      }
      this.#peer.send([frame]);
    }
  }

  async #silence(ms: number, what: string): Promise<void> {
    await delay(ms, undefined, { signal: this.#run.over.signal }).catch(() => {});
    const frame = this.#frames.find((each) => !quiet.has(kindOf(each)));
    if (frame !== undefined) this.#run.complain(`${what}: ${JSON.stringify(frame)} came`);
  }

  #send(frames: readonly JsonObject[]): void {
    this.#peer.send(
      frames.map((frame) => {
        const { exchange } = frame;
        const actual = exchange === undefined ? undefined : this.#exchanges.get(exchange);
        return cannedFrame(actual === undefined ? frame : { ...frame, exchange: actual });
      }),
    );
  }

  /** The next frame that is not quiet, or is of the kind; undefined, and a complaint, without one. */
  async #next(kind: string, what: string): Promise<JsonObject | undefined> {
    while (true) {
      const frame = this.#frames.shift();
      if (frame !== undefined) {
        if (kindOf(frame) === kind || !quiet.has(kindOf(frame))) return frame;
      } else if (this.#isLost || !(await this.#more(patienceMs))) {
        if (!this.#run.over.signal.aborted) this.#run.complain(`${what}: no ${kind} came`);
        return undefined;
      }
    }
  }

  /** Waits until there is a frame that nobody heard yet, or the connection is lost. */
  async #more(ms: number): Promise<boolean> {
    if (this.#frames.length > 0 || this.#isLost) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#wake = () => resolve(true);
    const timer = setTimeout(() => resolve(false), ms);
    const isOver = () => resolve(false);
    this.#run.over.signal.addEventListener("abort", isOver, { once: true });
    const isMore = await promise;
    clearTimeout(timer);
    this.#run.over.signal.removeEventListener("abort", isOver);
    return isMore;
  }
}

/** The text that an agent's event adds to its answer. */
function textOf(frame: JsonObject): string {
  const [text] = match(
    { event: { agent: { outputDelta: { text: { $any: true } } } } },
    frame,
    new Map(),
  );
  if (text !== undefined) return "";
  const { event } = frame as { event: { agent: { outputDelta: { text: string } } } };
  return event.agent.outputDelta.text;
}
