// Embed a gateway.

// What an authenticator throws.
export { SmartcallError } from "@smartcall/protocol";
export type { AgentConfig } from "./config/gateway-config.js";
export { createGateway, type Gateway } from "./gateway.js";
export type { GatewayOptions } from "./gateway-options.js";
export type { Admission, Authenticator, Visitor } from "./ingress/realtime/authenticator.js";
