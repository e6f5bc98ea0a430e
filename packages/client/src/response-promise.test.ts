import { fixtures } from "@smartcall/msw";
import { expect, expectTypeOf, test } from "vitest";
import { clientOf, problem } from "../test/fake-client.js";
import type { Page, Smartcall, TaskResult, WithResponse } from "./index.js";

const answer = () =>
  Response.json(fixtures.call.response, { headers: { "x-request-id": "r-1", "x-own": "1" } });

test("withResponse answers the data and the response that had it", async () => {
  const { smartcall } = clientOf({}, answer);
  const { data, response, requestId, attempts } = await smartcall
    .call("summarizer", "hi")
    .withResponse();
  expect(data.outputText).toBe(fixtures.call.response.output?.parts[0]?.text);
  expect([response.status, response.headers.get("x-own")]).toEqual([200, "1"]);
  expect([requestId, attempts]).toEqual(["r-1", 1]);
});

test("it is a promise like any other, and sends one request", async () => {
  const { smartcall, requests } = clientOf({}, answer);
  const task = smartcall.tasks.get("t");
  expect(task).toBeInstanceOf(Promise);
  let isSettled = false;
  const state = await task
    .then(({ state }) => state)
    .finally(() => {
      isSettled = true;
    });
  expect([state, isSettled]).toEqual(["COMPLETED", true]);
  expect((await Promise.all([task, task.withResponse()]))[1].data).toBe(await task);
  expect(requests).toHaveLength(1);
});

test("what goes wrong is told where somebody listens, and nowhere else", async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", hear);
  const { smartcall } = clientOf({}, problem("TASK_NOT_FOUND", 404, false));
  const wanted = { reason: "TASK_NOT_FOUND" };
  await expect(smartcall.tasks.get("a").withResponse()).rejects.toMatchObject(wanted);
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject(wanted);
  await expect(smartcall.tasks.get("a").finally(() => {})).rejects.toMatchObject(wanted);
  expect(await smartcall.tasks.get("a").catch(() => "caught")).toBe("caught");
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", hear);
  expect(unheard).toEqual([]);
});

test("a list is read page by page, or from a page on", async () => {
  const pages = new Map([
    ["", { ids: ["1", "2"], next: "b" }],
    ["b", { ids: ["3"], next: "" }],
  ]);
  const { smartcall, requests } = clientOf({}, ({ url }) => {
    const { ids = [], next } = pages.get(new URL(url).searchParams.get("pageToken") ?? "") ?? {};
    const tasks = ids.map((id) => ({ ...fixtures.call.response, id }));
    return Response.json({ tasks, nextPageToken: next });
  });
  const { data: first, attempts } = await smartcall.tasks.list().page().withResponse();
  expect([first.items.map(({ id }) => id), first.nextPageToken, attempts]).toEqual([
    ["1", "2"],
    "b",
    1,
  ]);
  const second = await first.nextPage();
  expect(second?.items[0]?.id).toBe("3");
  expect(await second?.nextPage()).toBeUndefined();
  expect(requests).toHaveLength(2);

  const sizes: number[] = [];
  for await (const { items } of smartcall.tasks.list().pages()) sizes.push(items.length);
  expect(sizes).toEqual([2, 1]);
  const late = await smartcall.tasks.list({ pageToken: "b" }).page();
  expect(late.items[0]?.outputText).not.toBe("");
});

test("the types say what is answered", () => {
  type Get = ReturnType<Smartcall["tasks"]["get"]>;
  expectTypeOf<Awaited<Get>>().toEqualTypeOf<TaskResult>();
  expectTypeOf<Get["withResponse"]>().returns.resolves.toEqualTypeOf<WithResponse<TaskResult>>();
  type FirstPage = ReturnType<ReturnType<Smartcall["tasks"]["list"]>["page"]>;
  expectTypeOf<Awaited<FirstPage>>().toEqualTypeOf<Page<TaskResult>>();
});
