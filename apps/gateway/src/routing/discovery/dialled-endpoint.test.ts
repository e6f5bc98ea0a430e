import { getEventListeners, once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { create } from "@bufbuild/protobuf";
import { AgentEndpointSchema } from "@smartcall/protocol/proto";
import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { Registry } from "../registry.js";
import { DialledEndpoint } from "./dialled-endpoint.js";

test("dials again and again, and keeps nothing of the attempts before", async () => {
  let dials = 0;
  const server = createServer((socket) => {
    dials++;
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const listening = vi.spyOn(EventTarget.prototype, "addEventListener");
  const endpoint = new DialledEndpoint({
    endpoint: create(AgentEndpointSchema, { url: `http://127.0.0.1:${port}` }),
    cards: [],
    registry: new Registry(),
    logger: pino({ enabled: false }),
    accept: () => ({}),
    assertCard: () => undefined,
  });
  await expect.poll(() => dials).toBeGreaterThanOrEqual(5);
  const signals = new Set(listening.mock.contexts.filter((it) => it instanceof AbortSignal));
  listening.mockRestore();
  for (const signal of signals) {
    expect(getEventListeners(signal, "abort").length).toBeLessThanOrEqual(3);
  }
  await endpoint.close();
  server.close();
});
