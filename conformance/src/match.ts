import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** What was kept under a name, to be compared with later. */
export type Saved = Map<string, unknown>;

/** Looks at a value; answers what is wrong with it. */
type Matcher = (wanted: Json, value: unknown, saved: Saved) => string | undefined;

const show = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
const unless = (holds: boolean, wanted: string, value: unknown) =>
  holds ? undefined : `${show(value)} instead of ${wanted}`;

/** Matchers, by the name that an expectation gives them; several may stand together. */
const matchers: Readonly<Record<string, Matcher>> = {
  $any: (_, value) => unless(value !== undefined, "anything", value),
  $absent: (_, value) => unless(value === undefined || value === null, "nothing", value),
  $exactly: (wanted, value) => unless(isDeepStrictEqual(value, wanted), show(wanted), value),
  $matches: (wanted, value) =>
    unless(
      typeof value === "string" && new RegExp(String(wanted), "u").test(value),
      `/${wanted}/`,
      value,
    ),
  $length: (wanted, value) =>
    unless(
      typeof value === "string" && value.length === wanted,
      `a text of ${wanted} letters`,
      typeof value === "string" ? value.length : value,
    ),
  $atLeast: (wanted, value) => unless(Number(value) >= Number(wanted), `≥ ${wanted}`, value),
  $atMost: (wanted, value) => unless(Number(value) <= Number(wanted), `≤ ${wanted}`, value),
  $save: (name, value, saved) => {
    saved.set(String(name), value);
    return unless(value !== undefined, "anything", value);
  },
  $same: (name, value, saved) => {
    const wanted = saved.get(String(name));
    return unless(isDeepStrictEqual(value, wanted), `${show(wanted)} (${name})`, value);
  },
  $different: (name, value, saved) =>
    unless(value !== saved.get(String(name)), `anything but ${show(value)} (${name})`, value),
};

/**
 * Compares a value with what is wanted, and names each place that differs.
 *
 * Objects may hold more than is wanted, lists may not; numbers and texts are the same or they are
 * not. An object whose fields begin with `$` is a matcher.
 */
export function match(wanted: Json, value: unknown, saved: Saved, place = ""): string[] {
  if (isMatcher(wanted)) {
    const complaints = Object.entries(wanted).map(([name, argument]) => {
      const matcher = matchers[name];
      if (matcher === undefined) throw new Error(`there is no matcher ${name}`);
      return matcher(argument, value, saved);
    });
    return complaints
      .filter((complaint) => complaint !== undefined)
      .map((complaint) => `${place || "it"} is ${complaint}`);
  }
  if (Array.isArray(wanted)) return matchList(wanted, value, saved, place);
  if (!isJsonObject(wanted)) {
    return Object.is(wanted, value)
      ? []
      : [`${place || "it"} is ${show(value)} instead of ${show(wanted)}`];
  }
  if (!isJsonObject(value)) return [`${place || "it"} is ${show(value)} instead of an object`];
  return Object.entries(wanted).flatMap(([name, each]) =>
    match(each, value[name], saved, place === "" ? name : `${place}.${name}`),
  );
}

function matchList(wanted: readonly Json[], value: unknown, saved: Saved, place: string): string[] {
  if (!Array.isArray(value)) return [`${place || "it"} is ${show(value)} instead of a list`];
  const complaints = wanted.flatMap((each, index) =>
    index < value.length ? match(each, value[index], saved, `${place}[${index}]`) : [],
  );
  if (value.length === wanted.length) return complaints;
  return [`${place || "it"} has ${value.length} items instead of ${wanted.length}`, ...complaints];
}

function isMatcher(wanted: Json): wanted is JsonObject {
  if (!isJsonObject(wanted)) return false;
  const names = Object.keys(wanted);
  return names.length > 0 && names.every((name) => name.startsWith("$"));
}
