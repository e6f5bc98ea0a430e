import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCursor, parseCursor } from "./cursor.js";

const cursors = fc.record({
  epoch: fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/),
  seq: fc.maxSafeNat(),
});

test("a cursor that is written and read again is the same", () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    }),
  );
});

test("a text that is read as a cursor is written the same", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{0,3}\.?[0-9]{0,18}$/)), (text) => {
      const cursor = parseCursor(text);
      expect(cursor === undefined ? text : formatCursor(cursor)).toBe(text);
    }),
  );
});

test.each([
  { name: "nothing", given: "" },
  { name: "no epoch", given: ".1" },
  { name: "no number", given: "k3v9." },
  { name: "no dot", given: "k3v9" },
  { name: "a leading zero", given: "k3v9.01" },
  { name: "a sign", given: "k3v9.-1" },
  { name: "more than a number holds", given: "k3v9.9007199254740993" },
  { name: "a space", given: "k3v9.1 " },
  { name: "a line break", given: "k3v9.1\n" },
  { name: "a third part", given: "k3v9.1.2" },
  { name: "an epoch that is too long", given: `${"a".repeat(33)}.1` },
])("$name is no cursor", ({ given }) => {
  expect(parseCursor(given)).toBeUndefined();
});
