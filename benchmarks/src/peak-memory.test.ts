import { expect, test } from "vitest";
import { parsePeakMemory } from "./peak-memory.ts";

test("the peak is read in bytes, not the size of the address space", () => {
  const status = "Name:\tnode\nVmPeak:\t 1200000 kB\nVmHWM:\t   51200 kB\nVmRSS:\t   40000 kB\n";
  expect(parsePeakMemory(status)).toBe(52_428_800);
});

test("a system that does not say gives nothing", () => {
  expect(parsePeakMemory("")).toBeUndefined();
});
