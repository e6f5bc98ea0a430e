import { runAgent } from "@smartcall/agent";
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitSentences } from "./summarizer/split-sentences.js";
import { summarizer } from "./summarizer.js";

const page = `Bees are among the most important pollinators of crops. A single colony of bees can
pollinate millions of flowers in a day. Farmers rent colonies of bees to pollinate almond trees. My
neighbour once painted his fence green. Without bees, many crops would yield far less. Dr. Lee
measured how bees choose flowers by colour. The weather on Tuesday was fine. Flowers that bees
pollinate bear more fruit, so that crops grow in value.`;

test("a summary says what the text is about, in the text's order", async () => {
  const { text } = await runAgent(summarizer, page);
  const sentences = splitSentences(text);
  expect(sentences).toHaveLength(3);
  const all = splitSentences(page);
  const places = sentences.map((sentence) => all.indexOf(sentence));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(text).toContain("pollinat");
  expect(text).not.toMatch(/fence|Tuesday/);
});

const lengths: { input: object; want: number }[] = [
  { input: { sentences: 1 }, want: 1 },
  { input: { sentences: 5 }, want: 5 },
  { input: { sentences: 50 }, want: 8 },
  { input: { ratio: 0.25 }, want: 2 },
  { input: { ratio: 1 }, want: 8 },
  { input: { ratio: 0.5, sentences: 1 }, want: 1 },
];

test.each(lengths)("$input gives $want sentences", async ({ input, want }) => {
  const { text } = await runAgent(summarizer, { text: page, ...input });
  expect(splitSentences(text)).toHaveLength(want);
});

test("a sentence that repeats another is passed over", async () => {
  const twice = `Ships carry most goods of the world by sea. Ships carry most goods of the world by
    sea. Ports load the goods of ships by crane. Cranes in ports are tall. Rain fell.`;
  const { text } = await runAgent(summarizer, { text: twice, sentences: 2 });
  expect(text.match(/Ships carry/g)).toHaveLength(1);
});

test.each([
  [{ text: page, sentences: 0 }, "/sentences"],
  [{ text: page, ratio: 2 }, "/ratio"],
  [{ text: page, length: 2 }, "length"],
  [{ text: "" }, "/text"],
  ["--- ...", "no sentence"],
])("%o is refused", async (input, why) => {
  const { error } = await runAgent(summarizer, input);
  expect(error?.reason).toBe("AGENT_REJECTED");
  expect(error?.message).toContain(why);
});

test("the same text always gets the same summary, made of its own sentences", async () => {
  const words = fc.constantFrom("bee", "flower", "crop", "rain", "the", "of", "Dr.", "tree", "3.5");
  const sentence = fc
    .array(words, { minLength: 1, maxLength: 8 })
    .map((all) => `X ${all.join(" ")}.`);
  const texts = fc.array(sentence, { minLength: 1, maxLength: 20 }).map((all) => all.join(" "));
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 10 }), async (text, sentences) => {
      const once = await runAgent(summarizer, { text, sentences });
      const again = await runAgent(summarizer, { text, sentences });
      expect(once.text).toBe(again.text);
      const all = splitSentences(text);
      const chosen = splitSentences(once.text);
      expect(chosen).toHaveLength(Math.min(sentences, all.length));
      for (const each of chosen) expect(all).toContain(each);
    }),
  );
});

test("100 kB of prose take less than a second", async () => {
  const vocabulary = Array.from({ length: 3_000 }, (_, index) => `w${index.toString(36)}`);
  let state = 1;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    // Few words are frequent and many are rare, as in a language.
    return Math.floor((state / 2_147_483_647) ** 3 * below);
  };
  let text = "";
  while (text.length < 100_000) {
    const words = Array.from({ length: 8 + next(20) }, () => vocabulary[next(3_000)]);
    text += `The ${words.join(" ")}. `;
  }
  // Of this process, so that it tells the same while the machine does other things.
  const before = process.cpuUsage();
  const { text: summary } = await runAgent(summarizer, { text, sentences: 5 });
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
  expect(splitSentences(summary)).toHaveLength(5);
});
