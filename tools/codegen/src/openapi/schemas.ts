import {
  type DescEnum,
  type DescField,
  type DescMessage,
  type FileRegistry,
  getOption,
  ScalarType,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { description } from "./documentation.ts";
import { type Json, type JsonObject, mergeJson } from "./json.ts";
import { isRequiredByRule, isRequiredOneof, validationKeywords } from "./validation.ts";
import { scalarSchema, wellKnownSchema } from "./well-known.ts";

/**
 * Which side writes the JSON. A request is closed and carries the rules of `buf.validate`; a
 * response is open, so that an SDK survives a newer gateway, and has defaults instead.
 */
export type Form = "request" | "response";

// google.api.FieldBehavior
const required = 2;
const outputOnly = 3;

/** Whether a field is left out of the schema of its message in a form. */
export type OmitsField = (field: DescField, form: Form) => boolean;

/** Collects the schemas of all messages and enums that operations refer to. */
export class Schemas {
  readonly #components = new Map<string, JsonObject>();
  readonly #registry: FileRegistry;
  readonly #omits: OmitsField;

  /** By default no field is left out. */
  constructor(registry: FileRegistry, omits: OmitsField = () => false) {
    this.#registry = registry;
    this.#omits = omits;
  }

  /** All schemas so far, in the order of their names. */
  get components(): JsonObject {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The schema of a message: a reference, or the form of its own that ProtoJSON gives it. */
  message(message: DescMessage, form: Form): JsonObject {
    const wellKnown = wellKnownSchema(message);
    if (wellKnown) return wellKnown;
    const isShared = form === "request" && !message.name.endsWith("Request");
    return this.#component(isShared ? `${nameOf(message)}Input` : nameOf(message), () =>
      this.#object(message, form, new Set()),
    );
  }

  /** The schema of a request body: the message without the fields that the path has. */
  body(message: DescMessage, inPath: ReadonlySet<DescField>): JsonObject {
    if (inPath.size === 0) return this.message(message, "request");
    const name = message.name.replace(/Request$/, "Body");
    return this.#component(name, () => this.#object(message, "request", inPath));
  }

  /** The schema of a field, without its description. */
  field(field: DescField, form: Form): JsonObject {
    const schema = this.#type(field, form);
    const behaviors = this.#behaviors(field);
    if (behaviors.includes(outputOnly)) schema["readOnly"] = true;
    if (form === "request") return mergeJson(schema, validationKeywords(field)) as JsonObject;
    const fallback = behaviors.includes(required) ? undefined : defaultOf(field);
    return fallback === undefined ? schema : { ...schema, default: fallback };
  }

  /** Whether a request has to say a field, or a response always says it. */
  isRequired(field: DescField): boolean {
    return this.#behaviors(field).includes(required) || isRequiredByRule(field);
  }

  #behaviors(field: DescField): readonly number[] {
    const extension = this.#registry.getExtension("google.api.field_behavior");
    return extension === undefined ? [] : (getOption(field, extension) as number[]);
  }

  #component(name: string, schema: () => JsonObject): JsonObject {
    if (!this.#components.has(name)) {
      this.#components.set(name, {}); // A message may contain itself.
      this.#components.set(name, schema());
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  #object(message: DescMessage, form: Form, without: ReadonlySet<DescField>): JsonObject {
    const fields = message.fields.filter(
      (field) => !without.has(field) && !this.#omits(field, form),
    );
    const properties: JsonObject = {};
    for (const field of fields) {
      properties[field.jsonName] = { ...description(field), ...this.field(field, form) };
    }
    const names = fields.filter((field) => this.isRequired(field)).map((field) => field.jsonName);
    return {
      type: "object",
      ...description(message),
      properties,
      ...(names.length === 0 ? {} : { required: names }),
      ...(form === "request" ? { additionalProperties: false } : {}),
      ...exclusive(message, form, fields),
    };
  }

  #type(field: DescField, form: Form): JsonObject {
    switch (field.fieldKind) {
      case "list":
        return { type: "array", items: this.#element(field.listKind, field, form) };
      case "map":
        return {
          type: "object",
          additionalProperties: this.#element(field.mapKind, field, form),
        };
      default:
        return this.#element(field.fieldKind, field, form);
    }
  }

  #element(kind: "scalar" | "enum" | "message", field: DescField, form: Form): JsonObject {
    if (kind === "scalar" && field.scalar !== undefined) return scalarSchema(field.scalar);
    if (kind === "enum" && field.enum !== undefined) return this.#enum(field.enum);
    if (field.message !== undefined) return this.message(field.message, form);
    throw new Error(`${field}: a kind of field that has no schema`);
  }

  #enum(descriptor: DescEnum): JsonObject {
    return this.#component(nameOf(descriptor), () => {
      const texts = descriptor.values.map((value) => description(value).description ?? "");
      const list = descriptor.values.map((value, index) => `- \`${value.name}\`: ${texts[index]}`);
      return {
        type: "string",
        description: [description(descriptor).description ?? "", "", ...list].join("\n"),
        enum: descriptor.values.map((value) => value.name),
        "x-enum-descriptions": texts,
      };
    });
  }
}

/** The name of a message or enum with those it is nested in: `TaskEventEndReason`. */
export function nameOf(descriptor: DescMessage | DescEnum): string {
  const prefix = `${descriptor.file.proto.package}.`;
  return descriptor.typeName.slice(prefix.length).replaceAll(".", "");
}

/** What a response means that leaves a field out; undefined when that means "not there". */
function defaultOf(field: DescField): Json | undefined {
  if (field.fieldKind === "list") return [];
  if (field.fieldKind === "map") return {};
  if (field.presence !== FeatureSet_FieldPresence.IMPLICIT) return undefined;
  if (field.fieldKind === "enum") return field.enum.values[0]?.name;
  if (field.fieldKind !== "scalar") return undefined;
  switch (field.scalar) {
    case ScalarType.BOOL:
      return false;
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return "";
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
    case ScalarType.SINT64:
      return "0";
    default:
      return 0;
  }
}

/**
 * At most one, or exactly one, field of each oneof.
 *
 * Said in keywords that generators of code pass over: from `oneOf` they would make a type for each
 * branch.
 */
function exclusive(message: DescMessage, form: Form, fields: readonly DescField[]): JsonObject {
  const dependent: JsonObject = {};
  const absent: JsonObject[] = [];
  for (const oneof of message.oneofs) {
    const names = fields.filter((field) => field.oneof === oneof).map((field) => field.jsonName);
    for (const [index, name] of names.slice(0, -1).entries()) {
      // Not as properties that are false: a validator that closes each list of properties by
      // itself, as Redocly's does, would refuse all other fields there.
      dependent[name] = { propertyNames: { not: { enum: names.slice(index + 1) } } };
    }
    if (form === "request" && isRequiredOneof(oneof)) {
      absent.push({ not: { properties: refuseAll(names) } });
    }
  }
  const [only] = absent;
  return {
    ...(message.oneofs.length === 0 ? {} : { dependentSchemas: dependent }),
    ...(absent.length > 1 ? { allOf: absent } : only),
  };
}

function refuseAll(names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, false]));
}
