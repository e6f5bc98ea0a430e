import { expect, test } from "vitest";
import { createLinesCodec } from "../../test/lines-codec.js";
import { createRecorder } from "../../test/pair.js";
import { resolveLinkOptions } from "./link-options.js";
import { Multiplexer } from "./multiplexer.js";

test("a link whose ids are used up asks both sides for another one, and what runs goes on", async () => {
  const drains: string[] = [];
  const packets: string[] = [];
  const steps: (() => void)[] = [];
  const link = new Multiplexer(
    resolveLinkOptions({
      side: "dialer",
      codec: createLinesCodec(),
      carrier: {
        send: (packet) => packets.push(Buffer.from(packet).toString()) > 0,
        close() {},
      },
      implementation: "test/1",
      onDrain: (reason) => void drains.push(reason),
      schedule: (step) => void steps.push(step),
    }),
    5,
  );
  const heard = Array.from({ length: 4 }, () => createRecorder());
  for (const handlers of heard) link.open("", handlers);
  expect(link.usable).toBe(false);
  expect(drains).toEqual(["All ids of exchanges are used up."]);
  for (const step of steps) step();
  await Promise.resolve();
  expect(packets.join("")).toContain('"kind":"drain"');
  expect(heard.map(({ outcomes }) => outcomes[0]?.reason)).toEqual([
    undefined,
    undefined,
    undefined,
    "DRAINING",
  ]);
  link.close();
});

test("whatever is opened in one turn on a link that has ended is refused, all of it", async () => {
  const link = new Multiplexer(
    resolveLinkOptions({
      side: "dialer",
      codec: createLinesCodec(),
      carrier: { send: () => true, close() {} },
      implementation: "test/1",
    }),
  );
  link.close();
  const heard = Array.from({ length: 5 }, () => createRecorder());
  for (const handlers of heard) link.open("", handlers);
  expect(heard.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  await Promise.resolve();
  for (const { outcomes } of heard) {
    expect(outcomes).toMatchObject([{ reason: "AGENT_UNAVAILABLE", refused: true }]);
  }
});
