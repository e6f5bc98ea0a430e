import { defineAgent, SmartcallError } from "@smartcall/agent";
import * as z from "zod";
import { summarize } from "./summarizer/summarize.js";

/** Sums a text up in its own sentences. */
export const summarizer = defineAgent({
  name: "summarizer",
  description: "Sums a text up in its own most telling sentences (extractive, by TextRank).",
  version: "1.0.0",
  labels: { tier: "demo" },
  skills: [
    {
      id: "summarize",
      name: "Summarize",
      description: "Picks the sentences that say most of what a text says. Invents nothing.",
      tags: ["text", "summary"],
      examples: [
        "A page of prose",
        '{"text": "A page of prose", "sentences": 5}',
        '{"text": "A page of prose", "ratio": 0.2}',
      ],
    },
  ],
  input: z.strictObject({
    text: z.string().min(1).max(200_000).describe("What to sum up"),
    sentences: z.int().min(1).max(100).optional().describe("How many sentences; 3 by default"),
    ratio: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe("Which part of the sentences, where `sentences` does not say how many"),
  }),
  output: z.string().describe("The summary"),
  run({ text, sentences, ratio }) {
    const byRatio = sentences === undefined && ratio !== undefined;
    const summary = summarize(text, byRatio ? { ratio } : { sentences: sentences ?? 3 });
    if (summary) return summary;
    throw new SmartcallError({ reason: "AGENT_REJECTED", message: "The text has no sentence." });
  },
});
