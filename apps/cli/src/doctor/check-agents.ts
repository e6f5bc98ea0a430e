import { type Agent, Smartcall } from "@smartcall/client";
import { exitCodes } from "../exit-code.js";
import type { CheckTarget, Finding } from "./finding.js";

const check = "agents";

/** Which agents are there, and whether they take calls. */
export async function checkAgents({ url, apiKey, patienceMs }: CheckTarget): Promise<Finding> {
  const token = apiKey === undefined ? {} : { token: apiKey };
  const client = new Smartcall({ url, ...token, timeoutMs: patienceMs });
  const agents: Agent[] = [];
  try {
    for await (const agent of client.agents.list()) agents.push(agent);
  } catch (error) {
    const detail = `they cannot be listed: ${(error as Error).message}`;
    return {
      check,
      verdict: "failed",
      detail,
      advice: "look again",
      exitCode: exitCodes.unreachable,
    };
  }
  const idle = agents.filter(({ readyInstances }) => !readyInstances);
  const ready = agents.length - idle.length;
  const running = agents.reduce((sum, { runningCalls }) => sum + (runningCalls ?? 0), 0);
  if (ready === 0) {
    return {
      check,
      verdict: "warning",
      detail: agents.length === 0 ? "none is there" : `none of ${agents.length} takes calls`,
      advice: "run one: smartcall new agent, then smartcall dev my-agent/agent.ts",
    };
  }
  const detail = `${ready} of ${agents.length} take calls; ${running} run now`;
  if (idle.length === 0) return { check, verdict: "ok", detail };
  return {
    check,
    verdict: "warning",
    detail,
    advice: `none is ready of ${listed(idle)}: start them, or look why with smartcall agents show`,
  };
}

/** The names of a few, and how many there are besides. */
function listed(agents: readonly Agent[]): string {
  const names = agents.slice(0, 5).map(({ name }) => name);
  const more = agents.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
