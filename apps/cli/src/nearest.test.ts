import { expect, test } from "vitest";
import { nearest } from "./nearest.js";

const agents = ["calculator", "echo", "eliza", "summarizer", "team"];

const rows = [
  { name: "a letter too few", given: "sumarizer", want: "summarizer" },
  { name: "two letters swapped", given: "ehco", want: "echo" },
  { name: "the same", given: "team", want: "team" },
  { name: "another ending", given: "calculater", want: "calculator" },
  { name: "something else", given: "translator", want: undefined },
  { name: "nothing", given: "", want: undefined },
];

for (const { name, given, want } of rows) {
  test(`what was meant is found: ${name}`, () => {
    expect(nearest(given, agents)).toBe(want);
  });
}
