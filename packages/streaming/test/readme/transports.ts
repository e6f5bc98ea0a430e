import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { SmartcallStreaming } from "@smartcall/streaming";
import { connectTransport } from "@smartcall/streaming/connect";
import { protobuf } from "@smartcall/streaming/proto";

const url = "http://127.0.0.1:8080";

// All streams of this client on one WebSocket, which is there while they are.
export const overWebSocket = new SmartcallStreaming({ url, transport: "websocket" });

// The same in protobuf, whose runtime is loaded with the first connection.
export const inProtobuf = new SmartcallStreaming({
  url,
  transport: "websocket",
  protocol: protobuf,
});

// gRPC-Web, gRPC or Connect.
export const overGrpcWeb = new SmartcallStreaming({
  transport: connectTransport(createGrpcWebTransport({ baseUrl: url })),
});
