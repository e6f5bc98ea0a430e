import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";

const main = new URL("../dist/main.js", import.meta.url).pathname;

function start(words: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...words], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    out.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    out.stderr += chunk;
  });
  return { child, out, exit: once(child, "close").then(([code]) => code as number) };
}

test("--help shows the flags and examples", async () => {
  const { out, exit } = start(["--help"]);
  expect(await exit).toBe(0);
  expect(out.stdout).toContain("--port");
  expect(out.stdout).toContain("Examples");
});

test("--version and schema print what they say", async () => {
  const version = start(["--version"]);
  expect(await version.exit).toBe(0);
  expect(version.out.stdout).toMatch(/^smartcall-gateway \d+\.\d+\.\d+\n$/);
  const schema = start(["schema"]);
  expect(await schema.exit).toBe(0);
  expect(JSON.parse(schema.out.stdout)).toMatchObject({ title: "smartcall.yaml" });
});

const wrong = [
  { name: "an unknown flag", words: ["--prot", "1"], want: /--prot/ },
  { name: "an unknown command", words: ["sevre"], want: /no command is named "sevre"/ },
  {
    name: "a port that is none",
    words: ["--port", "http"],
    want: /flag --port: "http": expected an integer/,
  },
  { name: "an open door to all", words: ["--host", "0.0.0.0"], want: /no authentication/ },
];

for (const { name, words, want } of wrong) {
  test(`asked wrongly, it says what is wrong and exits with 2: ${name}`, async () => {
    const { out, exit } = start(words);
    expect(await exit).toBe(2);
    expect(out.stderr).toMatch(want);
    expect(out.stderr).not.toContain("    at ");
  });
}

test("a port that is taken is said with what moves it", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const { out, exit } = start([], { SMARTCALL_PORT: String(port) });
  expect(await exit).toBe(1);
  expect(out.stderr).toContain(`port ${port} of 127.0.0.1 is taken`);
  expect(out.stderr).toContain("SMARTCALL_PORT");
  taken.close();
});

test("listens, answers, and ends well when told to", async () => {
  const { child, out, exit } = start(["--port", "0"]);
  await expect.poll(() => /"url":"(http:[^"]+)"/.exec(out.stdout)?.[1]).toBeDefined();
  const url = /"url":"(http:[^"]+)"/.exec(out.stdout)?.[1] ?? "";
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await fetch(`${url}/v1/agents`);
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
  expect(out.stdout).toContain('"method":"ListAgents"');
  expect(out.stdout).toContain("gateway closed");
});
