import { reasonStatuses } from "../gen/reasons.js";
import { isReason, isReasonRetryable, type Reason } from "../reasons.js";

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
  /** One sentence. */
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
  /** The answer's body as it came, where it was a problem (RFC 9457). */
  problem?: Readonly<Record<string, unknown>> | undefined;
  /** Requests that were sent before it was given up; 0 when absent. */
  attempts?: number | undefined;
  /** What caused it. */
  cause?: unknown;
}

/**
 * The error of SDKs: a closed `reason` and what the table says of it.
 *
 * Without a message it says its reason. That of the other packages has the table's sentences, which a
 * page need not load: what a gateway refuses, it explains itself.
 */
export class SmartcallError extends Error {
  override readonly name = "SmartcallError";
  declare readonly reason: Reason;
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  declare readonly retryable: boolean;
  declare readonly errors: readonly FieldError[];
  declare readonly retryAfterMs: number | undefined;
  /** The task that it speaks of, where one is known. */
  declare readonly taskId: string | undefined;
  /** The place in that task's events that a reader had come to. */
  declare readonly cursor: string | undefined;
  /** The problem that a gateway answered, as it came: with what this version does not know of. */
  declare readonly problem: Readonly<Record<string, unknown>> | undefined;
  /** Requests that were sent before it was given up; 0 when none was. */
  declare readonly attempts: number;

  constructor(init: SmartcallErrorInit) {
    const { reason, message, cause } = init;
    super(
      message ?? reason.toLowerCase().replaceAll("_", " "),
      cause === undefined ? undefined : { cause },
    );
    this.reason = reason;
    this.status = init.status ?? reasonStatuses[reason];
    this.requestId = init.requestId;
    this.retryable = init.retryable ?? isReasonRetryable(reason);
    this.errors = init.errors ?? [];
    this.retryAfterMs = init.retryAfterMs;
    this.taskId = init.taskId;
    this.cursor = init.cursor;
    this.problem = init.problem;
    this.attempts = init.attempts ?? 0;
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
    return new SmartcallError(errorInitFrom(thrown, fallback));
  }

  /** The reason of a wire text, INTERNAL when this version does not know it. */
  static reasonFrom(text: string, fallback: Reason = "INTERNAL"): Reason {
    return isReason(text) ? text : fallback;
  }
}

/** What anything thrown that is no {@link SmartcallError} becomes. */
export function errorInitFrom(thrown: unknown, fallback: Reason): SmartcallErrorInit {
  const name = thrown instanceof Error ? thrown.name : "";
  if (name === "TimeoutError") return { reason: "DEADLINE_EXCEEDED", cause: thrown };
  if (name === "AbortError") return { reason: "CANCELED", cause: thrown };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { reason: fallback, message, cause: thrown };
}
