import { TranscodeError } from "./errors/transcode-error.js";
import type { HttpBinding } from "./template/bindings.js";
import type { CallContext, TranscodeRequest } from "./types.js";

const longestTimer = 0x7fffffff;

/** The context of one call; what it does not need it does not make. */
export class LazyCallContext implements CallContext {
  readonly request: TranscodeRequest;
  readonly binding: HttpBinding;
  readonly timeoutMs: number | undefined;
  readonly deadlineMs: number | undefined;
  /** The status that was set. */
  status = 200;
  /** The headers that were set, by lower-case name. */
  headers: Record<string, string> | undefined;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #canceled: TranscodeError | undefined;
  #passed: ((error: TranscodeError) => void) | undefined;

  constructor(request: TranscodeRequest, binding: HttpBinding, timeoutMs: number | undefined) {
    this.request = request;
    this.binding = binding;
    this.timeoutMs = timeoutMs;
    this.deadlineMs = timeoutMs === undefined ? undefined : Date.now() + timeoutMs;
  }

  header(name: string): string | undefined {
    return this.request.header(name);
  }

  setHeader(name: string, value: string): void {
    this.headers ??= {};
    this.headers[name.toLowerCase()] = value;
  }

  setStatus(status: number): void {
    this.status = status;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#canceled !== undefined) {
        this.#controller.abort(this.#canceled);
      }
      this.request.onDisconnect?.(() => {
        this.cancel(new TranscodeError({ kind: "canceled", detail: "The client went away." }));
      });
    }
    return this.#controller.signal;
  }

  /** Aborts the signal, also one that nobody has asked for yet. */
  cancel(reason: TranscodeError): void {
    this.#canceled ??= reason;
    this.#controller?.abort(this.#canceled);
  }

  /**
   * Starts the deadline when there is one: `passed` is called after the signal has aborted and the
   * call has had one turn to notice by itself. A later call only replaces `passed`.
   */
  startDeadline(passed: (error: TranscodeError) => void): void {
    const { timeoutMs } = this;
    if (timeoutMs === undefined) return;
    this.#passed = passed;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        const error = new TranscodeError({
          kind: "timeout",
          detail: `The call took longer than the ${timeoutMs} ms that the request allows.`,
        });
        this.cancel(error);
        this.#timer = setTimeout(() => this.#passed?.(error), 0);
      },
      Math.min(timeoutMs, longestTimer),
    );
  }

  /** Ends the deadline. */
  stop(): void {
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
    }
  }
}
