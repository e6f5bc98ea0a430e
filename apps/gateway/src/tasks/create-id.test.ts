import { expect, onTestFinished, test, vi } from "vitest";
import { createId } from "./create-id.js";

test("an id is a UUID of version 7 that begins with its millisecond", () => {
  vi.useFakeTimers({ now: 0x0123_4567_89ab });
  onTestFinished(() => void vi.useRealTimers());
  const pattern = /^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(createId()).toMatch(pattern);
  vi.setSystemTime(0x0123_4567_89ac);
  expect(createId()).toMatch(/^01234567-89ac-7/);
});

test("ids of one millisecond differ", () => {
  const ids = Array.from({ length: 10_000 }, createId);
  expect(new Set(ids).size).toBe(ids.length);
});
