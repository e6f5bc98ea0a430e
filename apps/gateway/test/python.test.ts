import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { get, post, startGateway } from "./fixtures.js";

const run = promisify(execFile);
const program = new URL("../../../examples/python-echo/run.py", import.meta.url).pathname;

function hasPython(): boolean {
  try {
    execFileSync("python3", ["-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"]);
    return true;
  } catch {
    return false;
  }
}

/** Starts the Python agent; answers its address and how to end it. */
async function startAgent(...words: string[]) {
  const child = spawn("python3", [program, "agent", "--port", "0", ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  await expect.poll(() => out).toMatch(/on (http:\S+)/);
  return {
    url: /on (http:\S+)/.exec(out)?.[1] ?? "",
    output: () => out,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function python(url: string, ...words: string[]): Promise<string> {
  const { stdout } = await run("python3", [program, "client", "--gateway", url, ...words]);
  return stdout;
}

// Skipped where there is no Python 3.10 with venv.
describe.skipIf(!hasPython())("stock grpcio", () => {
  beforeAll(() => run("python3", [program, "setup"]), 180_000);

  test("an agent in Python serves calls by Execute, and is told of a cancel", async () => {
    await using agent = await startAgent();
    await using door = await startGateway({ inProcess: [], agents: [{ url: agent.url }] });
    await expect
      .poll(async () => (await get(`${door.url}/v1/agents/python-echo`)).status)
      .toBe(200);
    const { body } = await post(`${door.url}/v1/agents/python-echo/calls`, { text: "salve" });
    expect(body).toMatchObject({ state: "COMPLETED", output: { parts: [{ text: "salve" }] } });
  });

  test("a cancel reaches the Python agent", async () => {
    await using agent = await startAgent("--delay", "60");
    const config = { url: agent.url, protocol: "execute" } as const;
    await using door = await startGateway({ inProcess: [], agents: [config] });
    await expect
      .poll(async () => (await get(`${door.url}/v1/agents/python-echo`)).status)
      .toBe(200);
    const started = await post(
      `${door.url}/v1/agents/python-echo/calls`,
      { text: "slow" },
      { prefer: "respond-async" },
    );
    const id = String(started.body["id"]);
    // A cancel that comes before the call has reached the agent takes the call back unheard.
    await expect.poll(agent.output).toContain(`${id}: begun`);
    await post(`${door.url}/v1/tasks/${id}/cancel`, {});
    await expect.poll(agent.output).toContain(`${id}: the caller has left`);
  });

  test("a client in Python lists, calls and cancels", async () => {
    await using door = await startGateway();
    expect(await python(door.url, "agents")).toContain("echo\tAnswers what it is told.");
    expect(await python(door.url, "call", "echo", "ave")).toMatch(/COMPLETED[\s\S]*ave/);
    const started = await python(door.url, "call", "--async", "hang", "");
    const id = /[0-9a-f-]{36}/.exec(started)?.[0] ?? "";
    expect(await python(door.url, "cancel", id)).toContain("CANCELED");
  });
});
