import { setTimeout as delay } from "node:timers/promises";

/** Waits for a condition, looked at every 20 ms; answers whether it came within the time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await delay(20);
  }
  return true;
}
