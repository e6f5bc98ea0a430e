import { readdirSync, readFileSync } from "node:fs";
import { createHandlers, fixtures } from "@smartcall/msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const folder = new URL("./readme/", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const server = setupServer(...createHandlers());
const log = vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => {
  server.close();
  log.mockRestore();
});

test("every snippet of the README is one of those that run here", () => {
  const fences = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  expect(fences.sort()).toEqual(sources.sort());
});

test("the quick start prints the answer", async () => {
  await import("./readme/quick-start.js");
  const answer = fixtures.call.response.output?.parts[0]?.text;
  expect(log).toHaveBeenLastCalledWith("COMPLETED", answer);
});

test("the inputs are all taken", async () => {
  await import("./readme/inputs.js");
  expect(log).toHaveBeenLastCalledWith("summarizer");
});

test("the error says its reason", async () => {
  await import("./readme/errors.js");
  expect(log).toHaveBeenLastCalledWith("AGENT_NOT_FOUND", 404, false, expect.any(String));
});
