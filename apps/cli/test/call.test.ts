import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli, startCli } from "./run-cli.js";
import { type Stage, startStage } from "./stage.js";

let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), "smartcall-cli-"));

beforeAll(async () => {
  stage = await startStage();
  writeFileSync(join(folder, "page.txt"), "from a file");
  writeFileSync(join(folder, "sum.json"), '{"a": 40, "b": 2}');
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const rows = [
  { name: "a text", words: ["call", "echo", "hi", "there"], want: "hi there\n" },
  { name: "standard input", words: ["call", "echo", "-"], input: "piped", want: "piped\n" },
  { name: "standard input unasked", words: ["call", "echo"], input: "piped\n", want: "piped\n" },
  { name: "a file", words: ["call", "echo", "-f", "page.txt"], want: "from a file\n" },
  {
    name: "data, answered with data",
    words: ["call", "adder", "--data", '{"a":1,"b":2}'],
    want: '{"sum":3}\n',
  },
  { name: "data of a file", words: ["call", "adder", "-d", "@sum.json"], want: '{"sum":42}\n' },
  {
    name: "data of standard input",
    words: ["call", "adder", "-d", "-"],
    input: '{"a":2,"b":3}',
    want: '{"sum":5}\n',
  },
  {
    name: "pieces, as they come",
    words: ["call", "words", "go", "--stream"],
    want: "one two three\n",
  },
  { name: "pieces, whole", words: ["call", "words", "go"], want: "one two three\n" },
];

for (const { name, words, input, want } of rows) {
  test(`call prints the answer alone on standard output: ${name}`, async () => {
    const options = { env: stage.env, cwd: folder, ...(input !== undefined && { input }) };
    expect(await runCli(words, options)).toMatchObject({ code: 0, stdout: want });
  });
}

const wrong = [
  {
    name: "a task that failed",
    words: ["call", "broken", "x"],
    code: 1,
    want: "out of luck (AGENT_FAILED)",
  },
  {
    name: "an input that does not fit",
    words: ["call", "adder", "x"],
    code: 1,
    want: "(AGENT_REJECTED)",
  },
  { name: "nothing to say", words: ["call", "echo"], code: 2, want: "there is nothing to say" },
  { name: "no JSON", words: ["call", "echo", "-d", "{"], code: 2, want: "--data is no JSON" },
  {
    name: "a file that is not there",
    words: ["call", "echo", "-f", "nowhere.txt"],
    code: 2,
    want: "nowhere.txt cannot be read",
  },
  {
    name: "text and data",
    words: ["call", "echo", "x", "-d", "1"],
    code: 2,
    want: "--data is the whole",
  },
  {
    name: "a time that is none",
    words: ["call", "echo", "x", "--timeout", "soon"],
    code: 2,
    want: "30s",
  },
  {
    name: "a URL that is none",
    words: ["call", "echo", "x", "--url", "here"],
    code: 2,
    want: "no URL",
  },
  {
    name: "a URL with credentials",
    words: ["call", "echo", "x", "--url", "http://user:pa55@here"],
    code: 2,
    want: "no credentials",
  },
  {
    name: "an agent that is not there",
    words: ["call", "ehco", "x"],
    code: 4,
    want: "Did you mean echo?",
  },
  {
    name: "a deadline",
    words: ["call", "hang", "x", "--timeout", "200ms"],
    code: 1,
    want: "DEADLINE_EXCEEDED",
  },
  {
    name: "a question",
    words: ["call", "greeter", "x"],
    code: 1,
    want: "It asks: What is your name?",
  },
];

for (const { name, words, code, want } of wrong) {
  test(`call says what went wrong, exits with ${code} and answers nothing: ${name}`, async () => {
    const result = await runCli(words, { env: stage.env, cwd: folder });
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(want);
    expect(result.stderr).not.toContain("    at ");
  });
}

test("a gateway that is not there is exit code 3 and what to do about it", async () => {
  // Nobody listens there, nor ever will.
  const env = { SMARTCALL_URL: "http://127.0.0.1:2" };
  const { code, stderr } = await runCli(["call", "echo", "x"], { env });
  expect(code).toBe(3);
  expect(stderr).toContain("smartcall serve");
});

test("an error is JSON too where answers are", async () => {
  const { code, stderr } = await runCli(["call", "ehco", "x", "--json"], { env: stage.env });
  expect(JSON.parse(stderr)).toMatchObject({
    error: {
      reason: "AGENT_NOT_FOUND",
      exitCode: code,
      hints: ["Did you mean echo?", expect.stringContaining("request ")],
    },
  });
});

test("--json answers the task, with --stream its events, a line each", async () => {
  const task = await runCli(["call", "words", "go", "--json"], { env: stage.env });
  expect(JSON.parse(task.stdout)).toMatchObject({ agent: "words", state: "COMPLETED" });
  const events = await runCli(["call", "words", "go", "--json", "--stream"], { env: stage.env });
  const types = events.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types.at(0)).toBe("status");
  expect(types.at(-1)).toBe("end");
  expect(types).toContain("outputDelta");
});

test("--key joins the call that was made with it", async () => {
  const words = ["call", "echo", "once", "--key", "order-1", "--json"];
  const [first, second] = [await runCli(words, stage), await runCli(words, stage)];
  expect(JSON.parse(second.stdout)).toMatchObject({
    id: (JSON.parse(first.stdout) as { id: string }).id,
  });
});

test("--detach prints the id of the task, which watch and tasks take", async () => {
  const detached = await runCli(["call", "words", "go", "--detach"], stage);
  const id = detached.stdout.trim();
  expect(await runCli(["watch", id], stage)).toMatchObject({ code: 0, stdout: "one two three\n" });
  const got = await runCli(["tasks", "get", id, "--wait", "10s", "--json"], stage);
  expect(JSON.parse(got.stdout)).toMatchObject({ id, state: "COMPLETED" });
});

test("Ctrl-C cancels the task, says so, and exits with 130 when the agent has heard", async () => {
  const run = stage.nextRun();
  const { child, out, exit } = startCli(["call", "hang", "x"], stage);
  await run.begun;
  child.kill("SIGINT");
  await run.aborted;
  expect(await exit).toBe(130);
  expect(out.stderr).toMatch(/Canceled task \S+\./);
  const { stdout } = await runCli(["tasks", "--agent", "hang", "--json"], stage);
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ state: "CANCELED" }));
});

test("a second Ctrl-C ends it at once, though the gateway does not answer the first", async () => {
  const event = { taskId: "t-1", cursor: "e.1", time: new Date().toISOString() };
  const canceling = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    if (request.url?.endsWith("/cancel")) return canceling.resolve();
    response.writeHead(200, { "content-type": "text/event-stream" });
    const data = JSON.stringify({ ...event, status: { state: "WORKING", attempt: 1 } });
    response.write(`id: e.1\nevent: status\ndata: ${data}\n\n`);
  });
  const url = await listen(server);
  const { child, exit, says } = startCli(["call", "any", "x", "--stream", "--json"], {
    env: { SMARTCALL_URL: url },
  });
  await says("WORKING");
  child.kill("SIGINT");
  await canceling.promise;
  child.kill("SIGINT");
  expect(await exit).toBe(130);
  server.closeAllConnections();
  server.close();
});

test("a reader that has seen enough ends it without a word", async () => {
  const { child, out, exit } = startCli(["call", "words", "go", "--stream", "--json"], stage);
  child.stdout?.destroy();
  expect(await exit).toBe(0);
  expect(out.stderr).toBe("");
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
