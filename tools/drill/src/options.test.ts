import { expect, test } from "vitest";
import { parseDrillOptions } from "./options.ts";

test("names may be repeated or joined, and a seed is kept", () => {
  expect(parseDrillOptions(["--", "--only", "a,b", "--only", "c", "--seed", "7", "--all"])).toEqual(
    {
      all: true,
      only: ["a", "b", "c"],
      seed: 7,
      list: false,
      help: false,
    },
  );
});

test("a seed is drawn where none is given", () => {
  expect(parseDrillOptions([]).seed).toBeGreaterThanOrEqual(0);
});

test.each([
  ["--seed", "x"],
  ["--sed", "1"],
])("%s %s is refused", (...args) => {
  expect(() => parseDrillOptions(args)).toThrow(args[0]);
});
