import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { dialFake } from "./testing/dial-fake.js";
import { callOver, startFakeGateway } from "./testing/fake-gateway.js";
import { spawnAgent } from "./testing/spawn-agent.js";

// Within the package, where its own name leads to what was built.
const folder = mkdtempSync(fileURLToPath(new URL("../.programs-", import.meta.url)));
afterAll(() => rmSync(folder, { recursive: true }));

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/```(\w+) ?(\w*)\n(.*?)```/gs)].map(
  ([, language = "", kind = "", text = ""]) => ({ language, kind, text }),
);

/** Runs a block as the file that a reader makes of it. */
function start(text: string, env: Record<string, string> = {}) {
  const file = `${folder}/${blocks.findIndex((block) => block.text === text)}.ts`;
  writeFileSync(file, text);
  const program = spawnAgent(`await import(${JSON.stringify(file)});`, env);
  onTestFinished(() => void program.stop());
  return program;
}

function only(kind: string): string {
  const [found] = blocks.filter((block) => block.kind === kind);
  if (!found) throw new Error(`the page has no block for ${kind}`);
  return found.text;
}

const programs = blocks.flatMap(({ kind, text }, index) =>
  kind === "run" ? [{ text, want: blocks[index + 1]?.text }] : [],
);

test.each(programs)("program %# prints what the page shows", async ({ text, want }) => {
  const { child, exited } = start(text);
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  expect(await exited).toEqual({ code: 0, signal: null });
  expect(printed).toBe(want);
});

test("the page has programs to run", () => {
  expect(programs).toHaveLength(2);
});

test("the first example greets through a gateway", async () => {
  const gateway = await startFakeGateway();
  onTestFinished(() => gateway.stop());
  const program = start(only("attach"), { SMARTCALL_URL: gateway.url });
  await program.logged("attached to the gateway");
  const call = { agent: "greeter", data: { name: "Ann" } };
  const { events } = await callOver(gateway.attached(), call).closed;
  expect(JSON.stringify(events)).toContain('"Hello Ann."');
  program.child.kill("SIGTERM");
  expect(await program.exited).toEqual({ code: 0, signal: null });
});

test("the example that serves can be dialled", async () => {
  const program = start(only("serve"));
  const { url } = await program.logged("serving agents");
  const { link, register } = await dialFake(String(url));
  expect((await register).cards.map((card) => card.name)).toEqual(["echo"]);
  link.close();
});
