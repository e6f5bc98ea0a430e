import fc from "fast-check";
import { expect, test } from "vitest";
import { addTallies, formatTally, parseTally, parseVerdicts, type Tally } from "./tally.ts";

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

test.each(["go", "python"])("a tally may say that it is of %s", (language) => {
  expect(parseTally(`${language}: 4 passed, 1 failed, 2 skipped\n`)).toEqual({
    passed: 4,
    failed: 1,
    skipped: 2,
  });
});

test("what was skipped is told line by line, with why, and what failed by name", () => {
  const output =
    "one\nskipped a test: no gateway\n  skipped b: c\nskipped\nskipped d: e\nfailed f g\n2 skipped";
  expect(parseVerdicts(output)).toEqual({
    skips: ["a test: no gateway", "d: e"],
    failures: ["f g"],
  });
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
  { name: "a tally of somebody else", given: "rust: 3 passed, 0 failed" },
])("$name is no tally", ({ given }) => {
  expect(parseTally(given)).toBeUndefined();
});

test("skipped is only spoken of when there is something", () => {
  expect(formatTally({ passed: 2, failed: 1, skipped: 0 })).toBe("2 passed, 1 failed");
  expect(formatTally({ passed: 2, failed: 1, skipped: 3 })).toBe("2 passed, 1 failed, 3 skipped");
});
