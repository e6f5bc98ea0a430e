import type { TaskStreamEvent } from "@smartcall/streaming";
import { expect, test } from "vitest";
import { CountChecker } from "./count-checker.ts";

type Sketch = { number: number } & Record<string, unknown>;

const begin: Sketch = { number: 1, type: "status", state: "WORKING" };
const piece = (number: number, text: string, more = {}): Sketch => ({
  number,
  type: "outputDelta",
  text,
  ...more,
});
const done = (number: number): Sketch => ({ number, type: "status", state: "COMPLETED" });
const end = (number: number): Sketch => ({ number, type: "end", reason: "TERMINAL" });

const gap = (number: number): Sketch => ({ number, type: "gap" });
const snapshot = (number: number, text: string): Sketch => ({
  number,
  type: "snapshot",
  task: { state: "WORKING", output: { parts: [{ text }] } },
});

const rows: { name: string; given: Sketch[]; want: RegExp | undefined; mayJump?: true }[] = [
  {
    name: "a whole stream",
    given: [begin, piece(2, "0 "), piece(3, "1 "), done(4), end(4)],
    want: undefined,
  },
  {
    name: "joined pieces",
    given: [begin, piece(3, "0 1 ", { merged: 2 }), done(4), end(4)],
    want: undefined,
  },
  { name: "a hole", given: [begin, piece(3, "1 "), done(4), end(4)], want: /3 after 1/ },
  {
    name: "a repetition",
    given: [begin, piece(2, "0 "), piece(2, "0 "), piece(3, "1 "), done(4), end(4)],
    want: /2 after 2/,
  },
  { name: "no end", given: [begin, piece(2, "0 "), piece(3, "1 "), done(4)], want: /ended with/ },
  {
    name: "more after the end",
    given: [begin, piece(2, "0 "), piece(3, "1 "), done(4), end(4), end(4)],
    want: /after the end/,
  },
  {
    name: "a gap that a snapshot makes good, where it was asked for",
    given: [begin, gap(1), snapshot(2, "0 "), piece(3, "1 "), done(4), end(4)],
    want: undefined,
    mayJump: true,
  },
  {
    name: "a gap that nobody asked for",
    given: [begin, gap(1), snapshot(2, "0 "), piece(3, "1 "), done(4), end(4)],
    want: /1 gaps/,
  },
  {
    name: "a gap without its snapshot",
    given: [begin, gap(1), piece(2, "0 "), piece(3, "1 "), done(4), end(4)],
    want: /2 after a gap/,
    mayJump: true,
  },
  {
    name: "a snapshot that goes back",
    given: [begin, piece(2, "0 "), gap(2), snapshot(1, ""), piece(2, "0 "), done(3), end(3)],
    want: /snapshot of e.1 after 2/,
    mayJump: true,
  },
  {
    name: "another text",
    given: [begin, piece(2, "0 "), piece(3, "2 "), done(4), end(4)],
    want: /2/,
  },
];

test.each(rows)("$name is told as it is", ({ given, want, mayJump = false }) => {
  const checker = new CountChecker();
  for (const { number, ...event } of given) {
    checker.take({
      taskId: "t",
      time: "",
      cursor: `e.${number}`,
      ...event,
    } as unknown as TaskStreamEvent);
  }
  const problem = checker.problem({ pieces: 2, mayJump });
  if (want === undefined) expect(problem).toBeUndefined();
  else expect(problem).toMatch(want);
});
