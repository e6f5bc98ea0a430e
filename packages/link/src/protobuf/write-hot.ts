import type { JsonObject } from "@bufbuild/protobuf";
import type {
  ExecuteRequest,
  Frame_Event,
  Frame_Open,
  Message,
  Part,
} from "@smartcall/protocol/proto";
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
  if (event.kind.case !== "agent" || event.$unknown !== undefined) return false;
  const { kind, $unknown } = event.kind.value;
  if ($unknown !== undefined) return false;
  const start = writer.begin(1);
  if (kind.case === "outputDelta" && kind.value.$unknown === undefined) {
    const delta = writer.begin(1);
    writeString(writer, 1, kind.value.text);
    writer.end(delta);
  } else if (kind.case === "outputCompleted" && kind.value.$unknown === undefined) {
    const completed = writer.begin(2);
    if (!writeInner(writer, 1, kind.value.message)) return false;
    writer.end(completed);
  } else return false;
  writer.end(start);
  return true;
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
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) return false;
  if (value !== 0) writer.uint32(no, value);
  return true;
}
