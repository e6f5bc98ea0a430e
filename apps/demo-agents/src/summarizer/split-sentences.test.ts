import fc from "fast-check";
import { expect, test } from "vitest";
import { splitSentences } from "./split-sentences.js";

const texts: { name: string; given: string; want: string[] }[] = [
  { name: "two sentences", given: "One is. Two is too.", want: ["One is.", "Two is too."] },
  {
    name: "titles",
    given: "Dr. Smith met Mrs. Jones. They spoke.",
    want: ["Dr. Smith met Mrs. Jones.", "They spoke."],
  },
  {
    name: "initials",
    given: "J. R. R. Tolkien wrote it. It is long.",
    want: ["J. R. R. Tolkien wrote it.", "It is long."],
  },
  {
    name: "abbreviations in the middle",
    given: "Use salt, e.g. from the sea, vs. sugar. Stir.",
    want: ["Use salt, e.g. from the sea, vs. sugar.", "Stir."],
  },
  {
    name: "abbreviations at an end",
    given: "He left at 5 p.m. She stayed in the U.S. until June.",
    want: ["He left at 5 p.m.", "She stayed in the U.S. until June."],
  },
  { name: "decimals", given: "It costs 3.50 today. Buy.", want: ["It costs 3.50 today.", "Buy."] },
  {
    name: "quotations",
    given: "“Stop!” he said. “Why?” She went.",
    want: ["“Stop!” he said.", "“Why?”", "She went."],
  },
  { name: "ellipses", given: "Well... maybe. No… Yes.", want: ["Well... maybe.", "No…", "Yes."] },
  {
    name: "addresses",
    given: "See example.com/a.b now. Go.",
    want: ["See example.com/a.b now.", "Go."],
  },
  { name: "line breaks", given: "A line\nbroken. Next.", want: ["A line broken.", "Next."] },
  {
    name: "a title",
    given: "The Title\n\nIt begins here.",
    want: ["The Title", "It begins here."],
  },
  { name: "no full stop", given: "no end", want: ["no end"] },
  { name: "full stops of other scripts", given: "你好。再见！", want: ["你好。", "再见！"] },
  { name: "nothing that is a word", given: " … --- \n\n ", want: [] },
];

test.each(texts)("$name", ({ given, want }) => {
  expect(splitSentences(given)).toEqual(want);
});

test("no word of a text is lost or added", () => {
  const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const pieces = fc.constantFrom(
    "Dr.",
    "a",
    "B.",
    " ",
    ". ",
    "! ",
    "\n\n",
    "é",
    "3.5",
    "“",
    "”",
    "。",
  );
  fc.assert(
    fc.property(fc.array(pieces), (given) => {
      const text = given.join("");
      expect(words(splitSentences(text).join(" "))).toEqual(words(text));
    }),
  );
});
