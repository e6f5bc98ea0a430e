import fc from "fast-check";
import { expect, test } from "vitest";
import { LastLines } from "./last-lines.ts";

test("the last 20 lines are the same wherever the text was cut", () => {
  const line = fc.string({ maxLength: 5 }).map((text) => text.replaceAll("\n", " "));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.array(fc.nat(300)), (lines, cuts) => {
      const text = lines.map((each) => `${each}\n`).join("");
      const places = [...new Set(cuts.filter((cut) => cut < text.length))].sort((a, b) => a - b);
      const last = new LastLines();
      [0, ...places].forEach((from, index) => {
        last.add(text.slice(from, places[index]));
      });
      expect(last.lines()).toEqual(lines.slice(-20));
    }),
  );
});

test("a last line without an end counts", () => {
  const last = new LastLines();
  last.add("one\ntw");
  last.add("o");
  expect(last.lines()).toEqual(["one", "two"]);
});
