import fc from "fast-check";
import { expect, test } from "vitest";
import { textCodecs } from "./text-codecs.js";
import { World } from "./world.js";

const pick = fc.nat({ max: 30 });
const length = fc.oneof(
  { weight: 12, arbitrary: fc.nat({ max: 120 }) },
  // Larger than any window.
  { weight: 1, arbitrary: fc.constant(1_500) },
);

type Command = (world: World) => void | Promise<void>;

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<0 | 1>(0, 1).map((side) => (world: World) => world.open(side)),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(pick, length).map(
      ([at, size]) =>
        (world: World) =>
          world.send(at, size),
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(pick, length).map(
      ([at, size]) =>
        (world: World) =>
          world.answer(at, size),
    ),
  },
  { weight: 2, arbitrary: pick.map((at) => (world: World) => world.halfClose(at)) },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, fc.boolean()).map(
      ([at, good]) =>
        (world: World) =>
          world.end(at, good),
    ),
  },
  { weight: 1, arbitrary: pick.map((at) => (world: World) => world.cancel(at)) },
  { weight: 6, arbitrary: pick.map((at) => (world: World) => world.release(at)) },
  {
    weight: 12,
    arbitrary: fc.integer({ min: 1, max: 20 }).map((count) => (world: World) => world.run(count)),
  },
);

const setup = fc.record({
  seed: fc.integer(),
  windowBytes: fc.integer({ min: 200, max: 700 }),
  capacityBytes: fc.integer({ min: 1, max: 800 }),
  maxPacketBytes: fc.integer({ min: 1, max: 600 }),
});

// fast-check prints the seed and the shrunk schedule of a run that fails.
test.each(textCodecs)(
  "over $name, whatever the order of events, nothing is lost, doubled, reordered or kept for ever",
  async ({ create }) => {
    await fc.assert(
      fc.asyncProperty(
        setup,
        fc.array(command, { minLength: 20, maxLength: 120 }),
        async (options, commands) => {
          const world = new World({ ...options, codec: create() });
          for (const run of commands) await run(world);
          await world.finish();
          world.assertKept();
        },
      ),
      { numRuns: 500 },
    );
  },
);

test.each(textCodecs)(
  "over $name, when the carrier is cut at any moment, every exchange still ends once",
  async ({ create }) => {
    await fc.assert(
      fc.asyncProperty(
        setup,
        fc.array(command, { minLength: 20, maxLength: 80 }),
        fc.nat({ max: 79 }),
        async (options, commands, moment) => {
          const world = new World({ ...options, codec: create() });
          for (const [index, run] of commands.entries()) {
            if (index === moment % commands.length) world.cut();
            await run(world);
          }
          await world.finish();
          expect(world.isCut).toBe(true);
          world.assertKept();
        },
      ),
      { numRuns: 250 },
    );
  },
);

test.each(textCodecs)(
  "over $name, a drain at any moment, closed as soon as it is done, loses nothing that ran",
  async ({ create }) => {
    await fc.assert(
      fc.asyncProperty(
        setup,
        fc.array(command, { minLength: 20, maxLength: 80 }),
        fc.nat({ max: 79 }),
        fc.constantFrom<0 | 1>(0, 1),
        async (options, commands, moment, side) => {
          const world = new World({ ...options, codec: create() });
          for (const [index, run] of commands.entries()) {
            if (index === moment % commands.length) world.drain(side);
            await run(world);
          }
          await world.finish();
          world.assertKept();
        },
      ),
      { numRuns: 250 },
    );
  },
);

test("where no window ends the same steps are the same story over every codec", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.array(command, { minLength: 20, maxLength: 80 }),
      fc.option(fc.nat({ max: 79 })),
      async (seed, commands, cutAt) => {
        const room = 1_000_000;
        const [wanted, ...others] = await Promise.all(
          textCodecs.map(async ({ create }) => {
            const world = new World({
              seed,
              windowBytes: room,
              capacityBytes: room,
              maxPacketBytes: room,
              codec: create(),
            });
            for (const [index, run] of commands.entries()) {
              if (index === cutAt) world.cut();
              await run(world);
            }
            await world.finish();
            world.assertKept();
            return world.conversations.map(({ calling, serving, ...books }) => books);
          }),
        );
        for (const other of others) expect(other).toEqual(wanted);
      },
    ),
    { numRuns: 100 },
  );
});
