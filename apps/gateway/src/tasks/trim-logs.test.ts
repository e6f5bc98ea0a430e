import fc from "fast-check";
import { expect, test } from "vitest";
import { trimLogs } from "./trim-logs.js";

/** A log of which any number of bytes can be dropped. */
class PlainLog {
  bytes: number;

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  trim(maxBytes: number): number {
    const freed = Math.max(0, this.bytes - maxBytes);
    this.bytes -= freed;
    return freed;
  }
}

function trimmed(
  lengths: readonly number[],
  bytes: number,
  needed: readonly number[] = [],
): number[] {
  const logs = lengths.map((length) => new PlainLog(length));
  const entries = logs.map((log, index) => ({ log, neededBytes: needed[index] ?? 0 }));
  trimLogs(entries, bytes, () => undefined);
  return logs.map((log) => log.bytes);
}

const cases = [
  {
    name: "the longest alone when that is enough",
    given: [9_000, 50_000, 8_000],
    bytes: 30_000,
    want: [9_000, 20_000, 8_000],
  },
  {
    name: "the longest down to the next, and then both",
    given: [40_000, 50_000, 8_000],
    bytes: 30_000,
    want: [30_000, 30_000, 8_000],
  },
  {
    name: "short ones never",
    given: [4_096, 4_000, 5_000],
    bytes: 30_000,
    want: [4_096, 4_000, 4_096],
  },
];
for (const { name, given, bytes, want } of cases) {
  test(`cuts ${name}`, () => expect(trimmed(given, bytes)).toEqual(want));
}

test("cuts nothing that is about to be read, and others the shorter for it", () => {
  expect(trimmed([50_000, 50_000, 8_000], 40_000, [45_000, 0, 8_000])).toEqual([
    45_000, 15_000, 8_000,
  ]);
  expect(trimmed([50_000, 9_000], 60_000, [60_000, 6_000])).toEqual([50_000, 6_000]);
});

test("frees what is asked for, or all there is, and never cuts a log below a longer one", () => {
  const length = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(fc.array(length, { maxLength: 20 }), fc.nat(500_000), (given, bytes) => {
      const after = trimmed(given, bytes);
      const freed = given.reduce((sum, value, index) => sum + value - (after[index] ?? 0), 0);
      const most = given.reduce((sum, value) => sum + Math.max(0, value - 4_096), 0);
      expect(freed).toBeGreaterThanOrEqual(Math.min(bytes, most));
      expect(freed).toBeLessThanOrEqual(Math.min(bytes, most) + given.length);
      const cut = after.filter((value, index) => value < (given[index] ?? 0));
      expect(new Set(cut).size).toBeLessThanOrEqual(1);
      // A length is whole, so that fewer bytes than there are logs may be freed without the last.
      for (const value of cut) expect(Math.max(...after) - value).toBeLessThan(given.length);
    }),
    { examples: [[[99_989, 99_989], 1]], numRuns: 1_000 },
  );
});
