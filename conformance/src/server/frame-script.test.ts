import { expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import type { Step } from "../vector.ts";
import { FrameScript } from "./frame-script.ts";
import { Run } from "./run.ts";

/** Plays steps against frames that have come; answers the complaints and what was sent. */
async function play(steps: readonly Step[], ...frames: JsonObject[]) {
  const sent: JsonObject[] = [];
  let isCut = false;
  const run = new Run(() => {});
  const script = new FrameScript(
    {
      send: (each) => void sent.push(...each),
      sendBytes: () => {},
      close: () => {},
      cut: () => {
        isCut = true;
      },
    },
    run,
  );
  script.receive(frames);
  await script.play(steps);
  return { complaints: run.complaints, sent, isCut, script };
}

const open = { exchange: 5, open: { stream: { agent: "echo" } } };
const delta = (text: string) => ({ exchange: 5, event: { agent: { outputDelta: { text } } } });
const close = (events: number) => ({ exchange: 5, close: { events } });

test("an exchange goes by the number that the script gives it", async () => {
  const { complaints, sent } = await play(
    [{ expect: { exchange: 1, open: {} } }, { send: [{ exchange: 1, credit: { bytes: 1 } }] }],
    open,
  );
  expect(complaints).toEqual([]);
  expect(sent).toEqual([{ exchange: 5, credit: { bytes: 1 } }]);
});

test("a frame that is another is complained about, and the connection cut", async () => {
  const steps = [{ expect: { hello: { version: 1 } } }, { send: [{ ready: {} }] }];
  const { complaints, sent, isCut } = await play(steps, { hello: { version: 2 } });
  expect(complaints).toEqual(["step 1.hello.version is 2 instead of 1"]);
  expect({ sent, isCut }).toEqual({ sent: [], isCut: true });
});

test("what may come at any time is passed over unless it is asked for, and a ping is answered", async () => {
  const frames = [
    { ping: { nonce: 3 } },
    { exchange: 5, credit: { bytes: 9 } },
    { pong: {} },
    open,
  ];
  const { complaints, sent } = await play([{ expect: { pong: {} } }, { expect: open }], ...frames);
  expect(complaints).toEqual([]);
  expect(sent).toEqual([{ pong: { nonce: 3 } }]);
});

test.each([
  {
    name: "another text",
    steps: [{ hear: { exchange: 5, text: "ab", close: {} } }],
    want: /the text/,
  },
  {
    name: "more than was granted",
    steps: [{ hear: { exchange: 5, atMostBytes: 1, close: {} } }],
    want: /the bytes/,
  },
  {
    name: "another reason",
    steps: [{ hear: { exchange: 5, close: { reason: "INTERNAL" } } }],
    want: /the close/,
  },
  { name: "anything in a silence", steps: [{ silence: 1 }], want: /came/ },
])("$name is complained about", async ({ steps, want }) => {
  const { complaints } = await play(steps, delta("a"), delta("c"), close(2));
  expect(complaints).toEqual([expect.stringMatching(want)]);
});

test("a close that counts wrong is complained about, whatever the script says", async () => {
  const { complaints } = await play([], delta("a"), close(2));
  expect(complaints).toEqual(["the count of exchange 5 is 2 instead of 1"]);
});

test("a flood goes on as it is granted", async () => {
  const flood = { exchange: 5, after: 1, events: 3, bytes: 1_000 };
  const hello = { hello: { version: 1, windowBytes: 1_500 } };
  const credit = { exchange: 5, credit: { bytes: 3_000 } };
  const { sent } = await play([{ flood }], hello, credit);
  expect(sent.map(({ event }) => (event as { task: JsonObject })["task"]?.["cursor"])).toEqual([
    "e.2",
    "e.3",
    "e.4",
  ]);
});

test("a flood stops where nothing more is granted", async () => {
  const flood = { exchange: 5, after: 1, events: 3, bytes: 1_000 };
  const hello = { hello: { version: 1, windowBytes: 1_500 } };
  const sent: JsonObject[] = [];
  const run = new Run(() => {});
  const peer = {
    send: (each: readonly JsonObject[]) => void sent.push(...each),
    sendBytes() {},
    close() {},
    cut() {},
  };
  const script = new FrameScript(peer, run);
  script.receive([hello]);
  const played = script.play([{ flood }]);
  script.lost();
  await played;
  expect(sent).toHaveLength(1);
  expect(run.complaints).toEqual(["step 1: no credit came"]);
});
