import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { embedSchema } from "./embed-schema.js";

const place = "/components/schemas/a.input";
const at = (pointer: string) => `#${place}${pointer}`;

const rows: { name: string; given: object; want: object }[] = [
  {
    name: "a definition",
    given: { $ref: "#/$defs/n", $defs: { n: { type: "number" } } },
    want: { $ref: at("/$defs/n"), $defs: { n: { type: "number" } } },
  },
  {
    name: "a tree that refers to itself",
    given: { type: "object", properties: { children: { type: "array", items: { $ref: "#" } } } },
    want: {
      type: "object",
      properties: { children: { type: "array", items: { $ref: at("") } } },
    },
  },
  {
    name: "an anchor, and the schema's own id",
    given: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://a.example/s.json",
      anyOf: [{ $ref: "#low" }, { $ref: "https://a.example/s.json#/$defs/x" }],
      $defs: { x: { $anchor: "low", type: "string" } },
    },
    want: {
      anyOf: [{ $ref: at("/$defs/x") }, { $ref: at("/$defs/x") }],
      $defs: { x: { type: "string" } },
    },
  },
  {
    name: "a schema within that has an id of its own",
    given: {
      $defs: { b: { $id: "b", items: { $ref: "#/$defs/c" }, $defs: { c: { type: "null" } } } },
      $ref: "b",
    },
    want: {
      $defs: { b: { $defs: { c: { type: "null" } }, items: { $ref: at("/$defs/b/$defs/c") } } },
      $ref: at("/$defs/b"),
    },
  },
  {
    name: "a name with slashes and spaces",
    given: { $ref: "#/$defs/a~1b%20c", $defs: { "a/b c": { type: "string" } } },
    want: { $ref: at("/$defs/a~1b%20c"), $defs: { "a/b c": { type: "string" } } },
  },
  {
    name: "a dynamic reference",
    given: { $dynamicAnchor: "node", items: { $dynamicRef: "#node" } },
    want: { items: { $ref: at("") } },
  },
  {
    name: "somewhere else",
    given: { properties: { a: { $ref: "https://evil.example/x.json", description: "kept" } } },
    want: { properties: { a: { description: "kept" } } },
  },
  { name: "nowhere", given: { items: { $ref: "#/$defs/none" } }, want: { items: {} } },
  {
    name: "a circle of nothing but references",
    given: { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } },
    want: { $defs: { a: {}, b: { $ref: at("/$defs/a") } } },
  },
  {
    name: "words of an older draft",
    given: {
      $schema: "http://json-schema.org/draft-07/schema#",
      items: [{ type: "string" }],
      additionalItems: false,
      exclusiveMinimum: true,
    },
    want: { prefixItems: [{ type: "string" }], items: false },
  },
  {
    name: "values that look like references",
    given: {
      const: { $ref: "#/x" },
      enum: [{ $id: "y" }],
      properties: { $ref: { type: "string" } },
    },
    want: {
      const: { $ref: "#/x" },
      enum: [{ $id: "y" }],
      properties: { $ref: { type: "string" } },
    },
  },
  {
    name: "a property named as what is dangerous",
    given: JSON.parse('{"properties":{"__proto__":{"type":"string"}}}') as object,
    want: JSON.parse('{"properties":{"__proto__":{"type":"string"}}}') as object,
  },
];

for (const { name, given, want } of rows) {
  test(`a schema says in a document what it says alone: ${name}`, () => {
    const before = JSON.stringify(given);
    expect(JSON.stringify(embedSchema(given, place))).toBe(JSON.stringify(want));
    expect(JSON.stringify(given)).toBe(before);
  });
}

function nested(depth: number): object {
  return depth === 0 ? {} : { items: nested(depth - 1) };
}

const refused = [
  { name: "a type that is none", given: { type: "strin" } },
  { name: "a property that is no schema", given: { properties: { a: 5 } } },
  { name: "one too deep", given: nested(100) },
  { name: "one too large", given: { description: "x".repeat(300_000) } },
];

for (const { name, given } of refused) {
  test(`what is no schema, or not to be shown, is left out: ${name}`, () => {
    expect(embedSchema(given, place)).toBeUndefined();
  });
}

const keys = fc.constantFrom("a", "b", "$defs", "a/b");
const references = fc.constantFrom(
  "#",
  "#/$defs/a",
  "#/$defs/b",
  "#a",
  "x",
  "x#/$defs/a",
  "#/%",
  "",
);
const { schema } = fc.letrec((tie) => {
  const inner = fc.oneof({ maxDepth: 3, depthIdentifier: "schema" }, fc.boolean(), tie("schema"));
  const named = fc.dictionary(keys, inner, { maxKeys: 2 });
  return {
    schema: fc.record(
      {
        type: fc.constantFrom("object", "string", "array"),
        $id: fc.constantFrom("x", "y"),
        $anchor: fc.constantFrom("a", "b"),
        $ref: references,
        $dynamicRef: references,
        items: inner,
        properties: named,
        $defs: named,
        anyOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
  };
});

test("whatever an agent's schema refers to, a document with it resolves", () => {
  fc.assert(
    fc.property(schema as fc.Arbitrary<object>, (given) => {
      const embedded = embedSchema(given, place);
      if (embedded === undefined) return;
      const document = { components: { schemas: { "a.input": embedded } } };
      const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
      ajv.addSchema(document, "document");
      expect(() => ajv.compile({ $ref: `document#${place}` })).not.toThrow();
    }),
    { numRuns: 100 },
  );
});
