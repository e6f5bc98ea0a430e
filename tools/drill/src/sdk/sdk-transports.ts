import { type ReconnectOptions, SmartcallStreaming } from "@smartcall/streaming";

/** How a client of a drill is made. */
export interface SdkOptions {
  readonly url: string;
  readonly reconnect?: ReconnectOptions;
  /** Silence after which a connection is lost; the SDK's default when absent. */
  readonly idleTimeoutMs?: number;
}

/** A way in which the SDK's events arrive. */
export interface SdkTransport {
  readonly name: string;
  readonly create: (options: SdkOptions) => SmartcallStreaming;
}

/** Every way that the SDK has. */
export const sdkTransports: readonly SdkTransport[] = [
  { name: "SSE", create: (options) => new SmartcallStreaming({ ...options, transport: "sse" }) },
  {
    name: "WebSocket",
    create: (options) => new SmartcallStreaming({ ...options, transport: "websocket" }),
  },
];
