import { type CallInput, createKey, toInputBody, toMessageInput } from "@smartcall/client/core";
import type { CallBody, MessageInput } from "@smartcall/protocol/openapi";
import type { WireEvent } from "./events/wire-event.js";
import type { MessageExchange } from "./transports/websocket-transport.js";

/** What a conversation says: its first input, and then messages on whatever exchange there is. */
export class MessageOutbox {
  readonly #first = Promise.withResolvers<CallBody>();
  #hasFirst = false;
  #isEnded = false;
  #exchange: MessageExchange | undefined;
  #connected = Promise.withResolvers<void>();
  /** What the gateway has not said that it took, by id, in order. */
  readonly #sent = new Map<string, MessageInput>();

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
  async send(input: CallInput): Promise<void> {
    const message = { messageId: createKey(), ...toMessageInput(input) };
    const exchange = this.#exchange;
    const hasRoom = exchange?.send(message);
    // One that is too large has thrown, and is not to be sent again.
    this.#sent.set(message.messageId, message);
    if (hasRoom === false) await exchange?.ready();
  }

  /** No message follows, on this exchange and on those after it. */
  end(): void {
    this.#isEnded = true;
    this.#exchange?.halfClose();
  }

  /** Goes on on an exchange; what was not said to be taken is sent again, and taken once. */
  connect(exchange: MessageExchange): void {
    this.#exchange = exchange;
    this.#connected.resolve();
    for (const message of this.#sent.values()) exchange.send(message);
    if (this.#isEnded) exchange.halfClose();
  }

  /** An event came; false when it says again what is known. */
  hear({ inputReceived, error }: WireEvent): boolean {
    const taken = (inputReceived as { message?: MessageInput } | undefined)?.message?.messageId;
    if (taken !== undefined) this.#sent.delete(taken);
    const refused = (error as { messageId?: string } | undefined)?.messageId;
    // One that was repeated in vain had been taken, or refused, before.
    return refused === undefined || this.#sent.delete(refused);
  }

  /** The connection is gone. */
  disconnect(): void {
    if (this.#exchange !== undefined) this.#connected = Promise.withResolvers();
    this.#exchange = undefined;
  }
}
