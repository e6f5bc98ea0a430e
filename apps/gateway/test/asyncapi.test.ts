import { asyncApiDocument } from "@smartcall/protocol/asyncapi-document";
import { expect, test } from "vitest";
import { get, startGateway } from "./fixtures.js";
import { recordSession } from "./recorded-session.js";

const hello = { version: 1, implementation: "test/1", windowBytes: 65_536, token: "secret" };

test("the gateway serves the AsyncAPI document, which names no other server", async () => {
  await using door = await startGateway();
  const { status, body } = await get(`${door.url}/asyncapi.json`);
  expect(status).toBe(200);
  const { servers: _, ...document } = asyncApiDocument;
  expect(body).toEqual(document);
});

test("every frame of a whole session, both ways, is one of the AsyncAPI document", async () => {
  await using door = await startGateway({ limits: { drainMs: 100 } });
  const session = await recordSession(door.url);
  session.say({ hello }, { ping: { nonce: 1 } });
  await session.hear("pong");
  session.say({ authenticate: { token: "fresher" } });

  // A call that streams, and is told more while it runs.
  const headers = { "idempotency-key": "once" };
  session.say({ exchange: 1, open: { stream: { agent: "greeter", text: "Hi" }, headers } });
  const first = await session.hear("event", 1);
  session.say(
    { exchange: 1, message: { parts: [{ text: "Ada" }] } },
    { exchange: 1, credit: { bytes: 0 } },
  );
  await session.hear("credit", 1);
  session.say({ exchange: 1, halfClose: {} });
  expect(await session.hear("close", 1)).toMatchObject({ close: { events: expect.any(Number) } });

  // Everything else that can be opened.
  const task = first["event"]?.["task"]?.["taskId"];
  const opens = [
    { call: { agent: "echo", data: { answer: [42, null] } }, timeoutMs: 5_000 },
    { watch: { task, after: first["event"]?.["task"]?.["cursor"], onGap: "SNAPSHOT" } },
    { cancel: { task, reason: "done" } },
    { stream: { agent: "broken", text: "" } },
    { stream: { agent: "nobody", text: "" } },
    { watch: { task: "none" } },
    { call: { agent: "echo", text: "x", contextId: "c".repeat(1_000) } },
  ];
  for (const [index, open] of opens.entries()) {
    const exchange = 3 + index * 2;
    session.say({ exchange, open: { ...open, halfClose: true } });
    await session.hear("close", exchange);
  }
  session.say({ exchange: 99, open: { watchAgents: {}, halfClose: true } });
  await session.hear("event", 99);
  session.say({ exchange: 99, cancel: { reason: "CANCELED" } });

  // And the end of it, while a call runs.
  session.say({ exchange: 101, open: { stream: { agent: "hang", text: "" }, halfClose: true } });
  await session.hear("event", 101);
  await door.gateway.close();
  expect((await session.closed).code).toBe(4200);

  // All but the one that was meant to be refused.
  expect(session.misfits.filter((misfit) => !misfit.includes("c".repeat(1_000)))).toEqual([]);
  expect([...session.kinds].sort()).toEqual(
    [
      ...["hello", "ping", "pong", "authenticate", "open", "message", "credit", "halfClose"],
      "cancel",
    ]
      .map((kind) => `client ${kind}`)
      .concat(
        ["hello", "ping", "pong", "drain", "closing", "event", "credit", "close"].map(
          (kind) => `gateway ${kind}`,
        ),
      )
      .sort(),
  );
});

test("a client that says why it leaves is understood", async () => {
  await using door = await startGateway();
  const session = await recordSession(door.url);
  session.say({ hello }, { closing: { reason: "LINK_BROKEN", message: "Enough." } });
  await session.closed;
  expect(session.misfits).toEqual([]);
});

// What the document refuses, the gateway refuses too.
test.each([
  { name: "an agent's frame", frames: [{ hello }, { register: { cards: [] } }] },
  {
    name: "a window that is text",
    frames: [{ hello: { ...hello, windowBytes: "many" } }],
  },
  { name: "two bodies in a frame", frames: [{ hello, ping: { nonce: 1 } }] },
])("$name is against the document, and ends the session", async ({ frames }) => {
  await using door = await startGateway();
  const session = await recordSession(door.url);
  session.say(...frames);
  expect(session.misfits).toHaveLength(1);
  expect((await session.closed).code).toBe(4000);
});
