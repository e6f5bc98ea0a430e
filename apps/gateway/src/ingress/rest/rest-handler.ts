import type { IncomingMessage, ServerResponse } from "node:http";
import type { DescMethod, Message } from "@bufbuild/protobuf";
import type { RegistryEvent, TaskEvent } from "@smartcall/protocol/proto";
import { type CallContext, createTranscoder } from "@smartcall/transcode";
import { createNodeHandler } from "@smartcall/transcode/node";
import {
  type GatewayCall,
  type GatewayHandler,
  isStream,
  type MessageStream,
} from "../../services/gateway-call.js";
import { observeStream } from "../../services/observe-stream.js";
import { onAbort } from "../on-abort.js";
import { TurnBudget } from "../turn-budget.js";
import { answerProblem, withRequestId } from "./problem.js";

/** A fifth more calls a second at 64 connections than without a bound, as many at 256. */
const callsPerTurn = 16;

/** Events that are no place to resume from: a client that saw them last asks after the one before. */
const unplaced: ReadonlySet<string> = new Set(["gap", "error", "end"]);

/** What the REST face leads to. */
export interface RestHandlerOptions {
  methods: readonly DescMethod[];
  handler: GatewayHandler;
  /** Bytes of a body that are taken. */
  maxBodyBytes: number;
  /** How long a client may take nothing of a stream before it is cut. */
  stallTimeoutMs: number;
}

/** REST as the contract's `google.api.http` rules lay it out, with streams as SSE or NDJSON. */
export function createRestHandler(
  options: RestHandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { handler } = options;
  const budget = new TurnBudget(callsPerTurn);
  const transcoder = createTranscoder({
    methods: options.methods,
    limits: { maxBodyBytes: options.maxBodyBytes },
    invoke: (method, message, context) => {
      const call = new RestCall(method, message, context);
      if (method.methodKind === "unary" && !budget.take()) {
        return budget.wait().then(() => answer(call) as Promise<Message>);
      }
      return answer(call);
    },
    renderError: (error, request) => answerProblem(error, request.target),
    sse: (message) => {
      const event = message as TaskEvent | RegistryEvent;
      const name = event.kind.case ?? "";
      return unplaced.has(name) ? { event: name } : { id: event.cursor, event: name };
    },
  });
  return createNodeHandler(transcoder, { stallTimeoutMs: options.stallTimeoutMs });

  function answer(call: GatewayCall): Promise<Message> | MessageStream {
    try {
      const result = handler(call);
      const onError = (thrown: unknown) => withRequestId(thrown, call.requestId);
      if (isStream(result)) return observeStream(result, { onError });
      return result.catch((thrown) => {
        throw onError(thrown);
      });
    } catch (thrown) {
      throw withRequestId(thrown, call.requestId);
    }
  }
}

/** A REST request as a call; a class, since it is made for every request. */
class RestCall implements GatewayCall {
  readonly method: DescMethod;
  readonly message: Message;
  readonly ingress = "rest";
  readonly isInteractive = false;
  readonly notes: GatewayCall["notes"] = {};
  requestId = "";
  readonly #context: CallContext;

  constructor(method: DescMethod, message: Message, context: CallContext) {
    this.method = method;
    this.message = message;
    this.#context = context;
  }

  get deadline(): number | undefined {
    return this.#context.deadlineMs;
  }

  get signal(): AbortSignal {
    return this.#context.signal;
  }

  onGone(listener: () => void): void {
    const { request, deadlineMs } = this.#context;
    if (deadlineMs === undefined && request.onDisconnect) request.onDisconnect(listener);
    else onAbort(this.#context.signal, listener);
  }

  header(name: string): string | undefined {
    return this.#context.header(name);
  }

  setHeader(name: string, value: string): void {
    this.#context.setHeader(name, value);
  }

  setStatus(status: number): void {
    this.#context.setStatus(status);
  }
}
