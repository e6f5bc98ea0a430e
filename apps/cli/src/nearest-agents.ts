import { connect } from "./connect.js";
import { nearest } from "./nearest.js";
import type { SharedOptions } from "./shared-options.js";

/** What to say to somebody who named an agent that is not there. */
export async function nearestAgents(message: string, options: SharedOptions): Promise<string[]> {
  const [, wanted = ""] = /"([^"]+)"/.exec(message) ?? [];
  try {
    const client = await connect({ ...options, timeout: 5_000 });
    const names: string[] = [];
    for await (const { name } of client.agents.list()) names.push(name);
    if (names.length === 0) return ["no agent is there yet; write one with: smartcall new agent"];
    const close = nearest(wanted, names);
    return [close ? `Did you mean ${close}?` : "smartcall agents lists those that are there"];
  } catch {
    return ["smartcall agents lists those that are there"];
  }
}
