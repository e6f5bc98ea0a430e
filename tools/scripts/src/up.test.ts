import { once } from "node:events";
import { appendFileSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";
import { type UpOptions, up } from "./up.ts";
import { waitUntil } from "./wait-until.ts";

const diaryOf = `
  const { appendFileSync, readFileSync } = require("node:fs");
  const say = (text) => appendFileSync(process.env.DIARY, text + "\\n");
  const wasSaid = (text) => readFileSync(process.env.DIARY, "utf8").includes(text);
`;
const fakeGateway = `${diaryOf}
  process.on("SIGINT", () => say("gateway interrupted"));
  process.on("SIGTERM", () => { say("gateway stops"); process.exit(); });
  const server = require("node:http").createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/readyz") return response.end("{}");
    const agents = [{ name: "echo", readyInstances: wasSaid("agents up") ? 1 : 0 }];
    response.end(JSON.stringify({ agents }));
  });
  server.listen(Number(process.env.PORT), process.env.HOST, () => say("gateway up"));
`;
const fakeAgents = `${diaryOf}
  process.on("SIGTERM", () => setTimeout(() => { say("agents stopped"); process.exit(); }, 50));
  setInterval(() => {}, 1000);
  say("agents up");
`;

function setUp(programs: { gateway?: string; agents?: string; port?: number } = {}) {
  const diary = join(temporaryFolder(), "diary.txt");
  appendFileSync(diary, "");
  const stop = new AbortController();
  const kill = new AbortController();
  const said: string[] = [];
  const program = (name: string, code: string, env: Record<string, string>) => ({
    name,
    command: process.execPath,
    args: ["--input-type=commonjs", "-e", code],
    env: { DIARY: diary, ...env },
  });
  const options: UpOptions = {
    host: "127.0.0.1",
    port: programs.port ?? 0,
    gateway: (host, port) =>
      program("gateway", programs.gateway ?? fakeGateway, { HOST: host, PORT: String(port) }),
    agents: (url) => program("demo agents", programs.agents ?? fakeAgents, { URL: url }),
    expectedAgents: ["echo"],
    say: (text) => said.push(text),
    colours: false,
    stop: stop.signal,
    kill: kill.signal,
    graceMs: 50_000,
    startMs: 50_000,
  };
  const happened = () => readFileSync(diary, "utf8").trim().split("\n");
  return { options, stop, kill, said, happened };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("says once that it is ready and stops the agents before the gateway", async () => {
  const { options, stop, said, happened } = setUp();
  const code = up(options);
  await waitUntil("The greeting", async () => said.length > 0);
  stop.abort();
  expect(await code).toBe(0);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/Smartcall is ready at http:\/\/127\.0\.0\.1:\d+ with echo\./);
  expect(happened()).toEqual(["gateway up", "agents up", "agents stopped", "gateway stops"]);
});

test("a gateway that dies is named with its last words, and the agents are stopped", async () => {
  const dying = `${fakeGateway}
    setInterval(() => {
      if (!wasSaid("agents up")) return;
      console.error("out of cheese");
      process.exit(7);
    }, 20);`;
  const { options, said, happened } = setUp({ gateway: dying });
  expect(await up(options)).toBe(1);
  expect(said.at(-1)).toBe(
    "The gateway ended by itself with exit code 7. It last said:\n  out of cheese",
  );
  expect(happened().at(-1)).toBe("agents stopped");
});

test("agents that die while they start are named, and the gateway is stopped", async () => {
  const { options, said, happened } = setUp({ agents: `throw new Error("no such tune")` });
  expect(await up({ ...options, expectedAgents: ["never"] })).toBe(1);
  expect(said.join()).toContain("The demo agents ended by itself with exit code 1.");
  expect(said.join()).toContain("no such tune");
  expect(happened()).toEqual(["gateway up", "gateway stops"]);
});

test("agents that never appear are told as such", async () => {
  // Whether the gateway is ready in time the machine decides; where it is not, more is given.
  for (const startMs of [500, 5_000, 20_000]) {
    const { options, said } = setUp();
    expect(await up({ ...options, expectedAgents: ["never"], startMs })).toBe(1);
    if (said.some((line) => line.includes("readiness"))) continue;
    expect(said).toEqual([`Registration of never did not happen within ${startMs / 1_000} s.`]);
    return;
  }
  expect.fail("the gateway was never ready");
});

test("a program that does not exist is told as such", async () => {
  const { options, said } = setUp();
  const missing = { name: "gateway", command: "/nowhere/smartcall" };
  expect(await up({ ...options, gateway: () => missing })).toBe(1);
  expect(said).toEqual(["The gateway could not be started: spawn /nowhere/smartcall ENOENT."]);
});

test("a port in use names the variable that moves it", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { options, said, happened } = setUp({ port });
  expect(await up(options)).toBe(1);
  expect(said).toEqual([
    `Cannot listen on 127.0.0.1:${port}: something else listens there. ` +
      `SMARTCALL_PORT moves the gateway: SMARTCALL_PORT=${port + 1} npm start`,
  ]);
  expect(happened()).toEqual([""]);
  other.close();
});

test("a port that is none is told as such", async () => {
  const { options, said } = setUp({ port: Number("eighty") });
  expect(await up(options)).toBe(1);
  expect(said[0]).toContain("SMARTCALL_PORT is no port");
});

test("being stopped before it is ready is no failure", async () => {
  const { options, stop, happened } = setUp();
  const code = up({ ...options, expectedAgents: ["never"] });
  await waitUntil("The agents' start", async () => happened().length === 2);
  stop.abort();
  expect(await code).toBe(0);
  expect(happened().slice(-2)).toEqual(["agents stopped", "gateway stops"]);
});

test("a second interruption kills programs that do not stop, and what they started", async () => {
  const stubborn = `${diaryOf}
    process.on("SIGTERM", () => say("ignored"));
    say("agents up " + require("node:child_process").spawn("sleep", ["600"]).pid);
    setInterval(() => {}, 1000);`;
  const { options, stop, kill, said, happened } = setUp({ agents: stubborn });
  const code = up({ ...options, graceMs: 60_000 });
  await waitUntil("The greeting", async () => said.length > 0);
  stop.abort();
  await waitUntil("A refusal to stop", async () => happened().includes("ignored"));
  kill.abort();
  expect(await code).toBe(0);
  const grandchild = Number(/agents up (\d+)/.exec(happened().join())?.[1]);
  await waitUntil("The end of the grandchild", async () => !isAlive(grandchild));
});
