import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allReasons, reasonInfo } from "@smartcall/protocol";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { object, operations } from "../test/document-schemas.ts";
import { repositoryRoot } from "./image.ts";
import { isJsonObject, type Json } from "./openapi/json.ts";
import { readSources } from "./sources.ts";

const { reasons } = readSources();
const read = (path: string) => readFileSync(join(repositoryRoot, path), "utf8");
const committed = object(parse(read("openapi/smartcall.v1.yaml")));
const components = object(committed["components"]);

test("the table in TypeScript is that of proto", () => {
  expect(allReasons.map((name) => ({ name, ...reasonInfo(name) }))).toEqual(reasons);
});

test("the enum of the document is that of proto", () => {
  const schema = object(object(components["schemas"])["ProblemReason"]);
  expect(schema["enum"]).toEqual(["UNSPECIFIED", ...reasons.map(({ name }) => name)]);
});

test("the page of errors has one row for each reason, and says what proto says", () => {
  const rows = read("docs/errors.md").matchAll(
    /^\| `(\w+)` \| (\d+) \| (\w+) \| (\d+) \| (\w+) \| (.*) \|$/gm,
  );
  expect(
    [...rows].map(([, name, status, , close, retry, sentence]) => [
      name,
      status,
      close,
      retry,
      sentence,
    ]),
  ).toEqual(
    reasons.map((row) => [
      row.name,
      String(row.httpStatus),
      String(row.closeCode),
      row.retryable ? "yes" : "no",
      row.sentence,
    ]),
  );
});

/** The reasons of the problems that a response shows, through any reference. */
function reasonsShown(response: Json | undefined): string[] {
  if (!isJsonObject(response)) return [];
  const reference = String(response["$ref"] ?? "").replace("#/components/responses/", "");
  if (reference !== "") return reasonsShown(object(components["responses"])[reference]);
  const problem = isJsonObject(response["content"])
    ? response["content"]["application/problem+json"]
    : undefined;
  return isJsonObject(problem) ? Object.keys(object(problem["examples"])) : [];
}

test.each(operations)(
  "$id answers each problem with the status of its reason",
  ({ path, operation }) => {
    for (const [status, response] of Object.entries(object(operation["responses"]))) {
      const shown = reasonsShown(response);
      const statuses = shown.map(
        (name) => reasons.find((row) => row.name === name)?.httpStatus ?? `${name} is unknown`,
      );
      expect(statuses).toEqual(shown.map(() => Number(status)));
      // A probe reads the status alone.
      if (Number(status) >= 400 && path !== "/readyz") expect(shown).not.toEqual([]);
    }
  },
);
