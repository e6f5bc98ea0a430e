import type { IncomingMessage, ServerResponse } from "node:http";
import type { DescMethod, Message } from "@bufbuild/protobuf";
import type { TaskEvent } from "@smartcall/protocol/proto";
import { type CallContext, createTranscoder } from "@smartcall/transcode";
import { createNodeHandler } from "@smartcall/transcode/node";
import { type GatewayCall, type GatewayHandler, isStream } from "../../policy/gateway-call.js";
import { answerProblem, withRequestId } from "./problem.js";

/** What the REST face leads to. */
export interface RestHandlerOptions {
  methods: readonly DescMethod[];
  handler: GatewayHandler;
  /** Bytes of a body that are taken. */
  maxBodyBytes: number;
}

/** REST as the contract's `google.api.http` rules lay it out, with streams as SSE or NDJSON. */
export function createRestHandler(
  options: RestHandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { handler } = options;
  const transcoder = createTranscoder({
    methods: options.methods,
    limits: { maxBodyBytes: options.maxBodyBytes },
    invoke: (method, message, context) => {
      const call = toCall(method, message, context);
      try {
        const result = handler(call);
        return isStream(result)
          ? named(result, call)
          : result.catch((thrown) => fail(thrown, call));
      } catch (thrown) {
        return fail(thrown, call);
      }
    },
    renderError: (error, request) => answerProblem(error, request.target),
    sse: (message) => {
      const event = message as TaskEvent;
      const name = event.kind.case ?? "";
      return name === "end" ? { event: name } : { id: event.cursor, event: name };
    },
  });
  return createNodeHandler(transcoder);
}

function fail(thrown: unknown, call: GatewayCall): never {
  throw withRequestId(thrown, call.requestId);
}

async function* named(stream: AsyncIterable<Message>, call: GatewayCall): AsyncIterable<Message> {
  try {
    yield* stream;
  } catch (thrown) {
    fail(thrown, call);
  }
}

function toCall(method: DescMethod, message: Message, context: CallContext): GatewayCall {
  return {
    method,
    message,
    requestId: "",
    ingress: "rest",
    deadline: context.deadlineMs,
    get signal() {
      return context.signal;
    },
    header: (name) => context.header(name),
    setHeader: (name, value) => context.setHeader(name, value),
    setStatus: (status) => context.setStatus(status),
    notes: {},
  };
}
