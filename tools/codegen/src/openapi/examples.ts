import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** One real example of an operation, from openapi/examples.yaml. */
export interface OperationExample {
  /** The request body; undefined for an operation without one. */
  readonly request: Json | undefined;
  /** The body of the answer; undefined for a stream. */
  readonly response: Json | undefined;
  /** The body of a 202; undefined where there is none. */
  readonly accepted: Json | undefined;
  /** The events of a stream; undefined for every other operation. */
  readonly events: readonly JsonObject[] | undefined;
}

/**
 * The example of an operation.
 *
 * @throws when there is none: every operation has one.
 */
export function exampleOf(examples: JsonObject, operationId: string): OperationExample {
  const operations = examples["operations"];
  const example = isJsonObject(operations) ? operations[operationId] : undefined;
  if (!isJsonObject(example))
    throw new Error(`openapi/examples.yaml: no example of ${operationId}`);
  const events = example["events"];
  return {
    request: example["request"],
    response: example["response"],
    accepted: example["accepted"],
    events: Array.isArray(events) ? events.filter(isJsonObject) : undefined,
  };
}

/** Events as server-sent events: each with its kind, and all but the end with their cursor as id. */
export function toServerSentEvents(events: readonly JsonObject[]): string {
  return events
    .map(({ taskId, cursor, time, ...kind }) => {
      const [name = ""] = Object.keys(kind);
      const id = name === "end" ? "" : `id: ${cursor}\n`;
      return `${id}event: ${name}\ndata: ${JSON.stringify({ taskId, cursor, time, ...kind })}\n\n`;
    })
    .join("");
}

/** Events as lines of JSON. */
export function toJsonLines(events: readonly JsonObject[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}
