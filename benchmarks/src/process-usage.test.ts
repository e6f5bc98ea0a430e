import { expect, test } from "vitest";
import { parseCpuTime, parsePeakMemory } from "./process-usage.ts";

test("the peak is read in bytes, not the size of the address space", () => {
  const status = "Name:\tnode\nVmPeak:\t 1200000 kB\nVmHWM:\t   51200 kB\nVmRSS:\t   40000 kB\n";
  expect(parsePeakMemory(status)).toBe(52_428_800);
});

test("the time in the program and in the kernel are added up, whatever the program is called", () => {
  const stat = "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 900 0 0 0 120 34 7 8 20 0 11 0 999 0";
  expect(parseCpuTime(stat)).toBe(1540);
});

test("a system that does not say gives nothing", () => {
  expect(parsePeakMemory("")).toBeUndefined();
  expect(parseCpuTime("")).toBeUndefined();
});
