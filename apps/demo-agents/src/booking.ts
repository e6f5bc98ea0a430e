import { type AgentContext, defineAgent, textOf } from "@smartcall/agent";
import * as z from "zod";
import { findPeople, findTime } from "./booking/find.js";

/** Books a table, and asks for what it was not told: a call that goes both ways. */
export const booking = defineAgent({
  name: "booking",
  description: "Books a table in a restaurant that does not exist. Asks for what it was not told.",
  version: "1.0.0",
  labels: { tier: "demo" },
  skills: [
    {
      id: "book",
      name: "Book a table",
      description: "Needs to know for how many people and at what time, in any order.",
      tags: ["conversation", "input"],
      examples: ["A table for four at 19:30.", "I would like a table."],
    },
  ],
  output: z.object({
    people: z.int().describe("How many sit at the table"),
    time: z.string().describe("When, as HH:MM"),
  }),
  streaming: false,
  async run(message, { ask }) {
    const said = [textOf(message)];
    const people = await insist(ask, said, "For how many people?", findPeople);
    const time = await insist(ask, said, "At what time? Say it as 19:30.", findTime);
    return { people, time };
  },
});

/** What was said already, or what the caller answers as soon as it can be understood. */
async function insist<T>(
  ask: AgentContext["ask"],
  said: string[],
  question: string,
  find: (text: string) => T | undefined,
): Promise<T> {
  for (;;) {
    for (const text of said) {
      const found = find(text);
      if (found !== undefined) return found;
    }
    said.push(textOf(await ask(question)));
  }
}
