import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent as HttpAgent, request } from "node:http";
import { expect, test } from "vitest";
import { get, type Json, post, startGateway } from "./fixtures.js";

/** Starts the agents' process and waits until they are attached. */
async function startAgents(url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [new URL("agent-process.ts", import.meta.url).pathname], {
    env: { ...process.env, SMARTCALL_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout ?? []) {
    if (String(chunk).includes("ready\n")) break;
  }
  child.stdout?.resume();
  return child;
}

/** Posts over connections of its own, since a thousand calls wait at once. */
function call(
  agent: HttpAgent,
  url: string,
): Promise<{ status: number; body: Json; atMs: number }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const posting = request(url, { method: "POST", headers, agent }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(text) as Json,
          atMs: performance.now(),
        }),
      );
    });
    posting.on("error", reject);
    posting.end('{"text":"wait"}');
  });
}

test("kill -9 of the agents fails 1,000 running calls at once; a new process takes calls", async () => {
  await using door = await startGateway({ inProcess: [] });
  const child = await startAgents(door.url);
  const agent = new HttpAgent({ maxSockets: 1_000 });
  const calls = Array.from({ length: 1_000 }, () =>
    call(agent, `${door.url}/v1/agents/hang/calls`),
  );
  await expect
    .poll(async () => (await get(`${door.url}/v1/agents/hang`)).body["runningCalls"])
    .toBe(1_000);

  const killedMs = performance.now();
  child.kill("SIGKILL");
  const answers = await Promise.all(calls);
  agent.destroy();
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: "FAILED", error: { reason: "INSTANCE_LOST" } });
  }
  expect(new Set(answers.map(({ body }) => body["id"])).size).toBe(1_000);
  const slowestMs = Math.max(...answers.map(({ atMs }) => atMs)) - killedMs;
  console.info(`1,000 calls answered ${Math.round(slowestMs)} ms after the kill`);
  // A link is held lost after 30 s of silence: so soon only the broken socket can tell.
  expect(slowestMs).toBeLessThan(20_000);

  const gone = await post(`${door.url}/v1/agents/echo/calls`, { text: "anybody?" });
  expect(gone).toMatchObject({
    status: 503,
    body: { reason: "AGENT_UNAVAILABLE", retryable: true },
  });
  expect(gone.headers.get("retry-after")).toBe("1");

  const again = await startAgents(door.url);
  try {
    const back = await post(`${door.url}/v1/agents/echo/calls`, { text: "back" });
    expect(back.body).toMatchObject({ state: "COMPLETED", output: { parts: [{ text: "back" }] } });
  } finally {
    again.kill("SIGTERM");
    await once(again, "exit");
  }
  expect(again.exitCode).toBe(0);
});
