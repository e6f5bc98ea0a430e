import fc from "fast-check";
import { expect, test } from "vitest";
import { addTallies, formatTally, parseTally, type Tally } from "./tally.ts";

const tallies: fc.Arbitrary<Tally> = fc.record({
  passed: fc.nat(),
  failed: fc.nat(),
  skipped: fc.nat(),
});

test("a tally that was printed last is read back", () => {
  fc.assert(
    fc.property(tallies, fc.string(), (tally, before) => {
      expect(parseTally(`${before}\n${formatTally(tally)}\n`)).toEqual(tally);
    }),
  );
});

test("tallies add up in any order", () => {
  fc.assert(
    fc.property(fc.array(tallies), (list) => {
      const sum = addTallies(list);
      expect(addTallies([...list].reverse())).toEqual(sum);
      for (const key of ["passed", "failed", "skipped"] as const) {
        expect(sum[key]).toBe(list.reduce((total, each) => total + each[key], 0));
      }
    }),
  );
});

test.each([
  { name: "nothing", given: "" },
  { name: "no tally", given: "all is well" },
  { name: "a tally that is not last", given: "3 passed, 0 failed\nbye" },
  { name: "a part of a line", given: "Tests: 3 passed, 0 failed" },
  { name: "half of one", given: "3 passed" },
])("$name is no tally", ({ given }) => {
  expect(parseTally(given)).toBeUndefined();
});

test("skipped is only spoken of when there is something", () => {
  expect(formatTally({ passed: 2, failed: 1, skipped: 0 })).toBe("2 passed, 1 failed");
  expect(formatTally({ passed: 2, failed: 1, skipped: 3 })).toBe("2 passed, 1 failed, 3 skipped");
});
