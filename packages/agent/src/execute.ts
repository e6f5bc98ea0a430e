import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Cancellation, IncomingExchange, Outcome } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { reasonInfo } from "@smartcall/protocol";
import {
  type AgentEvent,
  ErrorInfoSchema,
  type ExecuteRequest,
  type Frame_Event,
  Frame_OpenSchema,
} from "@smartcall/protocol/proto";
import type { AgentHost } from "./agent-host.js";

/** What a plain RPC says beside its request. */
export interface ExecuteCall {
  /** Aborts when the caller gives up or the deadline is over. */
  signal: AbortSignal;
  /** Milliseconds until the deadline; undefined when there is none. */
  timeoutMs: number | undefined;
  traceparent: string | null;
}

/**
 * Runs one attempt for a caller that has no link: its events, then the end of the RPC.
 *
 * @throws {ConnectError} with the gRPC code of the reason and an ErrorInfo that names it.
 */
export async function* execute(
  host: AgentHost,
  request: ExecuteRequest,
  { signal, timeoutMs, traceparent }: ExecuteCall,
): AsyncGenerator<AgentEvent, void> {
  const exchange = new QueuedExchange();
  const open = create(Frame_OpenSchema, {
    request: { case: "execute", value: request },
    halfClose: true,
    timeoutMs: timeoutMs === undefined ? 0 : Math.max(1, Math.floor(timeoutMs)),
    headers: traceparent ? { traceparent } : {},
  });
  const handlers = host.accept(exchange, open);
  const giveUp = () => handlers.cancel?.(cancellationOf(signal));
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp);
  try {
    yield* exchange.events();
  } finally {
    signal.removeEventListener("abort", giveUp);
    giveUp();
  }
}

/** The gRPC error of how an exchange ended; undefined when it ended well. */
function connectErrorFrom({ reason, message }: Outcome): ConnectError | undefined {
  if (reason === undefined) return undefined;
  const value = { reason, domain: "smartcall" };
  const info = reasonInfo(reason);
  const details = [{ desc: ErrorInfoSchema, value }];
  return new ConnectError(message || info.sentence, info.code, undefined, details);
}

function cancellationOf({ reason }: AbortSignal): Cancellation {
  const late = reason instanceof ConnectError && reason.code === Code.DeadlineExceeded;
  return { reason: late ? "DEADLINE_EXCEEDED" : "CANCELED" };
}

const maxQueued = 16;

/** An exchange whose events are read from a queue, which bounds how far the run is ahead. */
class QueuedExchange implements IncomingExchange<ProtocolTypes> {
  readonly id = 1;
  #queue: AgentEvent[] = [];
  #outcome: Outcome | undefined;
  #wakeReader = () => {};
  #wakeWriters: (() => void)[] = [];

  send({ kind }: Frame_Event): boolean {
    if (kind.case === "agent") this.#queue.push(kind.value);
    this.#wakeReader();
    return this.#queue.length < maxQueued;
  }

  ready(): Promise<void> {
    if (this.#outcome || this.#queue.length < maxQueued) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wakeWriters.push(resolve);
    });
  }

  close(outcome: Outcome = {}): void {
    this.#outcome = outcome;
    this.#wakeReader();
    this.#letWritersGo();
  }

  async *events(): AsyncGenerator<AgentEvent, void> {
    for (;;) {
      const events = this.#queue.splice(0);
      this.#letWritersGo();
      yield* events;
      if (this.#queue.length > 0) continue;
      if (this.#outcome) break;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
    const error = connectErrorFrom(this.#outcome);
    if (error) throw error;
  }

  #letWritersGo(): void {
    for (const resolve of this.#wakeWriters.splice(0)) resolve();
  }
}
