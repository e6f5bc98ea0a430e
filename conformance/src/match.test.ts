import { expect, test } from "vitest";
import type { Json } from "./json.ts";
import { match } from "./match.ts";

test.each<{ name: string; wanted: Json; value: unknown; want: string[] }>([
  { name: "the same text", wanted: "a", value: "a", want: [] },
  { name: "another text", wanted: "a", value: "b", want: ['it is "b" instead of "a"'] },
  { name: "a number as a text", wanted: 1, value: "1", want: ['it is "1" instead of 1'] },
  { name: "an object that holds more", wanted: { a: 1 }, value: { a: 1, b: 2 }, want: [] },
  {
    name: "a field that is missing",
    wanted: { a: 1 },
    value: {},
    want: ["a is nothing instead of 1"],
  },
  {
    name: "no object at all",
    wanted: { a: {} },
    value: { a: 1 },
    want: ["a is 1 instead of an object"],
  },
  { name: "a longer list", wanted: [1], value: [1, 2], want: ["it has 2 items instead of 1"] },
  {
    name: "a place in a list",
    wanted: { a: [{ b: 1 }] },
    value: { a: [{ b: 2 }] },
    want: ["a[0].b is 2 instead of 1"],
  },
  {
    name: "a field that must be absent",
    wanted: { a: { $absent: true } },
    value: { b: 1 },
    want: [],
  },
  {
    name: "a field that is there",
    wanted: { a: { $absent: true } },
    value: { a: 1 },
    want: ["a is 1 instead of nothing"],
  },
  {
    name: "an object that holds more than exactly",
    wanted: { $exactly: { a: 1 } },
    value: { a: 1, b: 2 },
    want: ['it is {"a":1,"b":2} instead of {"a":1}'],
  },
  { name: "a text of that length", wanted: { $length: 2 }, value: "ab", want: [] },
  {
    name: "a text of another length",
    wanted: { $length: 2 },
    value: "abc",
    want: ["it is 3 instead of a text of 2 letters"],
  },
  { name: "a pattern", wanted: { $matches: "^a+$" }, value: "aa", want: [] },
  {
    name: "a number in bounds, also as a text",
    wanted: { $atLeast: 1, $atMost: 2 },
    value: "1.5",
    want: [],
  },
  {
    name: "a number out of bounds",
    wanted: { $atMost: 2 },
    value: 3,
    want: ["it is 3 instead of ≤ 2"],
  },
  {
    name: "nothing where there are bounds",
    wanted: { $atMost: 2 },
    value: undefined,
    want: ["it is nothing instead of ≤ 2"],
  },
])("$name", ({ wanted, value, want }) => {
  expect(match(wanted, value, new Map())).toEqual(want);
});

test("a value is the same as one that was saved, or another", () => {
  const saved = new Map();
  expect(match({ $save: "key" }, "k-1", saved)).toEqual([]);
  expect(match({ $same: "key" }, "k-1", saved)).toEqual([]);
  expect(match({ $same: "key" }, "k-2", saved)).toEqual(['it is "k-2" instead of "k-1" (key)']);
  expect(match({ $different: "key" }, "k-1", saved)).toHaveLength(1);
});

test("a matcher that is none is a fault of the vector", () => {
  expect(() => match({ $like: 1 }, 1, new Map())).toThrow("there is no matcher $like");
});
