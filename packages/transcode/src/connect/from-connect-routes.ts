import type { DescMethod, Message } from "@bufbuild/protobuf";
import {
  type ConnectRouter,
  createHandlerContext,
  createMethodImplSpec,
  createServiceImplSpec,
  type HandlerContext,
  type Interceptor,
  type MethodImplSpec,
} from "@connectrpc/connect";
import {
  createAsyncIterable,
  invokeUnaryImplementation,
  transformInvokeImplementation,
} from "@connectrpc/connect/protocol";
import type { CallContext, Invoke, TranscoderOptions } from "../index.js";
import { renderConnectError } from "./render-connect-error.js";

export interface ConnectRoutesOptions {
  /** Run around every call, as a Connect router's; those of a single service replace them. Default: none. */
  readonly interceptors?: Interceptor[];
}

/** What `createTranscoder` needs of a Connect service. */
export type ConnectMethods = Required<
  Pick<TranscoderOptions, "methods" | "invoke" | "renderError">
>;

interface Registration {
  readonly spec: MethodImplSpec;
  readonly interceptors: Interceptor[];
}

/**
 * Serves what a Connect `routes` function registers, the same function that `connectNodeAdapter` and
 * its siblings take. Implementations run with a real HandlerContext, its `protocolName` being `rest`.
 *
 * Response trailers become headers with `trailer-` before their names, as in Connect's own protocol.
 */
export function fromConnectRoutes(
  routes: (router: ConnectRouter) => unknown,
  options: ConnectRoutesOptions = {},
): ConnectMethods {
  const registrations = new Map<DescMethod, Registration>();
  const router: ConnectRouter = {
    handlers: [],
    service(service, implementation, own) {
      const spec = createServiceImplSpec(service, implementation);
      for (const each of Object.values(spec.methods)) {
        register(each, own?.interceptors);
      }
      return router;
    },
    rpc(method, implementation, own) {
      register(createMethodImplSpec(method, implementation), own?.interceptors);
      return router;
    },
  };
  routes(router);
  return { methods: [...registrations.keys()], invoke, renderError: renderConnectError };

  function register(spec: MethodImplSpec, own: Interceptor[] | undefined): void {
    registrations.set(spec.method, { spec, interceptors: own ?? options.interceptors ?? [] });
  }

  function invoke(...[method, message, context]: Parameters<Invoke>): ReturnType<Invoke> {
    const registration = registrations.get(method);
    if (registration === undefined) {
      throw new Error(`${method} is not registered`);
    }
    return registration.spec.kind === "server_streaming"
      ? callStream(registration, message, context)
      : callUnary(registration, message, context);
  }
}

async function callUnary(
  { spec, interceptors }: Registration,
  message: Message,
  context: CallContext,
): Promise<Message> {
  const handlerContext = toHandlerContext(spec.method, context);
  try {
    return await invokeUnaryImplementation(
      spec as MethodImplSpec & { kind: "unary" },
      handlerContext,
      message,
      interceptors,
    );
  } finally {
    copyHeaders(handlerContext, context);
    handlerContext.responseTrailer.forEach((value, name) => {
      context.setHeader(`trailer-${name}`, value);
    });
    handlerContext.abort();
  }
}

async function* callStream(
  { spec, interceptors }: Registration,
  message: Message,
  context: CallContext,
): AsyncIterable<Message> {
  const handlerContext = toHandlerContext(spec.method, context);
  const call = transformInvokeImplementation(spec, handlerContext, interceptors);
  let begun = false;
  try {
    for await (const item of call(createAsyncIterable([message]))) {
      if (!begun) {
        begun = true;
        copyHeaders(handlerContext, context);
      }
      yield item;
    }
    if (!begun) {
      copyHeaders(handlerContext, context);
    }
  } finally {
    handlerContext.abort();
  }
}

function toHandlerContext(
  method: DescMethod,
  context: CallContext,
): ReturnType<typeof createHandlerContext> {
  const { request, timeoutMs } = context;
  return createHandlerContext({
    service: method.parent,
    method,
    protocolName: "rest",
    requestMethod: request.method,
    url: request.target,
    requestSignal: context.signal,
    requestHeader: [...(request.headers?.() ?? [])],
    ...(timeoutMs === undefined ? undefined : { timeoutMs }),
  });
}

function copyHeaders(from: HandlerContext, to: CallContext): void {
  from.responseHeader.forEach((value, name) => {
    to.setHeader(name, value);
  });
}
