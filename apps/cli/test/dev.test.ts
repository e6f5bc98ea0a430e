import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli, startCli } from "./run-cli.js";
import { type Stage, startStage } from "./stage.js";

const run = promisify(execFile);
let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), "smartcall-dev-"));

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test("a new agent runs as it stands, again when it changes, and on while it is broken", async () => {
  const made = await runCli(["new", "agent", "parrot"], { cwd: folder });
  expect(made).toMatchObject({ code: 0, stdout: "✓ parrot\n" });
  const file = join(folder, "parrot/agent.ts");
  const call = () => runCli(["call", "parrot", "Hello there"], stage);
  const dev = startCli(["dev", "parrot/agent.ts"], { ...stage, cwd: folder });
  await dev.says(`attached to ${stage.url}`);
  expect(await call()).toMatchObject({ code: 0, stdout: "Hello there \n" });
  await dev.says("→ parrot Hello there");
  await dev.says("← parrot COMPLETED");

  const before = readFileSync(file, "utf8");
  writeFileSync(file, "export const = 1;");
  await dev.says("What ran before still runs");
  expect(await call()).toMatchObject({ code: 0, stdout: "Hello there \n" });

  writeFileSync(file, before.replace("} `;", "}! `;"));
  // The one before is let go once this one is there, so for a moment either may answer.
  await expect.poll(async () => (await call()).stdout).toBe("Hello! there! \n");

  dev.child.kill("SIGINT");
  expect(await dev.exit).toBe(0);
  expect((await call()).code).toBe(4);
});

test("what dev shows is JSON too", async () => {
  await runCli(["new", "agent", "lines"], { cwd: folder });
  const dev = startCli(["dev", "lines/agent.ts", "--json"], { ...stage, cwd: folder });
  await dev.says('"type":"ready"');
  await runCli(["call", "lines", "Hi"], stage);
  await dev.says('"type":"end"');
  dev.child.kill("SIGTERM");
  expect(await dev.exit).toBe(0);
  const events = dev.out.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(events).toMatchObject([
    { type: "starting" },
    { type: "ready", agents: ["lines"] },
    { type: "call", agent: "lines", input: "Hi" },
    { type: "end", state: "COMPLETED", output: "Hi" },
  ]);
});

const wrong = [
  { name: "a file that is not there", words: ["dev", "nowhere.ts"], want: "does not exist" },
  { name: "a folder in use", words: ["new", "agent", "parrot"], want: "is not empty" },
  { name: "a name that is none", words: ["new", "agent", "My Agent"], want: "lower-case" },
  { name: "another language", words: ["new", "agent", "x", "-l", "cobol"], want: "ts, python, go" },
];

for (const { name, words, want } of wrong) {
  test(`it exits with 2 and says what it expected: ${name}`, async () => {
    const { code, stderr } = await runCli(words, { ...stage, cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(want);
  });
}

test("a file without agents is told what to export", async () => {
  writeFileSync(join(folder, "empty.ts"), "export const answer: number = 42;\n");
  const dev = startCli(["dev", "empty.ts"], { ...stage, cwd: folder });
  await dev.says("it exports no agent");
  dev.child.kill("SIGINT");
  expect(await dev.exit).toBe(0);
});

const has = (program: string) => spawnSync(program, ["--version"]).error === undefined;

test.skipIf(!has("python3"))("a new agent in Python is Python (needs python3)", async () => {
  await runCli(["new", "agent", "py-parrot", "--language", "python"], { cwd: folder });
  const check = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
  await run("python3", ["-c", check, join(folder, "py-parrot/agent.py")]);
});

test.skipIf(!has("gofmt"))("a new agent in Go is formatted Go (needs gofmt)", async () => {
  await runCli(["new", "agent", "go-parrot", "--language", "go"], { cwd: folder });
  const { stdout } = await run("gofmt", ["-l", join(folder, "go-parrot/main.go")]);
  expect(stdout).toBe("");
});
