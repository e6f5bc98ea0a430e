import { Smartcall } from "@smartcall/client";

const smartcall = new Smartcall();

// A text, data, or a message with several parts.
await smartcall.call("calculator", { data: { expression: "2 * (3 + 4)" } });
await smartcall.call("summarizer", {
  message: { parts: [{ text: "Two pages." }, { url: "https://example.com/page.txt" }] },
});

// Limits, and a key of your own: the same key never runs twice, not in another process either.
await smartcall.call("summarizer", "A page of prose.", {
  timeoutMs: 10_000,
  idempotencyKey: "order-4711",
  signal: AbortSignal.timeout(20_000),
});

// Do not wait; look later.
const accepted = await smartcall.call("summarizer", "A long book.", { respondAsync: true });
const task = await smartcall.tasks.get(accepted.id, { waitMs: 30_000 });
if (task.state === "WORKING") await smartcall.tasks.cancel(task.id);
if (task.state === "INPUT_REQUIRED") await smartcall.tasks.send(task.id, "In one sentence.");
