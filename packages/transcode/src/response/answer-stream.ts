import type { Message } from "@bufbuild/protobuf";
import type { LazyCallContext } from "../call-context.js";
import { answerError } from "../errors/answer-error.js";
import type { Route } from "../request/create-route.js";
import { chooseMediaType } from "../request/media-types.js";
import type { ResolvedTranscoderOptions } from "../transcoder-options.js";
import type { TranscodeResponse } from "../types.js";
import { createStreamBody } from "./create-stream-body.js";
import { eventStreamFormat, linesFormat, type StreamFormat } from "./stream-format.js";
import { withHeartbeat } from "./with-heartbeat.js";
import { rawBodyOf } from "./write-message.js";

export interface StreamCall {
  readonly route: Route;
  readonly message: Message;
  readonly context: LazyCallContext;
  /** Undefined when the messages are google.api.HttpBody. */
  readonly format: StreamFormat | undefined;
  readonly settings: ResolvedTranscoderOptions;
}

/**
 * Picks the format that the Accept header wants most, server-sent events when it does not mind.
 *
 * @throws {TranscodeError} of kind `not-acceptable`.
 */
export function chooseFormat(
  accept: string | undefined,
  sse: ResolvedTranscoderOptions["sse"],
): StreamFormat {
  const type = chooseMediaType(accept, ["text/event-stream", "application/x-ndjson"]);
  return type === "text/event-stream" ? eventStreamFormat(sse) : linesFormat;
}

/**
 * Makes a call that answers a stream. The response comes with the first message, so that a call which
 * fails before it has the status of its error.
 */
export async function answerStream(stream: StreamCall): Promise<TranscodeResponse> {
  const { route, message, context, settings } = stream;
  try {
    const answer = settings.invoke(route.binding.method, message, context);
    const items = (answer as AsyncIterable<Message>)[Symbol.asyncIterator]();
    const first = await firstItem(items, context);
    return stream.format === undefined
      ? answerRaw(stream, items, first)
      : answerEvents(stream, stream.format, items, first);
  } catch (error) {
    context.stop();
    return answerError(error, context.request, settings.renderError);
  }
}

async function firstItem(
  items: AsyncIterator<Message>,
  context: LazyCallContext,
): Promise<IteratorResult<Message>> {
  try {
    return await new Promise((resolve, reject) => {
      context.startDeadline(reject);
      items.next().then(resolve, reject);
    });
  } catch (error) {
    items.return?.().catch(() => {});
    throw error;
  }
}

function answerEvents(
  { route, context, settings }: StreamCall,
  format: StreamFormat,
  items: AsyncIterator<Message>,
  first: IteratorResult<Message>,
): TranscodeResponse {
  const { method } = route.binding;
  const chunks = createStreamBody({
    first,
    items,
    context,
    encode: (item: Message) => format.message(route.write(item), item, method),
    encodeError: (error) =>
      format.error(answerError(error, context.request, settings.renderError).body),
  });
  return {
    status: context.status,
    headers: { ...format.headers, ...context.headers },
    body:
      format.heartbeat === undefined || settings.heartbeatMs === 0
        ? chunks
        : withHeartbeat(chunks, format.heartbeat, settings.heartbeatMs),
  };
}

/** Bytes have no room for an error: a stream of them that fails is cut. */
function answerRaw(
  { route, context }: StreamCall,
  items: AsyncIterator<Message>,
  first: IteratorResult<Message>,
): TranscodeResponse {
  const contentType = first.done ? undefined : rawBodyOf(route.binding, first.value).contentType;
  return {
    status: context.status,
    headers: { "content-type": contentType || "application/octet-stream", ...context.headers },
    body: createStreamBody<Message, Uint8Array>({
      first,
      items,
      context,
      encode: (item) => rawBodyOf(route.binding, item).data ?? new Uint8Array(),
      encodeError: (error) => {
        throw error;
      },
    }),
  };
}
