import type { Task_State } from "@smartcall/protocol/proto";
import type { MemoryEventLog } from "./memory-event-log.js";
import type { TaskRecord } from "./task-record.js";
import type { Idempotency } from "./task-store.js";
import type { ShelvedText } from "./text-shelf.js";

/** A task whose events stand in memory one by one. */
export type OpenTask = TaskRecord<MemoryEventLog>;

/** A task in its place: open while it runs or is read, sealed soon after. */
export interface KeptTask {
  readonly id: string;
  readonly agent: string;
  readonly contextId: string;
  /** Its number in the list by age. */
  readonly age: number;
  readonly idempotency: Idempotency | undefined;
  state: Task_State;
  bytes: number;
  content: OpenTask | ShelvedText;
  /** The sealed task as it was opened last, so that all who hold it hold one. */
  opened: WeakRef<OpenTask> | undefined;
  /** Whether it was passed over when it was to be forgotten, because somebody reads it. */
  isPassedOver: boolean;
  /** When a reader left that had yet to read its end; 0 when none did. */
  interruptedMs: number;
  /** When it ended; 0 while it has not. */
  endMs: number;
}

/** Whether all who are there for a task are readers that take nothing. */
export function isReadInVain({ isStalled, work }: OpenTask): boolean {
  return isStalled && !work?.isWaitedFor;
}
