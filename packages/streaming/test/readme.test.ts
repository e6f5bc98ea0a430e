import { readdirSync, readFileSync } from "node:fs";
import { createHandlers, createRealtimeHandler, fixtures } from "@smartcall/msw";
import { SmartcallStreaming } from "@smartcall/streaming";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const folder = new URL("./readme/", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const server = setupServer(...createHandlers(), createRealtimeHandler());
const log = vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => {
  server.close();
  log.mockRestore();
});

const answer = fixtures.call.response.output?.parts[0]?.text;

test("every snippet of the README is one of those that run here", () => {
  const fences = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  expect(fences.sort()).toEqual(sources.sort());
});

test("the quick start writes the answer", async () => {
  const write = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  await import("./readme/quick-start.js");
  const written = write.mock.calls.map(([text]) => text).join("");
  write.mockRestore();
  expect(written).toBe(answer);
});

test("the results are what the events amount to", async () => {
  await import("./readme/results.js");
  expect(log).toHaveBeenCalledWith(answer);
  expect(log).toHaveBeenLastCalledWith("COMPLETED");
});

test("a task is taken up again where it was left", async () => {
  await import("./readme/resume.js");
  expect(log).toHaveBeenLastCalledWith("TERMINAL");
});

test("a session has many calls", async () => {
  await import("./readme/session.js");
  expect(log).toHaveBeenCalledWith([answer, answer]);
  expect(log).toHaveBeenLastCalledWith(answer);
});

test("the error says its reason", async () => {
  await import("./readme/errors.js");
  expect(log).toHaveBeenLastCalledWith("AGENT_NOT_FOUND", undefined, undefined, undefined);
});

test("the transports are clients", async () => {
  const { overGrpcWeb, overWebSocket, inProtobuf } = await import("./readme/transports.js");
  for (const client of [overGrpcWeb, overWebSocket, inProtobuf]) {
    expect(client).toBeInstanceOf(SmartcallStreaming);
  }
  expect(await overWebSocket.stream("summarizer", "A page.").text()).toBe(answer);
});
