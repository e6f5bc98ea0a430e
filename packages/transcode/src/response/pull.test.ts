import { expect, test } from "vitest";
import { nextOf, type Pullable, pull } from "./pull.js";

/** What a taker is told, for as many pulls as it takes until the end. */
function pullAll(iterator: AsyncIterator<number>): Promise<unknown[]> {
  const told: unknown[] = [];
  return new Promise((resolve) => {
    const taker = {
      take(item: number) {
        told.push(item);
        pull(iterator, taker);
      },
      ended: () => resolve([...told, "ended"]),
      failed: (error: unknown) => resolve([...told, error]),
    };
    pull(iterator, taker);
  });
}

test("an iterator that knows nothing of pulls is pulled by its promises", async () => {
  async function* count() {
    yield 1;
    yield 2;
  }
  expect(await pullAll(count())).toEqual([1, 2, "ended"]);
});

test("what an iterator fails with is told", async () => {
  const error = new Error("no more");
  async function* fail() {
    yield 1;
    throw error;
  }
  expect(await pullAll(fail())).toEqual([1, error]);
});

test("an iterator that can be pulled is, and answers next by that", async () => {
  const left = [1, 2];
  const error = new Error("no more");
  const iterator: Pullable<number> = {
    pull(taker) {
      const item = left.shift();
      if (item !== undefined) taker.take(item);
      else if (isBroken) taker.failed(error);
      else taker.ended();
    },
    next() {
      return nextOf(this);
    },
  };
  let isBroken = false;
  expect(await iterator.next()).toEqual({ done: false, value: 1 });
  expect(await pullAll(iterator)).toEqual([2, "ended"]);
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  isBroken = true;
  await expect(iterator.next()).rejects.toBe(error);
});
