/** A JSON Schema, as an object. */
export type Schema = { readonly [keyword: string]: unknown };

/** One way in which a schema takes less than another. */
export interface Rule {
  /** What it is called in reports. */
  readonly name: string;
  /** The side that it is told of; both when absent. */
  readonly side?: "input" | "output";
  /** Where `narrow` takes less than `wide`: pointers below the schema, and what it is about. */
  readonly find: (wide: Schema, narrow: Schema) => readonly Finding[];
  /** What is wrong when an input has become narrower; `what` is what was found. */
  readonly ofInput: (what: string) => string;
  /** What is wrong when an output has become wider, as `narrow` is then what it was. */
  readonly ofOutput: (what: string) => string;
}

/** Where, and what. */
interface Finding {
  readonly pointer?: string;
  readonly what: string;
}

const types = ["array", "boolean", "null", "number", "object", "string"];

/**
 * What breaks callers, as data. A caller is safe while an input takes all that it took, and an output
 * stays within what it was: the same rules, looked at from the other side.
 */
export const rules: readonly Rule[] = [
  {
    name: "required",
    find: (wide, narrow) =>
      textsIn(narrow["required"])
        .filter((key) => !textsIn(wide["required"]).includes(key))
        .map((key) => ({ pointer: property(key), what: key })),
    ofInput: (key) => `${key} is now required`,
    ofOutput: (key) => `${key} is no longer always there`,
  },
  {
    name: "removed-input",
    side: "input",
    find: (wide, narrow) =>
      narrow["additionalProperties"] === false
        ? keysOf(wide["properties"])
            .filter((key) => !keysOf(narrow["properties"]).includes(key))
            .map((key) => ({ pointer: property(key), what: key }))
        : [],
    ofInput: (key) => `${key} is no longer taken`,
    ofOutput: (key) => key,
  },
  {
    name: "removed-output",
    side: "output",
    find: (wide, narrow) =>
      keysOf(narrow["properties"])
        .filter((key) => !keysOf(wide["properties"]).includes(key))
        .filter((key) => !textsIn(narrow["required"]).includes(key))
        .map((key) => ({ pointer: property(key), what: key })),
    ofInput: (key) => key,
    ofOutput: (key) => `${key} is no longer answered`,
  },
  {
    name: "closed",
    side: "input",
    find: (wide, narrow) =>
      narrow["additionalProperties"] === false && wide["additionalProperties"] !== false
        ? [{ what: "" }]
        : [],
    ofInput: () => "further properties are no longer taken",
    ofOutput: () => "",
  },
  {
    name: "type",
    find: (wide, narrow) => {
      const lost = typesOf(wide).filter((type) => !isTypeIn(type, typesOf(narrow)));
      return lost.length === 0 ? [] : [{ what: lost.join(", ") }];
    },
    ofInput: (lost) => `values of the type ${lost} are no longer taken`,
    ofOutput: (lost) => `it may now be of the type ${lost}`,
  },
  {
    name: "enum",
    find: (wide, narrow) => {
      const allowed = valuesOf(narrow);
      if (allowed === undefined) return [];
      const values = valuesOf(wide);
      if (values === undefined) return [{ what: "others than those listed" }];
      const lost = values.filter((value) => !allowed.includes(value));
      return lost.length === 0 ? [] : [{ what: lost.join(", ") }];
    },
    ofInput: (lost) => `these values are no longer taken: ${lost}`,
    ofOutput: (lost) => `these values are new: ${lost}`,
  },
  ...["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"].map((keyword) =>
    bound(keyword, (wide, narrow) => narrow > wide),
  ),
  ...["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"].map((keyword) =>
    bound(keyword, (wide, narrow) => narrow < wide),
  ),
  bound("multipleOf", (wide, narrow) => !Number.isInteger(wide / narrow)),
  ...[
    "pattern",
    "format",
    "uniqueItems",
    "not",
    "if",
    "then",
    "else",
    "propertyNames",
    "contains",
  ].map(condition),
];

/** A number that is tighter, or that there was none of. */
function bound(keyword: string, isTighter: (wide: number, narrow: number) => boolean): Rule {
  return {
    name: keyword,
    find: (wide, narrow) => {
      const [before, now] = [wide[keyword], narrow[keyword]];
      if (typeof now !== "number") return [];
      if (typeof before === "number" && !isTighter(before, now)) return [];
      return [{ pointer: `/${keyword}`, what: `${keyword} ${before ?? "none"}, ${now}` }];
    },
    ofInput: (what) => `it is bounded more tightly (before and now: ${what})`,
    ofOutput: (what) => `it is bounded less tightly (now and before: ${what})`,
  };
}

/** What cannot be compared: any condition that was not there as it is. */
function condition(keyword: string): Rule {
  return {
    name: keyword,
    find: (wide, narrow) => {
      const now = narrow[keyword];
      if (now === undefined || now === false) return [];
      if (JSON.stringify(now) === JSON.stringify(wide[keyword])) return [];
      return [{ pointer: `/${keyword}`, what: keyword }];
    },
    ofInput: () => `${keyword} is new or another one`,
    ofOutput: () => `${keyword} is gone or another one`,
  };
}

function property(key: string): string {
  return `/properties/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function typesOf({ type }: Schema): readonly string[] {
  if (typeof type === "string") return [type];
  const listed = textsIn(type);
  return listed.length === 0 ? types : listed;
}

function isTypeIn(type: string, allowed: readonly string[]): boolean {
  return allowed.includes(type) || (type === "integer" && allowed.includes("number"));
}

/** The values that are allowed, as JSON; undefined when any are. */
function valuesOf(schema: Schema): string[] | undefined {
  if ("const" in schema) return [JSON.stringify(schema["const"])];
  const { enum: values } = schema;
  return Array.isArray(values) ? values.map((each) => JSON.stringify(each)) : undefined;
}
