// The other process of the benchmark: a link on a port of its own that echoes.
import { createServer } from "node:http2";
import { createLink } from "@smartcall/link";
import { serveLinkStream } from "@smartcall/link/node";
import { createProtobufCodec } from "@smartcall/link/protobuf";
import { echo } from "./call.ts";

const server = createServer({
  settings: { initialWindowSize: 4 * 1_024 * 1_024 },
});
server.on("stream", (stream, headers) =>
  serveLinkStream(stream, headers, (carrier) =>
    createLink({
      side: "acceptor",
      carrier,
      codec: createProtobufCodec(),
      implementation: "bench/1",
      accept: echo,
    }),
  ),
);
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.once("disconnect", () => process.exit());
