import { fromJson, type JsonObject, toJson } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { CallRequestSchema, StreamingService, TaskEventSchema } from "@smartcall/protocol/proto";
import type { EventJson, ReaderHandlers, StreamReader, StreamRequest } from "./stream-reader.ts";

/** Opens a stream of events by gRPC, on a connection of its own. */
export function openGrpc(
  gatewayUrl: string,
  request: StreamRequest,
  { onEvent, onClose }: ReaderHandlers,
): StreamReader {
  const sessionManager = new Http2SessionManager(gatewayUrl);
  const client = createClient(
    StreamingService,
    createGrpcTransport({ baseUrl: gatewayUrl, sessionManager }),
  );
  const left = new AbortController();
  const read = async () => {
    const events =
      "agent" in request
        ? client.streamCall(fromJson(CallRequestSchema, request as unknown as JsonObject), {
            signal: left.signal,
          })
        : client.watchTask({ task: request.watch }, { signal: left.signal });
    for await (const event of events)
      onEvent(toJson(TaskEventSchema, event) as unknown as EventJson);
  };
  read()
    .then(
      () => onClose(undefined),
      (error: Error) => onClose(error.message),
    )
    .finally(() => sessionManager.abort());
  return {
    localPort: undefined,
    pause: () => {
      throw new Error("reads by gRPC are not paused");
    },
    leave: () => sessionManager.abort(),
  };
}
