import { expect, test } from "vitest";
import { wait } from "./wait.js";

test("a wait that is longer than a timer reaches is not over at once", async () => {
  const limit = new AbortController();
  const waiting = wait(2 ** 32 - 1, limit.signal);
  // Timers fire in the order of their time: one that had overflowed would be first.
  setTimeout(() => limit.abort(new Error("enough")), 20);
  await expect(waiting).rejects.toThrow("enough");
});
