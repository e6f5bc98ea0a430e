import { SmartcallError } from "@smartcall/protocol";
import fc from "fast-check";
import { pino } from "pino";
import { expect, test } from "vitest";
import type { AgentContext } from "./agent.js";
import { createAgentHost } from "./agent-host.js";
import { defineAgent } from "./define-agent.js";
import { progress } from "./events.js";
import { userMessage } from "./testing/create-open.js";
import { FakeExchange } from "./testing/fake-exchange.js";

type Step = "yield" | "progress" | "turn" | "ask" | "read" | "wait" | "hang";
type End = "return" | "throw" | "reject" | "data" | "nothing" | "bad";

const steps = fc.array(
  fc.constantFrom<Step>("yield", "progress", "turn", "ask", "read", "wait", "hang"),
  { maxLength: 6 },
);
const endings = fc.constantFrom<End>("return", "throw", "reject", "data", "nothing", "bad");

/** What happens to a call from outside, one in each turn of the event loop. */
const outside = fc.array(
  fc.constantFrom("turn", "message", "halfClose", "grant", "cancel", "deadline"),
  { maxLength: 8 },
);

async function* generate(script: Step[], end: End, context: AgentContext) {
  for (const step of script) {
    if (step === "yield") yield "x";
    if (step === "progress") yield progress(0.5);
    await take(step, context);
  }
  return finish(end);
}

async function compute(script: Step[], end: End, context: AgentContext) {
  for (const step of script) await take(step, context);
  return finish(end);
}

async function take(step: Step, context: AgentContext): Promise<unknown> {
  if (step === "ask") return context.ask("?").catch(() => {});
  if (step === "read") return context.messages[Symbol.asyncIterator]().next();
  if (step === "turn") return new Promise(setImmediate);
  if (step === "hang") return new Promise(() => {});
  if (step !== "wait") return;
  return new Promise((resolve) => {
    if (context.signal.aborted) resolve(undefined);
    context.signal.addEventListener("abort", resolve);
  });
}

function finish(end: End) {
  if (end === "throw") throw new SmartcallError({ reason: "AGENT_REJECTED" });
  if (end === "reject") return Promise.reject(new Error("no luck"));
  if (end === "data") return { a: [1, 2] };
  if (end === "bad") return { a: 1n };
  return end === "return" ? "done" : undefined;
}

test("whatever a run does and whenever it is cut off, it closes once and says nothing after", async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      endings,
      fc.boolean(),
      fc.integer({ min: 1, max: 4 }),
      outside,
      async (script, end, streams, window, happenings) => {
        const agent = defineAgent({
          name: "it",
          description: "Under test.",
          run: (_, context) =>
            streams ? generate(script, end, context) : compute(script, end, context),
        });
        const host = createAgentHost([agent], { log: pino({ level: "silent" }) });
        const call = FakeExchange.call(host, { agent: "it" }, window);
        for (const happening of happenings) {
          await new Promise(setImmediate);
          if (happening === "message") void call.send(userMessage("hello"));
          if (happening === "halfClose") call.halfClose();
          if (happening === "grant") call.exchange.grant(2);
          if (happening === "cancel") call.cancel({ reason: "CANCELED" });
          if (happening === "deadline") call.cancel({ reason: "DEADLINE_EXCEEDED" });
        }
        call.cancel({ reason: "CANCELED" });
        await call.closed;
        for (let turn = 0; turn < 8; turn += 1) await new Promise(setImmediate);
        expect(call.exchange.closes).toHaveLength(1);
        expect(call.exchange.late).toBe(0);
        if (!script.includes("hang")) expect(host.running).toBe(0);
      },
    ),
    { numRuns: 400 },
  );
});
