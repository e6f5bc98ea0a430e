import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createFaultProxy, cut, type Fault, stall } from "@smartcall/testing";

const server = createServer((_request, response) => response.end("hello"));
await once(server.listen(0, "127.0.0.1"), "listening");

const proxy = await createFaultProxy({
  target: server.address() as AddressInfo,
  seed: 42,
  // Asked for each connection: the first two go wrong somewhere, those after them do not.
  faults: ({ index, random }) => {
    const after = Math.floor(random() * 1000);
    if (index === 0) return { downstream: [cut({ after, kind: "reset" })] };
    if (index === 1) return { downstream: [stall({ after, ms: 50 })] };
    return {};
  },
});

// Faults from now on, and faults of your own: every chunk that is yielded is a write.
const shout: Fault = async function* (chunks) {
  for await (const chunk of chunks) yield Buffer.from(chunk.toString().toUpperCase());
};
proxy.setFaults({ downstream: [shout] });
console.log(await (await fetch(`${proxy.url}/`)).text());

await proxy.goOffline(); // all connections are reset, new ones refused
await proxy.goOnline(); // on the same port
proxy.setFaults({});
console.log((await fetch(`${proxy.url}/`)).status);

await proxy.close();
server.close();
