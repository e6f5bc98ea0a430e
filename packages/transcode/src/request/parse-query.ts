import type { ProblemList } from "../errors/problem-list.js";

/**
 * Splits a query into names and values, decoded as forms are: `+` is a space.
 *
 * Broken percent-encoding is reported to `problems` at `#/query/…`, and the parameter left out.
 */
export function parseQuery(query: string, problems: ProblemList): [name: string, value: string][] {
  const parameters: [string, string][] = [];
  for (const part of query.split("&")) {
    if (part === "") {
      continue;
    }
    const equals = part.indexOf("=");
    const rawName = equals < 0 ? part : part.slice(0, equals);
    const name = decode(rawName);
    const value = equals < 0 ? "" : decode(part.slice(equals + 1));
    if (name === undefined || value === undefined) {
      problems.addAt(["query", name ?? rawName], "broken percent-encoding");
    } else {
      parameters.push([name, value]);
    }
  }
  return parameters;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
