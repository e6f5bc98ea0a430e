// A process of its own whose exchanges never end; it says its port to whoever forked it.
import { createServer } from "node:http2";
import { createLink } from "@smartcall/link";
import { serveLinkStream } from "@smartcall/link/node";
import { createProtobufCodec } from "@smartcall/link/protobuf";

const server = createServer();
server.on("stream", (stream, headers) =>
  serveLinkStream(stream, headers, (carrier) => {
    let accepted = 0;
    return createLink({
      side: "acceptor",
      carrier,
      codec: createProtobufCodec(),
      implementation: "silent/1",
      accept: () => {
        accepted += 1;
        if (accepted === 1_000) process.send?.("busy");
        return {};
      },
    });
  }),
);
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.once("disconnect", () => process.exit());
