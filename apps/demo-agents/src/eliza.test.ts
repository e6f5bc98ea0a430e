import { runAgent } from "@smartcall/agent";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Conversation } from "./eliza/conversation.js";
import { RecentMap } from "./eliza/recent-map.js";
import { reflect } from "./eliza/reflect.js";
import { rules } from "./eliza/script.js";
import { eliza } from "./eliza.js";

const turns: [said: string, answer: string][] = [
  ["Hello!", "Hello. What is on your mind today?"],
  ["I am worried about my exam.", "I am sorry to hear that you are worried. Since when?"],
  ["My brother never listens to me.", "Tell me more about your brother."],
  ["I want to sleep.", "What would it mean to you to get to sleep?"],
  ["Do computers think?", "Do machines worry you?"],
  ["You are kind to me", "What makes you think that I am kind to you?"],
  ["I can’t help you", "How do you know that you cannot help me?"],
  ["Why don't you love me?", "Do you think that I should love you?"],
  ["Goodbye", "Goodbye. Thank you for talking with me."],
  ["Blue. Red.", "Tell me more about that."],
];

test.each(turns)('"%s" is answered "%s"', (said, answer) => {
  expect(new Conversation().answer(said)).toBe(answer);
});

test("an answer comes word by word and whole at the end", async () => {
  const { events, text } = await runAgent(eliza, "Hello", { contextId: "stream" });
  const pieces = events.flatMap(({ kind }) =>
    kind.case === "outputDelta" ? [kind.value.text] : [],
  );
  expect(pieces).toEqual(["Hello. ", "What ", "is ", "on ", "your ", "mind ", "today?"]);
  expect(text).toBe("Hello. What is on your mind today?");
});

test("a conversation does not repeat itself at once, and comes back to what was said", async () => {
  const say = async (said: string) => (await runAgent(eliza, said, { contextId: "memory" })).text;
  const first = await say("My cat is ill");
  expect(await say("My cat is ill")).not.toBe(first);
  expect(await say("Hmm")).toBe(
    "Earlier you spoke of your cat is ill. Does this have to do with it?",
  );
  expect(await say("Hmm")).toBe("Tell me more about that.");
});

test("two contexts know nothing of each other", async () => {
  await runAgent(eliza, "My secret is safe", { contextId: "one" });
  expect((await runAgent(eliza, "Hmm", { contextId: "two" })).text).not.toContain("secret");
});

test.each([
  ["my cat loves me", "your cat loves you"],
  ["i am like you", "you are like me"],
  ["your answers to myself", "my answers to yourself"],
])('"%s" turned round is "%s"', (given, want) => {
  expect(reflect(given)).toBe(want);
});

test("every rule has an answer for each of its turns, with nothing left to fill in", () => {
  for (const rule of rules) expect(rule.answers.length).toBeGreaterThan(0);
  const words = fc.constantFrom(
    ..."i am my your you mother dream of because if can not want $1 $2 computer why are . ? '".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.array(words), { maxLength: 20 }), (talk) => {
      const conversation = new Conversation();
      for (const said of talk) {
        const answer = conversation.answer(said.join(" "));
        expect(answer).not.toBe("");
        expect(answer.length).toBeLessThan(1_000);
      }
    }),
  );
});

test("only so many conversations are kept, those unused for longest go first", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (keys) => {
      const map = new RecentMap<number, { key?: number }>(4, () => ({}));
      const recent: number[] = [];
      for (const key of keys) {
        const known = recent.includes(key);
        const value = map.take(key);
        expect(value.key).toBe(known ? key : undefined);
        value.key = key;
        if (known) recent.splice(recent.indexOf(key), 1);
        recent.push(key);
        if (recent.length > 4) recent.shift();
        expect(map.size).toBe(recent.length);
      }
    }),
  );
});
