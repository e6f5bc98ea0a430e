import { defineAgent, progress } from "@smartcall/agent";
import { expect, test } from "vitest";
import { startGateway } from "./fixtures.js";
import { dialSession } from "./realtime-client.js";

/** Makes events of a kilobyte. */
function createFlood(many: number) {
  const said = { made: 0 };
  const agent = defineAgent({
    name: "flood",
    description: "Makes events as fast as it may.",
    async *run() {
      for (; said.made < many; said.made++) yield progress(0.5, "x".repeat(1_000));
    },
  });
  return { said, agent };
}

/** A stream of a flood that takes one event, and then none until told to. */
async function beginHeld(many: number) {
  const flood = createFlood(many);
  const door = await startGateway({ inProcess: [flood.agent], limits: { drainMs: 100 } });
  const session = await dialSession("smartcall.v1.json", door.url, { windowBytes: 64 * 1_024 });
  const stream = session.open({ stream: { agent: "flood", text: "", onDisconnect: "CANCEL" } });
  const release = stream.hold();
  await expect.poll(() => stream.events.length).toBeGreaterThan(0);
  const url = `${door.url}/v1/tasks/${stream.events[0]?.["task"]?.["taskId"]}`;
  return {
    said: flood.said,
    url,
    stream,
    release,
    state: async () => ((await (await fetch(url)).json()) as { state: string }).state,
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]();
      await door.gateway.close();
    },
  };
}

test("an agent that has said all has ended, however slow its reader is, which gets everything", async () => {
  const many = 150;
  await using held = await beginHeld(many);
  await expect.poll(() => held.state()).toBe("COMPLETED");
  expect(held.stream.events.length).toBeLessThan(many / 2);
  held.release();
  expect(await held.stream.done).toEqual({});
  const kinds = held.stream.events.map(({ task }) => Object.keys(task ?? {}).at(-1));
  expect(kinds.filter((kind) => kind === "progress")).toHaveLength(many);
  expect(held.stream.events.at(-1)).toMatchObject({ task: { end: { reason: "TERMINAL" } } });
});

test("an agent that waits for a slow reader goes on as soon as somebody waits for its task", async () => {
  const many = 4_000;
  await using held = await beginHeld(many);
  let before = -1;
  await expect
    .poll(
      () => {
        const isAtRest = before === held.said.made;
        before = held.said.made;
        return isAtRest;
      },
      { interval: 300 },
    )
    .toBe(true);
  expect(held.said.made).toBeLessThan(many);
  const answer = await fetch(`${held.url}?wait=50s`);
  expect(await answer.json()).toMatchObject({ state: "COMPLETED" });
  held.stream.cancel();
});
