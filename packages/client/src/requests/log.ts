import type { Fetch } from "./middleware.js";

/** What a client has to say, from what somebody has to look at to what helps to find a fault. */
const kinds = ["error", "warn", "info", "debug"] as const;

/** How much is logged: each level says what those before it say, too. */
export type LogLevel = "off" | (typeof kinds)[number];

/** Says something, and beside it what is known. */
type Say = (message: string, fields: Readonly<Record<string, unknown>>) => void;

/** Hears what a client does: `console`, or anything that has its methods. */
export type Logger = { readonly [Kind in (typeof kinds)[number]]: Say };

/** Logs what is loud enough; what is not is absent, so that nothing is made of it. */
export type Log = Partial<Logger>;

/** Logs at a level; one that there is not, as in an environment variable, is `warn`. */
export function createLog(logger: Logger, level = "warn"): Log {
  const known = level === "off" ? 0 : kinds.indexOf(level as keyof Logger) + 1 || 2;
  const say = (kind: keyof Logger) => [
    kind,
    (message: string, fields: object) => logger[kind](`smartcall: ${message}`, { ...fields }),
  ];
  return Object.fromEntries(kinds.slice(0, known).map(say));
}

/** Tells of each request that is sent: bodies never, and of headers none that is a secret. */
export function logged(fetch: Fetch, log: Log, now: () => number): Fetch {
  if (!log.info) return fetch;
  return async (request) => {
    const what = `${request.method} ${request.url}`;
    const startMs = now();
    log.debug?.(what, { headers: redact(request.headers) });
    try {
      const response = await fetch(request);
      const { status, headers } = response;
      const fields = { tookMs: now() - startMs, requestId: headers.get("x-request-id") };
      log.info?.(`${what} ${status}`, fields);
      log.debug?.(what, { headers: redact(headers) });
      return response;
    } catch (thrown) {
      log.info?.(`${what} failed`, { tookMs: now() - startMs, error: String(thrown) });
      throw thrown;
    }
  };
}

const secret = /auth|cookie|api-?key|token|secret|pass|sign/i;

function redact(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Array.from(headers, ([name, value]) => [name, secret.test(name) ? "***" : value]),
  );
}
