import { expect, test } from "vitest";
import { ReceiveQueue } from "./receive-queue.js";

/** A receiver that is busy until the test says otherwise. */
function createReceiver(takesAhead: boolean) {
  const taken: string[] = [];
  const grants: number[] = [];
  const gate = Promise.withResolvers<void>();
  let isHeld = true;
  let isOver = false;
  const queue = new ReceiveQueue<string>(
    {
      takesAhead,
      deliver: (payload) => {
        taken.push(payload);
        return isHeld ? gate.promise : undefined;
      },
      delivered: () => {
        isOver = true;
      },
      failed: (error) => taken.push(String(error)),
      grant: (bytes) => grants.push(bytes),
    },
    100,
  );
  return {
    queue,
    taken,
    grants,
    isOver: () => isOver,
    release: async () => {
      isHeld = false;
      gate.resolve();
      await gate.promise;
    },
    fail: async () => {
      gate.reject(new Error("out of luck"));
      await gate.promise.catch(() => undefined);
    },
  };
}

for (const takesAhead of [false, true]) {
  test(`${takesAhead ? "one that takes ahead has" : "a busy receiver has not"} what came while a promise is pending, and no credit is granted before it is settled`, async () => {
    const { queue, taken, grants, isOver, release } = createReceiver(takesAhead);
    for (const payload of ["a", "b", "c"]) expect(queue.accept(payload, 30)).toBe(true);
    expect(taken).toEqual(takesAhead ? ["a", "b", "c"] : ["a"]);
    expect(grants).toEqual([]);
    expect(queue.accept("too much", 30)).toBe(false);
    await release();
    expect(taken).toEqual(["a", "b", "c"]);
    expect(grants.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThanOrEqual(60);
    expect(isOver()).toBe(false);
  });
}

for (const takesAhead of [false, true]) {
  test(`the end is told ${takesAhead ? "at once to one that has taken everything ahead" : "after what is pending is settled"}`, async () => {
    const { queue, taken, grants, isOver, release } = createReceiver(takesAhead);
    queue.accept("a", 30);
    queue.accept("b", 30);
    queue.end();
    expect(isOver()).toBe(takesAhead);
    await release();
    expect(isOver()).toBe(true);
    expect(taken).toEqual(["a", "b"]);
    expect(grants).toEqual([]);
  });
}

test("a promise that is rejected fails it once", async () => {
  const { queue, taken, fail } = createReceiver(true);
  queue.accept("a", 10);
  queue.accept("b", 10);
  await fail();
  expect(taken).toEqual(["a", "b", "Error: out of luck"]);
});
