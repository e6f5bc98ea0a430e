import { expect, test } from "vitest";
import { createLog, endAt, toServerSentEvent } from "../../test/fake-gateway.js";
import type { WireEvent } from "../events/wire-event.js";
import { readServerSentEvents } from "./read-server-sent-events.js";

const events = [...createLog(4), endAt("e1.4")];
const text = `\uFEFF: hi\nretry: 1500\n\n${events.map(toServerSentEvent).join(": beat\n\n")}`;

async function read(chunks: Uint8Array<ArrayBuffer>[]) {
  const received: WireEvent[] = [];
  const retries: number[] = [];
  const batches = readServerSentEvents(new Blob(chunks).stream(), {
    idleMs: 1_000,
    signal: new AbortController().signal,
    onRetryAfter: (delayMs) => retries.push(delayMs),
  });
  for await (const batch of batches) received.push(...batch);
  return { received, retries };
}

test.each([
  { name: "LF", bytes: new TextEncoder().encode(text) },
  { name: "CRLF", bytes: new TextEncoder().encode(text.replaceAll("\n", "\r\n")) },
  { name: "CR", bytes: new TextEncoder().encode(text.replaceAll("\n", "\r")) },
])("lines that end with $name may be split at every byte", async ({ bytes }) => {
  for (let at = 0; at <= bytes.length; at += 1) {
    const { received, retries } = await read([bytes.slice(0, at), bytes.slice(at)]);
    expect(received, `split at ${at}`).toEqual(events);
    expect(retries).toEqual([1500]);
  }
  expect((await read([...bytes].map((byte) => Uint8Array.of(byte)))).received).toEqual(events);
});

test("nothing is read of a body that its reader does not ask for", async () => {
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 1;
        controller.enqueue(new TextEncoder().encode(toServerSentEvent(endAt("e1.1"))));
      },
    },
    { highWaterMark: 0 },
  );
  const { signal } = new AbortController();
  const batches = readServerSentEvents(body, { idleMs: 1_000, signal, onRetryAfter: () => {} });
  await batches.next();
  expect(pulled).toBe(0);
  for (let count = 1; count <= 3; count += 1) {
    await batches.next();
    expect(pulled).toBe(count);
  }
  await batches.return();
  expect(pulled).toBe(3);
});

test.each([
  { name: "an id that is not its cursor", of: "id: e1.2\n", with: "id: e1.3\n" },
  { name: "a kind that it is not", of: "event: outputDelta\n", with: "event: status\n" },
  { name: "no JSON", of: '"cursor":', with: '"cursor"' },
  { name: "no place", of: '"cursor":"e1.2"', with: '"cursor":2' },
])("an event with $name is a cut", async ({ of, with: wrong }) => {
  const bytes = new TextEncoder().encode(text.replace(of, wrong));
  await expect(read([bytes])).rejects.toMatchObject({ reason: "STREAM_TRUNCATED" });
});
