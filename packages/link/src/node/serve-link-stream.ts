import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { SmartcallError } from "@smartcall/protocol";
import { toGrpcTrailers } from "./grpc-status.js";
import { type CarrierConnect, StreamCarrier } from "./stream-carrier.js";
import { sessionWindowBytes } from "./window-sizes.js";

/** How a link is served. */
export interface ServeLinkStreamOptions {
  /** Bytes of one packet that are taken. Default: 4 MiB. */
  maxMessageBytes?: number;
}

/**
 * Answers a gRPC call with a link: each message of the call is a packet, both ways.
 *
 * A request that is no gRPC gets 415. An error that `connect` throws ends the call with its gRPC
 * status. Gives the connection a window of 16 MiB; a server that serves many links should also
 * raise its `settings.initialWindowSize`, which is a stream's window.
 */
export function serveLinkStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  connect: CarrierConnect,
  options: ServeLinkStreamOptions = {},
): void {
  // Without a listener an error of the connection would end the process.
  stream.on("error", () => {});
  // Reset in the packet that opened it: there is nobody to answer.
  if (stream.destroyed || stream.closed) return;
  if (!/^application\/grpc(?:\+proto)?$/i.test(headers["content-type"] ?? "")) {
    stream.respond({ ":status": 415 }, { endStream: true });
    return;
  }
  let trailers = toGrpcTrailers();
  stream.respond(
    { ":status": 200, "content-type": "application/grpc+proto" },
    { waitForTrailers: true },
  );
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  const carrier = new StreamCarrier(
    stream,
    options.maxMessageBytes ?? 4 * 1_024 * 1_024,
    (error) => {
      trailers = toGrpcTrailers(error);
      stream.end();
    },
  );
  try {
    stream.session?.setLocalWindowSize(sessionWindowBytes);
    const socket = stream.session?.socket;
    carrier.listen(
      connect(carrier, {
        address: `${socket?.remoteAddress ?? ""}:${socket?.remotePort ?? ""}`,
        header: (name) => [headers[name.toLowerCase()]].flat()[0],
      }),
    );
  } catch (thrown) {
    carrier.end(SmartcallError.from(thrown));
    return;
  }
  carrier.read();
  let cause: unknown;
  stream.on("error", (error) => {
    cause = error;
  });
  stream.once("end", () => carrier.lose(cause));
  stream.once("close", () => carrier.lose(cause));
}
