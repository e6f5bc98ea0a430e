import {
  anyType,
  type Declaration,
  type ObjectType,
  type Property,
  type Type,
} from "./type-model.js";

/** Several types as one: flat, each once; a union with anything in it is anything. */
export function joinParts(kind: "union" | "intersection", parts: readonly Type[]): Type {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const known = flat.filter((part) => part.kind !== "any");
  if (known.length === 0 || (kind === "union" && known.length < flat.length)) return anyType;
  const unique = [...new Map(known.map((part) => [JSON.stringify(part), part])).values()];
  const [first, ...others] = unique;
  return first !== undefined && others.length === 0 ? first : { kind, parts: unique };
}

/** What satisfies all parts: one object where all of them are objects. */
export function merged(parts: readonly Type[], lookUp: (name: string) => Type | undefined): Type {
  const objects = parts.map((part) => (part.kind === "reference" ? lookUp(part.name) : part));
  if (parts.length > 1 && objects.every((part) => part?.kind === "object")) {
    return objects.reduce<ObjectType>((all, each) => mergeObjects(all, each as ObjectType), {
      kind: "object",
      properties: [],
      isOpen: false,
    });
  }
  return joinParts("intersection", parts);
}

function mergeObjects(a: ObjectType, b: ObjectType): ObjectType {
  const properties = new Map(a.properties.map((each) => [each.key, each]));
  for (const each of b.properties) {
    const before = properties.get(each.key);
    properties.set(each.key, before === undefined ? each : mergeProperties(before, each));
  }
  const sorted = [...properties.values()].sort((x, y) => (x.key < y.key ? -1 : 1));
  return { kind: "object", properties: sorted, isOpen: a.isOpen || b.isOpen };
}

function mergeProperties(a: Property, b: Property): Property {
  return {
    key: a.key,
    type: joinParts("intersection", [a.type, b.type]),
    isRequired: a.isRequired || b.isRequired,
    description: a.description || b.description,
  };
}

/**
 * Declarations without circles of nothing but names, such as `A = A | string`, which no language
 * takes; one that goes through an object or a list is what makes a tree.
 */
export function breakCircles(declarations: readonly Declaration[]): Declaration[] {
  const types = new Map(declarations.map(({ name, type }) => [name, type]));
  return declarations.map((declaration) => {
    const type = opened(declaration.type, new Set([declaration.name]));
    types.set(declaration.name, type);
    return { ...declaration, type };
  });

  function opened(type: Type, above: ReadonlySet<string>): Type {
    if (type.kind === "union" || type.kind === "intersection") {
      const parts = type.parts.filter((part) => !isCircle(part, above));
      return parts.length === 0 ? anyType : joinParts(type.kind, parts);
    }
    return isCircle(type, above) ? anyType : type;
  }

  function isCircle(type: Type | undefined, above: ReadonlySet<string>): boolean {
    if (type?.kind === "union" || type?.kind === "intersection") {
      return type.parts.some((part) => isCircle(part, above));
    }
    if (type?.kind !== "reference") return false;
    if (above.has(type.name)) return true;
    return isCircle(types.get(type.name), new Set([...above, type.name]));
  }
}
