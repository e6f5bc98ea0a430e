import type { JsonObject } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type {
  AgentEvent,
  ExecuteRequest,
  Frame_Event,
  Frame_Open,
  Message,
  Part,
  TaskEvent,
  TaskEvent_OutputCompleted,
  TaskEvent_OutputDelta,
} from "@smartcall/protocol/proto";
import type { Outcome } from "../types.js";
import type { ScratchWriter } from "./scratch-writer.js";
import { writeStruct, writeValue } from "./write-json.js";

// The messages that almost every call consists of, written by hand: three times as fast as the
// generated code's reflection. Each function answers false, having written anything or nothing,
// when the message holds what it does not know; the generated code then writes all of it. A test
// holds the two equal.

/** Writes what stands in a `Frame.open`. */
export function writeOpen(writer: ScratchWriter, open: Frame_Open, halfClose: boolean): boolean {
  if (open.request.case !== "execute" || open.$unknown !== undefined) return false;
  for (const _ in open.headers) return false;
  const start = writer.begin(1);
  if (!writeExecute(writer, open.request.value)) return false;
  writer.end(start);
  if (halfClose) writer.uint32(3, 1);
  return writeUint32(writer, 5, open.timeoutMs);
}

/** Writes what stands in a `Frame.event`. */
export function writeEvent(writer: ScratchWriter, event: Frame_Event): boolean {
  if (event.$unknown !== undefined) return false;
  switch (event.kind.case) {
    case "agent": {
      const start = writer.begin(1);
      if (!writeAgentEvent(writer, event.kind.value)) return false;
      writer.end(start);
      return true;
    }
    case "task": {
      const start = writer.begin(2);
      if (!writeTaskEvent(writer, event.kind.value)) return false;
      writer.end(start);
      return true;
    }
    default:
      return false;
  }
}

function writeAgentEvent(writer: ScratchWriter, { kind, $unknown }: AgentEvent): boolean {
  if ($unknown !== undefined) return false;
  if (kind.case === "outputDelta") return writeDelta(writer, 1, kind.value);
  return kind.case === "outputCompleted" && writeCompleted(writer, 2, kind.value);
}

function writeTaskEvent(writer: ScratchWriter, event: TaskEvent): boolean {
  if (event.$unknown !== undefined) return false;
  writeString(writer, 1, event.taskId);
  writeString(writer, 2, event.cursor);
  if (!writeTime(writer, 3, event.time)) return false;
  if (!writeTaskEventKind(writer, event.kind)) return false;
  const { merged } = event;
  if (merged === undefined) return true;
  // A field of its own presence is written even when it is 0.
  if (!isUint32(merged)) return false;
  writer.uint32(15, merged);
  return true;
}

function writeTaskEventKind(writer: ScratchWriter, kind: TaskEvent["kind"]): boolean {
  switch (kind.case) {
    case "status": {
      const { state, error, attempt, $unknown } = kind.value;
      if (error !== undefined || $unknown !== undefined) return false;
      const start = writer.begin(5);
      if (!writeUint32(writer, 1, state) || !writeUint32(writer, 3, attempt)) return false;
      writer.end(start);
      return true;
    }
    case "outputDelta":
      return writeDelta(writer, 7, kind.value);
    case "outputCompleted":
      return writeCompleted(writer, 8, kind.value);
    case "end": {
      if (kind.value.$unknown !== undefined) return false;
      const start = writer.begin(12);
      if (!writeUint32(writer, 1, kind.value.reason)) return false;
      writer.end(start);
      return true;
    }
    default:
      return false;
  }
}

function writeDelta(writer: ScratchWriter, no: number, delta: TaskEvent_OutputDelta): boolean {
  if (delta.$unknown !== undefined) return false;
  const start = writer.begin(no);
  writeString(writer, 1, delta.text);
  writer.end(start);
  return true;
}

function writeCompleted(
  writer: ScratchWriter,
  no: number,
  { message, $unknown }: TaskEvent_OutputCompleted,
): boolean {
  if ($unknown !== undefined) return false;
  const start = writer.begin(no);
  if (!writeInner(writer, 1, message)) return false;
  writer.end(start);
  return true;
}

/** Times from 1970 to 2106; the generated code writes the others. */
function writeTime(writer: ScratchWriter, no: number, time: Timestamp | undefined): boolean {
  if (time === undefined) return true;
  if (time.$unknown !== undefined) return false;
  const start = writer.begin(no);
  if (!writeUint32(writer, 1, Number(time.seconds))) return false;
  if (time.nanos > 0x7fff_ffff || !writeUint32(writer, 2, time.nanos)) return false;
  writer.end(start);
  return true;
}

/** Writes what stands in a `Frame.close`, when all went well. */
export function writeClose(writer: ScratchWriter, outcome: Outcome, events: number): boolean {
  const { reason, message, refused, details } = outcome;
  if (reason !== undefined || message || refused || details) return false;
  return writeUint32(writer, 3, events);
}

/** Writes a `Message`. */
export function writeMessage(writer: ScratchWriter, message: Message): boolean {
  const { metadata, extensions, referenceTaskIds, $unknown } = message;
  if ($unknown !== undefined) return false;
  writeString(writer, 1, message.messageId);
  writeString(writer, 2, message.contextId);
  writeString(writer, 3, message.taskId);
  if (!writeUint32(writer, 4, message.role)) return false;
  for (const part of message.parts) {
    const start = writer.begin(5);
    if (!writePart(writer, part)) return false;
    writer.end(start);
  }
  if (!writeMetadata(writer, 6, metadata)) return false;
  for (const extension of extensions) writer.string(7, extension);
  for (const task of referenceTaskIds) writer.string(8, task);
  return true;
}

function writeExecute(writer: ScratchWriter, request: ExecuteRequest): boolean {
  if (request.$unknown !== undefined) return false;
  writeString(writer, 1, request.taskId);
  writeString(writer, 2, request.agent);
  writeString(writer, 3, request.contextId);
  if (!writeInner(writer, 4, request.message)) return false;
  if (!writeUint32(writer, 5, request.attempt)) return false;
  if (!writeUint32(writer, 6, request.timeoutMs)) return false;
  if (!writeMetadata(writer, 7, request.metadata)) return false;
  writeString(writer, 8, request.traceparent);
  return writeUint32(writer, 9, request.hops);
}

function writeInner(writer: ScratchWriter, no: number, message: Message | undefined): boolean {
  if (message === undefined) return true;
  const start = writer.begin(no);
  if (!writeMessage(writer, message)) return false;
  writer.end(start);
  return true;
}

function writePart(writer: ScratchWriter, part: Part): boolean {
  if (part.$unknown !== undefined) return false;
  // A member of a oneof is written even when it is empty.
  switch (part.content.case) {
    case "text":
      writer.string(1, part.content.value);
      break;
    case "raw":
      writer.bytes(2, part.content.value);
      break;
    case "url":
      writer.string(3, part.content.value);
      break;
    case "data": {
      const start = writer.begin(4);
      if (!writeValue(writer, part.content.value)) return false;
      writer.end(start);
      break;
    }
  }
  if (!writeMetadata(writer, 5, part.metadata)) return false;
  writeString(writer, 6, part.filename);
  writeString(writer, 7, part.mediaType);
  return true;
}

function writeMetadata(writer: ScratchWriter, no: number, metadata?: JsonObject): boolean {
  if (metadata === undefined) return true;
  const start = writer.begin(no);
  if (!writeStruct(writer, metadata)) return false;
  writer.end(start);
  return true;
}

function writeString(writer: ScratchWriter, no: number, text: string): void {
  if (text !== "") writer.string(no, text);
}

/** Leaves what is no unsigned number to the generated code, which says what is wrong with it. */
function writeUint32(writer: ScratchWriter, no: number, value: number): boolean {
  if (!isUint32(value)) return false;
  if (value !== 0) writer.uint32(no, value);
  return true;
}

function isUint32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
}
