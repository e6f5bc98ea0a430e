// pnpm --filter @smartcall/example-agent-typescript start
import { attach, defineAgent } from "@smartcall/agent";
import * as z from "zod";

const translator = defineAgent({
  name: "pig-latin",
  description: "Says a text in Pig Latin, word by word.",
  version: "1.0.0",
  skills: [
    { id: "say", name: "Say", description: "Translates a text.", examples: ["Hello world"] },
  ],
  input: z.object({ text: z.string().min(1).max(10_000) }),
  async *run({ text }, { signal, log }) {
    const words = text.split(/\s+/);
    log.info({ words: words.length }, "translating");
    for (const [index, word] of words.entries()) {
      // The caller has left, or the deadline is over: nobody waits for the rest.
      signal.throwIfAborted();
      yield `${index > 0 ? " " : ""}${translate(word)}`;
    }
  },
});

function translate(word: string): string {
  const [, consonants = "", rest = ""] = /^([^aeiou]*)(.*)$/i.exec(word) ?? [];
  return rest === "" ? `${word}ay` : `${rest}${consonants}${consonants ? "ay" : "way"}`;
}

// Dials the gateway of SMARTCALL_URL, so that this may stand behind NAT; Ctrl-C lets calls finish.
attach([translator]);
