import fc from "fast-check";
import { expect, test } from "vitest";
import { AgeList } from "./age-list.js";

test("lists what is left, the newest first, from any number", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { maxLength: 4_000 }), fc.nat(6_000), (deleted, from) => {
      const list = new AgeList<{ number: number }>();
      for (let number = 0; number < 5_000; number++) list.push({ number });
      for (const number of deleted) list.delete(number);
      // The old end goes, as it does when the oldest are forgotten first.
      for (let number = 0; number < deleted.length; number++) list.delete(number);
      const gone = new Set(deleted);
      const wanted = Array.from({ length: 5_000 }, (_, number) => number).filter(
        (number) => number < from && number >= deleted.length && !gone.has(number),
      );
      const listed = [...list.before(from)];
      expect(listed.map(([, number]) => number)).toEqual(wanted.reverse());
      for (const [item, number] of listed) expect(item.number).toBe(number);
      expect(list.next).toBe(5_000);
    }),
    { numRuns: 30 },
  );
});
