/**
 * An event of a task's or the registry's log, as its JSON is: the place, and beside it one field
 * that is named after the kind and holds what happened.
 */
export interface WireEvent {
  readonly cursor: string;
  readonly time: string;
  /** The task; absent in the registry's log. */
  readonly taskId?: string;
  /** How many numbers it stands for; 1 when absent. */
  readonly merged?: number;
  readonly [kind: string]: unknown;
}

/** Fields that do not say what happened. */
const common: readonly string[] = ["taskId", "cursor", "time", "merged"];

/** Whether a JSON value has the shape of an event. */
export function isWireEvent(value: unknown): value is WireEvent {
  if (typeof value !== "object" || value === null) return false;
  const { cursor, taskId, merged } = value as Record<string, unknown>;
  return (
    typeof cursor === "string" &&
    (taskId === undefined || typeof taskId === "string") &&
    (merged === undefined || (typeof merged === "number" && merged >= 1))
  );
}

/** The name of what happened; `unknown` when the event does not say. */
export function kindOf(event: WireEvent): string {
  for (const key in event) {
    if (!common.includes(key) && (event[key] ?? null) !== null) return key;
  }
  return "unknown";
}
