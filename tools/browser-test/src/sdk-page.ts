import type { SmartcallStreaming, TaskStream, TaskStreamEvent } from "@smartcall/streaming";
import { vi } from "vitest";
import type { BrowserStage } from "./browser-stage.ts";
import { bundleSdk } from "./bundle-sdk.ts";

/** What a page keeps of a stream. */
export interface Followed {
  events: TaskStreamEvent[];
  /** The whole text, once the stream has ended. */
  text: string | undefined;
  failure: string | undefined;
}

/** What is on `window` of a page with the SDK. */
export interface SdkWindow extends Window {
  sdk: { SmartcallStreaming: typeof SmartcallStreaming };
  followed: Followed[];
  /** Reads a stream to its end, into `followed`. */
  follow(stream: TaskStream): void;
}

/** Loads the SDK into the page. */
export async function loadSdk({ page }: BrowserStage): Promise<void> {
  const { script, bytes, gzippedBytes } = await bundleSdk();
  console.log(`The SDK in a page: ${bytes} bytes, ${gzippedBytes} gzipped.`);
  // Evaluated, as the page's policy refuses scripts of others, and should.
  await page.evaluate(`${script}; window.sdk = sdk;`);
  await page.evaluate(() => {
    const page = window as unknown as SdkWindow;
    page.followed = [];
    page.follow = async (stream) => {
      const record: Followed = { events: [], text: undefined, failure: undefined };
      page.followed.push(record);
      try {
        for await (const event of stream) record.events.push(event);
        record.text = await stream.text();
      } catch (error) {
        record.failure = String(error);
      }
    };
  });
}

/** What came of all streams so far. */
export function readFollowed({ page }: BrowserStage): Promise<Followed[]> {
  return page.evaluate(() => JSON.parse(JSON.stringify((window as unknown as SdkWindow).followed)));
}

/** Waits until every stream of the page is so. */
export async function untilAll(
  stage: BrowserStage,
  condition: (followed: Followed) => boolean,
): Promise<void> {
  await vi.waitUntil(async () => (await readFollowed(stage)).every(condition), {
    timeout: 90_000,
  });
}

/** The numbers that the events of a task stand for, in the order in which they were yielded. */
export function numbersOf({ events }: Followed): number[] {
  return events.flatMap((event) => {
    if (event.type === "connection" || event.type === "end") return [];
    const last = Number(event.cursor.split(".")[1]);
    const { merged = 1 } = event;
    return Array.from({ length: merged }, (_, index) => last - merged + 1 + index);
  });
}
