import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.js";

test("a burst is allowed, then so many a second", () => {
  let nowMs = 0;
  const bucket = new TokenBucket({ burst: 3, perSecond: 10, now: () => nowMs });
  const taken = (count: number) => Array.from({ length: count }, () => bucket.take());
  expect(taken(4)).toEqual([true, true, true, false]);
  nowMs += 200;
  expect(taken(3)).toEqual([true, true, false]);
  nowMs += 60_000;
  expect(taken(4)).toEqual([true, true, true, false]);
});
