import { defineAgent, runAgent, SmartcallError } from "@smartcall/agent";
import fc from "fast-check";
import { expect, test } from "vitest";
import { calculator } from "./calculator.js";
import { summarizer } from "./summarizer.js";
import { findSums } from "./team/find-sums.js";
import { team } from "./team.js";

const texts: [text: string, sums: string[]][] = [
  ["We sold 12 * 30 crates.", ["12 * 30"]],
  ["That is (3 + 4) × 2, or 2^10.", ["(3 + 4) × 2", "2^10"]],
  ["(see 2 + 3)", ["2 + 3"]],
  ["10 - 4 and 9 / 3 but not 2019-2021 or 1/2/2024 or 555-1234", ["10 - 4", "9 / 3"]],
  ["Half of 2.5 + 1.5. Then 7.", ["2.5 + 1.5"]],
  ["1 + 1 is 1 + 1", ["1 + 1"]],
  ["-3 * -2", ["-3 * -2"]],
  ["Just 42 words, e.g. these + those.", []],
];

test.each(texts)("the sums of “%s”", (text, sums) => {
  expect(findSums(text)).toEqual(sums);
});

test("sums of any text are found quickly, and ten at most", () => {
  const pieces = fc.constantFrom(..."0123456789 +-*/^().x", "((((", "1 + ");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 200 }), (text) => {
      expect(findSums(text.join("")).length).toBeLessThanOrEqual(10);
    }),
  );
  const before = process.cpuUsage();
  findSums("1 + ".repeat(20_000));
  findSums("(".repeat(50_000));
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
});

const page =
  "The shop sold 12 * 30 apples. Apples are sold by the shop in crates. It rained. The shop paid 5 / 0 for crates of apples.";

test("a text is summed up and its sums are worked out by the other agents", async () => {
  const { text, error, events } = await runAgent(
    team,
    { text: page, sentences: 1 },
    { agents: [calculator, summarizer] },
  );
  expect(error).toBeUndefined();
  expect(events[0]?.kind.case).toBe("progress");
  expect(text.split("\n")).toEqual([
    expect.stringMatching(/^Summary: .*apples.*/i),
    "",
    "Sums:",
    "- 12 * 30 = 360",
    "- 5 / 0 = Infinity",
  ]);
});

test("an agent that fails is named in the answer, one that is missing fails the task", async () => {
  const broken = defineAgent({
    name: "calculator",
    description: "Is broken.",
    run() {
      throw new SmartcallError({ reason: "AGENT_FAILED", message: "out of order" });
    },
  });
  const { text } = await runAgent(team, page, { agents: [broken, summarizer] });
  expect(text).toContain("- 12 * 30: calculator did not answer (out of order)");
  const { error } = await runAgent(team, page, { agents: [summarizer] });
  expect(error).toMatchObject({ reason: "AGENT_NOT_FOUND" });
});
