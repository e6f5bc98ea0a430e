import { expect, test } from "vitest";
import { allReasons, isReason, reasonInfo } from "./reasons.js";

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

test("a close code says connect again exactly when the reason is retryable", () => {
  for (const reason of allReasons) {
    const { closeCode, retryable } = reasonInfo(reason);
    expect([reason, closeCode >= 4100 && closeCode < 4300]).toEqual([reason, retryable]);
  }
});

test.each(["", "agent_not_found", "UNSPECIFIED", "toString", "__proto__"])(
  "%j is not a reason",
  (text) => {
    expect(isReason(text)).toBe(false);
  },
);
