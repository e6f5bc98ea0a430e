import { type CallInput, toInputBody } from "@smartcall/client/core";
import type { CallBody, MessageInput } from "@smartcall/protocol/openapi";
import type { MessageExchange } from "./transports/websocket-transport.js";

/** What a conversation says: its first input, and then messages on whatever exchange there is. */
export class MessageOutbox {
  readonly #first = Promise.withResolvers<CallBody>();
  #hasFirst = false;
  #isEnded = false;
  #exchange: MessageExchange | undefined;
  #connected = Promise.withResolvers<void>();
  #unanswered = 0;

  /** The input of the call, once something was sent. */
  get first(): Promise<CallBody> {
    return this.#first.promise;
  }

  /** Whether the call has its input. */
  get hasFirst(): boolean {
    return this.#hasFirst;
  }

  /** The exchange, while there is one. */
  get exchange(): MessageExchange | undefined {
    return this.#exchange;
  }

  /** Resolves when there is an exchange. */
  get connected(): Promise<void> {
    return this.#connected.promise;
  }

  begin(input: CallInput): void {
    this.#hasFirst = true;
    this.#first.resolve(toInputBody(input));
  }

  /** Sends a further message; resolves when the next one may be sent. */
  async send(exchange: MessageExchange, input: CallInput): Promise<void> {
    this.#unanswered += 1;
    if (!exchange.send(toMessage(input))) await exchange.ready();
  }

  /** No message follows, on this exchange and on those after it. */
  end(): void {
    this.#isEnded = true;
    this.#exchange?.halfClose();
  }

  connect(exchange: MessageExchange): void {
    this.#exchange = exchange;
    this.#connected.resolve();
    if (this.#isEnded) exchange.halfClose();
  }

  /** An event came: what was said before it has most likely arrived. */
  answered(): void {
    this.#unanswered = 0;
  }

  /** The connection is gone; answers how many messages went with it, for all that is known. */
  disconnect(): number {
    const lost = this.#unanswered;
    this.#unanswered = 0;
    if (this.#exchange !== undefined) this.#connected = Promise.withResolvers();
    this.#exchange = undefined;
    return lost;
  }
}

function toMessage(input: CallInput): MessageInput {
  const body = toInputBody(input);
  const message = "message" in body ? body.message : { parts: [body] };
  return { messageId: crypto.randomUUID(), ...message };
}
