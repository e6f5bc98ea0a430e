import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli.js";
import { type Stage, startStage } from "./stage.js";

let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), "smartcall-doctor-"));

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

interface Finding {
  check: string;
  verdict: string;
  detail: string;
  advice?: string;
}

async function doctor(env: Record<string, string>): Promise<{ code: number; found: Finding[] }> {
  const { code, stdout } = await runCli(["doctor", "--json", "--timeout", "30s"], { env });
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
  const { stdout } = await runCli(["doctor", "--timeout", "30s"], stage);
  expect(stdout).toContain("✓ agents       7 of 7 take calls; 0 run now");
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
    want: { check: "clock", detail: expect.stringMatching(/^this one is \d+ s ahead$/) as string },
  },
  {
    name: "a contract of another version",
    serve: healthy((_request, response) => response.writeHead(401).end("{}")),
    code: 4,
    want: { check: "contract", verdict: "warning", detail: "version 9 there, 1.0.0 here" },
  },
  {
    name: "an agent that has no instance",
    serve: healthy((request, response) => {
      const agent = (name: string, readyInstances: number) => ({ name, readyInstances });
      const agents = [agent("echo", 1), agent("billing", 0), agent("shipping", 0)];
      if (/^\/(readyz|v1\/agents)(\?|$)/.test(request.url ?? "")) {
        response.end(JSON.stringify({ agents }));
      } else response.writeHead(404).end("{}");
    }),
    code: 1,
    want: {
      check: "agents",
      verdict: "warning",
      detail: "1 of 3 take calls; 0 run now",
      advice:
        "none is ready of billing, shipping: start them, or look why with smartcall agents show",
    },
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

const certificates = [
  {
    name: "holds",
    days: 90,
    trusted: true,
    want: {
      check: "TLS",
      verdict: "ok",
      detail: expect.stringMatching(
        /^TLSv1\.3, a certificate of Tests Ltd that holds for (89|90) more days$/,
      ) as string,
    },
  },
  { name: "ends soon", days: 3, trusted: true, want: { check: "TLS", verdict: "warning" } },
  {
    name: "nobody trusts",
    days: 90,
    trusted: false,
    want: { check: "gateway", advice: expect.stringContaining("NODE_EXTRA_CA_CERTS") as string },
  },
];

for (const { name, days, trusted, want } of certificates) {
  test(`doctor looks at a certificate that ${name}`, async () => {
    const names = [
      { name: "commonName", value: "localhost" },
      { name: "organizationName", value: "Tests Ltd" },
    ];
    const notAfterDate = new Date(Date.now() + days * 24 * 60 * 60 * 1_000);
    const { private: key, cert } = await generate(names, { keyType: "ec", notAfterDate });
    const file = join(folder, `${name}.pem`);
    writeFileSync(file, cert);
    const unwilling = healthy((_request, response) => response.writeHead(401).end("{}"));
    const server = createSecureServer({ key, cert }, unwilling);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { found } = await doctor({
      SMARTCALL_URL: `https://localhost:${port}`,
      ...(trusted && { NODE_EXTRA_CA_CERTS: file }),
    });
    server.closeAllConnections();
    server.close();
    expect(found).toContainEqual(expect.objectContaining(want));
  });
}

test("doctor says where nothing is encrypted beyond this machine", async () => {
  // All addresses of this machine, which is not loopback by its name.
  const { port } = new URL(stage.url);
  const { code, found } = await doctor({ SMARTCALL_URL: `http://0.0.0.0:${port}` });
  expect(found).toContainEqual(expect.objectContaining({ check: "TLS", verdict: "warning" }));
  expect(code).toBe(0);
});

test("doctor of nobody says how to start one", async () => {
  // Nobody listens there, nor ever will.
  const { code, found } = await doctor({ SMARTCALL_URL: "http://127.0.0.1:2" });
  expect(code).toBe(3);
  expect(found.at(-1)?.advice).toContain("smartcall serve");
});
