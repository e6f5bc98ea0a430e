import { existsSync } from "node:fs";
import { ConfigError } from "./config-error.js";
import { defaultConfig, type GatewayConfig } from "./gateway-config.js";
import { type PartialConfig, parseConfig, readConfigFile } from "./read-config-file.js";

/** What the command line says. */
export interface ConfigFlags {
  config?: string | undefined;
  host?: string | undefined;
  port?: string | undefined;
  "log-level"?: string | undefined;
  "log-format"?: string | undefined;
  insecure?: boolean | undefined;
  agent?: string[] | undefined;
}

/**
 * The configuration: defaults, under `smartcall.yaml`, under environment variables, under flags.
 *
 * @throws {ConfigError} naming the file and line, the variable or the flag that is wrong.
 */
export function loadConfig(
  flags: ConfigFlags,
  environment: Readonly<Record<string, string | undefined>>,
): GatewayConfig {
  const path = flags.config ?? environment["SMARTCALL_CONFIG"];
  const found = path ?? (existsSync("smartcall.yaml") ? "smartcall.yaml" : undefined);
  const layers = [
    found === undefined ? {} : readConfigFile(found),
    fromSettings("environment variable ", {
      SMARTCALL_HOST: ["host", environment["SMARTCALL_HOST"]],
      SMARTCALL_PORT: ["port", environment["SMARTCALL_PORT"]],
      SMARTCALL_INSECURE: ["insecure", environment["SMARTCALL_INSECURE"]],
      SMARTCALL_LOG_LEVEL: ["log.level", environment["SMARTCALL_LOG_LEVEL"]],
      SMARTCALL_LOG_FORMAT: ["log.format", environment["SMARTCALL_LOG_FORMAT"]],
    }),
    fromSettings("flag --", {
      host: ["host", flags.host],
      port: ["port", flags.port],
      insecure: ["insecure", flags.insecure?.toString()],
      "log-level": ["log.level", flags["log-level"]],
      "log-format": ["log.format", flags["log-format"]],
    }),
    flags.agent ? { agents: flags.agent.map((url) => ({ url })) } : {},
  ];
  const config = layers.reduce<GatewayConfig>(merge, defaultConfig);
  assertSafe(config);
  return config;
}

/** Reads single settings by the same schema as the file. */
function fromSettings(
  origin: string,
  settings: Record<string, [key: string, value: string | undefined]>,
): PartialConfig {
  let merged: PartialConfig = {};
  for (const [name, [key, value]] of Object.entries(settings)) {
    if (value === undefined || value === "") continue;
    const [outer, inner] = key.split(".");
    const text = inner
      ? `${outer}: {${inner}: ${quoted(key, value)}}`
      : `${outer}: ${quoted(key, value)}`;
    try {
      merged = merge(merged, parseConfig(text, ""));
    } catch (error) {
      const [, expectation] = /: (expected .*)$/m.exec((error as Error).message) ?? [];
      throw new ConfigError(
        `${origin}${name}: ${JSON.stringify(value)}: ${expectation ?? "cannot be read"}`,
        { cause: error },
      );
    }
  }
  return merged;
}

/** A variable or a flag as YAML says it. */
function quoted(key: string, value: string): string {
  if (key === "port" && /^\d+$/.test(value)) return value;
  if (key === "insecure" && booleans.has(value)) return String(booleans.get(value));
  return JSON.stringify(value);
}

const booleans = new Map([
  ["1", true],
  ["true", true],
  ["0", false],
  ["false", false],
]);

function merge<T extends PartialConfig>(under: T, over: PartialConfig): T {
  return {
    ...under,
    ...over,
    ...((under.log || over.log) && { log: { ...under.log, ...over.log } }),
    ...((under.limits || over.limits) && { limits: { ...under.limits, ...over.limits } }),
    ...((under.registration || over.registration) && {
      registration: { ...under.registration, ...over.registration },
    }),
    ...((under.agents || over.agents) && {
      agents: [...(under.agents ?? []), ...(over.agents ?? [])],
    }),
  };
}

/** Refuses to open the door to everybody by accident: there is no authentication yet. */
function assertSafe({ host, insecure }: GatewayConfig): void {
  if (insecure || isLoopback(host)) return;
  throw new ConfigError(
    `host ${host} can be reached by others and no authentication is configured: ` +
      "listen on 127.0.0.1, or say --insecure to leave the door open",
  );
}

/** Whether an address is reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
