import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createFaultProxy, cut, slice } from "@smartcall/testing";

// What is to be tested; here a server that answers 10,000 characters.
const server = createServer((_request, response) => response.end("x".repeat(10_000)));
await once(server.listen(0, "127.0.0.1"), "listening");

const proxy = await createFaultProxy({
  target: server.address() as AddressInfo,
  faults: {
    // What the server answers comes byte by byte, and the connection is cut after 1000 of them.
    downstream: [slice(), cut({ after: 1000 })],
  },
});

const response = await fetch(`${proxy.url}/`);
const failure = await response.text().catch((error: Error) => error);
console.log(failure instanceof Error, proxy.bytes.downstream); // true 1000

await proxy.close();
server.close();
