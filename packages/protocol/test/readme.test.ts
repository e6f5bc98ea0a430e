import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";

const folder = new URL("./readme/", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** What a snippet prints. */
async function printed(load: () => Promise<unknown>): Promise<unknown[][]> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await load();
  const { calls } = log.mock;
  log.mockRestore();
  return [...calls];
}

test("every snippet of the README is one of those that run here", () => {
  const fences = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  expect(fences.sort()).toEqual(sources.sort());
});

test("the snippet on errors prints what it says", async () => {
  expect(await printed(() => import("./readme/errors.js"))).toEqual([
    [503, true, "All instances of the agent are busy; nothing has run."],
    ["AGENT_BUSY"],
    [4104, false],
  ]);
});

test("the snippet on messages writes JSON", async () => {
  const [[json] = []] = await printed(() => import("./readme/messages.js"));
  expect(JSON.parse(String(json))).toEqual({ id: "t-1", agent: "echo", state: "WORKING" });
});

test("the snippet on the REST face has a document", async () => {
  expect(await printed(() => import("./readme/rest.js"))).toEqual([["function", "3.1.1"]]);
});
