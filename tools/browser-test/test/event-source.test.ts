import { expect, inject, test, vi } from "vitest";
import { startBrowserStage } from "../src/browser-stage.ts";
import { countedText, createCountingAgent } from "../src/counting-agent.ts";

const chromium = inject("chromium");

/** An event as the page saw it. */
interface Seen {
  type: string;
  id: string;
  data: string;
}

test.skipIf("missing" in chromium)(
  "an EventSource that loses its network goes on where it was and misses nothing",
  async () => {
    const counter = createCountingAgent(200);
    await using stage = await startBrowserStage(chromium, [counter.agent]);
    const { page } = stage;
    const resumedAfter: (string | undefined)[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/events")) {
        void request.allHeaders().then((headers) => resumedAfter.push(headers["last-event-id"]));
      }
    });

    await page.evaluate(async () => {
      const response = await fetch("/v1/agents/counter/calls", {
        method: "POST",
        headers: { "content-type": "application/json", prefer: "respond-async" },
        body: JSON.stringify({ text: "Count." }),
      });
      const task: { id: string } = await response.json();
      const source = new EventSource(`/v1/tasks/${task.id}/events`);
      const record = { task: task.id, seen: [] as Seen[], failures: 0 };
      for (const kind of ["status", "outputDelta", "outputCompleted", "usage", "gap", "end"]) {
        source.addEventListener(kind, ({ type, lastEventId, data }) => {
          record.seen.push({ type, id: lastEventId, data });
          if (type === "end") source.close();
        });
      }
      source.onerror = () => record.failures++;
      Object.assign(window, { record });
    });
    type Window = { record: { task: string; seen: Seen[]; failures: number } };
    const record = () => page.evaluate(() => (window as unknown as Window).record);
    const until = (condition: (record: Window["record"]) => boolean) =>
      vi.waitUntil(async () => condition(await record()), { timeout: 90_000 });

    await counter.atMiddle;
    await until(({ seen }) => seen.length > 100);
    await stage.goOffline();
    await until(({ failures }) => failures > 0);
    counter.goOn();
    const { task } = await record();
    const ended = await fetch(`${stage.url}/v1/tasks/${task}?wait=50s`);
    expect(await ended.json()).toMatchObject({ state: "COMPLETED" });
    expect((await record()).seen.length).toBeLessThan(110);
    await stage.goOnline();
    await until(({ seen }) => seen.at(-1)?.type === "end");

    const { seen } = await record();
    const numbered = seen.filter(({ type }) => type !== "end");
    expect(numbered.map(({ id }) => Number(id.split(".")[1]))).toEqual(
      numbered.map((_, index) => index + 1),
    );
    const text = seen
      .filter(({ type }) => type === "outputDelta")
      .map(({ data }) => JSON.parse(data).outputDelta.text)
      .join("");
    expect(text).toBe(countedText(200));
    expect(resumedAfter[0]).toBeUndefined();
    expect(resumedAfter.at(-1)).toMatch(/^\w+\.10\d$/);
  },
);
