import { createHandlers, fixtures } from "@smartcall/msw";
import { SmartcallError } from "@smartcall/protocol";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, expectTypeOf, test, vi } from "vitest";
import {
  type Agent,
  Smartcall,
  type Task,
  type TaskResult,
  type TaskState,
  type UnknownValue,
} from "./index.js";
import type { RestClient } from "./requests/operation.js";

const url = "http://gateway.test";
const smartcall = new Smartcall({ url });
const server = setupServer(...createHandlers({ baseUrl: url }));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

test("a call answers the task and the text of its answer", async () => {
  const task = await smartcall.call("summarizer", "a page of prose");
  expect(task).toEqual(fixtures.call.response);
  expect(task.state).toBe("COMPLETED");
  expect(task.outputText).toBe("A gateway lets anything call any of them, wherever they run.");
});

test("the text is no part of the task's JSON, and empty where there is no answer", async () => {
  const task = await smartcall.call("calculator", { data: { expression: "2 * 7" } });
  expect(task.outputText).toBe("");
  expect(JSON.parse(JSON.stringify(task))).toEqual(fixtures.callTarget.response);
});

test("a call that does not wait answers the task as it was accepted", async () => {
  const task = await smartcall.call("summarizer", "a book", { respondAsync: true });
  expect(task).toEqual(fixtures.call.accepted);
});

test("a task can be read, canceled and answered", async () => {
  const { id } = fixtures.call.response;
  expect(await smartcall.tasks.get(id)).toEqual(fixtures.getTask.response);
  expect((await smartcall.tasks.cancel(id, { reason: "enough" })).state).toBe("CANCELED");
  const asking = fixtures.sendMessage.response.id;
  expect((await smartcall.tasks.send(asking, "My name is Ada.")).state).toBe("WORKING");
});

test("lists iterate over all pages, each asked for when it is needed", async () => {
  const asked: string[] = [];
  const pages = new Map([
    ["", { items: [1, 2], nextPageToken: "b" }],
    ["b", { items: [], nextPageToken: "c" }],
    ["c", { items: [3], nextPageToken: "" }],
  ]);
  server.use(
    ...createHandlers({
      baseUrl: url,
      overrides: {
        listTasks: (call) => {
          asked.push(call.url.search);
          const page = pages.get(call.url.searchParams.get("pageToken") ?? "");
          const tasks = (page?.items ?? []).map((id) => ({
            ...fixtures.call.response,
            id: `${id}`,
          }));
          return { tasks, nextPageToken: page?.nextPageToken ?? "" };
        },
      },
    }),
  );
  const tasks = await collect(
    smartcall.tasks.list({ agent: "summarizer", states: ["FAILED", "CANCELED"], pageSize: 2 }),
  );
  expect(tasks.map((task) => task.id)).toEqual(["1", "2", "3"]);
  expect(tasks[0]?.outputText).not.toBe("");
  const first = "?agent=summarizer&states=FAILED&states=CANCELED&pageSize=2";
  expect(asked).toEqual([first, `${first}&pageToken=b`, `${first}&pageToken=c`]);

  asked.length = 0;
  for await (const _ of smartcall.tasks.list()) break;
  expect(asked).toEqual([""]);
});

test("agents can be read and listed", async () => {
  expect(await smartcall.agents.get("summarizer")).toEqual(fixtures.getAgent.response);
  const agents = await collect(smartcall.agents.list({ pageSize: 1 }));
  expect(agents.map((agent) => agent.name)).toEqual(["calculator", "summarizer"]);
});

test.each([
  { name: "a call", run: () => smartcall.call("nobody", "hi"), reason: "AGENT_NOT_FOUND" },
  { name: "an agent", run: () => smartcall.agents.get("nobody"), reason: "AGENT_NOT_FOUND" },
  { name: "a task", run: () => smartcall.tasks.get("none"), reason: "TASK_NOT_FOUND" },
])("$name that is refused throws the reason", async ({ run, reason }) => {
  const error = await run().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SmartcallError);
  expect(error).toMatchObject({ reason, status: 404, retryable: false });
  expect((error as SmartcallError).requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test("every name can be asked for, whatever characters it has", async () => {
  const getTask = vi.fn(({ params }: { params: { task?: string } }) => ({
    ...fixtures.getTask.response,
    id: params.task ?? "",
  }));
  server.use(...createHandlers({ baseUrl: url, overrides: { getTask } }));
  for (const id of ["a/b", "a b", "ä?x=1#y", "%2F", "a:b", "..."]) {
    expect((await smartcall.tasks.get(id)).id).toBe(id);
  }
});

const getTask = (client: RestClient) =>
  client.GET("/v1/tasks/{task}", { params: { path: { task: "t-1" } } });

test("the types are those of the contract", () => {
  expectTypeOf(smartcall.call).returns.resolves.toEqualTypeOf<TaskResult>();
  expectTypeOf<TaskResult>().toExtend<Task>();
  expectTypeOf<TaskResult["outputText"]>().toEqualTypeOf<string>();
  expectTypeOf(smartcall.agents.list()).toExtend<AsyncIterable<Agent>>();
  // What openapi-fetch makes of the contract's types keeps what a newer gateway may say.
  type Raw = Awaited<ReturnType<typeof getTask>>["data"];
  expectTypeOf<NonNullable<Raw>["state"]>().toEqualTypeOf<TaskState | UnknownValue>();
  // @ts-expect-error exactly one of text, data and message
  expectTypeOf(smartcall.call).toBeCallableWith("summarizer", { texts: "…" });
  // @ts-expect-error a state that there is not
  expectTypeOf(smartcall.tasks.list).toBeCallableWith({ states: ["DONE"] });
});
