import { expect, test } from "vitest";
import { toPrintable } from "./to-printable.js";

const rows = [
  { name: "text, tabs and line breaks", given: "naïve\t日本\n👩‍🚀", want: "naïve\t日本\n👩‍🚀" },
  { name: "a colour", given: "\u001b[31mred", want: "[31mred" },
  { name: "a title of the window", given: "\u001b]0;owned\u0007x", want: "]0;ownedx" },
  { name: "an escape of one byte", given: "\u009b2Jx", want: "2Jx" },
  { name: "a line written over", given: "good\rbad", want: "goodbad" },
  { name: "text that runs backwards", given: "a\u202eb", want: "ab" },
];

for (const { name, given, want } of rows) {
  test(`nothing of an agent moves the cursor: ${name}`, () => {
    expect(toPrintable(given)).toBe(want);
  });
}
