import fc from "fast-check";
import { expect, test } from "vitest";
import { ExchangeMap } from "./exchange-map.js";

test("holds what a Map would, whatever stays and whatever ends", () => {
  const step = fc.record({ skip: fc.nat({ max: 3_000 }), ends: fc.array(fc.nat()) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const map = new ExchangeMap<{ id: number }>();
      const wanted = new Map<number, { id: number }>();
      let id = 1;
      for (const { skip, ends } of steps) {
        id += 2 * skip + 2;
        const exchange = { id };
        map.add(exchange);
        wanted.set(id, exchange);
        for (const end of ends) {
          const ended = [...wanted.keys()][end % (wanted.size + 1)] ?? 0;
          map.delete(ended);
          wanted.delete(ended);
        }
        expect(map.size).toBe(wanted.size);
        expect(map.values()).toEqual([...wanted.values()]);
        for (const one of wanted.values()) expect(map.get(one.id)).toBe(one);
        expect(map.get(id + 2)).toBeUndefined();
      }
      expect(map.clear()).toEqual([...wanted.values()]);
      expect(map.size).toBe(0);
      expect(map.values()).toEqual([]);
    }),
  );
});
