import type { TaskEvent } from "@smartcall/protocol/openapi";
import type { ConnectionEvent } from "./connection-event.js";
import { kindOf, type WireEvent } from "./wire-event.js";

/** Where and when an event of a task happened. */
export interface TaskEventPlace {
  /** The task. */
  readonly taskId: string;
  /** The place in the task's log, as `epoch.seq`: hand it to `watch` as `after` to go on from here. */
  readonly cursor: string;
  /** When it was appended, in RFC 3339. */
  readonly time: string;
  /** How many events of the log it stands for; 1 when absent. */
  readonly merged?: number;
}

type Payloads = Required<Omit<TaskEvent, keyof TaskEventPlace>>;

/** One kind of task event: what the contract says of it, beside its place. */
export type TaskEventOf<Type extends keyof Payloads> = TaskEventPlace & {
  readonly type: Type;
} & Readonly<Payloads[Type]>;

/**
 * What happens in a task, by `type`: `status`, `outputDelta`, `outputCompleted`, `artifact`,
 * `progress`, `toolCall`, `inputRequired`, `inputReceived`, `usage`, `error`, `snapshot`, `gap`, `end`; and
 * `connection`, which only appears when there was trouble.
 *
 * A newer gateway may send further types and fields: they are handed on as they are, so leave a
 * `default` to a `switch`.
 */
export type TaskStreamEvent =
  | { [Type in keyof Payloads]: TaskEventOf<Type> }[keyof Payloads]
  | ConnectionEvent;

/** The event of a task with what happened laid beside its place. */
export function toTaskStreamEvent(event: WireEvent): TaskStreamEvent {
  const type = kindOf(event);
  const payload = event[type];
  const { taskId, cursor, time, merged } = event;
  const place = { taskId, cursor, time, ...(merged === undefined ? {} : { merged }), type };
  return (
    typeof payload === "object" ? { ...payload, ...place } : { value: payload, ...place }
  ) as TaskStreamEvent;
}
