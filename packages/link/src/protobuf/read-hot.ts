import type { JsonObject } from "@bufbuild/protobuf";
import type {
  AgentEvent,
  ExecuteRequest,
  Frame_Event,
  Frame_Open,
  Message,
  Message_Role,
  Part,
} from "@smartcall/protocol/proto";
import type { Frame } from "../types.js";
import { exchangeTag, field, packetTag } from "./frame-fields.js";
import type { ProtocolTypes } from "./protocol-types.js";
import { readStruct } from "./read-struct.js";
import type { WireReader } from "./wire-reader.js";

// The frames that almost every call consists of, read by hand: three times as fast as the generated
// code. What they do not usually hold, and a message that comes in pieces, makes the reader odd, and
// the generated code then reads the frame again. A test holds the two equal.

/** Tag of a field that is a number. */
const numeric = (no: number): number => no << 3;

/** Tag of a field that has a length. */
const sized = (no: number): number => (no << 3) | 2;

/** Reads the frame that stands at the reader's place in a packet; undefined when it is no usual one. */
export function readHot(reader: WireReader, packetEnd: number): Frame<ProtocolTypes> | undefined {
  if (reader.tag(packetEnd) !== packetTag) return undefined;
  const end = reader.end();
  const exchange = reader.tag(end) === exchangeTag ? reader.uint32() : reader.giveUp(0);
  const frame = readBody(reader, exchange, reader.tag(end));
  return reader.at === end && !reader.odd ? frame : undefined;
}

function readBody(
  reader: WireReader,
  exchange: number,
  tag: number,
): Frame<ProtocolTypes> | undefined {
  switch (tag) {
    case sized(field.open): {
      const open = readOpen(reader);
      return { kind: "open", exchange, open, halfClose: open.halfClose };
    }
    case sized(field.message):
      return { kind: "message", exchange, message: readMessage(reader) };
    case sized(field.event):
      return { kind: "event", exchange, event: readEvent(reader) };
    case sized(field.close):
      return { kind: "close", exchange, outcome: {}, events: readEventCount(reader) };
    default:
      return undefined;
  }
}

function readOpen(reader: WireReader): Frame_Open {
  const open: Frame_Open = {
    $typeName: "smartcall.v1.Frame.Open",
    request: { case: undefined },
    halfClose: false,
    headers: {},
    timeoutMs: 0,
  };
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === sized(1) && open.request.case === undefined) {
      open.request = { case: "execute", value: readExecute(reader) };
    } else if (tag === numeric(3)) open.halfClose = reader.uint32() !== 0;
    else if (tag === numeric(5)) open.timeoutMs = reader.uint32();
    else reader.odd = true;
  }
  return open;
}

function readExecute(reader: WireReader): ExecuteRequest {
  const request: ExecuteRequest = {
    $typeName: "smartcall.v1.ExecuteRequest",
    taskId: "",
    agent: "",
    contextId: "",
    attempt: 0,
    timeoutMs: 0,
    traceparent: "",
    hops: 0,
  };
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === sized(1)) request.taskId = reader.string();
    else if (tag === sized(2)) request.agent = reader.string();
    else if (tag === sized(3)) request.contextId = reader.string();
    else if (tag === sized(4) && !request.message) request.message = readMessage(reader);
    else if (tag === numeric(5)) request.attempt = reader.uint32();
    else if (tag === numeric(6)) request.timeoutMs = reader.uint32();
    else if (tag === sized(7)) readMetadata(reader, request);
    else if (tag === sized(8)) request.traceparent = reader.string();
    else if (tag === numeric(9)) request.hops = reader.uint32();
    else reader.odd = true;
  }
  return request;
}

function readEvent(reader: WireReader): Frame_Event {
  const event: Frame_Event = {
    $typeName: "smartcall.v1.Frame.Event",
    kind: { case: undefined },
  };
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === sized(1) && event.kind.case === undefined) {
      event.kind = { case: "agent", value: readAgentEvent(reader) };
    } else reader.odd = true;
  }
  return event;
}

function readAgentEvent(reader: WireReader): AgentEvent {
  const event: AgentEvent = { $typeName: "smartcall.v1.AgentEvent", kind: { case: undefined } };
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (event.kind.case !== undefined) reader.odd = true;
    else if (tag === sized(1)) event.kind = readOutputDelta(reader);
    else if (tag === sized(2)) event.kind = readOutputCompleted(reader);
    else reader.odd = true;
  }
  return event;
}

function readOutputDelta(reader: WireReader): AgentEvent["kind"] {
  let text = "";
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === sized(1)) text = reader.string();
    else reader.odd = true;
  }
  return { case: "outputDelta", value: { $typeName: "smartcall.v1.TaskEvent.OutputDelta", text } };
}

function readOutputCompleted(reader: WireReader): AgentEvent["kind"] {
  let message: Message | undefined;
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === sized(1) && !message) message = readMessage(reader);
    else reader.odd = true;
  }
  const $typeName = "smartcall.v1.TaskEvent.OutputCompleted";
  return {
    case: "outputCompleted",
    value: message ? { $typeName, message } : { $typeName },
  };
}

function readMessage(reader: WireReader): Message {
  const message: Message = {
    $typeName: "smartcall.v1.Message",
    messageId: "",
    contextId: "",
    taskId: "",
    role: 0,
    parts: [],
    extensions: [],
    referenceTaskIds: [],
  };
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === sized(5)) message.parts.push(readPart(reader));
    else if (tag === sized(1)) message.messageId = reader.string();
    else if (tag === sized(2)) message.contextId = reader.string();
    else if (tag === sized(3)) message.taskId = reader.string();
    else if (tag === numeric(4)) message.role = (reader.uint32() | 0) as Message_Role;
    else if (tag === sized(6)) readMetadata(reader, message);
    else if (tag === sized(7)) message.extensions.push(reader.string());
    else if (tag === sized(8)) message.referenceTaskIds.push(reader.string());
    else reader.odd = true;
  }
  return message;
}

function readPart(reader: WireReader): Part {
  const part: Part = {
    $typeName: "smartcall.v1.Part",
    content: { case: undefined },
    filename: "",
    mediaType: "",
  };
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === sized(1)) part.content = { case: "text", value: reader.string() };
    else if (tag === sized(3)) part.content = { case: "url", value: reader.string() };
    else if (tag === sized(5)) readMetadata(reader, part);
    else if (tag === sized(6)) part.filename = reader.string();
    else if (tag === sized(7)) part.mediaType = reader.string();
    else reader.odd = true;
  }
  return part;
}

function readMetadata(reader: WireReader, owner: { metadata?: JsonObject | undefined }): void {
  if (owner.metadata !== undefined) reader.odd = true;
  owner.metadata = readStruct(reader);
}

function readEventCount(reader: WireReader): number {
  let events = 0;
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === numeric(3)) events = reader.uint32();
    else reader.odd = true;
  }
  return events;
}
