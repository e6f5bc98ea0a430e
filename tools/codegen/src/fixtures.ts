import { isJsonObject, type JsonObject } from "./openapi/json.ts";

/** The examples of openapi/examples.yaml as TypeScript, checked against the types of the REST face. */
export function generateFixtures(examples: JsonObject): string {
  const operations = isJsonObject(examples["operations"]) ? examples["operations"] : {};
  const entries = Object.entries(operations).map(
    ([id, example]) => `  ${id}: ${indent(JSON.stringify(example, null, 2))},`,
  );
  return [
    "// Generated from openapi/examples.yaml. Do not edit.",
    "",
    'import type { Fixtures } from "../fixtures.js";',
    "",
    "export const fixtures: Fixtures = {",
    ...entries,
    "};",
    "",
  ].join("\n");
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

/** Where each operation is, and whether it streams, in the form in which MSW takes paths. */
export function generateRoutes(document: JsonObject): string {
  const paths = isJsonObject(document["paths"]) ? document["paths"] : {};
  const lines = Object.entries(paths)
    .toSorted(byPrecedence)
    .flatMap(([path, item]) =>
      Object.entries(isJsonObject(item) ? item : {}).map(([method, operation]) => {
        const id = isJsonObject(operation) ? operation["operationId"] : undefined;
        const pattern = path.replace(/\{(\w+)\}/g, ":$1");
        return `  { id: "${id}", method: "${method}", path: "${pattern}" },`;
      }),
    );
  return [
    "// Generated from openapi/smartcall.v1.yaml. Do not edit.",
    "",
    "/** Every operation of the REST face and the path that MSW matches. */",
    "export const routes = [",
    ...lines,
    "] as const;",
    "",
  ].join("\n");
}

/** MSW takes the first path that fits, so one with a word stands before one with a variable there. */
function byPrecedence([left]: [string, unknown], [right]: [string, unknown]): number {
  return precedenceOf(left) < precedenceOf(right) ? -1 : 1;
}

/** A tilde sorts behind every letter. */
function precedenceOf(path: string): string {
  return path.replace(/\{\w+\}/g, "~");
}
