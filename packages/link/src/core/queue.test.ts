import fc from "fast-check";
import { expect, test } from "vitest";
import { Queue } from "./queue.js";

const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant("push" as const) },
  { weight: 4, arbitrary: fc.constant("shift" as const) },
  { weight: 1, arbitrary: fc.constantFrom("filter" as const, "clear" as const) },
);

test("whatever is done to it, it holds what a list would", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = new Queue<{ size: number }>();
      let list: { size: number }[] = [];
      for (const [size, name] of steps.entries()) {
        if (name === "push") {
          const item = { size };
          queue.push(item);
          list.push(item);
        } else if (name === "shift") {
          expect(queue.shift()).toBe(list.shift());
        } else if (name === "filter") {
          queue.filter((item) => item.size % 3 > 0);
          list = list.filter((item) => item.size % 3 > 0);
        } else {
          queue.clear();
          list = [];
        }
        expect(queue.length).toBe(list.length);
        expect(queue.peek()).toBe(list[0]);
        expect(queue.largest((item) => item.size)).toBe(
          Math.max(0, ...list.map((item) => item.size)),
        );
      }
    }),
  );
});

test("thousands that wait leave in their order", () => {
  const queue = new Queue<{ size: number }>();
  for (let size = 0; size < 5_000; size++) queue.push({ size });
  const left: number[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) left.push(item.size);
  expect(left).toEqual(Array.from({ length: 5_000 }, (_, size) => size));
  expect(queue.length).toBe(0);
});
