import { createNaming, pascalCase, wordsOf } from "./names.js";
import type { AgentsDocument, Schema } from "./read-document.js";
import { breakCircles, joinParts, merged } from "./simplify.js";
import {
  type AgentModel,
  anyType,
  type Declaration,
  type Property,
  type Type,
} from "./type-model.js";

/** Names that the modules have for themselves. */
const reserved = ["Agent", "Agents", "AsyncAgent", "AsyncAgents", "TypedTask", "TypedStream"];

/** The agents of a document in the order of their names, with names for all their types. */
export function buildModel(document: AgentsDocument, only?: readonly string[]): AgentModel[] {
  const nameFor = createNaming(reserved);
  const names = Object.keys(document.paths)
    .flatMap((path) => /^\/v1\/agents\/([a-z0-9-]+)\/calls$/.exec(path)?.[1] ?? [])
    .filter((name) => only === undefined || only.includes(name))
    .sort();
  return names.map((name) => {
    const words = wordsOf(name);
    const types = new TypeBuilder(document, nameFor, pascalCase(words));
    const input = types.root(`${name}.input`, "Input");
    const output = types.root(`${name}.output`, "Output");
    const description = document.paths[`/v1/agents/${name}/calls`]?.post?.description ?? "";
    return { name, words, description, input, output, declarations: types.declarations() };
  });
}

/** Makes types of the schemas of one agent. */
class TypeBuilder {
  readonly #document: AgentsDocument;
  readonly #nameFor: (name: string) => string;
  readonly #prefix: string;
  readonly #declarations = new Map<string, Declaration>();
  /** Names of what was referred to, by pointer. */
  readonly #named = new Map<string, string>();

  constructor(document: AgentsDocument, nameFor: (name: string) => string, prefix: string) {
    this.#document = document;
    this.#nameFor = nameFor;
    this.#prefix = prefix;
  }

  declarations(): Declaration[] {
    return breakCircles([...this.#declarations.values()]);
  }

  root(component: string, suffix: string): Type | undefined {
    const schema = this.#document.components.schemas[component];
    // A schema of nothing but a description is what stands for none.
    if (schema === undefined || saysNothing(schema)) return undefined;
    return this.#refer(`#/components/schemas/${component}`, this.#prefix + suffix);
  }

  #refer(pointer: string, wanted: string): Type {
    const known = this.#named.get(pointer);
    if (known !== undefined) return { kind: "reference", name: known };
    const schema = lookUp(this.#document, pointer);
    if (schema === undefined) return anyType;
    const name = this.#nameFor(wanted);
    this.#named.set(pointer, name);
    this.#declare(name, schema, (inner) => this.#inline(inner, name));
    return { kind: "reference", name };
  }

  /** Holds the place of a declaration while its type is made, which may refer to it. */
  #declare(name: string, schema: Schema, make: (schema: Schema) => Type): void {
    const description = descriptionOf(schema);
    this.#declarations.set(name, { name, description, type: anyType });
    this.#declarations.set(name, { name, description, type: make(schema) });
  }

  /** A type; objects with properties and enums of texts get a name. */
  #type(schema: Schema, path: string): Type {
    const type = this.#inline(schema, path);
    const isEnum =
      type.kind === "literal" &&
      type.values.length > 1 &&
      type.values.every((value) => typeof value === "string");
    if (type.kind !== "object" && !isEnum) return type;
    const name = this.#nameFor(path);
    this.#declarations.set(name, { name, description: descriptionOf(schema), type });
    return { kind: "reference", name };
  }

  #inline(schema: Schema, path: string): Type {
    if (typeof schema === "boolean") return anyType;
    const { $ref, allOf, anyOf, oneOf } = schema;
    const parts: Type[] = [];
    if (typeof $ref === "string") {
      parts.push(this.#refer($ref, this.#prefix + pascalCase(wordsOf(lastStep($ref)))));
    }
    const own = this.#plain(schema, path);
    if (own.kind !== "any") parts.push(own);
    for (const each of schemasIn(allOf)) parts.push(this.#inline(each, path));
    for (const choices of [anyOf, oneOf].map(schemasIn)) {
      if (choices.length === 0) continue;
      parts.push(
        joinParts(
          "union",
          choices.map((each, index) => this.#type(each, this.#choiceName(each, path, index))),
        ),
      );
    }
    return merged(parts, (name) => this.#declarations.get(name)?.type);
  }

  #choiceName(schema: Schema, path: string, index: number): string {
    const title = typeof schema === "object" ? schema["title"] : undefined;
    return path + (typeof title === "string" ? pascalCase(wordsOf(title)) : `Option${index + 1}`);
  }

  /** What a schema says without the schemas that it is combined with. */
  #plain(schema: Exclude<Schema, boolean>, path: string): Type {
    const { type, enum: values, const: constant } = schema;
    if (constant !== undefined) return literal([constant]);
    if (Array.isArray(values)) return literal(values);
    if (Array.isArray(type)) {
      return joinParts(
        "union",
        type.map((each: unknown) => this.#ofType(String(each), schema, path)),
      );
    }
    if (typeof type === "string") return this.#ofType(type, schema, path);
    if (schema["properties"] !== undefined) return this.#ofType("object", schema, path);
    if (schema["prefixItems"] !== undefined) return this.#ofType("array", schema, path);
    return anyType;
  }

  #ofType(type: string, schema: Exclude<Schema, boolean>, path: string): Type {
    switch (type) {
      case "string":
      case "number":
      case "integer":
      case "boolean":
      case "null":
        return { kind: type };
      case "array":
        return this.#array(schema, path);
      case "object":
        return this.#object(schema, path);
      default:
        return anyType;
    }
  }

  #array({ prefixItems, items }: Exclude<Schema, boolean>, path: string): Type {
    const first = schemasIn(prefixItems);
    const others = isSchema(items) ? this.#type(items, `${path}Item`) : undefined;
    if (first.length === 0) return { kind: "array", items: others ?? anyType };
    return {
      kind: "tuple",
      items: first.map((each, index) => this.#type(each, `${path}Item${index + 1}`)),
      rest: items === false ? undefined : (others ?? anyType),
    };
  }

  #object(schema: Exclude<Schema, boolean>, path: string): Type {
    const { properties = {}, required, additionalProperties } = schema;
    const needed = new Set<unknown>(Array.isArray(required) ? required : []);
    // Structs have no order of their own: the same schema must make the same text.
    const known = Object.entries(properties as Record<string, Schema>).sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    if (known.length === 0) {
      const values = isSchema(additionalProperties)
        ? this.#type(additionalProperties, `${path}Value`)
        : anyType;
      return { kind: "map", values };
    }
    const made = known.map(
      ([key, each]): Property => ({
        key,
        type: this.#type(each, path + pascalCase(wordsOf(key))),
        isRequired: needed.has(key),
        description: descriptionOf(each),
      }),
    );
    return { kind: "object", properties: made, isOpen: isSchema(additionalProperties) };
  }
}

function isSchema(value: unknown): value is Exclude<Schema, false> {
  return value === true || (typeof value === "object" && value !== null && !Array.isArray(value));
}

function schemasIn(value: unknown): Schema[] {
  return Array.isArray(value) ? (value as Schema[]) : [];
}

function literal(values: readonly unknown[]): Type {
  const plain = values.filter(
    (value) => value === null || ["string", "number", "boolean"].includes(typeof value),
  );
  if (plain.length < values.length || plain.length === 0) return anyType;
  return { kind: "literal", values: plain as (string | number | boolean | null)[] };
}

function saysNothing(schema: Schema): boolean {
  if (typeof schema === "boolean") return true;
  return Object.keys(schema).every((keyword) => ["description", "title"].includes(keyword));
}

function descriptionOf(schema: Schema): string {
  const description = typeof schema === "object" ? schema["description"] : undefined;
  return typeof description === "string" ? description : "";
}

function lastStep(pointer: string): string {
  return unescapeStep(pointer.split("/").at(-1) ?? "");
}

function lookUp(document: AgentsDocument, pointer: string): Schema | undefined {
  let value: unknown = document;
  for (const step of pointer.split("/").slice(1)) {
    const key = unescapeStep(step);
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === "boolean" || isSchema(value) ? value : undefined;
}

function unescapeStep(step: string): string {
  return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
}
