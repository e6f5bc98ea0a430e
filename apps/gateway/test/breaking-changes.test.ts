import { attach, defineAgent } from "@smartcall/agent";
import { expect, test } from "vitest";
import { get, silentLog, startGateway } from "./fixtures.js";

const version = (inputSchema: { type: string; properties: object; required?: string[] }) =>
  defineAgent({
    name: "billing",
    description: "Bills.",
    inputSchema: { ...inputSchema, properties: { ...inputSchema.properties } },
    run: () => "billed",
  });

const first = version({ type: "object", properties: { cents: { type: "integer" } } });
const wider = version({
  type: "object",
  properties: { cents: { type: "integer" }, note: { type: "string" } },
});
const breaking = version({
  type: "object",
  properties: { cents: { type: "integer" } },
  required: ["cents"],
});

function join(agent: ReturnType<typeof version>, gateway: string) {
  return attach([agent], { gateway, log: silentLog, signals: false });
}

test("an agent that breaks its callers is refused where that is asked for, and told why", async () => {
  await using door = await startGateway({ registration: { breakingChanges: "refuse" } });
  const before = join(first, door.url);
  await before.ready;
  await before.close();
  await expect(join(breaking, door.url).ready).rejects.toMatchObject({
    reason: "INVALID_ARGUMENT",
    message: expect.stringContaining("/inputSchema/properties/cents: cents is now required"),
  });
  await using grown = join(wider, door.url);
  await grown.ready;
  // Who takes it away may bring another one.
  await fetch(`${door.url}/v1/agents/billing`, { method: "DELETE" });
  await using anew = join(breaking, door.url);
  await anew.ready;
  const { body } = await get(`${door.url}/v1/agents/billing/card`);
  expect(body).toMatchObject({ inputSchema: { required: ["cents"] } });
});

test("by default an agent may come back as it likes", async () => {
  await using door = await startGateway();
  const before = join(first, door.url);
  await before.ready;
  await before.close();
  await using after = join(breaking, door.url);
  await after.ready;
});
