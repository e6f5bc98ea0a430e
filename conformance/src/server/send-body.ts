import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Answer, SseItem } from "../vector.ts";
import type { Run } from "./run.ts";
import { toServerSentEvent } from "./server-sent-events.ts";

/** Sends the body of an answer as it says: whole, in pieces, or cut off. */
export async function sendBody(
  response: ServerResponse,
  body: string,
  answer: Pick<Answer, "split" | "cutAfterBytes" | "then">,
  run: Run,
): Promise<void> {
  const bytes = Buffer.from(body);
  const { cutAfterBytes, split } = answer;
  if (cutAfterBytes === undefined && split === undefined && answer.then === undefined) {
    // Before: a busy machine may do other things between the two, and a client is timed after it.
    run.ended();
    response.end(bytes);
    return;
  }
  await write(response, bytes.subarray(0, cutAfterBytes), split);
  finish(response, answer.then ?? (cutAfterBytes === undefined ? undefined : "cut"), run);
}

/** Sends events one after another, and ends, cuts or stalls the stream. */
export async function sendEvents(
  response: ServerResponse,
  items: readonly SseItem[],
  answer: Answer,
  run: Run,
): Promise<void> {
  const { lineEnd = "\n", split } = answer;
  response.flushHeaders();
  if (answer.bom === true) await write(response, Buffer.from("\u{feff}"), split);
  for (const item of items) {
    if (item["abort"] === true) run.abort();
    else if (typeof item["heard"] === "number") await run.whenHeard(item["heard"]);
    else if (typeof item["waitMs"] === "number") {
      await delay(item["waitMs"], undefined, { signal: run.over.signal }).catch(() => {});
    } else await write(response, Buffer.from(toServerSentEvent(item, lineEnd)), split);
  }
  finish(response, answer.then, run);
}

/** Writes bytes in pieces, each of which leaves in a turn of its own. */
async function write(response: ServerResponse, bytes: Buffer, split?: number): Promise<void> {
  const size = split ?? Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    response.write(bytes.subarray(at, at + size));
    if (split !== undefined) await new Promise(setImmediate);
  }
}

function finish(response: ServerResponse, how: Answer["then"], run: Run): void {
  run.ended();
  if (how === "cut") response.socket?.destroySoon();
  if (how === undefined) response.end();
}
