import { rules, type Schema } from "./rules.js";
import { SchemaPairs } from "./schema-pairs.js";

/** The part of an agent's card that callers depend on. */
export interface AgentContract {
  /** JSON Schema of what it takes; anything when absent. */
  readonly inputSchema?: object | undefined;
  /** JSON Schema of what it answers; anything when absent. */
  readonly outputSchema?: object | undefined;
}

/** One change by which a caller that was right is right no longer. */
export interface BreakingChange {
  /** Where in the card, as a JSON Pointer. */
  readonly pointer: string;
  /** The rule that it breaks. */
  readonly rule: string;
  /** One sentence for people. */
  readonly message: string;
}

type Side = "input" | "output";

/** How deep schemas are looked into; deeper ones are held for the same. */
const maxDepth = 64;

/** Pairs of schemas that are compared: choices within choices multiply. */
const maxPairs = 10_000;

/** What of a card breaks those who call by the one before; nothing when all of them may go on. */
export function findBreakingChanges(before: AgentContract, now: AgentContract): BreakingChange[] {
  return [
    ...compare("input", toSchema(before.inputSchema), toSchema(now.inputSchema), "/inputSchema"),
    // An output that grows wider breaks as an input that grows narrower: the same, turned around.
    ...compare(
      "output",
      toSchema(now.outputSchema),
      toSchema(before.outputSchema),
      "/outputSchema",
    ),
  ];
}

function compare(side: Side, wide: Schema, narrow: Schema, place: string): BreakingChange[] {
  const seen = new SchemaPairs();
  const [resolveWide, resolveNarrow] = [createResolver(wide), createResolver(narrow)];
  let pairs = 0;
  const found = walk(wide, narrow, place, 0);
  if (pairs <= maxPairs) return found;
  return [{ pointer: place, rule: "size", message: "it is too large to be compared" }];

  function walk(
    wideGiven: Schema,
    narrowGiven: Schema,
    at: string,
    depth: number,
  ): BreakingChange[] {
    if (depth > maxDepth || ++pairs > maxPairs) return [];
    // Schemas may refer to themselves: two are held to fit while it is found out whether they do.
    if (!seen.add(wideGiven, narrowGiven)) return [];
    const from = resolveWide(wideGiven);
    const to = resolveNarrow(narrowGiven);
    return [
      ...choices(from, to, at, depth),
      ...ownFindings(from, to, at),
      ...below(from, to).flatMap(([step, a, b]) => walk(a, b, at + step, depth + 1)),
    ];
  }

  function ownFindings(from: Schema, to: Schema, at: string): BreakingChange[] {
    // Of schemas that are choices, the choices say what they take.
    const isChoice = choicesOf(from).length > 0 || choicesOf(to).length > 0;
    return rules
      .filter((rule) => (rule.side ?? side) === side && !(isChoice && rule.name === "type"))
      .flatMap((rule) =>
        rule.find(from, to).map(({ pointer = "", what }) => ({
          pointer: at + pointer,
          rule: rule.name,
          message: side === "input" ? rule.ofInput(what) : rule.ofOutput(what),
        })),
      );
  }

  /** Each choice of what was taken has to fit one that there is. */
  function choices(from: Schema, to: Schema, at: string, depth: number): BreakingChange[] {
    const [given, allowed] = [choicesOf(from), choicesOf(to)];
    if (given.length === 0 && allowed.length === 0) return [];
    const taken = allowed.length === 0 ? [withoutChoices(to)] : allowed;
    const asked = given.length === 0 ? [withoutChoices(from)] : given;
    const lost = asked.filter((each, index) =>
      // The one in the same place first, since most choices stay what and where they were.
      [...taken.slice(index, index + 1), ...taken.toSpliced(index, 1)].every((other) => {
        const known = seen.size;
        const found = walk(each, other, at, depth + 1);
        // What was found to fit stays so; else it would be found out again for each choice above.
        if (found.length > 0) seen.forgetBeyond(known);
        return found.length > 0;
      }),
    );
    return lost.map((each) => {
      const text = JSON.stringify(each).slice(0, 80);
      const message =
        side === "input" ? `no longer taken: ${text}` : `may now be answered as well: ${text}`;
      return { pointer: at, rule: "choice", message };
    });
  }
}

/** The schemas that stand at the same place in both. */
function below(from: Schema, to: Schema): [step: string, from: Schema, to: Schema][] {
  const pairs: [string, Schema, Schema][] = [];
  const [before, now] = [mapOf(from["properties"]), mapOf(to["properties"])];
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(now, key)) continue;
    const step = `/properties/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    pairs.push([step, toSchema(before[key]), toSchema(now[key])]);
  }
  for (const keyword of ["items", "additionalProperties"]) {
    const [a, b] = [from[keyword], to[keyword]];
    // Whether others are taken at all is a rule of its own.
    if (b === undefined || b === false || a === false) continue;
    pairs.push([`/${keyword}`, toSchema(a), toSchema(b)]);
  }
  for (const keyword of ["prefixItems", "allOf"]) {
    const [a, b] = [listOf(from[keyword]), listOf(to[keyword])];
    b.forEach((each, index) => {
      pairs.push([`/${keyword}/${index}`, toSchema(a[index]), toSchema(each)]);
    });
  }
  return pairs;
}

function choicesOf({ anyOf, oneOf }: Schema): Schema[] {
  return [...listOf(anyOf), ...listOf(oneOf)].map(toSchema);
}

/** The same object each time, by which pairs are known again. */
const withoutChoices = onceEach(({ anyOf: _, oneOf: __, ...rest }: Schema): Schema => rest);

const anything: Schema = {};
const nothing: Schema = { enum: [] };

/** A schema as an object: `true` and what is absent take all, `false` takes nothing. */
function toSchema(value: unknown): Schema {
  if (value === false) return nothing;
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Schema)
    : anything;
}

/** Answers what a reference within a schema leads to; one that takes all where it leads nowhere. */
function createResolver(root: Schema): (schema: Schema) => Schema {
  return onceEach((schema) => {
    let found = schema;
    for (let hops = 0; hops < maxDepth && typeof found["$ref"] === "string"; hops++) {
      const { $ref, ...beside } = found;
      found = { ...lookUp(root, $ref as string), ...beside };
    }
    return found;
  });
}

/** Makes of each schema its own once, and answers the same object from then on. */
function onceEach(make: (schema: Schema) => Schema): (schema: Schema) => Schema {
  const made = new WeakMap<Schema, Schema>();
  return (schema) => {
    const known = made.get(schema) ?? make(schema);
    made.set(schema, known);
    return known;
  };
}

function lookUp(root: Schema, reference: string): Schema {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return anything;
  let value: unknown = root;
  for (const step of reference.slice(2).split("/")) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    value = Object.hasOwn(mapOf(value), key) ? mapOf(value)[key] : undefined;
  }
  return toSchema(value);
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
