import { type DescField, type DescOneof, getOption } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import {
  type FieldRules,
  FieldRulesSchema,
  field as fieldRules,
  oneof as oneofRules,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Json, JsonObject } from "./json.ts";

type Keyword = (value: unknown) => JsonObject;

const keyword =
  (name: string): Keyword =>
  (value) => ({ [name]: typeof value === "bigint" ? Number(value) : (value as Json) });
const format =
  (name: string): Keyword =>
  () => ({ format: name });
const unsaid: Keyword = () => ({});

const number: Record<string, Keyword> = {
  gte: keyword("minimum"),
  gt: keyword("exclusiveMinimum"),
  lte: keyword("maximum"),
  lt: keyword("exclusiveMaximum"),
  const: keyword("const"),
  // JSON has no NaN or Infinity, and `type: number` refuses their spelling as text.
  finite: unsaid,
};

/** What each rule is in JSON Schema, by the kind of rules and the name of the rule. */
const keywords: Record<string, Record<string, Keyword>> = {
  int32: number,
  uint32: number,
  sint32: number,
  float: number,
  double: number,
  string: {
    min_len: keyword("minLength"),
    max_len: keyword("maxLength"),
    len: (value) => ({ minLength: Number(value), maxLength: Number(value) }),
    pattern: keyword("pattern"),
    const: keyword("const"),
    email: format("email"),
    hostname: format("hostname"),
    ipv4: format("ipv4"),
    ipv6: format("ipv6"),
    uri: format("uri"),
    uri_ref: format("uri-reference"),
    uuid: format("uuid"),
  },
  repeated: {
    min_items: keyword("minItems"),
    max_items: keyword("maxItems"),
    unique: keyword("uniqueItems"),
  },
  map: { min_pairs: keyword("minProperties"), max_pairs: keyword("maxProperties") },
  // A schema lists an enum's values anyway.
  enum: { defined_only: unsaid },
  duration: {
    gte: () => ({ pattern: "^[0-9]+(\\.[0-9]{1,9})?s$" }),
    // No keyword compares durations that are text: the description says it.
    lte: unsaid,
  },
};

/** Whether `buf.validate` demands that a field is there. */
export function isRequiredByRule(field: DescField): boolean {
  return getOption(field, fieldRules).required;
}

/** Whether `buf.validate` demands that one field of a oneof is set. */
export function isRequiredOneof(oneof: DescOneof): boolean {
  return getOption(oneof, oneofRules).required;
}

/**
 * The `buf.validate` rules of a field as keywords of JSON Schema.
 *
 * @throws when a rule has no counterpart here, so that no limit is left out in silence.
 */
export function validationKeywords(field: DescField): JsonObject {
  return keywordsOf(getOption(field, fieldRules), field.toString());
}

function keywordsOf(rules: FieldRules, where: string): JsonObject {
  const schema: JsonObject = {};
  const outer = reflect(FieldRulesSchema, rules);
  for (const kind of outer.fields.filter((candidate) => outer.isSet(candidate))) {
    if (kind.name === "required") continue;
    if (kind.fieldKind !== "message") throw new Error(`${where}: rule ${kind.name} is not known`);
    const inner = outer.get(kind) as ReflectMessage;
    for (const rule of inner.fields.filter((candidate) => inner.isSet(candidate))) {
      const path = `${where}: rule ${kind.name}.${rule.name}`;
      if (rule.fieldKind === "message" && rule.message.typeName === FieldRulesSchema.typeName) {
        const nested = (inner.get(rule) as ReflectMessage).message as FieldRules;
        schema[nestedName(rule.name)] = keywordsOf(nested, path);
      } else {
        const toKeyword = keywords[kind.name]?.[rule.name];
        if (toKeyword === undefined) throw new Error(`${path} has no counterpart in JSON Schema`);
        Object.assign(schema, toKeyword(inner.get(rule)));
      }
    }
  }
  return schema;
}

function nestedName(rule: string): string {
  switch (rule) {
    case "keys":
      return "propertyNames";
    case "values":
      return "additionalProperties";
    default:
      return "items";
  }
}
