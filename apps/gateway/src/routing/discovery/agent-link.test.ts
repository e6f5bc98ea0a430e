import { create } from "@bufbuild/protobuf";
import { createLink, createMemoryCarriers } from "@smartcall/link";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import {
  AgentCardSchema,
  Frame_RegisterSchema,
  Instance_Upstream,
} from "@smartcall/protocol/proto";
import { pino } from "pino";
import { expect, test } from "vitest";
import { Registry } from "../registry.js";
import { createAgentLink } from "./agent-link.js";

/** A link of agents with a gateway, both ends. */
function connect(registry: Registry, hello: { instanceId?: string; windowBytes?: number }) {
  const [here, there] = createMemoryCarriers();
  const left = Promise.withResolvers<unknown>();
  const ready = Promise.withResolvers<string>();
  const gatewayEnd = createAgentLink({
    registry,
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
    ...hello,
    onControl: (control) => {
      if (control.case === "ready") ready.resolve(control.value.instanceId);
    },
  });
  there.connect(agentEnd);
  return { agentEnd, left: left.promise, ready: ready.promise };
}

test("agents that would have the gateway keep too much for them are refused", async () => {
  const { left } = connect(new Registry(), { windowBytes: 1024 * 1024 * 1024 });
  expect(await left).toMatchObject({
    reason: "INVALID_ARGUMENT",
    message: expect.stringContaining("hello.windowBytes"),
  });
});

test("two processes that want the same id are two instances, each with an id of its own", async () => {
  const registry = new Registry();
  const cards = [create(AgentCardSchema, { name: "echo" })];
  const register = async () => {
    const link = connect(registry, { instanceId: "pod-0" });
    const value = create(Frame_RegisterSchema, { cards });
    link.agentEnd.control({ case: "register", value });
    return { ...link, id: await link.ready };
  };
  const [first, second] = [await register(), await register()];
  expect([first.id, second.id]).toEqual(["pod-0", expect.stringMatching(/^pod-0-[0-9a-f]{8}$/)]);
  expect(registry.instances("echo").map(({ host }) => host.id)).toEqual([first.id, second.id]);
  first.agentEnd.close();
  await first.left;
  expect(registry.instances("echo").map(({ host }) => host.id)).toEqual([second.id]);
  expect((await register()).id).toBe("pod-0");
});
