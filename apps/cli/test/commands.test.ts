import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { createFaultProxy } from "@smartcall/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliMain, runCli, startCli } from "./run-cli.js";
import { type Stage, startStage } from "./stage.js";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(() => stage[Symbol.asyncDispose]());

test("--version and --help say what they are asked", async () => {
  expect(await runCli(["--version"])).toMatchObject({ code: 0, stderr: "" });
  const help = await runCli(["--help"]);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain("smartcall chat eliza");
});

const mistyped = [
  { name: "a command", words: ["cal", "echo"], want: "Did you mean call?" },
  { name: "an option", words: ["call", "echo", "--steam"], want: "Did you mean --stream?" },
  { name: "a command of a command", words: ["tasks", "cancle"], want: "Did you mean cancel?" },
  { name: "a state", words: ["tasks", "--state", "DONE"], want: "COMPLETED" },
  { name: "nothing", words: [], want: "Usage: smartcall" },
];

for (const { name, words, want } of mistyped) {
  test(`what is mistyped exits with 2 and says what may be meant: ${name}`, async () => {
    const { code, stderr } = await runCli(words, stage);
    expect(code).toBe(2);
    expect(stderr).toContain(want);
  });
}

test("agents lists, shows and follows them", async () => {
  const list = await runCli(["agents"], stage);
  expect(list.stdout).toMatch(/^AGENT +READY +RUNNING +DESCRIPTION\nadder +1 +0 +Adds numbers\.\n/);
  const json = await runCli(["agents", "--json"], stage);
  expect(JSON.parse(json.stdout)).toHaveLength(7);
  const shown = await runCli(["agents", "show", "adder"], stage);
  expect(shown.stdout).toContain('"sum"');
  const card = await runCli(["agents", "show", "adder", "--json"], stage);
  expect(JSON.parse(card.stdout)).toMatchObject({ card: { outputSchema: { type: "object" } } });
  const watching = startCli(["agents", "--watch"], stage);
  await watching.says("adder  1 ready");
  watching.child.kill("SIGINT");
  expect(await watching.exit).toBe(0);
});

test("a task is listed, canceled and answered", async () => {
  const started = await runCli(["call", "greeter", "x", "--detach"], stage);
  const id = started.stdout.trim();
  const asking = await runCli(["tasks", "get", id, "--wait", "10s"], stage);
  expect(asking.stdout).toContain("asks: What is your name?");
  expect((await runCli(["tasks", "send", id, "Ada"], stage)).code).toBe(0);
  expect(await runCli(["watch", id], stage)).toMatchObject({ stdout: "Hello, Ada!\n" });
  const other = await runCli(["call", "greeter", "x", "--detach"], stage);
  const canceled = await runCli(["tasks", "cancel", other.stdout.trim()], stage);
  expect(canceled.stdout).toBe(`${other.stdout.trim()} is CANCELED\n`);
  const list = await runCli(["tasks", "--agent", "greeter", "--state", "CANCELED"], stage);
  expect(list.stdout).toContain(other.stdout.trim());
  expect(list.stdout).not.toContain(id);
});

test("watch goes on by itself after its connection was cut, with nothing missing or twice", async () => {
  const { port } = new URL(stage.url);
  const target = { host: "127.0.0.1", port: Number(port) };
  await using proxy = await createFaultProxy({ target });
  const started = await runCli(["call", "greeter", "x", "--detach"], stage);
  const id = started.stdout.trim();
  const watching = startCli(["watch", id, "--json"], { env: { SMARTCALL_URL: proxy.url } });
  await watching.says("inputRequired");
  expect(await watching.exit).toBe(1);

  const run = stage.nextRun();
  const again = await runCli(["call", "hang", "x", "--detach"], stage);
  await run.begun;
  const hanging = startCli(["watch", again.stdout.trim()], { env: { SMARTCALL_URL: proxy.url } });
  await hanging.says("WORKING");
  proxy.cutAll();
  await hanging.says("connected");
  await runCli(["tasks", "cancel", again.stdout.trim()], stage);
  expect(await hanging.exit).toBe(1);
  expect(hanging.out.stderr.match(/· WORKING/g)).toHaveLength(1);
});

test("chat says each line of a pipe and prints the answers", async () => {
  const { code, stdout } = await runCli(["chat", "echo", "first"], {
    ...stage,
    input: "second\n\nthird\n",
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "first\nsecond\nthird\n" });
});

test("chat answers what an agent asks with the next line", async () => {
  const { stdout } = await runCli(["chat", "greeter"], { ...stage, input: "hello\nAda\n" });
  expect(stdout).toBe("What is your name?\nHello, Ada!\n");
});

test("chat of an agent that is not there asks for no line", async () => {
  expect(await runCli(["chat", "nobody"], stage)).toMatchObject({ code: 4 });
});

const hasScript = spawnSync("script", ["--version"]).stdout?.includes("util-linux") ?? false;

test.skipIf(!hasScript)(
  "on a terminal chat spins, Ctrl-C cancels and says so, a second one quits (needs util-linux's script)",
  async () => {
    const command = `'${process.execPath}' '${cliMain}' chat hang`;
    const run = stage.nextRun();
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      env: { ...process.env, ...stage.env, TERM: "xterm" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let screen = "";
    child.stdout.on("data", (chunk) => {
      screen += chunk;
    });
    const shows = (text: string) => expect.poll(() => screen).toContain(text);
    await shows("›");
    child.stdin.write("hello\r");
    await shows("hang thinks");
    await run.begun;
    child.stdin.write("\u0003");
    await shows("Canceled.");
    child.stdin.write("\u0003");
    const [code] = await once(child, "exit");
    expect(code).toBe(130);
  },
);

test.skipIf(!hasScript)(
  "nothing of an agent's text is obeyed by a terminal (needs util-linux's script)",
  async () => {
    const cli = `'${process.execPath}' '${cliMain}'`;
    const command = `${cli} call nasty x; ${cli} agents; echo "that is all"`;
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      env: { ...process.env, ...stage.env, TERM: "xterm" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let screen = "";
    child.stdout.on("data", (chunk) => {
      screen += chunk;
    });
    // Rather than its end: script may miss that what it runs has ended, where that stood still.
    await expect.poll(() => screen).toContain("that is all");
    child.kill();
    expect(screen).toContain("]0;ownedtext");
    expect(screen).not.toContain("\u001b]0;");
    expect(screen).not.toContain("\u001b[2J");
  },
);

test("serve is the gateway itself: its arguments for Node, its signals, its exit code", async () => {
  const { child, out, exit, says } = startCli(["serve", "--port", "0", "--log-format", "json"]);
  await says("gateway listens");
  if (process.platform === "linux") {
    const words = readFileSync(`/proc/${child.pid}/cmdline`, "utf8").split("\0");
    expect(words).toContain("--max-semi-space-size=8");
    expect(readFileSync(`/proc/${child.pid}/environ`, "utf8")).toContain("MALLOC_ARENA_MAX=");
  }
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
  expect(out.stdout).toContain("gateway closed");
  expect(out.stderr).toBe("");
});

test("serve that cannot listen exits as the gateway does", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const { code, stderr } = await runCli(["serve", "--port", String(port)]);
  expect(code).toBe(1);
  expect(stderr).toContain("is taken");
  taken.close();
});
