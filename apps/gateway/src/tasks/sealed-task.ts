import type { JsonObject } from "@bufbuild/protobuf";
import type { Message, Message_Role, Part, Task_State, TaskError } from "@smartcall/protocol/proto";
import type { TaskEventKind } from "./apply-event.js";
import { MemoryEventLog } from "./memory-event-log.js";
import { createTask } from "./task-draft.js";
import { TaskRecord } from "./task-record.js";

type PackedPart = ["text" | "url", string, string, string];
type PackedMessage = [string, string, string, Message_Role, PackedPart[], JsonObject?];
type PackedEvent =
  | ["s", number, Task_State, number, TaskError?]
  | ["d", number, string]
  | ["c", number, PackedMessage | null];
type PackedTask = [string, string, string, PackedMessage, JsonObject | null, number, PackedEvent[]];

/**
 * Packs an ended task into one text, in about 1 µs: a task is dozens of objects, and thousands of
 * tasks that nobody may ever ask for again would keep the garbage collector busy.
 *
 * @returns undefined when the text could not say all of it: bytes, data, numbers that are none,
 *   fields that only a newer contract knows, and a log whose oldest events were dropped, which no
 *   longer tells the state.
 */
export function seal(record: TaskRecord<MemoryEventLog>): string | undefined {
  if (record.log.first > 1) return undefined;
  const { id, agent, contextId, input, metadata } = record.task;
  const message = input && packMessage(input);
  if (!message) return undefined;
  const log: PackedEvent[] = [];
  const isPacked = record.log.every((item, timeMs) => {
    const event: PackedEvent | undefined =
      typeof item === "string" ? ["d", timeMs, item] : packEvent(item, timeMs);
    if (event) log.push(event);
    return event !== undefined;
  });
  if (!isPacked) return undefined;
  const packed: PackedTask = [
    id,
    agent,
    contextId,
    message,
    metadata ?? null,
    record.createMs,
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
  for (const event of log) record.append(unpackEvent(event), event[1], 0);
  return record;
}

function packEvent(kind: TaskEventKind, timeMs: number): PackedEvent | undefined {
  if (kind.value.$unknown !== undefined) return undefined;
  switch (kind.case) {
    case "status": {
      const { state, attempt, error } = kind.value;
      if (error?.$unknown !== undefined) return undefined;
      return error ? ["s", timeMs, state, attempt, error] : ["s", timeMs, state, attempt];
    }
    case "outputCompleted": {
      if (!kind.value.message) return ["c", timeMs, null];
      const message = packMessage(kind.value.message);
      return message && ["c", timeMs, message];
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

function packMessage(message: Message): PackedMessage | undefined {
  const { messageId, contextId, taskId, role, metadata, $unknown } = message;
  if ($unknown !== undefined) return undefined;
  if (message.extensions.length > 0 || message.referenceTaskIds.length > 0) return undefined;
  const parts: PackedPart[] = [];
  for (const part of message.parts) {
    const packed = packPart(part);
    if (!packed) return undefined;
    parts.push(packed);
  }
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
    parts: parts.map(([kind, value, filename, mediaType]) => ({
      $typeName: "smartcall.v1.Part",
      content: { case: kind, value },
      filename,
      mediaType,
    })),
    extensions: [],
    referenceTaskIds: [],
    ...(metadata && { metadata }),
  };
}

function packPart({ content, filename, mediaType, metadata, $unknown }: Part) {
  if (metadata !== undefined || $unknown !== undefined) return undefined;
  if (content.case !== "text" && content.case !== "url") return undefined;
  return [content.case, content.value, filename, mediaType] satisfies PackedPart;
}
