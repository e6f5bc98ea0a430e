import { setTimeout as delay } from "node:timers/promises";
import { assertLeast } from "../assert-least.js";
import type { Fault } from "../fault.js";

/** How late bytes arrive. */
export interface LatencyOptions {
  /** Milliseconds on the way. */
  readonly ms: number;
  /** Up to so many milliseconds more or less, by chance; 0 when absent. Order is kept. */
  readonly jitterMs?: number;
}

/** Bytes on the way at most; no more are read until some have arrived. */
const maxBytesOnTheWay = 1 << 20;

interface Arrival {
  readonly chunk: Buffer;
  readonly dueAt: number;
}

/** Passes everything on later, as a long way does: what follows does not wait for what is before. */
export function latency({ ms, jitterMs = 0 }: LatencyOptions): Fault {
  assertLeast(0, { ms, jitterMs });
  return async function* (chunks, { random, signal }) {
    const onTheWay: Arrival[] = [];
    let bytes = 0;
    let end: { error?: unknown } | undefined;
    let turn = Promise.withResolvers<void>();
    const change = () => {
      turn.resolve();
      turn = Promise.withResolvers();
    };
    signal.addEventListener("abort", change, { once: true });

    const read = async () => {
      for await (const chunk of chunks) {
        const dueAt = performance.now() + ms + (2 * random() - 1) * jitterMs;
        onTheWay.push({ chunk, dueAt });
        bytes += chunk.length;
        change();
        while (bytes > maxBytesOnTheWay && !signal.aborted) await turn.promise;
      }
    };
    const reading = read().then(
      () => {
        end = {};
        change();
      },
      (error: unknown) => {
        end = { error };
        change();
      },
    );

    while (!signal.aborted) {
      const next = onTheWay.shift();
      if (next !== undefined) {
        await delay(Math.max(0, next.dueAt - performance.now()), undefined, { signal });
        bytes -= next.chunk.length;
        change();
        yield next.chunk;
      } else if (end === undefined) {
        await turn.promise;
      } else {
        break;
      }
    }
    await reading;
    if (end !== undefined && "error" in end) throw end.error;
  };
}
