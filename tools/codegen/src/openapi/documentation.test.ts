import { expect, test } from "vitest";
import { firstSentence } from "./documentation.ts";

test.each([
  { name: "one sentence", given: "Lists tasks.", want: "Lists tasks" },
  { name: "two sentences", given: "Lists tasks. The newest first.", want: "Lists tasks" },
  { name: "a paragraph that follows", given: "Lists tasks.\n\nAll.", want: "Lists tasks" },
  { name: "a number with a point", given: "Takes 1.5 s at most.", want: "Takes 1.5 s at most" },
  { name: "a question", given: "Why? Because.", want: "Why?" },
  { name: "nothing", given: "", want: "" },
])("the first sentence of $name has no full stop", ({ given, want }) => {
  expect(firstSentence(given)).toBe(want);
});
