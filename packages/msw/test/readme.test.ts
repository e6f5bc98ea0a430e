import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";

const folder = new URL("./readme/", import.meta.url);
const snippets = readdirSync(folder).sort();
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("every snippet of the README is one of those that run here", () => {
  const fences = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  const sources = snippets.map((name) => readFileSync(new URL(name, folder), "utf8"));
  expect(fences.sort()).toEqual(sources.sort());
});

test("the handlers answer a call in Node", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await import("./readme/node.js");
  expect(log).toHaveBeenCalledWith("COMPLETED");
});

test("the realtime handler answers a session in Node", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await import("./readme/realtime.js");
  expect(log.mock.lastCall).toEqual(["You said hello."]);
});

test("the overrides make handlers", async () => {
  const { handlers } = await import("./readme/overrides.js");
  expect(handlers).toHaveLength(21);
});
