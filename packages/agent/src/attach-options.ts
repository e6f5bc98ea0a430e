import { pino } from "pino";
import type { FullJitter } from "./full-jitter.js";
import type { Logger } from "./logger.js";

/** How agents attach to a gateway. */
export interface AttachOptions {
  /** The gateway's URL, without credentials. Default: `SMARTCALL_URL`, else `http://127.0.0.1:8080`. */
  gateway?: string | undefined;
  /** The credential. Default: `SMARTCALL_TOKEN`, else none. */
  token?: string | undefined;
  /** Calls that run at once. Default: 4,096. */
  capacity?: number;
  /**
   * The id to be known by; the gateway adds something to one that another instance has. Default: the
   * gateway gives one, another one on each connection.
   */
  instanceId?: string | undefined;
  /** Drains and closes when it aborts. */
  signal?: AbortSignal | undefined;
  /** Drain and close on the first SIGTERM or SIGINT. Default: true. */
  signals?: boolean;
  /** How long running calls have to end when it closes. Default: 10,000. */
  graceMs?: number;
  /** How long the gateway has to take the agents once it is connected. Default: 5,000. */
  readyTimeoutMs?: number;
  /** How long to wait between tries. */
  backoff?: FullJitter;
  /** Where to log. Default: JSON lines on standard output by pino. */
  log?: Logger;
}

/** Options with every default filled in. */
export type ResolvedAttachOptions = Required<
  Omit<AttachOptions, "gateway" | "token" | "instanceId" | "signal" | "capacity">
> & {
  gateway: string;
} & {
  [K in "token" | "instanceId" | "signal" | "capacity"]: AttachOptions[K] | undefined;
};

export function resolveAttachOptions(options: AttachOptions): ResolvedAttachOptions {
  const { env } = process;
  const gateway = options.gateway || env["SMARTCALL_URL"] || "http://127.0.0.1:8080";
  if (gateway.includes("@")) {
    // Which is not said: it would stand in errors and logs.
    throw new TypeError("The URL of a gateway has no credentials: use `token`.");
  }
  if (!URL.canParse(gateway)) throw new TypeError(`"${gateway}" is no URL of a gateway.`);
  return {
    gateway,
    token: options.token ?? env["SMARTCALL_TOKEN"],
    capacity: options.capacity,
    instanceId: options.instanceId,
    signal: options.signal,
    signals: options.signals ?? true,
    graceMs: options.graceMs ?? 10_000,
    readyTimeoutMs: options.readyTimeoutMs ?? 5_000,
    backoff: options.backoff ?? {},
    log: options.log ?? pino(),
  };
}
