import { expect, test } from "vitest";
import { reasonInfo } from "./reason-info.js";
import { allReasons, isReason } from "./reasons.js";

test("every reason can be looked up", () => {
  for (const reason of allReasons) expect(reasonInfo(reason).title).not.toBe("");
});

test("every sentence is one for people: it begins like one and ends like one", () => {
  for (const reason of allReasons) expect(reasonInfo(reason).sentence).toMatch(/^[A-Z].*\.$/);
});

test("every HTTP status is that of an error", () => {
  for (const reason of allReasons) {
    expect(reasonInfo(reason).httpStatus).toBeGreaterThanOrEqual(400);
    expect(reasonInfo(reason).httpStatus).toBeLessThan(600);
  }
});

test("a close code says connect again whenever the reason is retryable", () => {
  // Not the other way round: a slow reader may connect again, but what it called has run.
  for (const reason of allReasons) {
    const { closeCode, retryable } = reasonInfo(reason);
    if (retryable) expect([reason, Math.floor(closeCode / 100)]).not.toEqual([reason, 40]);
  }
});

test("every close code is one of the classes never, after a while and at once", () => {
  for (const reason of allReasons) expect(String(reasonInfo(reason).closeCode)).toMatch(/^4[012]/);
});

test.each(["", "agent_not_found", "UNSPECIFIED", "toString", "__proto__"])(
  "%j is not a reason",
  (text) => {
    expect(isReason(text)).toBe(false);
  },
);
