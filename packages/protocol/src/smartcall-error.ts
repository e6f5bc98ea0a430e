import { isReason, type Reason, reasonInfo } from "./reasons.js";

const brand = Symbol.for("smartcall.error");

/** One place of a request that is wrong. */
export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or `#/query/…`, `#/path/…` for a parameter. */
  readonly pointer: string;
  /** What was expected there. */
  readonly detail: string;
}

/** What {@link SmartcallError} is made of. */
export interface SmartcallErrorInit {
  /** Why. */
  reason: Reason;
  /** One sentence; the table's when absent. */
  message?: string | undefined;
  /** The HTTP status of the answer, where there was one; the table's when absent. */
  status?: number | undefined;
  /** The id to report the error with. */
  requestId?: string | undefined;
  /** Whether the call has not run, so that it may be repeated; the table's when absent. */
  retryable?: boolean | undefined;
  /** Each place of the request that is wrong. */
  errors?: readonly FieldError[] | undefined;
  /** How long to wait before the next try, where the other side said so. */
  retryAfterMs?: number | undefined;
  /** The task that it speaks of, where one is known. */
  taskId?: string | undefined;
  /** The place in that task's events that a reader had come to. */
  cursor?: string | undefined;
  /** What caused it. */
  cause?: unknown;
}

/** The one error of every Smartcall package: a closed `reason` and what the table says of it. */
export class SmartcallError extends Error {
  override readonly name = "SmartcallError";
  readonly reason: Reason;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly errors: readonly FieldError[];
  readonly retryAfterMs: number | undefined;
  /** The task that it speaks of, where one is known. */
  readonly taskId: string | undefined;
  /** The place in that task's events that a reader had come to. */
  readonly cursor: string | undefined;

  constructor(init: SmartcallErrorInit) {
    const info = reasonInfo(init.reason);
    super(
      init.message ?? info.sentence,
      init.cause === undefined ? undefined : { cause: init.cause },
    );
    this.reason = init.reason;
    this.status = init.status ?? info.httpStatus;
    this.requestId = init.requestId;
    this.retryable = init.retryable ?? info.retryable;
    this.errors = init.errors ?? [];
    this.retryAfterMs = init.retryAfterMs;
    this.taskId = init.taskId;
    this.cursor = init.cursor;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Recognises the error of another copy of this package too. */
  static override [Symbol.hasInstance](value: unknown): value is SmartcallError {
    return typeof value === "object" && value !== null && brand in value;
  }

  /**
   * Makes anything thrown into a {@link SmartcallError}: one passes through, an abort becomes
   * CANCELED, a timeout DEADLINE_EXCEEDED, everything else `fallback` with the cause kept.
   */
  static from(thrown: unknown, fallback: Reason = "INTERNAL"): SmartcallError {
    if (thrown instanceof SmartcallError) return thrown;
    if (thrown instanceof Error && thrown.name === "TimeoutError") {
      return new SmartcallError({ reason: "DEADLINE_EXCEEDED", cause: thrown });
    }
    if (thrown instanceof Error && thrown.name === "AbortError") {
      return new SmartcallError({ reason: "CANCELED", cause: thrown });
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new SmartcallError({ reason: fallback, message, cause: thrown });
  }

  /** The reason of a wire text, INTERNAL when this version does not know it. */
  static reasonFrom(text: string, fallback: Reason = "INTERNAL"): Reason {
    return isReason(text) ? text : fallback;
  }
}
