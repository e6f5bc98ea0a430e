import { readdirSync, readFileSync } from "node:fs";
import { afterAll, expect, test, vi } from "vitest";

const folder = new URL("./readme/", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const log = vi.spyOn(console, "log").mockImplementation(() => {});

afterAll(() => log.mockRestore());

test("every snippet of the README is one of those that run here", () => {
  const fences = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  expect(fences.sort()).toEqual(sources.sort());
});

test("the quick start sees its connection cut", async () => {
  await import("./readme/quick-start.js");
  expect(log).toHaveBeenLastCalledWith(true, 1000);
});

test("faults of one's own act, and offline ends", async () => {
  log.mockClear();
  await import("./readme/schedules.js");
  expect(log.mock.calls).toEqual([["HELLO"], [200]]);
});
