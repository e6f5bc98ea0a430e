import type { JsonObject } from "@bufbuild/protobuf";
import type {
  Message,
  Message_Role,
  Part,
  Task,
  Task_State,
  TaskError,
} from "@smartcall/protocol/proto";
import { outputIdOf, type TaskEventKind } from "./apply-event.js";
import { MemoryEventLog } from "./memory-event-log.js";
import { createTask, inputIdOf } from "./task-draft.js";
import { TaskRecord } from "./task-record.js";

type TaskIds = Pick<Task, "id" | "contextId">;
/** A text without a name or a type is no more than that. */
type PackedPart = string | ["text" | "url", string, string, string];
type PackedMessage = [string, string, string, Message_Role, PackedPart[], JsonObject?];
/** Its time is told from when the task was created. */
type PackedEvent =
  | ["s", number, Task_State, number, TaskError?]
  | ["d", number, string]
  | ["c", number, PackedMessage | null];
type PackedTask = [string, string, string, PackedMessage, JsonObject | null, number, PackedEvent[]];

/**
 * Packs an ended task into one text, in about 1 µs: a task is dozens of objects, and thousands of
 * tasks that nobody may ever ask for again would keep the garbage collector busy. Ids that a message
 * has of its task are left out: whoever opens the task gives it them again.
 *
 * @returns undefined when the text could not say all of it: bytes, data, numbers that are none,
 *   fields that only a newer contract knows, and a log whose oldest events were dropped, which no
 *   longer tells the state.
 */
export function seal(record: TaskRecord<MemoryEventLog>): string | undefined {
  if (record.log.first > 1) return undefined;
  const { task, createMs } = record;
  const { id, agent, contextId, input, metadata } = task;
  const message = input && packMessage(input, task, inputIdOf(id));
  if (!message) return undefined;
  const log: PackedEvent[] = [];
  const isPacked = record.log.every((item, timeMs) => {
    const lagMs = timeMs - createMs;
    const event: PackedEvent | undefined =
      typeof item === "string" ? ["d", lagMs, item] : packEvent(item, lagMs, task);
    if (event) log.push(event);
    return event !== undefined;
  });
  if (!isPacked) return undefined;
  const packed: PackedTask = [
    id,
    agent,
    unlessUsual(contextId, id),
    message,
    metadata ?? null,
    createMs,
    log,
  ];
  return JSON.stringify(packed);
}

/** The task that was sealed, its state told anew by its log. */
export function unseal(sealed: string, epoch: string): TaskRecord<MemoryEventLog> {
  const [id, agent, contextId, packed, metadata, createMs, log] = JSON.parse(sealed) as PackedTask;
  const message = unpackMessage(packed);
  const task = createTask({ id, agent, contextId, message, metadata: metadata ?? undefined });
  const record = new TaskRecord(task, new MemoryEventLog(id, epoch), createMs);
  for (const event of log) record.append(unpackEvent(event), createMs + event[1], 0);
  return record;
}

function packEvent(kind: TaskEventKind, lagMs: number, task: TaskIds): PackedEvent | undefined {
  if (kind.value.$unknown !== undefined) return undefined;
  switch (kind.case) {
    case "status": {
      const { state, attempt, error } = kind.value;
      if (error?.$unknown !== undefined) return undefined;
      return error ? ["s", lagMs, state, attempt, error] : ["s", lagMs, state, attempt];
    }
    case "outputCompleted": {
      if (!kind.value.message) return ["c", lagMs, null];
      const message = packMessage(kind.value.message, task, outputIdOf(task.id));
      return message && ["c", lagMs, message];
    }
    default:
      return undefined;
  }
}

function unpackEvent(event: PackedEvent): TaskEventKind {
  switch (event[0]) {
    case "s": {
      const [, , state, attempt, error] = event;
      const value = { $typeName: "smartcall.v1.TaskEvent.Status", state, attempt } as const;
      return { case: "status", value: error ? { ...value, error } : value };
    }
    case "d": {
      const value = { $typeName: "smartcall.v1.TaskEvent.OutputDelta", text: event[2] } as const;
      return { case: "outputDelta", value };
    }
    case "c": {
      const value = { $typeName: "smartcall.v1.TaskEvent.OutputCompleted" } as const;
      const message = event[2] && unpackMessage(event[2]);
      return { case: "outputCompleted", value: message ? { ...value, message } : value };
    }
  }
}

function packMessage(message: Message, task: TaskIds, usualId: string): PackedMessage | undefined {
  const { role, metadata, $unknown } = message;
  if ($unknown !== undefined) return undefined;
  if (message.extensions.length > 0 || message.referenceTaskIds.length > 0) return undefined;
  const parts: PackedPart[] = [];
  for (const part of message.parts) {
    const packed = packPart(part);
    if (packed === undefined) return undefined;
    parts.push(packed);
  }
  const messageId = unlessUsual(message.messageId, usualId);
  const contextId = unlessUsual(message.contextId, task.contextId);
  const taskId = unlessUsual(message.taskId, task.id);
  return metadata
    ? [messageId, contextId, taskId, role, parts, metadata]
    : [messageId, contextId, taskId, role, parts];
}

function unpackMessage(packed: PackedMessage): Message {
  const [messageId, contextId, taskId, role, parts, metadata] = packed;
  return {
    $typeName: "smartcall.v1.Message",
    messageId,
    contextId,
    taskId,
    role,
    parts: parts.map(unpackPart),
    extensions: [],
    referenceTaskIds: [],
    ...(metadata && { metadata }),
  };
}

function packPart(part: Part): PackedPart | undefined {
  const { content, filename, mediaType, metadata, $unknown } = part;
  if (metadata !== undefined || $unknown !== undefined) return undefined;
  if (content.case !== "text" && content.case !== "url") return undefined;
  if (content.case === "text" && filename === "" && mediaType === "") return content.value;
  return [content.case, content.value, filename, mediaType];
}

function unpackPart(packed: PackedPart): Part {
  const [kind, value, filename, mediaType] =
    typeof packed === "string" ? (["text", packed, "", ""] as const) : packed;
  return { $typeName: "smartcall.v1.Part", content: { case: kind, value }, filename, mediaType };
}

function unlessUsual(id: string, usual: string): string {
  return id === usual ? "" : id;
}
