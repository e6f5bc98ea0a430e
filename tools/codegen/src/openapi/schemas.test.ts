import { expect, test } from "vitest";
import { compileProto } from "../../test/compile-proto.ts";
import { type Form, Schemas } from "./schemas.ts";

/** Compiles a message for each list of fields, named `M0`, `M1`, …, all at once. */
function compileFields(lists: readonly string[]) {
  return compileProto(`
    syntax = "proto3";
    package test.v1;
    import "buf/validate/validate.proto";
    import "google/api/field_behavior.proto";
    import "google/protobuf/any.proto";
    import "google/protobuf/duration.proto";
    import "google/protobuf/struct.proto";
    import "google/protobuf/timestamp.proto";
    // How big.
    enum Size {
      // Not said.
      UNSPECIFIED = 0;
      // Big.
      BIG = 1;
    }
    message Other { M0 back = 1; }
    ${lists.map((fields, index) => `message M${index} {\n${fields}\n}`).join("\n")}
  `);
}

/** The schemas of a message with these fields, named `M0`, and of what it refers to. */
function schemasOf(fields: string, form: Form, registry = compileFields([fields]), index = 0) {
  const message = registry.getMessage(`test.v1.M${index}`);
  if (message === undefined) throw new Error(`M${index} is gone`);
  const schemas = new Schemas(registry);
  schemas.message(message, form);
  return schemas.components;
}

const types = [
  { given: "string f = 1;", want: { type: "string" } },
  { given: "bool f = 1;", want: { type: "boolean" } },
  { given: "double f = 1;", want: { type: "number", format: "double" } },
  {
    given: "uint32 f = 1;",
    want: { type: "integer", format: "int64", minimum: 0, maximum: 4294967295 },
  },
  { given: "int64 f = 1;", want: { type: "string", pattern: "^(0|-?[1-9][0-9]{0,18})$" } },
  { given: "repeated string f = 1;", want: { type: "array", items: { type: "string" } } },
  {
    given: "map<string, bool> f = 1;",
    want: { type: "object", additionalProperties: { type: "boolean" } },
  },
  { given: "google.protobuf.Timestamp f = 1;", want: { type: "string", format: "date-time" } },
  {
    given: "google.protobuf.Duration f = 1;",
    want: { type: "string", pattern: "^-?[0-9]+(\\.[0-9]{1,9})?s$" },
  },
  { given: "google.protobuf.Value f = 1;", want: {} },
  {
    given: "google.protobuf.Struct f = 1;",
    want: { type: "object", additionalProperties: true },
  },
  { given: "Size f = 1;", want: { $ref: "#/components/schemas/Size" } },
  { given: "Other f = 1;", want: { $ref: "#/components/schemas/OtherInput" } },
  {
    given: "// A word\n// of two lines.\nstring f = 1;",
    want: { type: "string", description: "A word of two lines." },
  },
  {
    given: "string f = 1 [(google.api.field_behavior) = OUTPUT_ONLY];",
    want: { type: "string", readOnly: true },
  },
];

const rules = [
  { rule: "string.min_len = 2", type: "string", want: { minLength: 2 } },
  { rule: "string.len = 2", type: "string", want: { minLength: 2, maxLength: 2 } },
  { rule: 'string.pattern = "^a$"', type: "string", want: { pattern: "^a$" } },
  { rule: "string.uri = true", type: "string", want: { format: "uri" } },
  { rule: "string.email = true", type: "string", want: { format: "email" } },
  { rule: "int32.gte = 0", type: "int32", want: { minimum: 0, maximum: 2147483647 } },
  { rule: "double.lt = 1", type: "double", want: { exclusiveMaximum: 1 } },
  { rule: "repeated.min_items = 1", type: "repeated string", want: { minItems: 1 } },
  { rule: "repeated.unique = true", type: "repeated string", want: { uniqueItems: true } },
  {
    rule: "repeated.items.string.max_len = 3",
    type: "repeated string",
    want: { items: { type: "string", maxLength: 3 } },
  },
  { rule: "map.max_pairs = 4", type: "map<string, string>", want: { maxProperties: 4 } },
  {
    rule: "map.keys.string.min_len = 1",
    type: "map<string, string>",
    want: { propertyNames: { minLength: 1 } },
  },
  { rule: "enum.defined_only = true", type: "Size", want: {} },
  {
    rule: "duration.gte = {}",
    type: "google.protobuf.Duration",
    want: { pattern: "^[0-9]+(\\.[0-9]{1,9})?s$" },
  },
];

const unsayable = [
  { rule: 'string.prefix = "a"', type: "string", want: "rule string.prefix" },
  { rule: "int64.gt = 1", type: "int64", want: "rule int64.gt" },
  { rule: 'cel = {id: "a", expression: "true"}', type: "string", want: "rule cel" },
];

const defaults = [
  { given: "string f = 1;", want: "" },
  { given: "bool f = 1;", want: false },
  { given: "uint32 f = 1;", want: 0 },
  { given: "int64 f = 1;", want: "0" },
  { given: "repeated string f = 1;", want: [] },
  { given: "map<string, string> f = 1;", want: {} },
  { given: "Size f = 1;", want: "UNSPECIFIED" },
  { given: "optional string f = 1;", want: undefined },
  { given: "Other f = 1;", want: undefined },
  { given: "string f = 1 [(google.api.field_behavior) = REQUIRED];", want: undefined },
];

const unknown = "google.protobuf.Any f = 1;";
const withRule = ({ type, rule }: { type: string; rule: string }) =>
  `${type} f = 1 [(buf.validate.field).${rule}];`;

const givens = [
  ...[...types, ...defaults].map(({ given }) => given),
  ...[...rules, ...unsayable].map(withRule),
  ...rules.map(({ type }) => `${type} f = 1;`),
  unknown,
];
const compiled = compileFields(givens);

/** The schema of the one field `f`. */
function fieldOf(given: string, form: Form = "request"): unknown {
  const index = givens.indexOf(given);
  const schema = schemasOf(given, form, compiled, index)[
    form === "request" ? `M${index}Input` : `M${index}`
  ];
  return (schema as { properties: { f: unknown } }).properties.f;
}

test.each(types)("in a request, $given is a schema", ({ given, want }) => {
  expect(fieldOf(given)).toEqual(want);
});

test.each(rules)("the rule $rule is $want, in a request only", ({ rule, type, want }) => {
  const given = withRule({ rule, type });
  expect(fieldOf(given)).toMatchObject(want);
  const { default: _, ...plain } = fieldOf(`${type} f = 1;`, "response") as { default?: unknown };
  expect(fieldOf(given, "response")).toMatchObject(plain);
  if (Object.keys(want).length > 0) expect(fieldOf(given, "response")).not.toMatchObject(want);
});

test.each(unsayable)(
  "the rule $rule, which has no counterpart, is an error",
  ({ rule, type, want }) => {
    expect(() => fieldOf(withRule({ rule, type }))).toThrow(want);
  },
);

test("a well-known type without a schema is an error", () => {
  expect(() => fieldOf(unknown)).toThrow("google.protobuf.Any");
});

test.each(defaults)("in a response, $given has the default $want", ({ given, want }) => {
  expect((fieldOf(given, "response") as { default?: unknown }).default).toEqual(want);
});

test("a request is closed and named as an input, a response is open", () => {
  const fields = "string f = 1 [(google.api.field_behavior) = REQUIRED];";
  expect(schemasOf(fields, "request")["M0Input"]).toEqual({
    type: "object",
    properties: { f: { type: "string" } },
    required: ["f"],
    additionalProperties: false,
  });
  expect(schemasOf(fields, "response")["M0"]).toEqual({
    type: "object",
    properties: { f: { type: "string" } },
    required: ["f"],
  });
});

test("a message that contains itself has one schema", () => {
  expect(Object.keys(schemasOf("Other f = 1;", "response"))).toEqual(["M0", "Other"]);
});

test("an enum lists its values and what each means", () => {
  expect(schemasOf("Size f = 1;", "request")["Size"]).toEqual({
    type: "string",
    description: "How big.\n\n- `UNSPECIFIED`: Not said.\n- `BIG`: Big.",
    enum: ["UNSPECIFIED", "BIG"],
    "x-enum-descriptions": ["Not said.", "Big."],
  });
});

test("at most one field of a oneof is taken, and one at least where a rule demands it", () => {
  const required = "option (buf.validate.oneof).required = true;";
  const fields = (option: string) =>
    `oneof kind { ${option} string a = 1; string b = 2; string c = 3; }`;
  const exclusive = {
    a: { propertyNames: { not: { enum: ["b", "c"] } } },
    b: { propertyNames: { not: { enum: ["c"] } } },
  };
  expect(schemasOf(fields(""), "request")["M0Input"]).toMatchObject({
    dependentSchemas: exclusive,
  });
  expect(schemasOf(fields(""), "request")["M0Input"]).not.toHaveProperty("not");
  expect(schemasOf(fields(required), "request")["M0Input"]).toMatchObject({
    dependentSchemas: exclusive,
    not: { properties: { a: false, b: false, c: false } },
  });
  expect(schemasOf(fields(required), "response")["M0"]).not.toHaveProperty("not");
});
