import { expect, onTestFinished, test, vi } from "vitest";
import { LineBatch } from "./line-batch.js";

function gather() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const written: string[] = [];
  return { written, batch: new LineBatch({ write: (text) => written.push(text) }) };
}

test("lines leave together, in order, once they are 8 Ki characters", () => {
  const { written, batch } = gather();
  const line = `${"x".repeat(1023)}\n`;
  for (let count = 0; count < 7; count++) batch.write(line);
  expect(written).toEqual([]);
  batch.write(line);
  batch.write("next\n");
  expect(written).toEqual([line.repeat(8)]);
});

test("few lines leave after 100 ms, and nothing leaves when there are none", () => {
  const { written, batch } = gather();
  batch.write("one\n");
  batch.write("two\n");
  vi.advanceTimersByTime(100);
  expect(written).toEqual(["one\ntwo\n"]);
  vi.advanceTimersByTime(1_000);
  expect(written).toEqual(["one\ntwo\n"]);
});

test("a flush hands on what there is at once", () => {
  const { written, batch } = gather();
  batch.write("the last line\n");
  batch.flushSync();
  batch.flushSync();
  expect(written).toEqual(["the last line\n"]);
});
