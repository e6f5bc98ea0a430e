import type { Message } from "@bufbuild/protobuf";
import { LazyCallContext } from "./call-context.js";
import { answerError } from "./errors/answer-error.js";
import { TranscodeError } from "./errors/transcode-error.js";
import { bindRequest } from "./request/bind-request.js";
import { createRoute, type Route } from "./request/create-route.js";
import { assertJsonContent, assertPlainContent, chooseMediaType } from "./request/media-types.js";
import { readTimeout } from "./request/request-timeout.js";
import { answerStream, chooseFormat } from "./response/answer-stream.js";
import { ItemWriter } from "./response/item-writer.js";
import { eventStreamFormat } from "./response/stream-format.js";
import { rawBodyOf } from "./response/write-message.js";
import { createRouter, type Match } from "./routing/create-router.js";
import { bindings, type HttpBinding } from "./template/bindings.js";
import { resolveTranscoderOptions, type TranscoderOptions } from "./transcoder-options.js";
import type { CallContext, TranscodeRequest, TranscodeResponse } from "./types.js";

/** Serves RPC methods over plain HTTP by their `google.api.http` rules. */
export interface Transcoder {
  /** Every rule that is served. */
  readonly bindings: readonly HttpBinding[];
  /** How large a body may be, for adapters that read it. */
  readonly maxBodyBytes: number;
  /** Finds what a request leads to, before its body is read. */
  match(method: string, target: string): TranscodeMatch;
  /**
   * Answers a request; a failure is an answer too, so that it never throws or rejects.
   *
   * `match` spares a second look when the caller has matched the request already.
   */
  handle(
    request: TranscodeRequest,
    match?: TranscodeMatch,
  ): TranscodeResponse | Promise<TranscodeResponse>;
  /** Renders an error as the answer that `handle` would give. */
  renderError(error: unknown, request: TranscodeRequest): TranscodeResponse;
}

/** What a method and a target lead to: `kind` is `none` when no path fits. */
export type TranscodeMatch = Match<Route>;

/**
 * Creates a transcoder for all methods that have a rule.
 *
 * @throws {Error} when a rule is malformed, does not fit its messages, or clashes with another one.
 */
export function createTranscoder(options: TranscoderOptions): Transcoder {
  const settings = resolveTranscoderOptions(options);
  const eventStream = eventStreamFormat(settings.sse);
  const writer = new ItemWriter();
  const routes = settings.methods
    .flatMap((method) => bindings(method))
    .map((binding) => createRoute(binding, settings.write));
  const router = createRouter(routes);
  return {
    bindings: routes.map((route) => route.binding),
    maxBodyBytes: settings.maxBodyBytes,
    match: router.match,
    handle,
    renderError,
  };

  function handle(
    request: TranscodeRequest,
    match = router.match(request.method, request.target),
  ): TranscodeResponse | Promise<TranscodeResponse> {
    try {
      if (match.kind === "options") {
        return { status: 204, headers: { allow: match.allow }, body: undefined };
      }
      return match.kind === "route" ? call(request, match) : refuse(match, request);
    } catch (error) {
      return renderError(error, request);
    }
  }

  function call(
    request: TranscodeRequest,
    { route, segments, query }: Extract<TranscodeMatch, { kind: "route" }>,
  ): TranscodeResponse | Promise<TranscodeResponse> {
    const { body } = request;
    const { method } = route.binding;
    if (body !== undefined && body.length > settings.maxBodyBytes) {
      throw tooLarge(settings.maxBodyBytes);
    }
    const hasBody = body !== undefined && body.length > 0;
    const contentType = route.takesBody ? request.header("content-type") : undefined;
    if (route.takesBody) {
      assertPlainContent(request.header("content-encoding"));
      if (!route.rawRequest) {
        assertJsonContent(contentType, hasBody);
      }
    }
    const timeoutMs = readTimeout(request, settings.timeoutHeaders);
    const context = new LazyCallContext(request, route.binding, timeoutMs);
    if (method.methodKind === "server_streaming") {
      const format = route.rawResponse
        ? undefined
        : chooseFormat(request.header("accept"), eventStream);
      const message = bindRequest(route, { segments, query, body, contentType }, settings);
      return answerStream({ route, message, context, format, settings, writer });
    }
    if (!route.rawResponse) {
      chooseMediaType(request.header("accept"), ["application/json"]);
    }
    const message = bindRequest(route, { segments, query, body, contentType }, settings);
    return answerMessage(route, message, context);
  }

  /** A call that is waited for costs no more promises than it must: the calls are many. */
  function answerMessage(
    route: Route,
    request: Message,
    context: LazyCallContext,
  ): TranscodeResponse | Promise<TranscodeResponse> {
    const answer = settings.invoke(route.binding.method, request, context as CallContext);
    if (!isPromise(answer)) {
      return respond(answer as Message);
    }
    const answered =
      context.timeoutMs === undefined ? Promise.resolve(answer) : withDeadline(answer, context);
    return answered.then(respond, refuseCall);

    function respond(message: Message): TranscodeResponse {
      context.stop();
      try {
        return createResponse(route, message, context);
      } catch (error) {
        return renderError(error, context.request);
      }
    }

    function refuseCall(error: unknown): TranscodeResponse {
      context.stop();
      return renderError(error, context.request);
    }
  }

  function renderError(error: unknown, request: TranscodeRequest): TranscodeResponse {
    return answerError(error, request, settings.renderError);
  }
}

function withDeadline(answer: Promise<Message>, context: LazyCallContext): Promise<Message> {
  return new Promise((resolve, reject) => {
    context.startDeadline(reject);
    answer.then(resolve, reject);
  });
}

function isPromise(answer: object): answer is Promise<Message> {
  return "then" in answer && typeof answer.then === "function";
}

function createResponse(
  route: Route,
  message: Message,
  { status, headers }: LazyCallContext,
): TranscodeResponse {
  if (status === 204 || status === 205 || status === 304) {
    return { status, headers: { ...headers }, body: undefined };
  }
  if (route.rawResponse) {
    const { contentType, data } = rawBodyOf(route.binding, message);
    const type = { "content-type": contentType || "application/octet-stream" };
    return { status, headers: { ...type, ...headers }, body: data };
  }
  return {
    status,
    headers: headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers },
    body: route.write(message),
  };
}

const jsonHeaders = { "content-type": "application/json" };

/** The error of a body that is over the limit. */
export function tooLarge(maxBytes: number): TranscodeError {
  return new TranscodeError({
    kind: "too-large",
    detail: `The body is larger than ${maxBytes} bytes.`,
  });
}

function refuse(match: TranscodeMatch, request: TranscodeRequest): never {
  if (match.kind === "method-not-allowed") {
    throw new TranscodeError({
      kind: "method-not-allowed",
      detail: `${request.method} is not offered here, but ${match.allow}.`,
      headers: { allow: match.allow },
    });
  }
  throw new TranscodeError({ kind: "not-found", detail: "No operation has this path." });
}
