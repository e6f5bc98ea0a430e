import { execFile } from "node:child_process";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliMain, runCli } from "./run-cli.js";
import { type Stage, startStage } from "./stage.js";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(() => stage[Symbol.asyncDispose]());

interface Finding {
  check: string;
  verdict: string;
  detail: string;
  advice?: string;
}

async function doctor(env: Record<string, string>): Promise<{ code: number; found: Finding[] }> {
  const { code, stdout } = await runCli(["doctor", "--json"], { env });
  const found = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Finding);
  return { code, found };
}

test("doctor finds nothing wrong where nothing is", async () => {
  const { code, found } = await doctor(stage.env);
  expect(found.filter(({ verdict, check }) => verdict !== "ok" && check !== "latency")).toEqual([]);
  const checks = found.map(({ check }) => check);
  expect(checks).toEqual([
    ...["smartcall", "gateway", "contract", "latency", "clock"],
    ...["credential", "streams", "WebSocket", "gRPC", "agents"],
  ]);
  expect(code).toBe(0);
  const { stdout } = await runCli(["doctor"], stage);
  expect(stdout).toContain("✓ agents       7 of 7 take calls");
});

const healthy =
  (then: RequestListener): RequestListener =>
  (request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/healthz") response.end('{"status":"ok"}');
    else if (request.url === "/openapi.json") response.end('{"info":{"version":"9"}}');
    else then(request, response);
  };

const sick: { name: string; serve: RequestListener; code: number; want: Partial<Finding> }[] = [
  {
    name: "something else",
    serve: (_request, response) => response.end("<h1>It works</h1>"),
    code: 3,
    want: { check: "gateway", advice: "see --url" },
  },
  {
    name: "one that drains",
    serve: healthy((_request, response) => response.writeHead(503).end("{}")),
    code: 4,
    want: { check: "readiness", verdict: "failed" },
  },
  {
    name: "one that wants a credential",
    serve: healthy((request, response) => {
      const status = request.url === "/readyz" ? 200 : 401;
      response.writeHead(status).end('{"reason":"UNAUTHENTICATED"}');
    }),
    code: 4,
    want: { check: "credential", detail: "without a credential it refuses: UNAUTHENTICATED" },
  },
  {
    name: "a clock that is off",
    serve: healthy((_request, response) => response.writeHead(401).end("{}")),
    code: 4,
    want: { check: "clock", verdict: "warning" },
  },
];

for (const { name, serve, code, want } of sick) {
  test(`doctor names what is wrong and what to do: ${name}`, async () => {
    const server = createServer((request, response) => {
      if (name.includes("clock")) response.setHeader("date", "Sat, 01 Jan 2000 00:00:00 GMT");
      serve(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const result = await doctor({ SMARTCALL_URL: `http://127.0.0.1:${port}` });
    expect(result.found).toContainEqual(expect.objectContaining(want));
    expect(result.code).toBe(code);
    server.closeAllConnections();
    server.close();
  });
}

test("doctor of nobody says how to start one", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { code, found } = await doctor({ SMARTCALL_URL: `http://127.0.0.1:${port}` });
  expect(code).toBe(3);
  expect(found.at(-1)?.advice).toContain("smartcall serve");
});

const words = [
  { name: "commands", given: ["ta"], want: ["tasks"] },
  { name: "commands of a command", given: ["tasks", "c"], want: ["cancel"] },
  { name: "agents, from the gateway", given: ["call", "e"], want: ["echo"] },
  { name: "options", given: ["call", "echo", "--d"], want: ["--data", "--detach"] },
  { name: "options of every command", given: ["chat", "--api"], want: ["--api-key"] },
  {
    name: "what an option takes",
    given: ["tasks", "--state", "C"],
    want: ["CANCELED", "COMPLETED"],
  },
  { name: "what an argument takes", given: ["completion", "f"], want: ["fish"] },
];

for (const { name, given, want } of words) {
  test(`a shell completes ${name}`, async () => {
    const { stdout } = await runCli(["__complete", "--", ...given], stage);
    expect(stdout.trim().split("\n")).toEqual(want);
  });
}

test("bash asks it what may follow", async () => {
  const script = `
    smartcall() { '${process.execPath}' '${cliMain}' "$@"; }
    source <(smartcall completion bash)
    COMP_WORDS=(smartcall call gr); COMP_CWORD=2
    _smartcall
    printf '%s' "\${COMPREPLY[*]}"`;
  const { stdout } = await promisify(execFile)("bash", ["-c", script], {
    env: { ...process.env, ...stage.env },
  });
  expect(stdout).toBe("greeter");
});
