import type { CallBody } from "@smartcall/protocol/openapi";
import type { WireEvent } from "../events/wire-event.js";

/** What a connection is to answer. */
export type StreamRequest =
  /** The events of a new call, or of the one with the same key. */
  | {
      readonly kind: "stream";
      readonly agent: string;
      readonly body: CallBody;
      readonly idempotencyKey: string;
    }
  /** The events of a task after a cursor. */
  | {
      readonly kind: "watch";
      readonly task: string;
      readonly after: string;
      readonly onGap: "FAIL" | "SNAPSHOT";
    }
  /** What changes in the registry after a cursor. */
  | { readonly kind: "watchAgents"; readonly after: string };

/** What a request is made with. */
export interface RequestSettings {
  /** Headers that the caller asked for. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bearer token as it is now; undefined when there is none. */
  readonly token: () => Promise<string | undefined>;
  /** Milliseconds until the deadline; none when absent. */
  readonly timeoutMs?: number | undefined;
  /** Gives the request up. */
  readonly signal: AbortSignal;
}

/** What a connection is made with. */
export interface ConnectionSettings extends RequestSettings {
  /** The gateway asks to wait so many milliseconds before the next connection. */
  readonly onRetryAfter: (delayMs: number) => void;
}

/** A way to the gateway. Knows nothing of resuming: one connection, one answer. */
export interface StreamTransport {
  /**
   * Answers the events of one connection as they are ready, an empty batch once it stands. Ends when
   * the connection does, whether or not the stream had its `end`.
   *
   * @throws {SmartcallError} with the reason of a refusal, `GATEWAY_UNREACHABLE` when nobody is
   * there, `STREAM_TRUNCATED` when the connection broke.
   */
  open(request: StreamRequest, settings: ConnectionSettings): AsyncIterable<readonly WireEvent[]>;
  /** Cancels a task. */
  cancelTask(task: string, reason: string | undefined, settings: RequestSettings): Promise<void>;
}
