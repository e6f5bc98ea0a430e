import { rules, type Schema } from "./rules.js";

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
  const seen = new Set<string>();
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
    if ("$ref" in wideGiven || "$ref" in narrowGiven) {
      const isTwo = "$ref" in wideGiven && "$ref" in narrowGiven;
      const pair = `${wideGiven["$ref"]} ${narrowGiven["$ref"]} ${isTwo ? "" : at}`;
      if (seen.has(pair)) return [];
      seen.add(pair);
    }
    const from = resolved(wideGiven, wide);
    const to = resolved(narrowGiven, narrow);
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
    const taken = allowed.length === 0 ? [without(to)] : allowed;
    const asked = given.length === 0 ? [without(from)] : given;
    const known = new Set(seen);
    const lost = asked.filter((each) =>
      taken.every((other) => {
        const found = walk(each, other, at, depth + 1);
        seen.clear();
        for (const pair of known) seen.add(pair);
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

function without({ anyOf: _, oneOf: __, ...rest }: Schema): Schema {
  return rest;
}

/** A schema as an object: `true` and what is absent take all, `false` takes nothing. */
function toSchema(value: unknown): Schema {
  if (value === false) return { enum: [] };
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Schema)
    : {};
}

/** What a reference within the schema leads to; a schema that takes all where it leads nowhere. */
function resolved(schema: Schema, root: Schema): Schema {
  let found = schema;
  for (let hops = 0; hops < maxDepth && typeof found["$ref"] === "string"; hops++) {
    const { $ref, ...beside } = found;
    found = { ...lookUp(root, $ref as string), ...beside };
  }
  return found;
}

function lookUp(root: Schema, reference: string): Schema {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return {};
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
