import type { Message as ProtoMessage } from "@bufbuild/protobuf";
import type { IncomingExchange, IncomingHandlers } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import {
  CommunicationService,
  type Message,
  type SendMessageRequest,
  type Task,
  type TaskEvent,
  type TaskEvent_End_Reason,
  type WatchTaskRequest,
} from "@smartcall/protocol/proto";
import { pull, type Taker } from "@smartcall/transcode";
import { type GatewayCall, type GatewayHandler, isStream } from "../../services/gateway-call.js";
import { ExchangeCall, headerOf, requestOf } from "./exchange-call.js";
import { endEvent, errorEvent, eventFrom, type Place, snapshotEvent } from "./exchange-events.js";
import { outcomeFrom } from "./exchange-outcome.js";

/** The longest that a timer waits, which is weeks; a longer one fires at once. */
const maxTimerMs = 2 ** 31 - 1;

/** What the exchanges of a link have in common. */
export interface ExchangeHost {
  readonly handler: GatewayHandler;
  readonly ingress: GatewayCall["ingress"];
  /** What stands for a header of every call; undefined leaves it to the open. */
  header?(name: string): string | undefined;
  /** Resolves when calls may begin; undefined when they may now. */
  admitted?(): Promise<void> | undefined;
  /** Resolves when the carrier takes more; undefined when it does now. */
  writable?(): Promise<void> | undefined;
  /** An exchange begins, or has ended. */
  began?(answer: ExchangeAnswer): void;
  ended?(answer: ExchangeAnswer): void;
}

/** Answers one exchange: the call goes by the same policy and service as by any other way in. */
export class ExchangeAnswer
  implements IncomingHandlers<ProtocolTypes>, Taker<readonly ProtoMessage[]>
{
  readonly #exchange: IncomingExchange<ProtocolTypes>;
  readonly #open: ProtocolTypes["open"];
  readonly #host: ExchangeHost;
  readonly #call: ExchangeCall;
  readonly #timer: NodeJS.Timeout | undefined;
  /** What answers it, where that is a stream. */
  #stream: AsyncIterator<readonly ProtoMessage[]> | undefined;
  /** Where the caller's messages go; known with the first event of a stream. */
  #place: Place | undefined;
  #placed: PromiseWithResolvers<void> | undefined;
  /** Whether the stream's own end is on its way. */
  #hasEnd = false;

  /** @throws {SmartcallError} when it asks for nothing that a gateway does. */
  constructor(
    exchange: IncomingExchange<ProtocolTypes>,
    open: ProtocolTypes["open"],
    host: ExchangeHost,
  ) {
    this.#exchange = exchange;
    this.#open = open;
    this.#host = host;
    const { timeoutMs } = open;
    this.#call = new ExchangeCall({
      ...requestOf(open),
      ingress: host.ingress,
      isInteractive: this.#takesMessages && !open.halfClose,
      deadline: timeoutMs === 0 ? undefined : Date.now() + timeoutMs,
      header: (name) => host.header?.(name) ?? headerOf(open, name),
    });
    if (open.request.case === "watch") this.#place = placeOf(open.request.value);
    if (timeoutMs > 0) {
      this.#timer = setTimeout(() => this.#expire(), Math.min(timeoutMs, maxTimerMs)).unref();
    }
    host.began?.(this);
    void this.#answer();
  }

  /** One message to the task's agent; the next one waits until this one was taken or refused. */
  message(message: Message): void | Promise<void> {
    if (this.#takesMessages) return this.#pass(message);
    const error = new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: "this exchange takes no message; open a stream or a watch to send some",
    });
    this.#call.abort(error);
    this.#close(error);
  }

  halfClose(): void {
    this.#call.halfClose();
  }

  cancel({ message }: { message?: string }): void {
    this.#call.abort(new SmartcallError({ reason: "CANCELED", message }));
    this.#finish();
  }

  /** Ends a task's stream although the task goes on. */
  end(reason: TaskEvent_End_Reason): void {
    if (!this.#takesMessages || this.#place === undefined || this.#hasEnd) return;
    try {
      this.#exchange.send(endEvent(this.#place, reason));
      this.#exchange.close();
    } catch {
      // It does not fit a window that small; the link says why it closes.
    }
    this.#call.abort(new SmartcallError({ reason: "CANCELED" }));
    this.#finish();
  }

  /** Passes on what the stream gives, no faster than this exchange and the carrier take it. */
  take(messages: readonly ProtoMessage[]): void {
    this.#passOn(messages, 0);
  }

  ended(): void {
    this.#exchange.close();
    this.#finish();
  }

  failed(thrown: unknown): void {
    this.#close(thrown);
  }

  get #takesMessages(): boolean {
    return this.#open.request.case === "stream" || this.#open.request.case === "watch";
  }

  async #answer(): Promise<void> {
    try {
      const admitted = this.#host.admitted?.();
      if (admitted) await admitted;
      if (this.#call.isGone) {
        this.#finish();
        return;
      }
      const result = this.#host.handler(this.#call);
      if (isStream(result)) {
        this.#stream = result[Symbol.asyncIterator]();
        pull(this.#stream, this);
        return;
      }
      this.#send(snapshotEvent((await result) as Task));
      this.ended();
    } catch (thrown) {
      this.#close(thrown);
    }
  }

  #passOn(messages: readonly ProtoMessage[], from: number): void {
    try {
      for (let index = from; index < messages.length; index++) {
        const message = messages[index];
        if (message === undefined) continue;
        if (this.#call.isGone) {
          this.#leave();
          this.ended();
          return;
        }
        if (message.$typeName === "smartcall.v1.TaskEvent") this.#placeAt(message as TaskEvent);
        const hasRoom = this.#send(eventFrom(message));
        if (!hasRoom || this.#host.writable?.()) {
          void this.#room(hasRoom).then(() => this.#passOn(messages, index + 1));
          return;
        }
      }
    } catch (thrown) {
      this.#leave();
      this.#close(thrown);
      return;
    }
    if (this.#stream) pull(this.#stream, this);
  }

  /** Resolves when the exchange and the carrier take more. */
  async #room(isReady: boolean): Promise<void> {
    if (!isReady) await this.#exchange.ready();
    await this.#host.writable?.();
  }

  /** Takes no more of the stream. */
  #leave(): void {
    this.#stream?.return?.().catch(() => {});
  }

  #send(event: ProtocolTypes["event"]): boolean {
    try {
      return this.#exchange.send(event);
    } catch (thrown) {
      const error = SmartcallError.from(thrown);
      const task = event.kind.case === "task" ? event.kind.value.taskId : "";
      if (error.reason !== "PAYLOAD_TOO_LARGE" || task === "") throw error;
      throw new SmartcallError({
        reason: "PAYLOAD_TOO_LARGE",
        message: `${error.message} GET /v1/tasks/${task} answers the task.`,
        cause: error,
      });
    }
  }

  #placeAt({ taskId, cursor, kind }: TaskEvent): void {
    this.#place ??= { taskId, cursor };
    this.#place.cursor = cursor;
    this.#hasEnd = kind.case === "end";
    this.#placed?.resolve();
  }

  async #pass(message: Message): Promise<void> {
    if (this.#place === undefined) {
      this.#placed ??= Promise.withResolvers();
      await this.#placed.promise;
    }
    const place = this.#place;
    if (place === undefined || this.#call.isGone) return;
    try {
      await this.#host.handler(this.#messageCall(place.taskId, message));
    } catch (thrown) {
      // Nothing follows an end.
      if (this.#hasEnd) return;
      this.#exchange.send(errorEvent(place, SmartcallError.from(thrown), message.messageId));
      // Or one that sends and never reads would pile up refusals here.
      await this.#exchange.ready();
    }
  }

  #messageCall(task: string, message: Message): ExchangeCall {
    const request: SendMessageRequest = {
      $typeName: "smartcall.v1.SendMessageRequest",
      task,
      input: { case: "message", value: message },
    };
    return new ExchangeCall({
      method: CommunicationService.method.sendMessage,
      message: request,
      ingress: this.#host.ingress,
      // What the open says of itself, its idempotency key above all, is not said of its messages.
      header: (name) =>
        this.#host.header?.(name) ?? (name === "traceparent" ? this.#call.header(name) : undefined),
    });
  }

  #expire(): void {
    const error = new SmartcallError({ reason: "DEADLINE_EXCEEDED" });
    this.#call.abort(error);
    // A call that waits answers its task, which has heard of the deadline too.
    if (this.#call.method.methodKind !== "unary") this.#close(error);
  }

  #close(thrown: unknown): void {
    this.#exchange.close(outcomeFrom(thrown, this.#call.requestId));
    this.#finish();
  }

  #finish(): void {
    clearTimeout(this.#timer);
    this.#placed?.resolve();
    this.#host.ended?.(this);
  }
}

function placeOf({ task, after }: WatchTaskRequest): Place {
  return { taskId: task, cursor: after };
}

/** Answers an exchange, and closes at once one that cannot be. */
export function answerExchange(
  exchange: IncomingExchange<ProtocolTypes>,
  open: ProtocolTypes["open"],
  host: ExchangeHost,
): IncomingHandlers<ProtocolTypes> {
  try {
    return new ExchangeAnswer(exchange, open, host);
  } catch (thrown) {
    exchange.close(outcomeFrom(thrown, ""));
    return {};
  }
}
