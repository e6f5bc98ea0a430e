import { request } from "node:http";
import { text } from "node:stream/consumers";

/** Calls the agent that says the time each second, and answers the task, which goes on by itself. */
export async function startTicker(gatewayUrl: string): Promise<string> {
  const answer = await new Promise<string>((resolve, reject) => {
    const outgoing = request(`${gatewayUrl}/v1/agents/ticker/calls`, {
      method: "POST",
      agent: false,
      headers: { "content-type": "application/json", prefer: "respond-async" },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => resolve(text(response)));
    outgoing.end(JSON.stringify({ data: { pieces: 10_000, perSecond: 1 } }));
  });
  return (JSON.parse(answer) as { id: string }).id;
}
