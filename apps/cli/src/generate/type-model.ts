/** A type, of whatever language. */
export type Type =
  | { readonly kind: "any" | "string" | "number" | "integer" | "boolean" | "null" }
  | { readonly kind: "literal"; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly kind: "array"; readonly items: Type }
  | { readonly kind: "tuple"; readonly items: readonly Type[]; readonly rest: Type | undefined }
  | { readonly kind: "map"; readonly values: Type }
  | { readonly kind: "union" | "intersection"; readonly parts: readonly Type[] }
  | { readonly kind: "reference"; readonly name: string }
  | ObjectType;

/** An object with properties of its own. */
export interface ObjectType {
  readonly kind: "object";
  readonly properties: readonly Property[];
  /** Whether it may have others. */
  readonly isOpen: boolean;
}

/** One property of an object. */
export interface Property {
  readonly key: string;
  readonly type: Type;
  readonly isRequired: boolean;
  readonly description: string;
}

/** A type with a name. */
export interface Declaration {
  readonly name: string;
  readonly description: string;
  readonly type: Type;
}

/** What is generated of an agent. */
export interface AgentModel {
  /** Its address. */
  readonly name: string;
  /** Words of its name, of which each language makes its own. */
  readonly words: readonly string[];
  readonly description: string;
  /** Types of its input and output, in the order in which they are met. */
  readonly declarations: readonly Declaration[];
  /** Undefined where the card says nothing of it. */
  readonly input: Type | undefined;
  readonly output: Type | undefined;
}

/** Any value. */
export const anyType: Type = { kind: "any" };
