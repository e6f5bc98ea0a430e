import { expect, test } from "vitest";
import { parseBenchOptions } from "./options.ts";

const cases = [
  {
    name: "no flags compare everything",
    given: [],
    want: { rounds: 5, seconds: 4, warmUpSeconds: 3, connections: [1, 64, 256], only: undefined },
  },
  {
    name: "--quick is short",
    given: ["--quick"],
    want: { rounds: 2, seconds: 1, warmUpSeconds: 1, connections: [1, 64] },
  },
  {
    name: "a flag wins over --quick",
    given: ["--quick", "--rounds", "7", "--connections", "8"],
    want: { rounds: 7, seconds: 1, connections: [8] },
  },
  {
    name: "lists are split, and the -- that pnpm passes on is skipped",
    given: ["--", "--only", "bare,smartcall", "--connections=1,2"],
    want: { only: ["bare", "smartcall"], connections: [1, 2] },
  },
  {
    name: "a profile is of one candidate, once",
    given: ["--profile", "smartcall"],
    want: {
      profile: { candidate: "smartcall", process: "gateway" },
      only: ["smartcall"],
      rounds: 1,
      connections: [64],
    },
  },
  {
    name: "a profile may be of the agent",
    given: ["--profile", "smartcall/agent", "--seconds", "9"],
    want: { profile: { candidate: "smartcall", process: "agent" }, seconds: 9 },
  },
];

for (const { name, given, want } of cases) {
  test(name, () => {
    expect(parseBenchOptions(given)).toMatchObject(want);
  });
}

const wrong = [
  { given: ["--rounds", "0"], want: /--rounds takes whole numbers over 0, not "0"/ },
  { given: ["--seconds", "1.5"], want: /--seconds takes/ },
  { given: ["--connections", "1,,2"], want: /--connections takes .* not ""/ },
  { given: ["--profile", "smartcall/client"], want: /<name>.agent, not "smartcall.client"/ },
  { given: ["--fast"], want: /--fast/ },
];

for (const { given, want } of wrong) {
  test(`${given.join(" ")} is refused`, () => {
    expect(() => parseBenchOptions(given)).toThrow(want);
  });
}
