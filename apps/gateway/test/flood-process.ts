import { attach, dataOf, defineAgent, progress } from "@smartcall/agent";

// Agents that make as many events as they are let. The gateway's URL stands in SMARTCALL_URL.
const made = new Map<string, number>();
const stopped = new Map<string, number>();

/** Makes events of about a kilobyte, as many as `data.many`, and counts them under `data.key`. */
const flood = defineAgent({
  name: "flood",
  description: "Makes events as fast as it may.",
  async *run(message, { signal }) {
    const { key, many } = dataOf(message) as { key: string; many: number };
    signal.addEventListener("abort", () =>
      stopped.set(key, performance.timeOrigin + performance.now()),
    );
    const text = "x".repeat(1_000);
    for (let index = 0; index < many; index++) {
      made.set(key, index + 1);
      yield progress(0.5, text);
    }
  },
});

/** Says how many events were made, and when the signal was aborted. */
const count = defineAgent({
  name: "count",
  description: "Counts.",
  run: (message) => {
    const key = String(message.parts[0]?.content.value);
    return { made: made.get(key) ?? 0, stoppedMs: stopped.get(key) ?? 0 };
  },
});

const attachment = attach([flood, count], { capacity: 2_000 });
await attachment.ready;
process.stdout.write("ready\n");
