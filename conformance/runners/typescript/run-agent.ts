import { setTimeout as delay } from "node:timers/promises";
import { attach, dataOf, defineAgent, type Logger, SmartcallError, textOf } from "@smartcall/agent";
import type { JsonObject } from "../../src/json.ts";

/** What became of a run. */
interface AgentRun {
  agent: string;
  outcome: string;
}

const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/** Attaches the agents of the vectors until `close` aborts, and answers what became of it. */
export async function runAgent(told: JsonObject, close: AbortSignal): Promise<object> {
  const { url, attach: options } = told as { url: string; attach: JsonObject };
  const runs: AgentRun[] = [];
  const attachment = attach(createAgents(runs), {
    ...options,
    gateway: url,
    signals: false,
    graceMs: 1_000,
    backoff: { baseMs: 50, maxMs: 200 },
    log: silent,
  });
  const result: Record<string, unknown> = { runs };
  const refused = attachment.ready.then(
    () => new Promise(() => {}),
    (error: unknown) => {
      if (!close.aborted) result["error"] = { reason: SmartcallError.from(error).reason };
    },
  );
  await Promise.race([refused, once(close)]);
  result["instanceId"] = attachment.instanceId;
  await attachment.close();
  return result;
}

function createAgents(runs: AgentRun[]) {
  const note = (agent: string, outcome: string) => void runs.push({ agent, outcome });
  return [
    defineAgent({ name: "echo", description: "Answers the text it is sent.", run: textOf }),
    defineAgent({
      name: "words",
      description: "Streams the words of the text it is sent.",
      async *run(message) {
        for (const word of textOf(message).split(" ")) yield `${word} `;
      },
    }),
    defineAgent({
      name: "count",
      description: "Streams so many pieces of so many bytes.",
      async *run(message) {
        const { pieces, bytes } = dataOf(message) as { pieces: number; bytes: number };
        for (let piece = 0; piece < pieces; piece += 1) yield "x".repeat(bytes);
        note("count", "answered");
      },
    }),
    defineAgent({
      name: "fail",
      description: "Fails.",
      run: () => {
        throw new Error("on purpose");
      },
    }),
    defineAgent({
      name: "reject",
      description: "Rejects.",
      run: () => {
        throw new SmartcallError({ reason: "AGENT_REJECTED", message: "not this" });
      },
    }),
    defineAgent({
      name: "wait",
      description: "Waits until it is canceled.",
      async *run(_, { signal }) {
        yield "waiting";
        await once(signal);
        note("wait", "canceled");
        throw signal.reason;
      },
    }),
    defineAgent({
      name: "ask",
      description: "Asks, and answers what it hears.",
      run: async (_, { ask }) => textOf(await ask("Which?")),
    }),
    defineAgent({
      name: "slow",
      description: "Answers after a tenth of a second.",
      async run(message) {
        await delay(100);
        return textOf(message);
      },
    }),
  ];
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
