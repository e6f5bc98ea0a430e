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
