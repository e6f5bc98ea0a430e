import { setTimeout } from "node:timers/promises";
import { defineAgent, textOf } from "@smartcall/agent";
import { cut } from "@smartcall/testing";
import { expect, inject, test } from "vitest";
import { startBrowserStage } from "../src/browser-stage.ts";
import { countedText, createCountingAgent } from "../src/counting-agent.ts";
import { loadSdk, numbersOf, readFollowed, type SdkWindow, untilAll } from "../src/sdk-page.ts";

const chromium = inject("chromium");
const isMissing = "missing" in chromium;

const talker = defineAgent({
  name: "talker",
  description: "Says four hundred words, as fast as a model does.",
  async *run() {
    for (let word = 1; word <= 400; word++) {
      await setTimeout(5);
      yield `${word} `;
    }
  },
});

const waiter = defineAgent({
  name: "waiter",
  description: "Takes an order.",
  async *run(_message, { ask }) {
    yield `One ${textOf(await ask("Coffee or tea?"))}.`;
  },
});

test.skipIf(isMissing).each(["sse", "websocket"] as const)(
  "the SDK over %s in a page that loses its network yields every event once and in order",
  async (transport) => {
    const counter = createCountingAgent(200);
    await using stage = await startBrowserStage(chromium, [counter.agent]);
    await loadSdk(stage);
    await stage.page.evaluate((transport) => {
      const { sdk, follow } = window as unknown as SdkWindow;
      const smartcall = new sdk.SmartcallStreaming({ url: location.origin, transport });
      follow(smartcall.stream("counter", "Count."));
    }, transport);
    await counter.atMiddle;
    await untilAll(stage, ({ events }) => events.length > 100);

    await stage.goOffline();
    await untilAll(stage, ({ events }) => events.some(({ type }) => type === "connection"));
    counter.goOn();
    const [before] = await readFollowed(stage);
    const [first] = before?.events ?? [];
    const taskId = first && "taskId" in first ? first.taskId : "";
    const ended = await fetch(`${stage.url}/v1/tasks/${taskId}?wait=50s`);
    expect(await ended.json()).toMatchObject({ state: "COMPLETED" });

    await stage.goOnline();
    await untilAll(stage, ({ text, failure }) => text !== undefined || failure !== undefined);
    const [followed] = await readFollowed(stage);
    if (followed === undefined) throw new Error("nothing was followed");
    expect(followed).toMatchObject({ text: countedText(200) });
    expect(numbersOf(followed)).toEqual(numbersOf(followed).map((_, index) => index + 1));
    expect(followed.events.at(-1)).toMatchObject({ type: "end", reason: "TERMINAL" });
    const states = followed.events.flatMap((event) =>
      event.type === "connection" ? event.state : [],
    );
    expect([states[0], states.at(-1)]).toEqual(["reconnecting", "connected"]);
  },
);

test.skipIf(isMissing).each(["sse", "websocket"] as const)(
  "the SDK over %s in a page whose network breaks again and again misses nothing",
  async (transport) => {
    await using stage = await startBrowserStage(chromium, [talker]);
    await loadSdk(stage);
    stage.proxy.setFaults(({ random }) => ({
      downstream: [
        cut({
          after: 4_000 + Math.floor(random() * 8_000),
          kind: random() < 0.5 ? "close" : "reset",
        }),
      ],
    }));
    // Those that the page came over have no faults.
    stage.proxy.cutAll();
    const { accepted } = stage.proxy;
    await stage.page.evaluate((transport) => {
      const { sdk, follow } = window as unknown as SdkWindow;
      const reconnect = { baseDelayMs: 5, maxDelayMs: 50 };
      const smartcall = new sdk.SmartcallStreaming({ url: location.origin, transport, reconnect });
      follow(smartcall.stream("talker", "Talk."));
    }, transport);
    await untilAll(stage, ({ text, failure }) => text !== undefined || failure !== undefined);
    const [followed] = await readFollowed(stage);
    if (followed === undefined) throw new Error("nothing was followed");
    expect(followed).toMatchObject({ text: countedText(400) });
    expect(numbersOf(followed)).toEqual(numbersOf(followed).map((_, index) => index + 1));
    expect(stage.proxy.accepted - accepted).toBeGreaterThan(5);
  },
);

test.skipIf(isMissing)(
  "many calls of a page share one WebSocket, and all go on over the next one",
  async () => {
    const counter = createCountingAgent(100);
    await using stage = await startBrowserStage(chromium, [counter.agent, waiter]);
    await loadSdk(stage);
    let connections = 0;
    stage.page.on("websocket", () => {
      connections++;
    });
    await stage.page.evaluate(async () => {
      const { sdk, follow } = window as unknown as SdkWindow;
      const session = await new sdk.SmartcallStreaming({ url: location.origin }).connect();
      for (let index = 0; index < 5; index++) follow(session.stream("counter", "Count."));
    });
    await untilAll(stage, ({ events }) => events.length > 50);
    expect(connections).toBe(1);

    stage.proxy.cutAll();
    await untilAll(stage, ({ events }) => events.some(({ type }) => type === "connection"));
    counter.goOn();
    await untilAll(stage, ({ text, failure }) => text !== undefined || failure !== undefined);
    const all = await readFollowed(stage);
    expect(all).toHaveLength(5);
    for (const followed of all) {
      expect(followed).toMatchObject({ text: countedText(100) });
      expect(numbersOf(followed)).toEqual(numbersOf(followed).map((_, index) => index + 1));
    }
    expect(connections).toBe(2);
  },
);

test.skipIf(isMissing)("a page talks with an agent that asks", async () => {
  await using stage = await startBrowserStage(chromium, [waiter]);
  await loadSdk(stage);
  const said = await stage.page.evaluate(async () => {
    const { sdk } = window as unknown as SdkWindow;
    const talk = new sdk.SmartcallStreaming({ url: location.origin }).converse("waiter");
    await talk.send("Good morning.");
    const questions: (string | undefined)[] = [];
    for await (const event of talk) {
      if (event.type !== "inputRequired") continue;
      questions.push(event.prompt.parts[0]?.text);
      await talk.send("tea");
    }
    return { questions, text: await talk.text() };
  });
  expect(said).toEqual({ questions: ["Coffee or tea?"], text: "One tea." });
});
