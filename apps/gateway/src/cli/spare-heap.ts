import { getHeapStatistics, setFlagsFromString } from "node:v8";
import type { Gateway } from "../gateway.js";

/** From so many connections on memory is what runs short, before time does. */
const crowd = 1_000;

/** So does it once tasks at work take up so much of what they may. */
const highUse = 0.5;

/** Of what lives in the heap, so much may be added then before old objects are collected. */
const scarcePercent = 20;

/** Otherwise so many bytes of garbage may lie about, more or less. */
const spareBytes = 64 * 1024 * 1024;

/** From here on the choice is V8's own, which is to add up to three times what lives. */
const mostPercent = 200;

/** What a heap is like. */
export interface HeapOptions {
  /** Bytes in use, garbage included; V8's own figure when absent. */
  usedBytes?: () => number;
  setFlag?: (flag: string) => void;
}

/**
 * Has old objects collected sooner while memory is what runs short, or while much lives in the heap,
 * until the returned function is called.
 *
 * What a connection waits with outlives the young and is garbage a second later. V8 by itself lets
 * that pile up to several times what lives. Collecting sooner costs calls of a small heap about a third
 * more time to compute, so that they are left to V8.
 */
export function spareHeap(
  gateway: Pick<Gateway, "connections" | "memoryUse">,
  {
    usedBytes = () => getHeapStatistics().used_heap_size,
    setFlag = setFlagsFromString,
  }: HeapOptions = {},
): () => void {
  let percent = 0;
  const timer = setInterval(() => {
    const wanted = percentFor(gateway, usedBytes());
    if (wanted === percent) return;
    percent = wanted;
    setFlag(`--heap-growing-percent=${percent}`);
  }, 1_000).unref();
  return () => clearInterval(timer);
}

/** 0 is V8's own choice. */
function percentFor(
  { connections, memoryUse }: Pick<Gateway, "connections" | "memoryUse">,
  usedBytes: number,
): number {
  if (connections >= crowd || memoryUse >= highUse) return scarcePercent;
  const percent = 10 * Math.round((10 * spareBytes) / usedBytes);
  return percent >= mostPercent ? 0 : Math.max(scarcePercent, percent);
}
