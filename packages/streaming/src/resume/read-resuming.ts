import { type Lifetime, type Log, wait } from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { ConnectionEvent } from "../events/connection-event.js";
import { kindOf, type WireEvent } from "../events/wire-event.js";
import type { ConnectionSettings, StreamTransport } from "../transports/stream-transport.js";
import { cut } from "./cut.js";
import type { Place } from "./place.js";
import { type ResolvedReconnectOptions, reconnectDelayMs } from "./reconnect-options.js";
import { whenToRetry } from "./when-to-retry.js";

/** What {@link readResuming} reads, and how. */
export interface ResumingSource<Event> {
  /** Makes a connection for what comes after the place. */
  readonly open: (settings: ConnectionSettings) => ReturnType<StreamTransport["open"]>;
  /** What every connection is made with. */
  readonly request: StreamRequestSettings;
  readonly place: Place;
  readonly lifetime: Lifetime;
  readonly reconnect: ResolvedReconnectOptions;
  readonly log: Log;
  readonly toEvent: (event: WireEvent) => Event;
}

/** What every connection of a stream is made with. */
export interface StreamRequestSettings extends Pick<ConnectionSettings, "headers" | "token"> {
  /** The token that was read last was refused; answers whether the next one may be another. */
  readonly refuseToken: () => boolean;
}

/** Ends after which the stream goes on elsewhere; any other is for the reader. */
const resumedEnds: Readonly<Record<string, SmartcallError["reason"]>> = {
  DRAINING: "DRAINING",
  SLOW_CONSUMER: "SLOW_CONSUMER",
  AUTH_EXPIRED: "CREDENTIAL_EXPIRED",
};

/**
 * Reads a log to its end over as many connections as it takes: each number once, in order.
 *
 * @throws {SmartcallError} what the gateway refused before the first event, `STREAM_TRUNCATED` when
 * the stream could not be resumed, `CURSOR_EXPIRED` when its place is no longer kept.
 */
export async function* readResuming<Event>(
  source: ResumingSource<Event>,
): AsyncGenerator<readonly (Event | ConnectionEvent)[], void, undefined> {
  const { place, lifetime, reconnect, request, log } = source;
  lifetime.start();
  let attempt = 0;
  let hasEvents = false;
  let isHeard = false;
  let isTokenFresh = false;
  let askedDelayMs: number | undefined;
  let delayMs: number | undefined;
  while (true) {
    let error: SmartcallError;
    // Leaving the loop or this function gives the connection up.
    const connection = new AbortController();
    const giveUp = () => connection.abort(lifetime.signal.reason);
    lifetime.signal.addEventListener("abort", giveUp);
    try {
      if (delayMs !== undefined) await wait(delayMs, lifetime.signal);
      lifetime.signal.throwIfAborted();
      place.reconnected();
      const batches = source.open({
        headers: request.headers,
        token: request.token,
        timeoutMs: lifetime.remainingMs,
        signal: connection.signal,
        onRetryAfter: (delayMs) => {
          askedDelayMs = delayMs;
        },
      });
      let isConnected = attempt === 0;
      for await (const batch of batches) {
        isHeard = true;
        lifetime.signal.throwIfAborted();
        const before = place.cursor;
        const taken = takeBatch(source, batch);
        const { events } = taken;
        hasEvents ||= events.length > 0;
        if (!isConnected) {
          isConnected = true;
          yield [{ type: "connection", state: "connected", attempt }, ...events];
        } else if (events.length > 0) yield events;
        // An event without a number is no way forward: it may come on every connection.
        if (place.cursor !== before) {
          attempt = 0;
          isTokenFresh = false;
        }
        if (taken.isEnded) return;
        if (taken.error !== undefined) throw taken.error;
      }
      throw cut("the connection ended before the stream did");
    } catch (thrown) {
      if (lifetime.signal.aborted) throw finalError(lifetime.signal.reason, place, hasEvents);
      error = SmartcallError.from(thrown);
    } finally {
      lifetime.signal.removeEventListener("abort", giveUp);
      connection.abort();
    }
    if (error.status === 401 && !isTokenFresh && request.refuseToken()) {
      isTokenFresh = true;
      delayMs = undefined;
      continue;
    }
    attempt += 1;
    const when = whenToRetry(error);
    isHeard ||= error.reason !== "GATEWAY_UNREACHABLE";
    const maxAttempts = isHeard ? reconnect.maxAttempts : reconnect.maxFirstAttempts;
    if (when === "never" || attempt > maxAttempts) throw finalError(error, place, hasEvents);
    const retryAfterMs = error.retryAfterMs ?? askedDelayMs;
    delayMs = reconnectDelayMs(reconnect, attempt, {
      atOnce: when === "at once",
      retryAfterMs,
    });
    log.info?.(`retry ${attempt}`, { delayMs, reason: error.reason });
    yield [{ type: "connection", state: "reconnecting", attempt, delayMs, error }];
  }
}

/** The new events of a batch, up to the end of the stream or to what makes it a cut. */
function takeBatch<Event>(
  { place, toEvent }: ResumingSource<Event>,
  batch: readonly WireEvent[],
): { events: readonly Event[]; isEnded?: boolean; error?: unknown } {
  const events: Event[] = [];
  try {
    for (const received of batch) {
      for (const event of place.take(received)) {
        if (kindOf(event) !== "end") {
          events.push(toEvent(event));
          continue;
        }
        const end = String((event["end"] as { reason?: unknown }).reason);
        const reason = Object.hasOwn(resumedEnds, end) ? resumedEnds[end] : undefined;
        if (reason !== undefined) throw new SmartcallError({ reason });
        events.push(toEvent(event));
        return { events, isEnded: true };
      }
    }
    return { events };
  } catch (error) {
    return { events, error };
  }
}

/** What the reader hears when the stream is given up. */
function finalError(error: SmartcallError, place: Place, hasEvents: boolean): SmartcallError {
  const { taskId } = place;
  const cursor = place.cursor === "" ? undefined : place.cursor;
  if (/^(CURSOR_EXPIRED|DEADLINE_EXCEEDED|CANCELED)$/.test(error.reason)) {
    const { reason, message, status, requestId } = error;
    const cause = error.cause ?? error;
    return new SmartcallError({ reason, message, status, requestId, taskId, cursor, cause });
  }
  if (!hasEvents && error.reason !== "STREAM_TRUNCATED") return error;
  const place_ = cursor === undefined ? "before its first event" : `after ${cursor}`;
  return new SmartcallError({
    reason: "STREAM_TRUNCATED",
    message: `The stream stopped ${place_} and could not be resumed: ${error.message}`,
    taskId,
    cursor,
    cause: error,
  });
}
