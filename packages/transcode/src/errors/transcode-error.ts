/** One thing that is wrong with a request, and where. */
export interface FieldProblem {
  /**
   * A JSON Pointer in its URI form: `#/a/b` into the body, `#/query/name`, `#/path/name` or
   * `#/header/name` beside it.
   */
  readonly pointer: string;
  /** What is expected there. */
  readonly detail: string;
}

/** Why a request was not taken on, or its answer not given. */
export type TranscodeErrorKind =
  | "invalid"
  | "not-found"
  | "method-not-allowed"
  | "not-acceptable"
  | "too-large"
  | "unsupported-media-type"
  | "canceled"
  | "timeout";

export interface TranscodeErrorInit {
  readonly kind: TranscodeErrorKind;
  /** One sentence about this request. */
  readonly detail: string;
  /** Default: none. */
  readonly errors?: readonly FieldProblem[];
  /** Headers that the answer needs, such as `allow`. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
}

const kinds: Record<TranscodeErrorKind, { status: number; title: string }> = {
  invalid: { status: 400, title: "Bad Request" },
  "not-found": { status: 404, title: "Not Found" },
  "method-not-allowed": { status: 405, title: "Method Not Allowed" },
  "not-acceptable": { status: 406, title: "Not Acceptable" },
  "too-large": { status: 413, title: "Content Too Large" },
  "unsupported-media-type": { status: 415, title: "Unsupported Media Type" },
  canceled: { status: 499, title: "Client Closed Request" },
  timeout: { status: 504, title: "Gateway Timeout" },
};

const brand = Symbol.for("transcode.TranscodeError");

/** A request that HTTP or the rule of the operation forbids; thrown before the call is made. */
export class TranscodeError extends Error {
  override readonly name = "TranscodeError";
  readonly kind: TranscodeErrorKind;
  /** The HTTP status. */
  readonly status: number;
  /** The name of the status. */
  readonly title: string;
  /** Every problem that was found, in the order of the request. */
  readonly errors: readonly FieldProblem[];
  /** Headers that the answer needs, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lets two copies of the package recognise each other's errors. */
  readonly [brand] = true;

  constructor(init: TranscodeErrorInit) {
    super(init.detail);
    this.kind = init.kind;
    this.status = kinds[init.kind].status;
    this.title = kinds[init.kind].title;
    this.errors = init.errors ?? [];
    this.headers = init.headers ?? {};
  }

  /** Whether a value is a TranscodeError, of this copy of the package or another one. */
  static is(value: unknown): value is TranscodeError {
    return typeof value === "object" && value !== null && brand in value;
  }
}
