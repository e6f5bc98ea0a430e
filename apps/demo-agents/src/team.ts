import {
  type AgentContext,
  dataOf,
  defineAgent,
  progress,
  type Task,
  textOf,
} from "@smartcall/agent";
import * as z from "zod";
import { findSums } from "./team/find-sums.js";

/** Has a text summed up, and every sum in it worked out, by two other agents at once. */
export const team = defineAgent({
  name: "team",
  description: "Sums a text up and works out the arithmetic in it, with the help of other agents.",
  version: "1.0.0",
  labels: { tier: "demo" },
  skills: [
    {
      id: "read",
      name: "Read",
      description: "Calls summarizer and calculator through the gateway and joins their answers.",
      tags: ["text", "math", "orchestration"],
      examples: ["We sold 12 crates at 30 each, 12 * 30 in all. The rest of the page …"],
    },
  ],
  input: z.strictObject({
    text: z.string().min(1).max(100_000).describe("What to read"),
    sentences: z.int().min(1).max(20).optional().describe("How long the summary is; 3 by default"),
  }),
  streaming: false,
  async *run({ text, sentences = 3 }, { call }) {
    const sums = findSums(text);
    yield progress(0, `asking summarizer, and calculator ${sums.length} times`);
    const [summary, ...results] = await Promise.all([
      call("summarizer", { text, sentences }).then(summaryOf),
      ...sums.map((sum) => work(sum, call)),
    ]);
    return [`Summary: ${summary}`, ...(results.length > 0 ? ["", "Sums:", ...results] : [])].join(
      "\n",
    );
  },
});

async function work(sum: string, call: AgentContext["call"]): Promise<string> {
  const task = await call("calculator", { expression: sum });
  const data = task.output && dataOf(task.output);
  const isAnswer = typeof data === "object" && data !== null && "result" in data;
  return isAnswer ? `- ${sum} = ${data["result"]}` : `- ${sum}: ${troubleOf(task)}`;
}

function summaryOf(task: Task): string {
  return task.output ? textOf(task.output) : troubleOf(task);
}

function troubleOf({ agent, error }: Task): string {
  return `${agent} did not answer (${error?.message ?? "without saying why"})`;
}
