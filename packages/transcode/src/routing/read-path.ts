import type { HttpBinding, PathVariable } from "../template/bindings.js";
import type { PlainSegment, Segment } from "../template/parse-template.js";

/** Where in the path a variable's value is. */
export interface VariablePlace {
  readonly variable: PathVariable;
  readonly start: number;
  /** After its last segment; undefined when it takes all that follow. */
  readonly end: number | undefined;
}

/** Computes once where in the path each variable of a binding is. */
export function placeVariables(binding: HttpBinding): VariablePlace[] {
  const places: VariablePlace[] = [];
  let start = 0;
  for (const segment of binding.template.segments) {
    const end = start + width(segment);
    const variable = binding.variables[places.length];
    if (segment.kind === "variable" && variable !== undefined) {
      const open = segment.segments.some((each: PlainSegment) => each.kind === "multi");
      places.push({ variable, start, end: open ? undefined : end });
    }
    start = end;
  }
  return places;
}

function width(segment: Segment): number {
  return segment.kind === "variable" ? segment.segments.length : 1;
}

/**
 * Reads a variable's value out of the path.
 *
 * As google/api/http.proto has it, an encoded slash is decoded in the value of a single segment and
 * left as it is in a value that may hold several, since there it could not be told from a real one.
 * Answers undefined when the percent-encoding is broken.
 */
export function readVariable(
  place: VariablePlace,
  segments: readonly string[],
): string | undefined {
  const raw =
    place.end === place.start + 1
      ? (segments[place.start] ?? "")
      : segments.slice(place.start, place.end).join("/");
  if (!raw.includes("%")) {
    return raw;
  }
  try {
    return place.variable.multi
      ? raw.replace(/(?:(?!%2f)[^/])+/gi, decodeURIComponent)
      : decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}
