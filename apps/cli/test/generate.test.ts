import { execFile, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createGateway, type Gateway } from "@smartcall/gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { awkwardAgents } from "./awkward-agents.js";
import { runCli } from "./run-cli.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "smartcall-generate-"));
let gateway: Gateway;
let env: { SMARTCALL_URL: string };

beforeAll(async () => {
  gateway = createGateway({ port: 0, inProcess: awkwardAgents });
  env = { SMARTCALL_URL: (await gateway.listen()).url };
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

async function generate(...words: string[]) {
  return runCli(["generate", ...words], { env, cwd: folder });
}

const program = `
import { createSmartcall, type ShapesInput } from "./agents.ts";

const smartcall = createSmartcall();
const sum = await smartcall.agents.adder.call({ a: 1, b: 2 });
const three: number | undefined = sum.outputData?.sum;
// Of a newer gateway a state may be one that is not listed; an agent's own enums are as its schema says.
function howFar({ state }: typeof sum): string {
  switch (state) {
    case "COMPLETED":
      return "done";
    default:
      return state.toLowerCase();
  }
}
const tree = { value: 1, children: [{ value: 2, children: [{ value: 3 }] }] };
const size = await smartcall.agents.sizer.stream(tree).result();
const shape: ShapesInput = { unit: "mm", shape: { kind: "square", side: 3 }, place: [1, 2] };
const area = await smartcall.agents.shapes.call(shape, { timeoutMs: 10_000 });
const text = await smartcall.agents.aB.call("as text");
const circle = await smartcall.agents.circles.call([[], [[]]]);
console.log(
  JSON.stringify([three, howFar(sum), size.outputData?.size, area.outputData, text.outputText, circle.outputData]),
);
for await (const event of smartcall.agents.import.stream("x")) if (event.type === "end") break;
await smartcall.agents.constructor.call("x");
await smartcall.agents.n3d.call("x");
await smartcall.agents.aB2.call("x");

export async function wrong(): Promise<void> {
  // @ts-expect-error -- not an expression
  await smartcall.agents.adder.call({ a: 1, b: "2" });
  // @ts-expect-error -- misses b
  await smartcall.agents.adder.call({ a: 1 });
  // @ts-expect-error -- a square has no radius
  await smartcall.agents.shapes.call({ unit: "mm", shape: { kind: "square", radius: 3 } });
  // @ts-expect-error -- not one of the units
  await smartcall.agents.shapes.call({ unit: "km", shape: { kind: "square", side: 3 } });
  // @ts-expect-error -- no state of this gateway, nor any text
  sum.state === "DONE";
  // @ts-expect-error -- nothing of this name
  sum.outputData?.total;
  // @ts-expect-error -- no such agent
  await smartcall.agents.nobody.call("x");
}
`;

test("in TypeScript agents are typed in and out, compile strictly, and are called", async () => {
  expect(await generate()).toMatchObject({ code: 0, stderr: "agents.ts: 9 agents\n" });
  const modules = join(folder, "node_modules/@smartcall");
  mkdirSync(modules, { recursive: true });
  for (const name of ["client", "streaming", "protocol"]) {
    symlinkSync(join(root, "packages", name), join(modules, name));
  }
  writeFileSync(join(folder, "program.ts"), program);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const options = ["--strict", "--noEmit", "--allowImportingTsExtensions", "--skipLibCheck"];
  const exact = ["--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
  const modern = ["--target", "es2023", "--module", "nodenext", "--verbatimModuleSyntax"];
  for (const compiler of [
    "node_modules/typescript",
    "tools/openapi-types/node_modules/typescript",
  ]) {
    const tsc = join(root, compiler, "bin/tsc");
    const words = [tsc, ...options, ...exact, ...modern, "--lib", "esnext,dom", "program.ts"];
    const compiled = await run(process.execPath, words, { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    expect(compiled.stdout).toBe("");
  }
  const { stdout } = await run(process.execPath, ["program.ts"], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  expect(JSON.parse(stdout)).toEqual([
    ...[3, "done", 3, { area: 9, unit: "mm" }, "as text"],
    { id: "1", name: null },
  ]);
});

test("the same agents make the same text, which --check holds in CI", async () => {
  for (const language of ["ts", "python", "go"]) {
    const texts = [];
    for (let count = 0; count < 2; count++) {
      texts.push((await generate("--language", language, "--out", "-")).stdout);
    }
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toContain("\u202e");
  }
  await generate("--out", "checked.ts");
  expect((await generate("--out", "checked.ts", "--check")).code).toBe(0);
  const text = readFileSync(join(folder, "checked.ts"), "utf8");
  writeFileSync(join(folder, "checked.ts"), text.replace("sum: number", "sum: string"));
  const differs = await generate("--out", "checked.ts", "--check");
  expect(differs.code).toBe(1);
  expect(differs.stderr).toMatch(/from line \d+ on[\s\S]*- +sum: string;\n +\+ +sum: number;/);
  expect((await generate("--out", "nowhere.ts", "--check")).code).toBe(1);
});

test("some agents alone, from a document instead of a gateway", async () => {
  const openapi = await (await fetch(`${env.SMARTCALL_URL}/openapi.json`)).text();
  writeFileSync(join(folder, "openapi.json"), openapi);
  const words = ["--from", "openapi.json", "--agent", "adder", "--out", "-"];
  const { stdout } = await runCli(["generate", ...words], { cwd: folder });
  expect(stdout).toContain("interface AdderInput");
  expect(stdout).not.toContain("Shapes");
  expect(await generate("--agent", "nobody")).toMatchObject({ code: 2 });
  expect(await generate("--from", "program.ts")).toMatchObject({ code: 2 });
});

test("agents without schemas, and no agents, make a module too", async () => {
  const document = { paths: {}, components: { schemas: {} } };
  writeFileSync(join(folder, "none.json"), JSON.stringify(document));
  for (const language of ["ts", "python", "go"]) {
    const { code } = await generate("--from", "none.json", "--language", language, "--out", "-");
    expect(code).toBe(0);
  }
});

const hasPython = spawnSync("python3", ["-c", "import typing_extensions"]).status === 0;

test.skipIf(!hasPython)(
  "in Python it is a module (needs python3 with typing_extensions)",
  async () => {
    await generate("--language", "python");
    // What it imports of the SDK, which is tested with its own dependencies elsewhere.
    const names = ["AsyncSmartcall", "AsyncTaskStream", "CallInput", "OnDisconnect", "Smartcall"];
    const stub = [...names, "Task", "TaskStream"].map((name) => `class ${name}: ...`).join("\n");
    const head =
      "from typing import TypedDict\nclass RequestOptions(TypedDict, total=False): ...\n";
    writeFileSync(join(folder, "smartcall.py"), `${head}${stub}\n`);
    const check = `
import agents, typing
made = agents.Agents(agents.Smartcall())
assert made.import_._name == "import" and made.n3d._name == "3d" and made.a_b2._name == "a-b"
assert typing.get_type_hints(agents.AdderInput) == {"a": float, "b": float}
assert "not a name" in agents.ShapesInput.__annotations__
`;
    await run("python3", ["-c", check], { cwd: folder });
  },
);

const venv = join(root, "sdks/python/.venv/bin");
const hasPyright = existsSync(join(venv, "pyright")) && existsSync(join(venv, "python"));

test.skipIf(!hasPyright)(
  "in Python types hold in and out (needs the SDK's own .venv)",
  async () => {
    const home = join(folder, "python");
    mkdirSync(home);
    await generate("--language", "python", "--out", "python/agents.py");
    const check = `
from agents import Agents
from smartcall import Smartcall

agents = Agents(Smartcall())
total: float = (agents.adder.call({"a": 1, "b": 2}, timeout=5).data or {"sum": 0})["sum"]
agents.sizer.call({"value": 1, "children": [{"value": 2}]})
agents.shapes.call({"unit": "km", "shape": {"kind": "square", "side": 1}})
agents.adder.call({"a": 1})
`;
    writeFileSync(join(home, "check.py"), check);
    writeFileSync(
      join(home, "pyrightconfig.json"),
      JSON.stringify({ extraPaths: [join(root, "sdks/python/src")] }),
    );
    const words = ["--pythonpath", join(venv, "python"), "--outputjson"];
    const { stdout } = await run(join(venv, "pyright"), words, { cwd: home }).catch(
      (error: { stdout: string }) => error,
    );
    const { generalDiagnostics: found } = JSON.parse(stdout) as {
      generalDiagnostics: { file: string; message: string; range: { start: { line: number } } }[];
    };
    // The two last lines are wrong, and nothing else is.
    expect(found.map(({ range }) => range.start.line + 1)).toEqual([8, 9]);
    expect(found.every(({ file }) => file.endsWith("check.py"))).toBe(true);
  },
);

const goFolder = join(root, "sdks/go");
const goEnv = { ...process.env, GOFLAGS: "-mod=mod", GOPROXY: "off" };
const hasGo = spawnSync("go", ["list", "-deps", "."], { cwd: goFolder, env: goEnv }).status === 0;

test.skipIf(!hasGo)(
  "in Go it is formatted and vetted (needs go and the SDK's modules)",
  async () => {
    mkdirSync(join(folder, "agents"));
    await generate("--language", "go", "--out", "agents/agents.go");
    const sdk = "github.com/smartcall/smartcall/sdks/go";
    const version = /^go .*$/m.exec(readFileSync(join(goFolder, "go.mod"), "utf8"))?.[0];
    writeFileSync(
      join(folder, "go.mod"),
      `module example.com/x\n\n${version}\n\nrequire ${sdk} v0.0.0\n\nreplace ${sdk} => ${goFolder}\n`,
    );
    cpSync(join(goFolder, "go.sum"), join(folder, "go.sum"));
    const { stdout } = await run("gofmt", ["-l", "agents"], { cwd: folder });
    expect(stdout).toBe("");
    await run("go", ["vet", "./agents"], { cwd: folder, env: goEnv });
  },
  300_000,
);
