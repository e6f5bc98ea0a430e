import fc from "fast-check";
import { expect, test } from "vitest";
import { findBreakingChanges } from "./find-breaking-changes.js";
import { rules } from "./rules.js";

const number = { type: "number" };
const text = { type: "string" };
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const tree = (leaf: object) => ({
  $ref: "#/$defs/node",
  $defs: { node: object({ leaf, next: { $ref: "#/$defs/node" } }) },
});

// Written as text: linters take such an object for a promise.
const thenAnything = JSON.parse('{"if":{"type":"number"},"then":{}}') as object;

/** `wide` takes all that `narrow` takes, and more; told by a rule, at a place below the schema. */
const rows: {
  rule: string;
  wide: object;
  narrow: object;
  pointer?: string;
  side?: "input" | "output";
}[] = [
  {
    rule: "required",
    wide: object({ a: number }),
    narrow: object({ a: number }, { required: ["a"] }),
    pointer: "/properties/a",
  },
  {
    rule: "removed-input",
    wide: object({ a: number, b: number }, { additionalProperties: false }),
    narrow: object({ a: number }, { additionalProperties: false }),
    pointer: "/properties/b",
    side: "input",
  },
  {
    rule: "removed-output",
    wide: object({ a: number }),
    narrow: object({ a: number, b: number }),
    pointer: "/properties/b",
    side: "output",
  },
  {
    rule: "closed",
    wide: object({}),
    narrow: object({}, { additionalProperties: false }),
    side: "input",
  },
  { rule: "type", wide: { type: ["number", "string"] }, narrow: number },
  { rule: "type", wide: {}, narrow: text },
  { rule: "type", wide: number, narrow: { type: "integer" } },
  { rule: "enum", wide: { enum: ["a", "b"] }, narrow: { enum: ["a"] } },
  { rule: "enum", wide: text, narrow: { type: "string", enum: ["a"] } },
  { rule: "enum", wide: { enum: [1, 2] }, narrow: { const: 1 } },
  { rule: "minimum", wide: { minimum: 0 }, narrow: { minimum: 1 }, pointer: "/minimum" },
  {
    rule: "exclusiveMinimum",
    wide: {},
    narrow: { exclusiveMinimum: 0 },
    pointer: "/exclusiveMinimum",
  },
  {
    rule: "minLength",
    wide: text,
    narrow: { type: "string", minLength: 1 },
    pointer: "/minLength",
  },
  { rule: "minItems", wide: { minItems: 1 }, narrow: { minItems: 2 }, pointer: "/minItems" },
  { rule: "minProperties", wide: {}, narrow: { minProperties: 1 }, pointer: "/minProperties" },
  { rule: "maximum", wide: { maximum: 9 }, narrow: { maximum: 8 }, pointer: "/maximum" },
  {
    rule: "exclusiveMaximum",
    wide: {},
    narrow: { exclusiveMaximum: 8 },
    pointer: "/exclusiveMaximum",
  },
  { rule: "maxLength", wide: { maxLength: 9 }, narrow: { maxLength: 8 }, pointer: "/maxLength" },
  { rule: "maxItems", wide: {}, narrow: { maxItems: 8 }, pointer: "/maxItems" },
  { rule: "maxProperties", wide: {}, narrow: { maxProperties: 8 }, pointer: "/maxProperties" },
  {
    rule: "multipleOf",
    wide: { multipleOf: 2 },
    narrow: { multipleOf: 4 },
    pointer: "/multipleOf",
  },
  { rule: "pattern", wide: text, narrow: { type: "string", pattern: "^a" }, pointer: "/pattern" },
  { rule: "format", wide: text, narrow: { type: "string", format: "date" }, pointer: "/format" },
  { rule: "uniqueItems", wide: {}, narrow: { uniqueItems: true }, pointer: "/uniqueItems" },
  { rule: "not", wide: {}, narrow: { not: number }, pointer: "/not" },
  { rule: "if", wide: {}, narrow: { if: number }, pointer: "/if" },
  { rule: "then", wide: { if: number }, narrow: thenAnything, pointer: "/then" },
  { rule: "else", wide: { if: number }, narrow: { if: number, else: {} }, pointer: "/else" },
  { rule: "propertyNames", wide: {}, narrow: { propertyNames: text }, pointer: "/propertyNames" },
  { rule: "contains", wide: {}, narrow: { contains: number }, pointer: "/contains" },
  { rule: "choice", wide: { anyOf: [number, text] }, narrow: number },
  { rule: "choice", wide: { oneOf: [number, text] }, narrow: { oneOf: [text] } },
  {
    rule: "type",
    wide: object({ list: { type: "array", items: { type: ["number", "null"] } } }),
    narrow: object({ list: { type: "array", items: number } }),
    pointer: "/properties/list/items",
  },
  {
    rule: "type",
    wide: tree({ type: ["number", "string"] }),
    narrow: tree(number),
    pointer: "/properties/leaf",
  },
  {
    rule: "required",
    wide: {},
    narrow: { allOf: [{ required: ["a/b"] }] },
    pointer: "/allOf/0/properties/a~1b",
  },
];

for (const { rule, wide, narrow, pointer = "", side } of rows) {
  const what = JSON.stringify({ wide, narrow });
  if (side !== "output") {
    test(`an input that takes less breaks ${rule}: ${what}`, () => {
      const found = findBreakingChanges({ inputSchema: wide }, { inputSchema: narrow });
      expect(found).toContainEqual(
        expect.objectContaining({ rule, pointer: `/inputSchema${pointer}` }),
      );
      expect(findBreakingChanges({ inputSchema: narrow }, { inputSchema: wide })).toEqual([]);
    });
  }
  if (side !== "input") {
    test(`an output that may be more breaks ${rule}: ${what}`, () => {
      const found = findBreakingChanges({ outputSchema: narrow }, { outputSchema: wide });
      expect(found).toContainEqual(
        expect.objectContaining({ rule, pointer: `/outputSchema${pointer}` }),
      );
      expect(findBreakingChanges({ outputSchema: wide }, { outputSchema: narrow })).toEqual([]);
    });
  }
}

test("every rule has a row above", () => {
  const tested = new Set(rows.map(({ rule }) => rule));
  expect(rules.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
});

const harmless = [
  {
    name: "a new property that may be left out",
    before: { inputSchema: object({ a: number }) },
    now: { inputSchema: object({ a: number, b: number }) },
  },
  {
    name: "a new property of the answer",
    before: { outputSchema: object({ a: number }, { additionalProperties: false }) },
    now: { outputSchema: object({ a: number, b: number }, { additionalProperties: false }) },
  },
  {
    name: "an output that was not described",
    before: {},
    now: { outputSchema: object({ a: number }) },
  },
  { name: "an input that takes anything now", before: { inputSchema: number }, now: {} },
  {
    name: "words for people",
    before: { inputSchema: object({ a: number }) },
    now: { inputSchema: { ...object({ a: { ...number, description: "New." } }), title: "T" } },
  },
  {
    name: "the same through another reference",
    before: { inputSchema: object({ a: number }) },
    now: { inputSchema: object({ a: { $ref: "#/$defs/n" } }, { $defs: { n: number } }) },
  },
];

for (const { name, before, now } of harmless) {
  test(`callers may go on: ${name}`, () => {
    expect(findBreakingChanges(before, now)).toEqual([]);
  });
}

/** Whose comparison by every choice with every other takes longer than anybody waits. */
const intoItselfByChoices = {
  anyOf: [
    { anyOf: [{ $defs: { a: {} }, items: { $ref: "#" } }] },
    { $defs: { a: { anyOf: [{}] } }, items: { anyOf: [{}, { $ref: "#" }] } },
  ],
};

test("a contract never breaks itself, whatever it refers to", () => {
  const schema = fc.letrec<{ any: object }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.constantFrom<object>({}, number, { $ref: "#" }, { $ref: "#/$defs/a" }, { $ref: "x" }),
      fc.record({ properties: fc.record({ a: tie("any"), b: tie("any") }) }),
      fc.record({ anyOf: fc.array(tie("any"), { minLength: 1, maxLength: 2 }) }),
      fc.record({ $defs: fc.record({ a: tie("any") }), items: tie("any") }),
    ),
  })).any;
  fc.assert(
    fc.property(schema, (given) => {
      const contract = { inputSchema: given, outputSchema: structuredClone(given) };
      expect(findBreakingChanges(contract, structuredClone(contract))).toEqual([]);
    }),
    {
      examples: [[intoItselfByChoices]],
    },
  );
});

test("schemas made to take for ever are refused instead", () => {
  const nested = (depth: number): object =>
    depth === 0 ? number : { anyOf: [nested(depth - 1), nested(depth - 1), nested(depth - 1)] };
  expect(findBreakingChanges({ inputSchema: nested(9) }, { inputSchema: nested(9) })).toEqual([
    { pointer: "/inputSchema", rule: "size", message: "it is too large to be compared" },
  ]);
});
