import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

/** A file whose agent takes these numbers. */
function write(file: string, name: string, keys: string[], required = keys): void {
  const properties = Object.fromEntries(keys.map((key) => [key, { type: "number" }]));
  const inputSchema = { type: "object", properties, required };
  const definition = { name, description: "Adds.", inputSchema };
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
