import type { DescMethod, Message } from "@bufbuild/protobuf";
import type { HttpBinding } from "./template/bindings.js";

/** An HTTP request, whatever server it came to. */
export interface TranscodeRequest {
  readonly method: string;
  /** Path and query as they were sent, nothing decoded. */
  readonly target: string;
  /** The value of a header by its lower-case name. */
  header(name: string): string | undefined;
  /** All headers, for those who copy them. Default: they cannot be listed. */
  headers?(): Iterable<[name: string, value: string]>;
  /** The whole body; undefined and empty are the same. */
  readonly body?: Uint8Array | undefined;
  /** Calls the listener when the client goes away before the answer is out. Asked for lazily. */
  onDisconnect?(listener: () => void): void;
}

/** An HTTP response, whatever server it leaves by. */
export interface TranscodeResponse {
  readonly status: number;
  /** By lower-case name, `content-length` not among them. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Nothing, all of it, or a stream whose iteration ends where the body does. A stream that throws
   * must cut the connection, so that the client does not take what it has for all.
   */
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined;
}

/** What a call may know of its request and say of its response. */
export interface CallContext {
  readonly request: TranscodeRequest;
  /** The rule by which the request came here. */
  readonly binding: HttpBinding;
  /** The value of a header of the request by its lower-case name. */
  header(name: string): string | undefined;
  /**
   * Aborts when the client goes away or the deadline passes, the reason being a TranscodeError of
   * kind `canceled` or `timeout`. Costs nothing until it is asked for.
   */
  readonly signal: AbortSignal;
  /** How long the client said that it waits, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** When the deadline passes, in milliseconds since 1970. */
  readonly deadlineMs: number | undefined;
  /** Sets a header of the response; for a stream before its first message. */
  setHeader(name: string, value: string): void;
  /** Sets the status of a response that is no error, 200 by default; as `setHeader`. */
  setStatus(status: number): void;
}

/**
 * Makes the call: a promise of the response message, or for a server stream an iterable of messages.
 * Messages that are ready at once may come as a list, and leave in one write; a list that is frozen is
 * written once, however many streams give it. An iterator that is a `Pullable` is pulled.
 */
export type Invoke = (
  method: DescMethod,
  message: Message,
  context: CallContext,
) => Message | Promise<Message> | AsyncIterable<Message | readonly Message[]>;
