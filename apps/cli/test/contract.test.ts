import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli.js";
import { type Stage, startStage } from "./stage.js";

let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), "smartcall-contract-"));

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** A file whose agent takes these numbers: a module, or the card alone where it ends in .json. */
function write(file: string, name: string, keys: string[], required = keys): void {
  const properties = Object.fromEntries(keys.map((key) => [key, { type: "number" }]));
  const inputSchema = { type: "object", properties, required };
  const definition = { name, description: "Adds.", inputSchema };
  if (file.endsWith(".json")) {
    writeFileSync(join(folder, file), JSON.stringify(definition));
    return;
  }
  writeFileSync(
    join(folder, file),
    `import { defineAgent } from "@smartcall/agent";
const definition: object = ${JSON.stringify(definition)};
export const agents = [defineAgent({ ...definition, run: () => "" } as never)];
`,
  );
}

test("agents that break nobody pass, new ones too", async () => {
  write("same.ts", "adder", ["a", "b"]);
  write("new.ts", "subtracter", ["a"]);
  const run = (file: string) => runCli(["contract", "check", file], { ...stage, cwd: folder });
  // Nothing is said of its output any more, which may then be anything.
  expect(await run("same.ts")).toMatchObject({ code: 1 });
  expect(await run("new.ts")).toMatchObject({ code: 0, stdout: "✓ subtracter is new\n" });
});

test("what breaks is told by its place and what was expected, against a file as well", async () => {
  write("before.ts", "adder", ["a", "b"], ["a"]);
  write("wider.ts", "adder", ["a", "b", "c"], ["a"]);
  write("narrower.ts", "adder", ["a", "b"]);
  const run = (file: string, ...words: string[]) =>
    runCli(["contract", "check", file, "--against", "before.ts", ...words], { cwd: folder });
  expect(await run("wider.ts")).toMatchObject({ code: 0, stdout: "✓ adder breaks nobody\n" });
  expect(await run("narrower.ts")).toMatchObject({
    code: 1,
    stdout:
      "✗ adder breaks those who call it\n" +
      "  /inputSchema/properties/b: b is now required (required)\n",
  });
  const json = await run("narrower.ts", "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    agent: "adder",
    changes: [{ rule: "required" }],
  });
});

test("what the gateway knows may be kept in a file", async () => {
  const { stdout } = await runCli(["agents", "--json"], stage);
  writeFileSync(join(folder, "cards.json"), stdout);
  const words = ["contract", "check", "cards.json", "--against", "cards.json"];
  const { code } = await runCli(words, { cwd: folder });
  expect(code).toBe(0);
});

test("what was saved is compared with in CI, and nobody's agent may be missing", async () => {
  write("team.ts", "adder", ["a", "b"], ["a"]);
  const run = (...words: string[]) => runCli(["contract", ...words], { cwd: folder });
  const saved = "smartcall.contract.json";
  expect(await run("save", "team.ts")).toMatchObject({ code: 0, stderr: `${saved}: 1 agent\n` });
  expect(await run("save", "team.ts", "--check")).toMatchObject({ code: 0 });
  const check = (file: string) => run("check", file, "--against", saved);
  expect(await check("team.ts")).toMatchObject({ code: 0, stdout: "✓ adder breaks nobody\n" });
  write("renamed.json", "summer", ["a", "b"], ["a"]);
  expect(await check("renamed.json")).toMatchObject({
    code: 1,
    stdout: "✓ summer is new\n✗ adder breaks those who call it\n  it is there no longer (gone)\n",
  });
});

test("what breaks nobody has to be saved, what breaks somebody only where it is meant", async () => {
  const saved = join(folder, "versions.json");
  const run = (file: string, ...words: string[]) =>
    runCli(["contract", "save", file, "--out", saved, ...words], { cwd: folder });
  write("one.json", "adder", ["a", "b"], ["a"]);
  write("wide.json", "adder", ["a", "b", "c"], ["a"]);
  const check = await run("one.json", "--check");
  expect(check).toMatchObject({ code: 1 });
  expect(check.stderr).toContain("does not exist");
  await run("one.json");
  const first = readFileSync(saved, "utf8");
  expect((await run("wide.json", "--check")).stderr).toContain("is not what the agents promise");
  expect(readFileSync(saved, "utf8")).toBe(first);
  expect(await run("wide.json", "--json")).toMatchObject({
    code: 0,
    stdout: `${JSON.stringify({ file: saved, agents: ["adder"] })}\n`,
  });
  const second = readFileSync(saved, "utf8");
  write("strict.json", "adder", ["a", "b", "c"]);
  const broken = await run("strict.json");
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.stderr).toContain("--breaking");
  expect(broken.stdout).toContain("/inputSchema/properties/b: b is now required");
  expect(readFileSync(saved, "utf8")).toBe(second);
  expect(await run("strict.json", "--breaking")).toMatchObject({ code: 0 });
  expect(await run("strict.json", "--check")).toMatchObject({ code: 0 });
});

test("those who call keep what another team's agents promise them", async () => {
  const at = { ...stage, cwd: folder };
  const saved = "theirs.json";
  const save = ["contract", "save", "--agent", "adder", "--out", saved];
  expect(await runCli(save, at)).toMatchObject({ code: 0, stderr: "theirs.json: 1 agent\n" });
  const check = () => runCli(["contract", "check", "--against", saved], at);
  expect(await check()).toMatchObject({ code: 0, stdout: "✓ adder breaks nobody\n" });
  const { agents } = JSON.parse(readFileSync(join(folder, saved), "utf8"));
  agents.adder.outputSchema.properties.more = { type: "string" };
  agents.adder.outputSchema.required = ["more"];
  const file = { smartcallContract: 1, agents: { ...agents, nobody: {} } };
  writeFileSync(join(folder, saved), JSON.stringify(file));
  const { code, stdout } = await check();
  expect(code).toBe(1);
  expect(stdout).toMatch(/adder breaks[\s\S]*nobody breaks[\s\S]*\(gone\)/);
});

test("one of both has to be named, and agents that there are", async () => {
  const run = (...words: string[]) => runCli(["contract", ...words], { ...stage, cwd: folder });
  expect(await run("check")).toMatchObject({ code: 2 });
  expect(await run("save", "--agent", "nobody")).toMatchObject({ code: 2 });
  expect((await run("save", "--out", "agents.ts")).stderr).toContain("ends in .json");
});

const wrong = [
  { name: "a file that is not there", file: "nowhere.ts", want: "cannot be run" },
  { name: "JSON that is no card", file: "other.json", want: "expected cards" },
  { name: "a file that ends its process", file: "ends.ts", want: "it ended its process" },
];

for (const { name, file, want } of wrong) {
  test(`it exits with 2 and says why: ${name}`, async () => {
    writeFileSync(join(folder, "other.json"), "[{}]");
    writeFileSync(join(folder, "ends.ts"), "process.exit(0);");
    const { code, stderr } = await runCli(["contract", "check", file], { ...stage, cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(want);
  });
}
