import type { Agent } from "@smartcall/agent";
import type { Logger } from "pino";
import { type AgentConfig, defaultConfig, type GatewayConfig } from "./config/gateway-config.js";
import { type Authenticator, admitEverybody } from "./ingress/realtime/authenticator.js";

/** What {@link createGateway} takes; everything may be left out. */
export interface GatewayOptions {
  /** The address to listen on. Default: 127.0.0.1. */
  host?: string;
  /** The port to listen on; 0 takes a free one. Default: 8080. */
  port?: number;
  /** How much it takes; the guide to configuration says the defaults. */
  limits?: Partial<GatewayConfig["limits"]>;
  /**
   * Origins whose pages may open the WebSocket, as `https://app.example`, besides the door's own;
   * `*` allows all. Default: none.
   */
  origins?: readonly string[];
  /** Checks the credentials of realtime sessions. Default: everybody is let in. */
  authenticate?: Authenticator;
  /** What agents may register. See the guide to configuration for the defaults. */
  registration?: Partial<GatewayConfig["registration"]>;
  /** Agents that the gateway dials. */
  agents?: readonly AgentConfig[];
  /** Agents that run inside the gateway's process. */
  inProcess?: readonly Agent[];
  /** Where it logs. Default: nowhere. */
  logger?: Logger;
}

/** Fills in the defaults. */
export function resolveGatewayOptions(options: GatewayOptions) {
  return {
    host: options.host ?? defaultConfig.host,
    port: options.port ?? defaultConfig.port,
    limits: { ...defaultConfig.limits, ...options.limits },
    registration: { ...defaultConfig.registration, ...options.registration },
    origins: options.origins ?? defaultConfig.origins,
    authenticate: options.authenticate ?? admitEverybody,
    agents: options.agents ?? [],
    inProcess: options.inProcess ?? [],
    logger: options.logger,
  };
}
