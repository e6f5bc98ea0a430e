import { environment, isBrowser } from "./environment.js";
import { invalidArgument } from "./invalid-argument.js";
import { createLog, type Log, type Logger, type LogLevel, logged } from "./requests/log.js";
import { applyMiddleware, type Fetch, type Middleware } from "./requests/middleware.js";
import type { OpenTelemetryApi } from "./requests/open-telemetry.js";
import { createReadToken, type ReadToken, type TokenSource } from "./requests/token-reader.js";
import type { Backoff } from "./timing/backoff.js";

/** What every client takes. */
export interface SmartcallOptions {
  /** Where the gateway is: `SMARTCALL_URL` of the environment, else `http://127.0.0.1:8080`. */
  url?: string;
  /**
   * The bearer token, or a function that answers it for each request, and once more when one is
   * refused; `SMARTCALL_API_KEY` of the environment by default.
   */
  token?: TokenSource;
  /** Headers of every request. */
  headers?: Readonly<Record<string, string>>;
  /** How long a request may take in milliseconds, retries included; no limit by default. */
  timeoutMs?: number;
  /**
   * How long each try may take in milliseconds before the next one is made; no limit by default. The
   * gateway goes on with a call meanwhile, and the next try joins it.
   */
  attemptTimeoutMs?: number;
  /** How often a request is repeated at most; 2 by default, 0 for never. */
  maxRetries?: number;
  /**
   * The first retry waits for a random time below this, each further one below twice as much; 250 ms
   * by default. What the gateway asks for with `Retry-After` is waited at least.
   */
  retryDelayMs?: number;
  /**
   * The longest that is waited for a retry, unless the gateway asks for more; 10 s by default. When it
   * asks for more than a minute the request is not repeated.
   */
  maxRetryDelayMs?: number;
  /** Laid around each request that is sent, tries included; the first one is outermost. */
  middleware?: readonly Middleware[];
  /** Sends the requests instead of the global `fetch`: through a proxy, or not at all. */
  fetch?: Fetch;
  /** Hears what the client does, headers that hold secrets left out; `console` by default. */
  logger?: Logger;
  /**
   * How much is logged: retries and each request at `info`, their headers at `debug`.
   * `SMARTCALL_LOG` of the environment, else `warn`.
   */
  logLevel?: LogLevel;
  /**
   * `@opentelemetry/api`: requests then carry the trace context that is active
   * (https://www.w3.org/TR/trace-context/). None by default.
   */
  openTelemetry?: OpenTelemetryApi;
  /**
   * Lets a page have a token that is a text, which every visitor can read. By default only a function
   * is taken there, that gets a token of few minutes from your server.
   */
  dangerouslyAllowBrowser?: boolean;
  /** A number from 0 to 1 that spreads retries; `Math.random` by default. */
  random?: () => number;
  /** The time, in milliseconds; `Date.now` by default. */
  now?: () => number;
}

/** What every request takes. */
export interface RequestOptions {
  /** Gives the request up: it is rejected with the reason `CANCELED`. */
  signal?: AbortSignal;
  /**
   * How long the request may take in milliseconds, retries included: it is then rejected with
   * `DEADLINE_EXCEEDED`. The gateway is told too, and stops the agent. By default the client's
   * `timeoutMs`, which `Infinity` lifts.
   */
  timeoutMs?: number;
  /** How long each try may take in milliseconds; the client's by default. */
  attemptTimeoutMs?: number;
  /** How often the request is repeated at most; the client's by default. */
  maxRetries?: number;
  /** Further headers of this request. */
  headers?: Readonly<Record<string, string>>;
}

/** Options with their defaults filled in. */
export interface ResolvedOptions {
  readonly url: string;
  readonly readToken: ReadToken;
  /** Whether a token that was refused may be followed by another one. */
  readonly hasFreshTokens: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  readonly attemptTimeoutMs: number | undefined;
  readonly maxRetries: number;
  readonly backoff: Backoff;
  /** Sends a request through all middleware. */
  readonly fetch: Fetch;
  readonly log: Log;
  readonly openTelemetry: OpenTelemetryApi | undefined;
  readonly now: () => number;
}

/**
 * Fills in the defaults of {@link SmartcallOptions}.
 *
 * @throws {SmartcallError} `INVALID_ARGUMENT` for options that cannot be meant so.
 */
export function resolveSmartcallOptions(options: SmartcallOptions): ResolvedOptions {
  const url = options.url ?? environment("SMARTCALL_URL") ?? "http://127.0.0.1:8080";
  const token = options.token ?? environment("SMARTCALL_API_KEY");
  const { maxRetries = 2, now = Date.now, middleware = [] } = options;
  if (!/^(https?:\/\/[^@]+$|\/)/i.test(url)) {
    // Not what it is instead: there may be a password in it.
    refuse("url", "expected http(s) without credentials");
  }
  if (!(maxRetries >= 0)) refuse("maxRetries", `expected 0 or more, not ${maxRetries}`);
  if (typeof token === "string" && isBrowser() && !options.dangerouslyAllowBrowser) {
    refuse("token", "all can read it: expected a function");
  }
  const level = options.logLevel ?? environment("SMARTCALL_LOG");
  const log = createLog(options.logger ?? console, level);
  // Looked up at each request, so that a global that is replaced later is the one that is used.
  const fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  return {
    url: url.replace(/\/+$/, ""),
    readToken: createReadToken(token),
    hasFreshTokens: typeof token === "function",
    headers: options.headers ?? {},
    timeoutMs: options.timeoutMs,
    attemptTimeoutMs: options.attemptTimeoutMs,
    maxRetries,
    backoff: {
      baseDelayMs: options.retryDelayMs ?? 250,
      maxDelayMs: options.maxRetryDelayMs ?? 10_000,
      random: options.random ?? Math.random,
    },
    fetch: applyMiddleware(logged(fetch, log, now), middleware),
    log,
    openTelemetry: options.openTelemetry,
    now,
  };
}

function refuse(name: string, detail: string): never {
  throw invalidArgument(`#/options/${name}`, `${name}: ${detail}`);
}
