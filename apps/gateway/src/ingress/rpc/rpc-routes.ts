import type {
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  Message,
} from "@bufbuild/protobuf";
import type { ConnectRouter, HandlerContext } from "@connectrpc/connect";
import type { GatewayCall, GatewayHandler } from "../../services/gateway-call.js";
import { isStream } from "../../services/gateway-call.js";
import { onAbort } from "../on-abort.js";
import { toConnectError } from "./connect-error.js";

/** The RPC faces (gRPC, gRPC-Web, Connect): each method leads to the same handler as REST. */
export function rpcRoutes(methods: readonly DescMethod[], handler: GatewayHandler) {
  return (router: ConnectRouter): void => {
    for (const method of methods) {
      if (isUnary(method)) {
        router.rpc(method, (message, context) => answer(toCall(method, message, context), handler));
      } else if (isServerStreaming(method)) {
        router.rpc(method, (message, context) => stream(toCall(method, message, context), handler));
      }
    }
  };
}

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === "unary";
}

function isServerStreaming(method: DescMethod): method is DescMethodServerStreaming {
  return method.methodKind === "server_streaming";
}

async function answer(call: GatewayCall, handler: GatewayHandler): Promise<Message> {
  try {
    const result = handler(call);
    if (isStream(result)) throw new Error(`${call.method.name} answers a stream`);
    return await result;
  } catch (error) {
    throw toConnectError(error, call.requestId);
  }
}

async function* stream(call: GatewayCall, handler: GatewayHandler): AsyncGenerator<Message> {
  try {
    const result = handler(call);
    if (!isStream(result)) throw new Error(`${call.method.name} answers one message`);
    for await (const messages of result) yield* messages;
  } catch (error) {
    throw toConnectError(error, call.requestId);
  }
}

function toCall(method: DescMethod, message: Message, context: HandlerContext): GatewayCall {
  const timeoutMs = context.timeoutMs();
  return {
    method,
    message,
    requestId: "",
    ingress: "rpc",
    isInteractive: false,
    deadline: timeoutMs === undefined ? undefined : Date.now() + timeoutMs,
    get signal() {
      return context.signal;
    },
    onGone: (listener) => onAbort(context.signal, listener),
    header: (name) => context.requestHeader.get(name) ?? undefined,
    setHeader: (name, value) => context.responseHeader.set(name, value),
    setStatus: () => undefined,
    notes: {},
  };
}
