import type { JsonObject } from "../json.ts";
import { cannedEvent, cannedProblem } from "./canned.ts";

/** Kinds that have no number of their own, and so no id. */
const unplaced: ReadonlySet<string> = new Set(["gap", "error", "end"]);
const place: ReadonlySet<string> = new Set(["taskId", "cursor", "time", "merged"]);

/** The lines of one event as the gateway writes them, or of what stands there in place of one. */
export function toServerSentEvent(item: JsonObject, lineEnd: string): string {
  const { raw, problem } = item;
  if (typeof raw === "string") return raw;
  if (problem !== undefined) {
    const data = JSON.stringify(cannedProblem(problem as JsonObject));
    return [`event: error`, `data: ${data}`, "", ""].join(lineEnd);
  }
  const event = cannedEvent(item);
  const kind = Object.keys(event).find((name) => !place.has(name)) ?? "unknown";
  const id = unplaced.has(kind) ? [] : [`id: ${String(event["cursor"])}`];
  return [...id, `event: ${kind}`, `data: ${JSON.stringify(event)}`, "", ""].join(lineEnd);
}
