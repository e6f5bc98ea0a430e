import { setFlagsFromString } from "node:v8";

/** From so many connections on memory is what runs short, before time does. */
const crowd = 1_000;

/** Of what lives in the heap, so much may be added before old objects are collected. */
const growthPercent = 20;

/**
 * Has old objects collected sooner while a thousand connections or more are held, until the returned
 * function is called.
 *
 * What each of them waits with outlives the young and is garbage a second later. V8 by itself lets
 * that pile up to several times what lives. Collecting sooner costs calls about a third more time
 * to compute, so that fewer connections are left to V8.
 */
export function spareHeap(
  connections: () => number,
  setFlag: (flag: string) => void = setFlagsFromString,
): () => void {
  let isSparing = false;
  const timer = setInterval(() => {
    const isCrowd = connections() >= crowd;
    if (isCrowd === isSparing) return;
    isSparing = isCrowd;
    // 0 is V8's own choice.
    setFlag(`--heap-growing-percent=${isCrowd ? growthPercent : 0}`);
  }, 1_000).unref();
  return () => clearInterval(timer);
}
