import type { JsonValue } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ProblemList } from "../errors/problem-list.js";
import { countKeys, countMembers, hasEscapedName } from "./count-members.js";
import { parseBody } from "./parse-body.js";
import { readJson } from "./read-json.js";

const encode = (text: string) => new TextEncoder().encode(text);

test.each([
  { given: "", members: 0 },
  { given: '{"a":1,"b":{"c":":"}}', members: 3 },
  { given: '{"a":"b\\":c"}', members: 1 },
  { given: `["${"x".repeat(50)}\\\\",{"y":2}]`, members: 1 },
  { given: `["${"x".repeat(22)}\\":",1]`, members: 0 },
  { given: '{"a":1,"\\u0062":2}', members: -2 },
  { given: `{"${"x".repeat(80)}\\n":1}`, members: -2 },
  { given: '"never closed: ', members: 0 },
  { given: "[[[]]]", members: -1 },
  { given: "[[]]", members: 0 },
])("counts $members members in $given", ({ given, members }) => {
  expect(countMembers(encode(given), 2)).toBe(members);
});

test("a hundred thousand levels are refused at once", () => {
  expect(countMembers(encode("[".repeat(100_000)), 64)).toBe(-1);
});

test.each<{ given: string; keys: number }>([
  { given: '{"a":{"b":[{"c":1},null]},"d":"e"}', keys: 4 },
  { given: '{"__proto__":1}', keys: -1 },
  { given: '[{"a":{"\\u005f_proto__":1}}]', keys: -1 },
  { given: '{"a":1e999}', keys: -1 },
])("counts $keys keys in $given", ({ given, keys }) => {
  expect(countKeys(JSON.parse(given) as JsonValue)).toBe(keys);
});

const name = fc.oneof(
  fc.constantFrom('"a"', '"\\u0061"', '"__proto__"', '"b\\\\"', '"\\""', `"${"k".repeat(30)}\\\\"`),
  fc.string().map((text) => JSON.stringify(text)),
);

/** JSON text with every freedom that the grammar gives, and now and then a broken byte. */
const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom("null", "true", "-0.5e-3", "0", "1e999", '""', "[]", "{}", " 7\n"),
    fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
    fc.stringMatching(/^[\\":{}x]{0,40}$/).map((text) => JSON.stringify(text)),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(" ,")}]`),
    fc
      .array(fc.tuple(name, tie("value")), { maxLength: 4 })
      .map((members) => `{${members.map(([key, value]) => `${key} :${value}`).join(",")}}`),
  ),
})).value;
const brokenText = fc
  .tuple(jsonText, fc.nat(), fc.constantFrom("", '"', "{", "]", ":", ",", "\\", "x", "\u0001"))
  .map(([text, place, noise]) => {
    const at = place % (text.length + 1);
    return (text.slice(0, at) + noise + text.slice(at + 1)).toWellFormed();
  });

test("a name with an escape is read right, also where JSON.parse does not", () => {
  JSON.parse('{"b":null,"\\\\":1}');
  const problems = new ProblemList();
  expect(parseBody(encode('{"b":null,"\\u0061":1}'), 64, problems)).toEqual({ b: null, a: 1 });
  expect(parseBody(encode('{"a":null,"\\u0061":1}'), 64, problems)).toEqual({ a: 1 });
  expect(problems.size).toBe(1);
});

test("the scan finds what the slow reader finds, and nothing else", () => {
  fc.assert(
    fc.property(fc.oneof(jsonText, brokenText), (text) => {
      const slow = new ProblemList();
      const expected = readJson(text, slow);
      const fast = new ProblemList();
      const value = parseBody(encode(text), 64, fast);
      expect(fast.size).toBe(slow.size);
      expect(value).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});

test("the slow reader agrees with JSON.parse on what is JSON and what it holds", () => {
  fc.assert(
    fc.property(fc.oneof(jsonText, brokenText), (text) => {
      // JSON.parse may get these wrong, see countMembers.
      fc.pre(countMembers(encode(text), 64) !== hasEscapedName);
      const problems = new ProblemList();
      const value = readJson(text, problems);
      let parsed: JsonValue | undefined;
      try {
        parsed = JSON.parse(text) as JsonValue;
      } catch {}
      expect(value === undefined).toBe(parsed === undefined);
      if (problems.size === 0) {
        expect(value).toEqual(parsed);
      }
    }),
    { numRuns: 3000 },
  );
});
