import fc from "fast-check";
import { expect, test } from "vitest";
import { TextShelf } from "./text-shelf.js";

test("every text comes back as it was, however many and however long", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .tuple(fc.constantFrom("x", "é", "€", "😀"), fc.nat(200_000))
      .map(([unit, n]) => unit.repeat(n)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
      const shelf = new TextShelf();
      const shelved = texts.map((each) => shelf.put(each));
      expect(shelved.map((each) => each.read())).toEqual(texts);
      expect(shelved.map(({ bytes }) => bytes)).toEqual(
        texts.map((each) => Buffer.byteLength(each)),
      );
    }),
    { numRuns: 100 },
  );
});
