import type { SmartcallStreaming, TaskStreamEvent } from "@smartcall/streaming";
import { beforeAll, expect, inject, test, vi } from "vitest";
import { type BrowserStage, startBrowserStage } from "../src/browser-stage.ts";
import { bundleSdk, type SdkBundle } from "../src/bundle-sdk.ts";
import { countedText, createCountingAgent } from "../src/counting-agent.ts";

const chromium = inject("chromium");
const isMissing = "missing" in chromium;

/** What a page keeps of a stream. */
interface Followed {
  events: TaskStreamEvent[];
  text: string | undefined;
  failure: string | undefined;
}
type Page = Window & {
  sdk: { SmartcallStreaming: typeof SmartcallStreaming };
  followed: Followed;
};

let bundle: SdkBundle;
beforeAll(async () => {
  bundle = await bundleSdk();
  console.log(`SDK for browsers: ${bundle.bytes} bytes, ${bundle.gzippedBytes} gzipped`);
});

/** Loads the SDK into the page and begins a stream of `counter` there. */
async function follow({ page }: BrowserStage, transport: "sse" | "websocket"): Promise<void> {
  // As a script the page's policy would refuse it, as it should.
  await page.evaluate(`${bundle.script}; window.sdk = sdk;`);
  await page.evaluate((transport) => {
    const page = window as unknown as Page;
    const smartcall = new page.sdk.SmartcallStreaming({ url: location.origin, transport });
    const stream = smartcall.stream("counter", "Count.");
    page.followed = { events: [], text: undefined, failure: undefined };
    void (async () => {
      try {
        for await (const event of stream) page.followed.events.push(event);
        page.followed.text = await stream.text();
      } catch (error) {
        page.followed.failure = String(error);
      }
    })();
  }, transport);
}

const followed = ({ page }: BrowserStage): Promise<Followed> =>
  page.evaluate(() => JSON.parse(JSON.stringify((window as unknown as Page).followed)));

const until = (stage: BrowserStage, condition: (followed: Followed) => boolean) =>
  vi.waitUntil(async () => condition(await followed(stage)), { timeout: 40_000 });

test.skipIf(isMissing).each(["sse", "websocket"] as const)(
  "the SDK over %s in a page that loses its network yields every event once and in order",
  async (transport) => {
    const counter = createCountingAgent(200);
    await using stage = await startBrowserStage(chromium, [counter.agent]);
    await follow(stage, transport);
    await counter.atMiddle;
    await until(stage, ({ events }) => events.length > 100);

    await stage.goOffline();
    await until(stage, ({ events }) => events.some(({ type }) => type === "connection"));
    counter.goOn();
    const [{ taskId } = { taskId: "" }] = (await followed(stage)).events as { taskId: string }[];
    const ended = await fetch(`${stage.url}/v1/tasks/${taskId}?wait=20s`);
    expect(await ended.json()).toMatchObject({ state: "COMPLETED" });

    await stage.goOnline();
    await until(stage, ({ text, failure }) => text !== undefined || failure !== undefined);

    const { events, text, failure } = await followed(stage);
    expect(failure).toBeUndefined();
    expect(text).toBe(countedText(200));
    const numbered = events.filter((event) => event.type !== "connection" && event.type !== "end");
    const seqs = numbered.map((event) => "cursor" in event && Number(event.cursor.split(".")[1]));
    expect(seqs).toEqual(numbered.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "TERMINAL" });
    const states = events.flatMap((event) => (event.type === "connection" ? event.state : []));
    expect(states[0]).toBe("reconnecting");
    expect(states.at(-1)).toBe("connected");
  },
);
