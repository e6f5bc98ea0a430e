import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  fromJson,
  getOption,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import {
  DurationSchema,
  FieldMaskSchema,
  StructSchema,
  TimestampSchema,
  ValueSchema,
} from "@bufbuild/protobuf/wkt";
import {
  type FieldRules,
  field as fieldRules,
  oneof as oneofRules,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { FieldBehavior, field_behavior } from "@smartcall/protocol/proto";
import fc from "fast-check";

/** JSON as it comes over a wire: no -0, and no key that a parser has to refuse. */
export const wireJson = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto")));

/**
 * Random messages of a type, whose required fields are there. With `valid` they keep the rules of
 * `buf.validate` too.
 */
export function arbitraryMessage(
  descriptor: DescMessage,
  valid: boolean,
  depth = 3,
): fc.Arbitrary<Message> {
  const wellKnown = arbitraryWellKnown(descriptor);
  if (wellKnown) return wellKnown;
  const members: fc.Arbitrary<readonly [DescField, unknown] | undefined>[] = [];
  for (const member of descriptor.members) {
    if (member.kind === "field") {
      members.push(optional(arbitraryField(member, valid, depth), isDemanded(member, valid)));
    } else {
      const isRequired = valid && getOption(member, oneofRules).required;
      const fields = member.fields.map((field) => arbitraryField(field, valid, depth));
      members.push(optional(fc.oneof(...fields), isRequired));
    }
  }
  return fc.tuple(...members).map((entries) => {
    const message = reflect(descriptor);
    for (const entry of entries) {
      if (entry !== undefined) setField(message, entry[0], entry[1]);
    }
    return message.message;
  });
}

function optional<Value>(
  value: fc.Arbitrary<Value>,
  isRequired: boolean,
): fc.Arbitrary<Value | undefined> {
  return isRequired ? value : fc.option(value, { nil: undefined, freq: 2 });
}

function isDemanded(field: DescField, valid: boolean): boolean {
  if (getOption(field, field_behavior).includes(FieldBehavior.REQUIRED)) return true;
  const rules = getOption(field, fieldRules);
  return valid && (rules.required || rules.type.case !== undefined);
}

type Reflected = ReturnType<typeof reflect>;

function setField(message: Reflected, field: DescField, value: unknown): void {
  if (field.fieldKind === "list") {
    const list = message.get(field) as { add(item: unknown): void };
    for (const item of value as unknown[]) list.add(wrapped(field.message, item));
  } else if (field.fieldKind === "map") {
    const map = message.get(field) as { set(key: unknown, item: unknown): void };
    for (const [key, item] of value as [unknown, unknown][])
      map.set(key, wrapped(field.message, item));
  } else {
    message.set(field, wrapped(field.message, value) as never);
  }
}

function wrapped(descriptor: DescMessage | undefined, value: unknown): unknown {
  return descriptor === undefined ? value : reflect(descriptor, value as Message);
}

function arbitraryField(
  field: DescField,
  valid: boolean,
  depth: number,
): fc.Arbitrary<readonly [DescField, unknown]> {
  const rules = valid ? getOption(field, fieldRules) : undefined;
  return arbitraryValue(field, rules, valid, depth).map((value) => [field, value] as const);
}

function arbitraryValue(
  field: DescField,
  rules: FieldRules | undefined,
  valid: boolean,
  depth: number,
): fc.Arbitrary<unknown> {
  const element = arbitraryElement(field, rules, valid, depth);
  if (field.fieldKind === "map") {
    const keys = fc.string().filter((key) => key !== "__proto__");
    return fc.uniqueArray(fc.tuple(keys, element), { maxLength: 3, selector: ([key]) => key });
  }
  if (field.fieldKind !== "list") return element;
  const minLength = rules?.type.case === "repeated" ? Number(rules.type.value.minItems) : 0;
  return fc.array(element, { minLength, maxLength: depth > 0 ? 3 : minLength });
}

function arbitraryElement(
  field: DescField,
  rules: FieldRules | undefined,
  valid: boolean,
  depth: number,
): fc.Arbitrary<unknown> {
  if (field.message !== undefined) {
    return arbitraryMessage(field.message, valid, depth - 1);
  }
  if (field.enum !== undefined) return arbitraryEnum(field.enum);
  return arbitraryScalar(field.scalar ?? ScalarType.STRING, rules);
}

function arbitraryEnum(descriptor: DescEnum): fc.Arbitrary<number> {
  return fc.constantFrom(...descriptor.values.map((value) => value.number));
}

function arbitraryScalar(
  scalar: ScalarType,
  rules: FieldRules | undefined,
): fc.Arbitrary<string | number | boolean | Uint8Array> {
  switch (scalar) {
    case ScalarType.STRING:
      return arbitraryString(rules);
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.BYTES:
      return fc.uint8Array({ maxLength: 9 });
    case ScalarType.DOUBLE:
      // -0 is 0 on the wire.
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0);
    case ScalarType.UINT32:
      return fc.integer({ min: 0, max: 4294967295 });
    case ScalarType.INT32: {
      const limits = rules?.type.case === "int32" ? rules.type.value : undefined;
      return fc.integer({
        min: limits?.greaterThan.value ?? -2147483648,
        max: limits?.lessThan.value ?? 2147483647,
      });
    }
    default:
      throw new Error(`no random values of ${ScalarType[scalar]} yet`);
  }
}

function arbitraryString(rules: FieldRules | undefined): fc.Arbitrary<string> {
  if (rules?.type.case !== "string") return fc.string({ unit: "binary", maxLength: 40 });
  const { value } = rules.type;
  if (value.pattern !== "") return fc.stringMatching(new RegExp(value.pattern));
  if (value.wellKnown.case === "uri") return fc.webUrl();
  const maxLength = value.maxLen === 0n ? 40 : Number(value.maxLen);
  return fc.string({ unit: "binary", minLength: Number(value.minLen), maxLength });
}

/** Messages that ProtoJSON writes in a form of their own; a Duration is from 0 to 60 s. */
function arbitraryWellKnown({ typeName }: DescMessage): fc.Arbitrary<Message> | undefined {
  switch (typeName) {
    case "google.protobuf.Timestamp":
      return fc
        .record({
          seconds: fc.bigInt({ min: -62135596800n, max: 253402300799n }),
          nanos: fc.nat(999_999_999),
        })
        .map((parts) => create(TimestampSchema, parts));
    case "google.protobuf.Duration":
      return fc
        .record({ seconds: fc.bigInt({ min: 0n, max: 59n }), nanos: fc.nat(999_999_999) })
        .map((parts) => create(DurationSchema, parts));
    case "google.protobuf.FieldMask":
      return fc
        .subarray(["name", "description", "input_schema"])
        .map((paths) => create(FieldMaskSchema, { paths }));
    case "google.protobuf.Value":
      return wireJson.map((value) => fromJson(ValueSchema, value));
    case "google.protobuf.Struct":
      return fc
        .dictionary(fc.string(), wireJson, { maxKeys: 3 })
        .map((value) => fromJson(StructSchema, JSON.parse(JSON.stringify(value))));
    default:
      return undefined;
  }
}
