import { expect, test } from "vitest";
import { evaluateGoals } from "./goals.ts";
import type { Measurement } from "./measure.ts";
import { measurement } from "./measurement-fixture.ts";

const one = { connections: 1 };
const cases: { name: string; given: Measurement[]; want: (boolean | undefined)[] }[] = [
  {
    name: "just good enough",
    given: [
      measurement("bare", 1000),
      measurement("smartcall", 600),
      measurement("connect-node", 75),
      measurement("bare", 100, { ...one, p50Ms: 0.1 }),
      measurement("smartcall", 30, { ...one, p50Ms: 0.3 }),
    ],
    want: [true, true, true],
  },
  {
    name: "just not good enough",
    given: [
      measurement("bare", 1000),
      measurement("smartcall", 599),
      measurement("connect-node", 76),
      measurement("bare", 100, { ...one, p50Ms: 0.1 }),
      measurement("smartcall", 30, { ...one, p50Ms: 0.31 }),
    ],
    want: [false, false, false],
  },
  {
    name: "a run that left candidates out",
    given: [measurement("bare", 1000), measurement("smartcall", 900)],
    want: [true, undefined, undefined],
  },
  { name: "nothing", given: [], want: [undefined, undefined, undefined] },
];

for (const { name, given, want } of cases) {
  test(`the goals against ${name}`, () => {
    expect(evaluateGoals(given).map(({ met }) => met)).toEqual(want);
  });
}
