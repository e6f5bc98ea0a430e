import type { Message } from "@bufbuild/protobuf";
import type { LazyCallContext } from "../call-context.js";
import { answerError } from "../errors/answer-error.js";
import type { Route } from "../request/create-route.js";
import { chooseMediaType } from "../request/media-types.js";
import type { HttpBinding } from "../template/bindings.js";
import type { ResolvedTranscoderOptions } from "../transcoder-options.js";
import type { TranscodeResponse } from "../types.js";
import { createStreamBody } from "./create-stream-body.js";
import { type Item, type ItemWriter, isList } from "./item-writer.js";
import { nextOf, type Pullable, pull, type Taker, tell } from "./pull.js";
import { linesFormat, type StreamFormat } from "./stream-format.js";
import { withHeartbeat } from "./with-heartbeat.js";
import { rawBodyOf } from "./write-message.js";

export interface StreamCall {
  readonly route: Route;
  readonly message: Message;
  readonly context: LazyCallContext;
  /** Undefined when the messages are google.api.HttpBody. */
  readonly format: StreamFormat | undefined;
  readonly settings: ResolvedTranscoderOptions;
  readonly writer: ItemWriter;
}

/**
 * Picks the format that the Accept header wants most, server-sent events when it does not mind.
 *
 * @throws {TranscodeError} of kind `not-acceptable`.
 */
export function chooseFormat(accept: string | undefined, eventStream: StreamFormat): StreamFormat {
  const type = chooseMediaType(accept, ["text/event-stream", "application/x-ndjson"]);
  return type === "text/event-stream" ? eventStream : linesFormat;
}

/**
 * Makes a call that answers a stream. The response comes with the first message, so that a call which
 * fails before it has the status of its error. Server-sent events whose first is late begin without
 * it, so that a client that waits for a quiet call sees that it is being served.
 */
export async function answerStream(stream: StreamCall): Promise<TranscodeResponse> {
  const { route, message, context, settings } = stream;
  try {
    const answer = settings.invoke(route.binding.method, message, context);
    const items = (answer as AsyncIterable<Item>)[Symbol.asyncIterator]();
    const pending = items.next();
    if (stream.format === undefined) {
      return answerRaw(stream, items, await firstItem(pending, { items, context }));
    }
    const patienceMs = stream.format.heartbeat === undefined ? 0 : settings.firstMessageMs;
    const first = await firstItem(pending, { items, context, patienceMs });
    return first === undefined
      ? answerEvents(stream, stream.format, beginWith(pending, items), undefined)
      : answerEvents(stream, stream.format, items, first);
  } catch (error) {
    context.stop();
    return answerError(error, context.request, settings.renderError);
  }
}

interface FirstItemOptions {
  readonly items: AsyncIterator<Item>;
  readonly context: LazyCallContext;
}

/** Waits for what a call gives first; undefined when it takes longer than `patienceMs`, unless 0. */
async function firstItem(
  pending: Promise<IteratorResult<Item>>,
  options: FirstItemOptions,
): Promise<IteratorResult<Item>>;
async function firstItem(
  pending: Promise<IteratorResult<Item>>,
  options: FirstItemOptions & { readonly patienceMs: number },
): Promise<IteratorResult<Item> | undefined>;
async function firstItem(
  pending: Promise<IteratorResult<Item>>,
  { items, context, patienceMs = 0 }: FirstItemOptions & { readonly patienceMs?: number },
): Promise<IteratorResult<Item> | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise((resolve, reject) => {
      context.startDeadline(reject);
      if (patienceMs > 0) timer = setTimeout(resolve, patienceMs, undefined);
      pending.then(resolve, reject);
    });
  } catch (error) {
    items.return?.().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The items, whose first was asked for before. */
function beginWith(
  pending: Promise<IteratorResult<Item>>,
  items: AsyncIterator<Item>,
): Pullable<Item> {
  // Should it fail before the body is read.
  pending.catch(() => {});
  let first: typeof pending | undefined = pending;
  return {
    pull(taker: Taker<Item>) {
      const next = first;
      first = undefined;
      if (next) tell(next, taker);
      else pull(items, taker);
    },
    next() {
      return nextOf(this);
    },
    return: async () => (await items.return?.()) ?? { done: true, value: undefined },
  };
}

function answerEvents(
  { route, context, settings, writer }: StreamCall,
  format: StreamFormat,
  items: AsyncIterator<Item>,
  first: IteratorResult<Item> | undefined,
): TranscodeResponse {
  const chunks = createStreamBody({
    first,
    items,
    context,
    encode: (item: Item) => writer.write(item, route, format),
    encodeError: (error) =>
      format.error(answerError(error, context.request, settings.renderError).body),
  });
  return {
    status: context.status,
    headers: { ...format.headers, ...context.headers },
    body:
      format.heartbeat === undefined || settings.heartbeatMs === 0
        ? chunks
        : withHeartbeat(chunks, {
            heartbeat: format.heartbeat,
            intervalMs: settings.heartbeatMs,
            // Headers leave with what follows them.
            beatsFirst: first === undefined,
          }),
  };
}

/** Bytes have no room for an error: a stream of them that fails is cut. */
function answerRaw(
  { route, context }: StreamCall,
  items: AsyncIterator<Item>,
  first: IteratorResult<Item>,
): TranscodeResponse {
  const contentType = first.done
    ? undefined
    : rawBodyOf(route.binding, firstOf(first.value)).contentType;
  return {
    status: context.status,
    headers: { "content-type": contentType || "application/octet-stream", ...context.headers },
    body: createStreamBody<Item, Uint8Array>({
      first,
      items,
      context,
      encode: (item) => dataOf(route.binding, item),
      encodeError: (error) => {
        throw error;
      },
    }),
  };
}

function firstOf(item: Item): Message | undefined {
  return isList(item) ? item[0] : item;
}

function dataOf(binding: HttpBinding, item: Item): Uint8Array {
  if (!isList(item)) return rawBodyOf(binding, item).data ?? new Uint8Array();
  return concatenate(item.map((message) => dataOf(binding, message)));
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
