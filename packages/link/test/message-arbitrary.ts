import {
  create,
  type DescField,
  type DescMessage,
  fromJson,
  type MessageShape,
  ScalarType,
} from "@bufbuild/protobuf";
import { TimestampSchema, ValueSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";

/** `json`: only times and values that proto JSON can say. */
export type MessageForm = "any" | "json";

interface Place {
  form?: MessageForm;
  depth?: number;
}

/** Any message of a schema, each field set or not. */
export function messageArbitrary<D extends DescMessage>(
  schema: D,
  place: Place = {},
): fc.Arbitrary<MessageShape<D>> {
  const { form = "any", depth = 0 } = place;
  const sayable = form === "json" ? sayableArbitrary(schema) : undefined;
  if (sayable !== undefined) return sayable as fc.Arbitrary<MessageShape<D>>;
  const fields = schema.fields.filter((field) => depth < 5 || field.message === undefined);
  return fc
    .tuple(...fields.map((field) => fc.option(fieldArbitrary(field, { form, depth }), { freq: 2 })))
    .map((values) => {
      const message = create(schema);
      const target = message as Record<string, unknown>;
      for (const [index, field] of fields.entries()) {
        const value = values[index];
        if (value === null || value === undefined) continue;
        if (field.oneof) target[field.oneof.localName] = { case: field.localName, value };
        else target[field.localName] = value;
      }
      return message;
    });
}

function fieldArbitrary(field: DescField, place: Required<Place>): fc.Arbitrary<unknown> {
  switch (field.fieldKind) {
    case "scalar":
      return scalarArbitrary(field.scalar);
    case "enum":
      return fc.nat({ max: field.enum.values.length - 1 });
    case "message":
      return fieldMessageArbitrary(field, field.message, place);
    case "list":
      return fc.array(
        field.listKind === "message"
          ? fieldMessageArbitrary(field, field.message, place)
          : field.listKind === "enum"
            ? fc.nat({ max: field.enum.values.length - 1 })
            : scalarArbitrary(field.scalar),
        { maxLength: 3 },
      );
    case "map":
      return fc.dictionary(
        fc.string({ maxLength: 8 }),
        field.mapKind === "message"
          ? fieldMessageArbitrary(field, field.message, place)
          : scalarArbitrary(ScalarType.STRING),
        { maxKeys: 3, noNullPrototype: true },
      );
  }
}

function fieldMessageArbitrary(
  field: DescField,
  schema: DescMessage,
  place: Required<Place>,
): fc.Arbitrary<unknown> {
  // Struct is plain JSON in protobuf-es, but not inside of Value.
  const isJson =
    schema.typeName === "google.protobuf.Struct" &&
    field.parent.typeName !== "google.protobuf.Value";
  if (!isJson) return messageArbitrary(schema, { ...place, depth: place.depth + 1 });
  return fc.dictionary(
    fc.string({ maxLength: 8 }),
    fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null)),
    { maxKeys: 3, noNullPrototype: true },
  );
}

function scalarArbitrary(type: ScalarType): fc.Arbitrary<unknown> {
  switch (type) {
    case ScalarType.STRING:
      return fc.string({ unit: "grapheme", maxLength: 40 });
    case ScalarType.BYTES:
      return fc.uint8Array({ maxLength: 40 });
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.UINT32:
      return fc.integer({ min: 0, max: 0xffff_ffff });
    case ScalarType.INT32:
      return fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
    case ScalarType.INT64:
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case ScalarType.DOUBLE:
      return fc.double({ noNaN: true });
    default:
      throw new Error(`No arbitrary for the scalar type ${ScalarType[type]}.`);
  }
}

/** Messages of which proto JSON cannot say all. */
function sayableArbitrary(schema: DescMessage): fc.Arbitrary<unknown> | undefined {
  if (schema.typeName === "google.protobuf.Timestamp") {
    return fc
      .record({
        seconds: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
        nanos: fc.nat({ max: 999_999_999 }),
      })
      .map(({ seconds, nanos }) => create(TimestampSchema, { seconds: BigInt(seconds), nanos }));
  }
  if (schema.typeName === "google.protobuf.Value") {
    const json = fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" });
    return json.map((value) =>
      fromJson(ValueSchema, JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto"))),
    );
  }
  return undefined;
}
