import type { DescMethod, Message } from "@bufbuild/protobuf";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import {
  AgentService,
  CommunicationService,
  type Frame_Open,
  StreamingService,
} from "@smartcall/protocol/proto";
import type { GatewayCall } from "../../services/gateway-call.js";

type Request = Frame_Open["request"];

/** What an open asks for, as a method; an attempt is for agents alone. */
const methods: Readonly<Record<Exclude<Request["case"], "execute" | undefined>, DescMethod>> = {
  call: CommunicationService.method.call,
  stream: StreamingService.method.streamCall,
  watch: StreamingService.method.watchTask,
  cancel: CommunicationService.method.cancelTask,
  watchAgents: AgentService.method.watchAgents,
};

/** What makes a call of an exchange. */
export interface ExchangeCallInit {
  method: DescMethod;
  message: Message;
  ingress: GatewayCall["ingress"];
  /** Whether the caller may send messages on it. Default: false. */
  isInteractive?: boolean;
  deadline?: number | undefined;
  header: (name: string) => string | undefined;
}

/** An exchange on a link as a call. */
export class ExchangeCall implements GatewayCall {
  readonly method: DescMethod;
  readonly message: Message;
  readonly ingress: GatewayCall["ingress"];
  readonly deadline: number | undefined;
  readonly header: (name: string) => string | undefined;
  readonly notes: GatewayCall["notes"] = {};
  requestId = "";
  #isInteractive: boolean;
  #onHalfClose: (() => void) | undefined;
  #controller: AbortController | undefined;
  #listeners: readonly (() => void)[] = [];
  #reason: SmartcallError | undefined;

  constructor(init: ExchangeCallInit) {
    this.method = init.method;
    this.message = init.message;
    this.ingress = init.ingress;
    this.deadline = init.deadline;
    this.header = init.header;
    this.#isInteractive = init.isInteractive ?? false;
  }

  /** As long as the caller has not said that it sends no more. */
  get isInteractive(): boolean {
    return this.#isInteractive;
  }

  onHalfClose(listener: () => void): void {
    this.#onHalfClose = listener;
  }

  /** The caller sends no more. */
  halfClose(): void {
    if (!this.#isInteractive) return;
    this.#isInteractive = false;
    this.#onHalfClose?.();
  }

  /** Whether the caller is gone or the deadline over. */
  get isGone(): boolean {
    return this.#reason !== undefined;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  onGone(listener: () => void): void {
    if (this.#reason) listener();
    else this.#listeners = this.#listeners.concat(listener);
  }

  /** The caller is gone, or the deadline over: whoever waits hears of it before this returns. */
  abort(reason: SmartcallError): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  setHeader(): void {}

  setStatus(): void {}
}

/**
 * What an exchange was opened with, as the method and the request that it stands for.
 *
 * @throws {SmartcallError} `NOT_IMPLEMENTED` for an attempt, `INVALID_ARGUMENT` for nothing.
 */
export function requestOf({ request }: ProtocolTypes["open"]): {
  method: DescMethod;
  message: Message;
} {
  if (request.case === undefined) {
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: `open: expected one of ${Object.keys(methods).join(", ")}`,
      errors: [{ pointer: "#/open", detail: `expected one of ${Object.keys(methods).join(", ")}` }],
    });
  }
  if (request.case === "execute") {
    throw new SmartcallError({
      reason: "NOT_IMPLEMENTED",
      message: "a gateway runs no agents; open a call instead",
    });
  }
  return { method: methods[request.case], message: request.value };
}

/** The header of an open by its lower-case name, however its sender wrote it. */
export function headerOf({ headers }: ProtocolTypes["open"], name: string): string | undefined {
  if (Object.hasOwn(headers, name)) return headers[name];
  const given = Object.keys(headers).find((key) => key.toLowerCase() === name);
  return given === undefined ? undefined : headers[given];
}
