import { expect, test } from "vitest";
import { Outbox } from "./outbox.js";
import { SendLane } from "./send-lane.js";

const owner = { sentLast() {}, starved() {} };

function createOutbox(
  send: (packet: Uint8Array) => boolean,
  onLost = (_cause: unknown) => {},
  firstPacketBytes = 100,
) {
  const steps: (() => void)[] = [];
  const outbox = new Outbox(
    {
      carrier: { send, close() {} },
      codec: { pack: (frames) => Buffer.concat(frames) },
      maxPacketBytes: 100,
      firstPacketBytes,
      schedule: (step) => void steps.push(step),
    },
    { carrierLost: onLost },
  );
  const settle = () => {
    for (const step of steps.splice(0)) step();
  };
  return { outbox, settle };
}

function createLane(frame: Uint8Array): SendLane {
  const lane = new SendLane(owner, { windowBytes: 1_000, maxFrameBytes: 1_000 });
  lane.push(frame);
  return lane;
}

test("exchanges that ended while the carrier was full are let go of, the others are not", () => {
  const sent: number[] = [];
  let room = false;
  const { outbox, settle } = createOutbox((packet) => {
    sent.push(packet.length);
    return room;
  });
  outbox.urgent(Uint8Array.of(1));
  settle();
  const live = createLane(Uint8Array.of(2, 2, 2));
  outbox.wake(live);
  for (let index = 0; index < 10_000; index += 1) {
    const lane = createLane(Uint8Array.of(3));
    outbox.wake(lane);
    lane.end();
  }
  expect(outbox.laneCount).toBeLessThan(2_000);
  room = true;
  outbox.unblock();
  settle();
  expect(sent).toEqual([1, 3]);
  expect(outbox.laneCount).toBe(0);
});

test("urgent frames go before those of exchanges", () => {
  const sent: string[] = [];
  const { outbox, settle } = createOutbox((packet) => sent.push(packet.join()) > 0);
  outbox.wake(createLane(Uint8Array.of(2)));
  outbox.urgent(Uint8Array.of(1));
  settle();
  expect(sent).toEqual(["1,2"]);
});

test("a carrier that throws is lost", () => {
  const causes: unknown[] = [];
  const error = new Error("gone");
  const { outbox, settle } = createOutbox(
    () => {
      throw error;
    },
    (cause) => void causes.push(cause),
  );
  outbox.urgent(Uint8Array.of(1));
  settle();
  expect(causes).toEqual([error]);
});

test("no packet is larger than all before it together, from a first size to the largest", () => {
  const sent: number[] = [];
  const { outbox, settle } = createOutbox((packet) => sent.push(packet.length) > 0, undefined, 20);
  for (let index = 0; index < 50; index += 1) outbox.urgent(new Uint8Array(10));
  settle();
  expect(sent).toEqual([20, 20, 40, 80, 100, 100, 100, 40]);
});
