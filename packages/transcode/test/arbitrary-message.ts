import {
  create,
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";

type Local = Record<string, unknown>;

const legacyRequired = 3;

/** Whether values are as their types say, or one in fifty is not. */
type Kind = "valid" | "any";

/** Messages of a type as they lie in memory; the bad ones hold what no JSON can say. */
export function arbitraryMessage(desc: DescMessage, kind: Kind, depth = 3): fc.Arbitrary<Message> {
  switch (desc.typeName) {
    case "google.protobuf.Timestamp":
      return time(desc, kind, -62_135_596_800n, 253_402_300_799n, "positive");
    case "google.protobuf.Duration":
      return time(desc, kind, -315_576_000_000n, 315_576_000_000n, "signed");
    case "google.protobuf.FieldMask":
      return fc
        .array(seldom(kind, fc.constantFrom("a", "some.deep_name"), fc.constant("Odd__name")), {
          maxLength: 2,
        })
        .map((paths) => Object.assign(create(desc), { paths }));
    case "google.protobuf.Any":
      return seldom(
        kind,
        fc.constant(create(desc)),
        fc.constant(Object.assign(create(desc), { typeUrl: "x/unknown" })),
      );
    default:
      return depth === 0 ? leaf(desc) : membersOf(desc, kind, depth - 1);
  }
}

function membersOf(desc: DescMessage, kind: Kind, depth: number): fc.Arbitrary<Message> {
  const parts = desc.members.map((member) => {
    if (member.kind === "oneof") {
      const cases: fc.Arbitrary<unknown>[] = member.fields.map((field) =>
        singular(field, kind, depth).map((value) => ({ case: field.localName, value })),
      );
      const unset: fc.Arbitrary<unknown> = fc.constant({ case: undefined });
      const isValue = desc.typeName === "google.protobuf.Value";
      return (isValue ? seldom(kind, fc.oneof(...cases), unset) : fc.oneof(unset, ...cases)).map(
        (value) => [member.localName, value] as const,
      );
    }
    return field(member, kind, depth).map((value) => [member.localName, value] as const);
  });
  return fc.tuple(...parts).map((values) => {
    const message = create(desc) as Message & Local;
    for (const [name, value] of values) {
      // What was not drawn keeps what `create` gives it.
      if (value !== undefined) {
        message[name] = value;
      }
    }
    return message;
  });
}

function field(desc: DescField, kind: Kind, depth: number): fc.Arbitrary<unknown> {
  switch (desc.fieldKind) {
    case "list":
      return fc.array(item(desc, kind, depth), { maxLength: 3 });
    case "map":
      return fc
        .array(fc.tuple(mapKey(desc.mapKey), item(desc, kind, depth)), { maxLength: 3 })
        .map((entries) => fromEntries(entries));
    default:
      return desc.presence === legacyRequired
        ? seldom(kind, singular(desc, kind, depth), fc.constant(undefined))
        : fc.option(singular(desc, kind, depth), { nil: undefined });
  }
}

function singular(desc: DescField, kind: Kind, depth: number): fc.Arbitrary<unknown> {
  return desc.message !== undefined && desc.oneof === undefined && isWrapperDesc(desc.message)
    ? scalar(desc.message.fields[0].scalar, kind)
    : item(desc, kind, depth);
}

function item(desc: DescField, kind: Kind, depth: number): fc.Arbitrary<unknown> {
  const isInValue = desc.parent.typeName === "google.protobuf.Value";
  if (desc.message?.typeName === "google.protobuf.Struct" && !isInValue) {
    return seldom<unknown>(
      kind,
      jsonObject,
      fc.constantFrom<unknown>([], 1, { a: Number.NaN }, { a: undefined }),
    );
  }
  if (desc.message !== undefined) {
    return arbitraryMessage(desc.message, kind, depth);
  }
  if (desc.enum !== undefined) {
    const numbers = desc.enum.values.map(({ number }) => number);
    return seldom<unknown>(
      kind,
      fc.constantFrom(...numbers, 1234),
      fc.constantFrom<unknown>("RED", Number.NaN),
    );
  }
  if (isInValue && desc.scalar === ScalarType.DOUBLE) {
    return seldom(kind, finite, fc.double());
  }
  return scalar(desc.scalar ?? ScalarType.STRING, kind);
}

/** Where the nesting ends: as empty as may be. */
function leaf(desc: DescMessage): fc.Arbitrary<Message> {
  const message: Message & Local = create(desc) as Message & Local;
  if (desc.typeName === "google.protobuf.Value") {
    message.kind = { case: "nullValue", value: 0 };
  }
  for (const { presence, localName } of desc.fields) {
    if (presence === legacyRequired) {
      message[localName] = false;
    }
  }
  return fc.constant(message);
}

/** Nanoseconds that are signed have the sign of the seconds. */
function time(
  desc: DescMessage,
  kind: Kind,
  min: bigint,
  max: bigint,
  sign: "positive" | "signed",
): fc.Arbitrary<Message> {
  const seconds = fc.oneof(
    fc.constantFrom(0n, 1n, -1n, min, max, 1_795_000_000n, 1_795_000_001n),
    fc.bigInt({ min, max }),
  );
  const fraction = fc
    .tuple(fc.integer({ min: 0, max: 999 }), fc.constantFrom(1, 1000, 1_000_000))
    .map(([digits, unit]) => digits * unit);
  const nanos = fc.oneof(fc.constant(0), fraction, fc.integer({ min: 0, max: 999_999_999 }));
  const good = fc.tuple(seconds, nanos, fc.boolean()).map(([whole, part, below]) => {
    const isNegative = sign === "signed" && (whole < 0n || (whole === 0n && below));
    return [whole, isNegative ? -part : part];
  });
  const bad = fc.tuple(
    fc.constantFrom<unknown>(min - 1n, max + 1n, 5, undefined, 1n, -1n),
    fc.constantFrom<unknown>(-1, 1, 1_000_000_000, -1_000_000_000, 1.5, Number.NaN, undefined),
  );
  return seldom<unknown[]>(kind, good, bad).map(([whole, part]) =>
    Object.assign(create(desc), { seconds: whole, nanos: part }),
  );
}

function scalar(type: ScalarType, kind: Kind): fc.Arbitrary<unknown> {
  switch (type) {
    case ScalarType.STRING:
      return seldom<unknown>(kind, text, fc.constant(7));
    case ScalarType.BOOL:
      return seldom<unknown>(kind, fc.boolean(), fc.constant(0));
    case ScalarType.BYTES:
      return seldom<unknown>(kind, fc.uint8Array({ maxLength: 9 }), fc.constant([1]));
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return seldom<unknown>(kind, fc.double(), fc.constant("1"));
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return seldom<unknown>(kind, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }), long);
    default:
      return seldom<unknown>(kind, fc.oneof(fc.integer(), fc.constant(-0)), long);
  }
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

const long = fc.constantFrom<unknown>("12", '1"2', 12, 1.5, -0, Number.NaN, 1e21, true);

const text = fc.oneof(
  fc.constantFrom("", "plain text", 'quo"te', "back\\slash", "\n\u0000\u001f\u007f", "__proto__"),
  fc.constantFrom("é", "\u2028", "😀", "\ud800", "a\udc00b", "\uffff", "1", "10"),
  fc.string({ unit: "binary" }),
  fc.string(),
);

const jsonObject = fc.dictionary(
  text,
  fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: "small" },
      text,
      finite,
      fc.constantFrom(true, false, null),
      fc.array(tie("json"), { maxLength: 3 }),
      fc.dictionary(text, tie("json"), { maxKeys: 3 }),
    ),
  })).json,
  { maxKeys: 3 },
);

function mapKey(type: ScalarType): fc.Arbitrary<string> {
  switch (type) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BOOL:
      return fc.boolean().map(String);
    default:
      return fc.nat().map(String);
  }
}

/** Also `__proto__` is an entry like any other. */
function fromEntries(entries: Iterable<readonly [string, unknown]>): Local {
  const record: Local = {};
  for (const [key, value] of entries) {
    Object.defineProperty(record, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return record;
}

function seldom<T>(kind: Kind, good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return kind === "valid"
    ? good
    : fc.oneof({ arbitrary: good, weight: 50 }, { arbitrary: bad, weight: 1 });
}
