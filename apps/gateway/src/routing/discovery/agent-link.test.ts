import { createLink, createMemoryCarriers } from "@smartcall/link";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { Instance_Upstream } from "@smartcall/protocol/proto";
import { pino } from "pino";
import { expect, test } from "vitest";
import { Registry } from "../registry.js";
import { createAgentLink } from "./agent-link.js";

test("agents that would have the gateway keep too much for them are refused", async () => {
  const [here, there] = createMemoryCarriers();
  const left = Promise.withResolvers<unknown>();
  const gatewayEnd = createAgentLink({
    registry: new Registry(),
    logger: pino({ enabled: false }),
    assertCard: () => undefined,
    accept: () => ({}),
    side: "acceptor",
    kind: Instance_Upstream.ATTACHED,
    carrier: here,
    address: "memory",
    onClose: left.resolve,
  });
  here.connect(gatewayEnd);
  const agentEnd = createLink<ProtocolTypes>({
    side: "dialer",
    carrier: there,
    codec: createProtobufCodec(),
    implementation: "test/1",
    windowBytes: 1024 * 1024 * 1024,
  });
  there.connect(agentEnd);
  expect(await left.promise).toMatchObject({
    reason: "INVALID_ARGUMENT",
    message: expect.stringContaining("hello.windowBytes"),
  });
});
