import { createFaultProxy, cut, slice } from "@smartcall/testing";

await using proxy = await createFaultProxy({
  target: { port: Number(process.env["PORT"] ?? 8080) },
  faults: {
    // What the server answers comes byte by byte, and the connection is cut after 1000 of them.
    downstream: [slice(), cut({ after: 1000 })],
  },
});

const response = await fetch(`${proxy.url}/`);
const failure = await response.text().catch((error: Error) => error);
console.log(failure instanceof Error, proxy.bytes.downstream);
