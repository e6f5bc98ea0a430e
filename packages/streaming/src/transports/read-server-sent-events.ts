import { errorFromProblem } from "@smartcall/protocol/sdk";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { isWireEvent, type WireEvent } from "../events/wire-event.js";
import { cut } from "../resume/cut.js";

/** Characters of one event; more is no event of a gateway. */
const maxEventLength = 64 * 1024 * 1024;

/**
 * Reads the events of a body of server-sent events: none at first, then those of one chunk together,
 * and no further than its reader wants to hear.
 *
 * @throws {SmartcallError} `STREAM_TRUNCATED` when the body breaks, is silent for `idleMs`, or says
 * something that is no event; the reason of the problem when the gateway says one.
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
  options: { idleMs: number; signal: AbortSignal; onRetryAfter: (delayMs: number) => void },
): AsyncGenerator<readonly WireEvent[], void, undefined> {
  const { idleMs, signal, onRetryAfter } = options;
  const reader = body.getReader();
  // Some bodies do not hear of the signal of their request.
  const giveUp = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", giveUp);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let batch: WireEvent[] = [];
  let failure: unknown;
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onRetry: onRetryAfter,
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded") failure ??= cut("an event has no end", error);
    },
    onEvent: (message) => {
      if (failure !== undefined) return;
      try {
        batch.push(parseEvent(message));
      } catch (error) {
        failure = error;
      }
    },
  });
  try {
    yield [];
    while (true) {
      const { done, value } = await readWithin(reader, idleMs);
      if (done) return;
      try {
        parser.feed(decoder.decode(value, { stream: true }));
      } catch (cause) {
        failure ??= cut("bytes that are no text", cause);
      }
      if (batch.length > 0) {
        yield batch;
        batch = [];
      }
      if (failure !== undefined) throw failure;
    }
  } finally {
    signal.removeEventListener("abort", giveUp);
    giveUp();
  }
}

async function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleMs: number,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let isStalled = false;
  const timer = Number.isFinite(idleMs)
    ? setTimeout(() => {
        isStalled = true;
        void reader.cancel().catch(() => {});
      }, idleMs)
    : undefined;
  try {
    const result = await reader.read();
    if (!isStalled) return result;
  } catch (cause) {
    if (!isStalled) throw cut(`the connection broke: ${String(cause)}`, cause);
  } finally {
    clearTimeout(timer);
  }
  throw cut(`nothing was heard for ${idleMs} ms`);
}

function parseEvent({ id, event: kind, data }: EventSourceMessage): WireEvent {
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch (cause) {
    throw cut("an event that is no JSON", cause);
  }
  if (isWireEvent(event)) {
    // What is said twice has to be the same, else bytes were mixed up on the way.
    if (id !== undefined && id !== event.cursor) throw cut(`${event.cursor} came as ${id}`);
    if (kind !== undefined && event[kind] === undefined) throw cut(`${event.cursor} is no ${kind}`);
    return event;
  }
  if (typeof event === "object" && event !== null && "reason" in event) {
    const { status } = event as { status?: unknown };
    throw errorFromProblem(event, { status: typeof status === "number" ? status : 500 });
  }
  throw cut("an event without a place");
}
