import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { defineAgent } from "@smartcall/agent";
import { expect, test } from "vitest";
import { openEventStream } from "./event-stream.js";
import { post, startGateway } from "./fixtures.js";
import { startAgents } from "./start-agents.js";

/** Many enough that it never gets there while somebody holds it. */
const endless = 10_000_000;

async function made(url: string, key: string): Promise<number> {
  const { body } = await post(`${url}/v1/agents/count/calls`, { text: key });
  return Number(body["output"]?.["parts"]?.["0"]?.["data"]?.["made"]);
}

/** How many were made once no more are. */
async function madeAtRest(url: string, key: string): Promise<number> {
  let before = -1;
  for (;;) {
    const now = await made(url, key);
    if (now > 0 && now === before) return now;
    before = now;
    await delay(250);
  }
}

/** Calls a second of another agent on the same link, one after the other. */
async function rateOf(url: string): Promise<number> {
  const startMs = performance.now();
  for (let index = 0; index < 200; index++) await made(url, "nothing");
  return 200 / ((performance.now() - startMs) / 1_000);
}

test("a reader that stops reading stops the agent's generator, other calls go on; when it reads again, so does the agent", async () => {
  await using door = await startGateway({ inProcess: [] });
  await using _agents = await startAgents("flood-process.ts", door.url);
  await using free = await startGateway({ inProcess: [] });
  await using _freeAgents = await startAgents("flood-process.ts", free.url);
  const stream = await openEventStream(`${door.url}/v1/agents/flood/calls/stream`, {
    body: { data: { key: "held", many: endless }, onDisconnect: "CANCEL" },
  });
  const held = await madeAtRest(door.url, "held");
  expect(held).toBeLessThan(20_000);
  // Beside a link where nothing is held, and again: what else the machine does slows some round
  // down, a link that is held up slows all of them.
  await expect
    .poll(async () => {
      const [aside, beside] = [await rateOf(free.url), await rateOf(door.url)];
      console.info(
        `held after ${held} events of 1 kB; another call on the link: ${Math.round(beside)}/s, on a free one ${Math.round(aside)}/s`,
      );
      return beside / aside;
    })
    .toBeGreaterThan(1 / 4);
  let last = 0;
  for (const { id } of await stream.take(held + 5_000)) {
    const seq = Number(id?.split(".")[1]);
    expect(seq).toBe(last + 1);
    last = seq;
  }
  stream.leave();
  expect(await made(door.url, "held")).toBeGreaterThan(held);
});

test("a CONTINUE task never waits for a reader, which is let go and may see the rest", async () => {
  await using door = await startGateway({ inProcess: [], limits: { slowReaderMs: 1_000 } });
  await using _agents = await startAgents("flood-process.ts", door.url);
  const many = 40_000;
  const stream = await openEventStream(`${door.url}/v1/agents/flood/calls/stream`, {
    body: { data: { key: "free", many } },
  });
  const tasks = await (await fetch(`${door.url}/v1/tasks`)).json();
  const id = (tasks as { tasks: { id: string }[] }).tasks[0]?.id;
  const done = await fetch(`${door.url}/v1/tasks/${id}?wait=50s`);
  expect(await done.json()).toMatchObject({ state: "COMPLETED" });
  expect(await made(door.url, "free")).toBe(many);
  await delay(1_500);
  const events = await stream.take();
  expect(events.at(-1)).toMatchObject({ event: "end", data: { end: { reason: "SLOW_CONSUMER" } } });
  expect(events.at(-1)?.id).toBeUndefined();
  const seqs = events.slice(0, -1).map((event) => Number(event.id?.split(".")[1]));
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  const rest = await openEventStream(
    `${door.url}/v1/tasks/${id}/events?after=${events.at(-2)?.id}&onGap=SNAPSHOT`,
  );
  const resumed = await rest.take();
  expect(resumed.map(({ event }) => event).slice(0, 2)).toEqual(["gap", "snapshot"]);
  expect(resumed.at(-1)).toMatchObject({ event: "end", data: { end: { reason: "TERMINAL" } } });
});

test("tasks that fill the memory make room for one that is read, whose reader misses nothing", async () => {
  const talker = defineAgent({
    name: "talker",
    description: "Talks until it is stopped.",
    async *run() {
      for (;;) {
        yield "x".repeat(1_000);
        await nextTurn();
      }
    },
  });
  const pieces = 2_000;
  let isFull = false;
  const counter = defineAgent({
    name: "counter",
    description: "Counts, until the memory was full for a while.",
    async *run() {
      for (let piece = 0, left = pieces; left > 0; piece++) {
        if (isFull) left--;
        yield `${piece} `;
        await nextTurn();
      }
    },
  });
  await using door = await startGateway({
    inProcess: [talker, counter],
    limits: { memoryBytes: 1 << 20 },
  });
  const open = (agent: string) =>
    openEventStream(`${door.url}/v1/agents/${agent}/calls/stream`, { body: { text: "" } });
  const taken = (await open("counter")).take();
  const stalled = await Promise.all(Array.from({ length: 8 }, () => open("talker")));
  const talkers = async () => {
    const { tasks } = (await (await fetch(`${door.url}/v1/tasks?agent=talker`)).json()) as {
      tasks: { state: string }[];
    };
    return tasks.filter(({ state }) => state === "WORKING").length;
  };
  await expect.poll(talkers).toBeLessThan(8);
  isFull = true;
  const events = await taken;
  const seqs = events.slice(0, -1).map((event) => Number(event.id?.split(".")[1]));
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  expect(seqs.length).toBeGreaterThan(pieces);
  expect(events.at(-2)).toMatchObject({ data: { status: { state: "COMPLETED" } } });
  for (const stream of stalled) stream.leave();
});
