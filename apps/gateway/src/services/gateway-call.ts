import type { DescMethod, Message } from "@bufbuild/protobuf";

/**
 * One request on its way in, whatever ingress it came by.
 *
 * Everything here is cheap to make; `signal` builds its controller only when it is first asked for.
 */
export interface GatewayCall {
  /** What is asked for. */
  readonly method: DescMethod;
  /** The request message; validated once the policy has let it through. */
  readonly message: Message;
  /** The id that the answer and every log line carry. */
  requestId: string;
  /** Which ingress it came by, for logs. */
  readonly ingress: "rest" | "rpc" | "link" | "realtime";
  /**
   * Whether the caller can still send messages on this very call, so that a question of the agent
   * is no reason to end its stream.
   */
  readonly isInteractive: boolean;
  /** Calls the listener once that is no longer so; absent where it never was. */
  onHalfClose?(listener: () => void): void;
  /** Milliseconds since the epoch after which the answer is of no use; undefined: none. */
  readonly deadline: number | undefined;
  /** Aborted when the caller is gone or the deadline is over. */
  readonly signal: AbortSignal;
  /**
   * Calls the listener once when the caller is gone or the deadline is over, at once if it is. What
   * `signal` says, for those who would otherwise make a signal for every call.
   */
  onGone(listener: () => void): void;
  /** A header or metadata entry of the request, by lower-case name. */
  header(name: string): string | undefined;
  /** Sets a header of the answer. */
  setHeader(name: string, value: string): void;
  /** Sets the HTTP status of a good answer where the face has one. Default: 200. */
  setStatus(status: number): void;
  /** What the access log is to say besides, filled in by the service. */
  readonly notes: Record<string, string | number>;
}

/** The messages of a stream, as many at a time as are ready; never none. */
export type MessageStream<M extends Message = Message> = AsyncIterable<readonly M[]>;

/** What a unary method answers, or the messages of a stream. */
export type GatewayResult = Promise<Message> | MessageStream;

/** Answers a call. A unary method answers a promise, a server stream an async iterable. */
export type GatewayHandler = (call: GatewayCall) => GatewayResult;

/** One layer of the policy: does its part and calls the next. */
export type Interceptor = (next: GatewayHandler) => GatewayHandler;

/** Whether a result is a stream. */
export function isStream(result: GatewayResult): result is MessageStream {
  return Symbol.asyncIterator in result;
}
