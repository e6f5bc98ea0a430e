import type { RequestOptions, SmartcallOptions } from "@smartcall/client/core";
import type { components } from "@smartcall/protocol/openapi";
import type { ReconnectOptions } from "./resume/reconnect-options.js";
import type { WebSocketOptions } from "./session/create-link-pool.js";
import type { StreamTransport } from "./transports/stream-transport.js";

/** What {@link SmartcallStreaming} takes, beside what every client takes. */
export interface StreamingOptions extends SmartcallOptions, WebSocketOptions {
  /**
   * How events arrive: `sse` by default, `websocket` for one WebSocket that all streams of this
   * client share while there are any, or a transport such as `connectTransport(…)`. `connect` and
   * `converse` always take a WebSocket.
   */
  transport?: "sse" | "websocket" | StreamTransport;
  /** How streams come back. */
  reconnect?: ReconnectOptions;
  /**
   * How long a connection may be silent before it is held for lost, in milliseconds; 45,000 by
   * default, which is three heartbeats of the gateway.
   */
  idleTimeoutMs?: number;
  /**
   * How long the first event of a stream may take in milliseconds, tries included: it then ends with
   * `DEADLINE_EXCEEDED`. No limit by default.
   */
  firstEventTimeoutMs?: number;
}

/** What every request of a stream takes; how often it is made again says the client's `reconnect`. */
export type StreamRequestOptions = Omit<RequestOptions, "attemptTimeoutMs" | "maxRetries">;

/** What every stream of a task takes. */
export interface WatchOptions extends StreamRequestOptions {
  /** How long the first event may take in milliseconds; the client's by default. */
  firstEventTimeoutMs?: number;
  /**
   * What to do when events after the place are no longer kept: `FAIL`, by default, throws
   * `CURSOR_EXPIRED`; `SNAPSHOT` goes on with a `gap` and a `snapshot`.
   */
  onGap?: "FAIL" | "SNAPSHOT";
  /** The cursor to begin after, as `epoch.seq`; the first event by default. */
  after?: string;
}

/** What {@link SmartcallStreaming.stream} takes. */
export interface StreamOptions extends Omit<WatchOptions, "after"> {
  /** The conversation to go on with; a new one by default. */
  contextId?: string;
  /** Whatever is to be kept with the task. */
  metadata?: Record<string, unknown>;
  /**
   * A call with a key that was used before joins that call, from its first event, instead of running
   * again. A random one by default, so that a call that is repeated by itself runs once.
   */
  idempotencyKey?: string;
  /**
   * What becomes of the task when nobody reads its events any more: it goes on (`CONTINUE`, the
   * default), is canceled at once (`CANCEL`), or unless somebody comes back within the gateway's
   * grace (`CANCEL_AFTER_GRACE`). A stream that resumes by itself is away for a moment.
   */
  onDisconnect?: Exclude<components["schemas"]["CallRequestOnDisconnect"], "UNSPECIFIED">;
}

/** What {@link SmartcallStreaming.watchAgents} takes. */
export interface WatchAgentsOptions extends StreamRequestOptions {
  /** The cursor to begin after; a snapshot of the whole registry by default. */
  after?: string;
}

/** What {@link Session.call} takes. */
export type SessionCallOptions = Omit<StreamOptions, "onGap" | "firstEventTimeoutMs">;
