import fc from "fast-check";
import { expect, test } from "vitest";
import { Fifo } from "./fifo.js";

test("gives back what came in, in that order, however many come and go", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2_000, max: 2_000 }), { maxLength: 8 }), (steps) => {
      const fifo = new Fifo<number>();
      let [first, next] = [1, 1];
      for (const step of steps) {
        for (let count = 0; count < step; count++) fifo.push(next++);
        for (let count = 0; count < -step; count++) {
          if (fifo.shift() !== (first < next ? first++ : undefined)) expect.fail(`at ${first}`);
        }
      }
    }),
    { numRuns: 50 },
  );
});
