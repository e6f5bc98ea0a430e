import { TranscodeError } from "./transcode-error.js";

/** An error as it is answered. */
export interface RenderedError {
  readonly status: number;
  /** By lower-case name; should hold `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Written with JSON.stringify; in the middle of a stream it is all that is sent. */
  readonly body: unknown;
}

/**
 * Renders an error as RFC 9457 `application/problem+json`.
 *
 * A TranscodeError is told in full with its `errors`; of anything else only that it happened, since
 * its message may hold what a caller must not see.
 */
export function renderProblem(error: unknown): RenderedError {
  const known = TranscodeError.is(error);
  const status = known ? error.status : 500;
  return {
    status,
    headers: {
      ...(known ? error.headers : undefined),
      "content-type": "application/problem+json",
    },
    body: {
      type: "about:blank",
      title: known ? error.title : "Internal Server Error",
      status,
      ...(known ? { detail: error.message } : undefined),
      ...(known && error.errors.length > 0 ? { errors: error.errors } : undefined),
    },
  };
}
