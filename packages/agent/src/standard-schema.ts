import type { JsonObject } from "@bufbuild/protobuf";
import { type FieldError, SmartcallError } from "@smartcall/protocol";
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";

/** The JSON Schema of what a schema takes in or gives out; undefined when its library cannot say. */
export function jsonSchemaFrom(
  schema: StandardSchemaV1,
  direction: "input" | "output",
): JsonObject | undefined {
  const { jsonSchema } = schema["~standard"] as Partial<StandardJSONSchemaV1.Props>;
  if (!jsonSchema) return undefined;
  const found = jsonSchema[direction]({ target: "draft-2020-12" });
  return JSON.parse(JSON.stringify(found)) as JsonObject;
}

/** What a schema says of the first candidate that fits, or of the first one when none does. */
export function checkAgainst(
  schema: StandardSchemaV1,
  candidates: readonly [unknown, ...unknown[]],
): StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>> {
  const [candidate, ...others] = candidates;
  const first = schema["~standard"].validate(candidate);
  return first instanceof Promise ? first.then(orOthers) : orOthers(first);

  function orOthers(
    result: StandardSchemaV1.Result<unknown>,
  ): StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>> {
    const [next, ...rest] = others;
    if (!result.issues || next === undefined) return result;
    const second = checkAgainst(schema, [next, ...rest]);
    return second instanceof Promise
      ? second.then((found) => (found.issues ? result : found))
      : second.issues
        ? result
        : second;
  }
}

/** The error that tells each place that does not fit, one line for each. */
export function issuesError(
  reason: "AGENT_REJECTED" | "AGENT_FAILED",
  what: string,
  issues: readonly StandardSchemaV1.Issue[],
): SmartcallError {
  const errors: FieldError[] = issues.map((issue) => ({
    pointer: pointerOf(issue.path ?? []),
    detail: issue.message,
  }));
  const lines = errors.map(({ pointer, detail }) => (pointer ? `${pointer}: ${detail}` : detail));
  return new SmartcallError({ reason, message: [what, ...lines].join("\n"), errors });
}

function pointerOf(path: NonNullable<StandardSchemaV1.Issue["path"]>): string {
  return path
    .map((step) => String(typeof step === "object" ? step.key : step))
    .map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
