import { toJsonString } from "@bufbuild/protobuf";
import { ValueSchema } from "@bufbuild/protobuf/wkt";
import type { Cancellation, IncomingExchange, Outcome } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import type { Frame_Event, Message } from "@smartcall/protocol/proto";
import type { AgentHost } from "../agent-host.js";
import type { Caller } from "../call-through-link.js";
import { createOpen, type OpenInit } from "./create-open.js";

/** An exchange in memory that remembers what a run sent, with a window counted in events. */
export class FakeExchange implements IncomingExchange<ProtocolTypes> {
  readonly id = 1;
  readonly events: Frame_Event[] = [];
  readonly closes: (Outcome | undefined)[] = [];
  /** Events sent after the close. */
  late = 0;
  #window: number;
  #waiting: (() => void)[] = [];
  readonly #closed = Promise.withResolvers<Outcome>();

  constructor(window = Infinity) {
    this.#window = window;
  }

  /** Starts a call on a host; `send`, `halfClose` and `cancel` are the caller's. */
  static call(host: AgentHost, init: OpenInit, window?: number, caller?: Caller) {
    const exchange = new FakeExchange(window);
    const handlers = host.accept(exchange, createOpen(init), caller);
    return {
      exchange,
      closed: exchange.#closed.promise,
      send: (message: Message) => handlers.message?.(message, 1),
      halfClose: () => handlers.halfClose?.(),
      cancel: (cancellation: Cancellation) => handlers.cancel?.(cancellation),
    };
  }

  /** What the events say: deltas as `~text`, an answer that deltas were the whole of as nothing. */
  get said(): string[] {
    return this.events.map(({ kind }) => {
      if (kind.case !== "agent") return String(kind.case);
      const event = kind.value.kind;
      if (event.case === "outputDelta") return `~${event.value.text}`;
      if (event.case === "outputCompleted") return textsOf(event.value.message);
      if (event.case === "inputRequired") return `?${textsOf(event.value.prompt)}`;
      return String(event.case);
    });
  }

  send(event: Frame_Event): boolean {
    if (this.closes.length > 0) this.late += 1;
    this.events.push(event);
    this.#window -= 1;
    return this.#window > 0;
  }

  ready(): Promise<void> {
    if (this.#window > 0 || this.closes.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  grant(events: number): void {
    this.#window += events;
    if (this.#window > 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  close(outcome?: Outcome): void {
    this.closes.push(outcome);
    this.#closed.resolve(outcome ?? {});
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function textsOf(message: Message | undefined): string {
  const texts = message?.parts.map(({ content }) => {
    if (content.case === "data") return toJsonString(ValueSchema, content.value);
    return String(content.value);
  });
  return texts?.join("|") ?? "";
}
