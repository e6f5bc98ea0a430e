import { expect, onTestFinished, test } from "vitest";
import { post, startGateway } from "./fixtures.js";
import { dialSession } from "./realtime-client.js";

async function begin() {
  const door = await startGateway({ limits: { drainMs: 100 } });
  const session = await dialSession("smartcall.v1.json", door.url);
  onTestFinished(async () => {
    await session[Symbol.asyncDispose]();
    await door.gateway.close();
  });
  return { session, url: door.url };
}

test("a caller that can answer no more before the agent asks gets one end", async () => {
  const { session } = await begin();
  const stream = session.open({ stream: { agent: "greeter", text: "x" } });
  stream.halfClose();
  expect(await stream.done).toEqual({});
  const ends = stream.events.filter(({ task }) => task?.["end"]);
  expect(ends).toMatchObject([{ task: { end: { reason: "INTERRUPTED" } } }]);
});

const places = [
  { name: "after what was asked", open: (cursor: string) => ({ after: cursor }) },
  { name: "after a gap", open: () => ({ after: "nonesuch.3", onGap: "SNAPSHOT" }) },
  { name: "from the start", open: () => ({}) },
];
for (const { name, open } of places) {
  test(`a reader ${name} that can answer no more is not left waiting`, async () => {
    const { session, url } = await begin();
    const { body } = await post(`${url}/v1/agents/greeter/calls`, {
      text: "x",
      onDisconnect: "CONTINUE",
    });
    const watch = session.open({
      watch: { task: String(body["id"]), ...open(`${body["cursor"]}`) },
    });
    await session.open({ call: { agent: "echo", text: "meanwhile" } }).done;
    watch.halfClose();
    expect(await watch.done).toEqual({});
    expect(watch.events.at(-1)).toMatchObject({ task: { end: { reason: "INTERRUPTED" } } });
  });
}
