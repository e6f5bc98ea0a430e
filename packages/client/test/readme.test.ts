import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { signWebhook } from "@smartcall/client/webhooks";
import { createHandlers, fixtures } from "@smartcall/msw";
import { HttpResponse, http, passthrough } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const folder = new URL("./readme/", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
// Run by the tests of that package.
const streamed = new URL("../../streaming/test/readme/quick-start.ts", import.meta.url);
const server = setupServer(
  http.get("http://127.0.0.1:3000/token", () => HttpResponse.text("t-1")),
  http.post("http://127.0.0.1/hook", () => passthrough()),
  ...createHandlers(),
);
const log = vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(() => server.listen({ onUnhandledFrame: "bypass" }));
afterAll(() => {
  server.close();
  log.mockRestore();
});

test("every snippet of the README is one of those that run here", () => {
  const fences = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  const files = readdirSync(folder).map((name) => new URL(name, folder));
  const sources = [...files, streamed].map((file) => readFileSync(file, "utf8"));
  expect(fences.sort()).toEqual(sources.sort());
});

test("the quick start prints the answer", async () => {
  await import("./readme/quick-start.js");
  const answer = fixtures.call.response.output?.parts[0]?.text;
  expect(log).toHaveBeenLastCalledWith("COMPLETED", answer);
});

test("the inputs are all taken", async () => {
  await expect(import("./readme/inputs.js")).resolves.toBeDefined();
});

test("lists have items and pages", async () => {
  await import("./readme/pages.js");
  expect(log).toHaveBeenCalledWith(["calculator", "summarizer"]);
  expect(log).toHaveBeenLastCalledWith("that was all");
});

test("the response is that of the answer", async () => {
  await import("./readme/response.js");
  expect(log).toHaveBeenCalledWith("COMPLETED", 200, "application/json");
  expect(log).toHaveBeenLastCalledWith(expect.any(String), 1);
});

test("the error says its reason", async () => {
  await import("./readme/errors.js");
  expect(log).toHaveBeenCalledWith("AGENT_NOT_FOUND", 404, false, 1);
  const problem = expect.objectContaining({ reason: "AGENT_NOT_FOUND" });
  expect(log).toHaveBeenLastCalledWith(expect.any(String), problem);
});

test("the token comes from a server", async () => {
  await import("./readme/tokens.js");
  expect(log).toHaveBeenLastCalledWith("summarizer");
});

test("middleware measures", async () => {
  await import("./readme/middleware.js");
  expect(log).toHaveBeenLastCalledWith("GET", 200, expect.any(Number));
});

test("tracing takes the API of OpenTelemetry", async () => {
  const { smartcall } = await import("./readme/tracing.js");
  expect((await smartcall.agents.get("summarizer")).name).toBe("summarizer");
});

test("webhooks are taken when they are signed, and only then", async () => {
  const { server: receiver } = await import("./readme/webhooks.js");
  const secret = `whsec_${btoa("a secret of this test alone")}`;
  vi.stubEnv("WEBHOOK_SECRET", secret);
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const body = JSON.stringify({ type: "task.completed" });
  const headers = await signWebhook({ id: "m-1", payload: body, secret });
  const statuses = [];
  for (const sent of [headers, { ...headers, "webhook-id": "m-2" }, {}]) {
    statuses.push((await fetch(url, { method: "POST", body, headers: sent })).status);
  }
  receiver.close();
  receiver.closeAllConnections();
  vi.unstubAllEnvs();
  expect(statuses).toEqual([204, 401, 400]);
  expect(log).toHaveBeenLastCalledWith({ type: "task.completed" });
});
