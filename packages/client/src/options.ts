/** Answers the bearer token of a request, freshly for each one. */
export type TokenSource = string | (() => string | Promise<string>);

/** What {@link Smartcall} takes. */
export interface SmartcallOptions {
  /**
   * Where the gateway is. By default the environment variable `SMARTCALL_URL`, where there is an
   * environment, else `http://127.0.0.1:8080`.
   */
  url?: string;
  /** The bearer token, or a function that answers it; none by default. */
  token?: TokenSource;
  /** Headers of every request. */
  headers?: Readonly<Record<string, string>>;
  /** How long a request may take in milliseconds; no limit by default. */
  timeoutMs?: number;
  /** Sends the requests instead of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/** What every request takes. */
export interface RequestOptions {
  /** Gives the request up: it is rejected with the reason `CANCELED`. */
  signal?: AbortSignal;
  /**
   * How long the request may take in milliseconds: it is then rejected with `DEADLINE_EXCEEDED`.
   * The gateway is told too, and stops the agent. By default the client's `timeoutMs`, which
   * `Infinity` lifts.
   */
  timeoutMs?: number;
  /** Further headers of this request. */
  headers?: Readonly<Record<string, string>>;
}

/** Options with their defaults filled in. */
export interface ResolvedOptions {
  readonly url: string;
  readonly token: TokenSource | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Fills in the defaults of {@link SmartcallOptions}. */
export function resolveSmartcallOptions(options: SmartcallOptions): ResolvedOptions {
  const url = options.url ?? environment("SMARTCALL_URL") ?? "http://127.0.0.1:8080";
  return {
    url: url.replace(/\/+$/, ""),
    token: options.token,
    headers: options.headers ?? {},
    timeoutMs: options.timeoutMs,
    // Looked up at each request, so that a global that is replaced later is the one that is used.
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
  };
}

function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}
