import type { Message, Part } from "@smartcall/protocol/proto";
import type { TaskEventKind } from "./apply-event.js";
import { createTask } from "./task-draft.js";
import { TaskRecord } from "./task-record.js";

/**
 * Packs an ended task into one text, some 2 µs: a task is dozens of objects, and thousands of
 * tasks that nobody may ever ask for again would keep the garbage collector busy.
 *
 * @returns undefined when JSON cannot say all of it: bytes, numbers that are none, and fields that
 *   only a newer contract knows.
 */
export function seal(record: TaskRecord): string | undefined {
  const { input, metadata, agent, contextId, id } = record.task;
  if (!input || !isPlainMessage(input)) return undefined;
  if (!record.log.every(({ kind }) => isPlainKind(kind))) return undefined;
  return JSON.stringify({
    draft: { id, agent, contextId, message: input, metadata },
    createMs: record.createMs,
    log: record.log,
  });
}

/** The task that was sealed, its state told anew by its log. */
export function unseal(sealed: string, epoch: string): TaskRecord {
  const { draft, createMs, log } = JSON.parse(sealed) as {
    draft: Parameters<typeof createTask>[0];
    createMs: number;
    log: TaskRecord["log"];
  };
  const record = new TaskRecord(createTask(draft), epoch, createMs);
  for (const { kind, timeMs } of log) record.append(kind, timeMs);
  return record;
}

function isPlainKind(kind: TaskEventKind): boolean {
  switch (kind.case) {
    case "status":
    case "outputDelta":
      return kind.value.$unknown === undefined;
    case "outputCompleted": {
      const { message, $unknown } = kind.value;
      return $unknown === undefined && (!message || isPlainMessage(message));
    }
    default:
      return false;
  }
}

function isPlainMessage({ parts, $unknown }: Message): boolean {
  return $unknown === undefined && parts.every(isPlain);
}

function isPlain({ content, $unknown }: Part): boolean {
  return $unknown === undefined && (content.case === "text" || content.case === "url");
}
