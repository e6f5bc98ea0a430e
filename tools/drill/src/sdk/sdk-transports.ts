import type { Transport } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-node";
import { type ReconnectOptions, SmartcallStreaming } from "@smartcall/streaming";
import { connectTransport } from "@smartcall/streaming/connect";
import { protobuf } from "@smartcall/streaming/proto";

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
  /** Bytes that a short event takes, about. */
  readonly eventBytes: number;
  readonly create: (options: SdkOptions) => SmartcallStreaming;
}

/** Every way that the SDK has to an HTTP/1.1 port, as browsers use them. */
export const sdkTransports: readonly SdkTransport[] = [
  {
    name: "SSE",
    eventBytes: 180,
    create: (options) => new SmartcallStreaming({ ...options, transport: "sse" }),
  },
  {
    name: "WebSocket JSON",
    eventBytes: 180,
    create: (options) => new SmartcallStreaming({ ...options, transport: "websocket" }),
  },
  {
    name: "WebSocket binary",
    eventBytes: 80,
    create: (options) =>
      new SmartcallStreaming({ ...options, transport: "websocket", protocol: protobuf }),
  },
  {
    name: "gRPC-Web",
    eventBytes: 80,
    create: ({ idleTimeoutMs, ...options }) =>
      new SmartcallStreaming({
        ...options,
        transport: connectTransport(grpcWeb(options.url), {
          ...(idleTimeoutMs !== undefined && { idleTimeoutMs }),
        }),
      }),
  },
];

function grpcWeb(baseUrl: string): Transport {
  return createGrpcWebTransport({ baseUrl, httpVersion: "1.1" });
}
