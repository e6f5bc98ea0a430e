import { expect, test } from "vitest";
import { callBody, callText, isEchoedTask } from "./call.ts";

test("the body is 300 bytes and carries the text", () => {
  expect(Buffer.byteLength(callBody)).toBe(300);
  expect(JSON.parse(callBody)).toMatchObject({ text: callText });
});

const answers = [
  { name: "a completed echo", body: { state: "COMPLETED", output: parts(callText) }, want: true },
  { name: "another text", body: { state: "COMPLETED", output: parts("hello") }, want: false },
  { name: "a failed task", body: { state: "FAILED", output: parts(callText) }, want: false },
  { name: "a task without output", body: { state: "COMPLETED" }, want: false },
  { name: "null", body: null, want: false },
];

for (const { name, body, want } of answers) {
  test(`${name} is ${want ? "" : "not "}the right answer`, () => {
    expect(isEchoedTask(JSON.stringify(body))).toBe(want);
  });
}

test("what is no JSON is not the right answer", () => {
  expect(isEchoedTask("<html>")).toBe(false);
});

function parts(text: string) {
  return { parts: [{ text }] };
}
