import { createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import type { StreamingOptions } from "@smartcall/streaming";
import { connectTransport } from "@smartcall/streaming/connect";
import { protobuf } from "@smartcall/streaming/proto";
import isomorphicWebSocket from "isomorphic-ws";

const WebSocket = isomorphicWebSocket as unknown as NonNullable<StreamingOptions["WebSocket"]>;

/** Every way to a gateway, and what it takes to use it. */
export const ways: { name: string; options: (url: string) => StreamingOptions }[] = [
  { name: "SSE", options: (url) => ({ url }) },
  { name: "a WebSocket in JSON", options: (url) => ({ url, transport: "websocket" }) },
  {
    name: "a WebSocket in JSON by isomorphic-ws",
    options: (url) => ({ url, transport: "websocket", WebSocket }),
  },
  {
    name: "a WebSocket in protobuf",
    options: (url) => ({ url, transport: "websocket", protocol: protobuf }),
  },
  {
    name: "gRPC-Web",
    options: (baseUrl) => ({
      transport: connectTransport(createGrpcWebTransport({ baseUrl, httpVersion: "1.1" }), {
        idleTimeoutMs: 500,
      }),
    }),
  },
  {
    name: "gRPC",
    options: (baseUrl) => ({
      transport: connectTransport(createGrpcTransport({ baseUrl }), { idleTimeoutMs: 500 }),
    }),
  },
];
