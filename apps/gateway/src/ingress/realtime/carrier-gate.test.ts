import { expect, test } from "vitest";
import { SharedInterval } from "../shared-interval.js";
import { CarrierGate } from "./carrier-gate.js";

const nothing = new Uint8Array();

test("a full carrier has stalled when nothing more leaves, not while something does", async () => {
  const looks = { count: 0, isMoving: true };
  const stalled = Promise.withResolvers<number>();
  const gate = new CarrierGate({
    carrier: {
      send: () => false,
      close: () => undefined,
      get sentBytes() {
        if (looks.count === 20) looks.isMoving = false;
        if (looks.isMoving) looks.count++;
        return looks.count;
      },
    },
    stalls: new SharedInterval(1),
    onStall: () => stalled.resolve(looks.count),
  });
  gate.send(nothing);
  expect(await stalled.promise).toBe(20);
  gate.close();
});

test("a full carrier that cannot say what has left has stalled after an interval", async () => {
  const stalled = Promise.withResolvers<void>();
  const gate = new CarrierGate({
    carrier: { send: () => false, close: () => undefined },
    stalls: new SharedInterval(1),
    onStall: stalled.resolve,
  });
  gate.send(nothing);
  await stalled.promise;
  gate.close();
});
