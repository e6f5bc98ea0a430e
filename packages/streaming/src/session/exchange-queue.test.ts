import { expect, test } from "vitest";
import { ExchangeQueue } from "./exchange-queue.js";

test("what arrived is taken together, in order", async () => {
  const queue = new ExchangeQueue<number>();
  queue.push(1, 10);
  queue.push(2, 10);
  expect(await queue.take()).toEqual([1, 2]);
  const later = queue.take();
  queue.push(3, 10);
  expect(await later).toEqual([3]);
});

test("more than 64 KiB hold the other side back until they are taken", async () => {
  const queue = new ExchangeQueue<number>();
  expect(queue.push(1, 60_000)).toBeUndefined();
  let isGranted = false;
  const held = Promise.resolve(queue.push(2, 10_000)).then(() => {
    isGranted = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isGranted).toBe(false);
  expect(await queue.take()).toEqual([1, 2]);
  await held;
  expect(queue.push(3, 60_000)).toBeUndefined();
});

test("the end comes after what arrived before it, and stays", async () => {
  const queue = new ExchangeQueue<number>();
  queue.push(1, 10);
  queue.end();
  queue.end(new Error("too late"));
  expect(await queue.take()).toEqual([1]);
  expect(await queue.take()).toBeUndefined();
  expect(await queue.take()).toBeUndefined();
});

test("a reader that waits hears of the error that ends it", async () => {
  const queue = new ExchangeQueue<number>();
  const waiting = queue.take();
  queue.end(new Error("cut"));
  await expect(waiting).rejects.toThrow("cut");
});
