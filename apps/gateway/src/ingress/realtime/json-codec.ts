import type { Frame, LinkCodec } from "@smartcall/link";
import {
  createJsonCodec,
  type JsonTypes,
  joinJsonFrames,
  splitJsonPacket,
} from "@smartcall/link/json";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { type FieldError, SmartcallError } from "@smartcall/protocol";
import {
  FrameSchema,
  type RegistryEvent,
  RegistryEventSchema,
  type TaskEvent,
  TaskEventSchema,
} from "@smartcall/protocol/proto";
import { createJsonReader, createJsonWriter, TranscodeError } from "@smartcall/transcode";
import { frameFrom } from "./frame-from.js";
import { createRefusedOpen } from "./refused-open.js";

/** The codec of a JSON session: the contract's messages on this side, JSON on the wire. */
export function createRealtimeJsonCodec(): LinkCodec<ProtocolTypes> {
  const plain = createJsonCodec();
  const writeEvent = createEventWriter();
  const readFrame = createJsonReader(FrameSchema);

  function unpack(packet: Uint8Array | string) {
    return splitJsonPacket(packet).map(({ text, bytes }, index) => ({
      frame: read(text, index),
      bytes,
    }));
  }

  function read(text: string, index: number): Frame<ProtocolTypes> {
    try {
      return frameFrom(readFrame(Buffer.from(text)));
    } catch (thrown) {
      const { message, errors } = errorIn(thrown, index);
      const exchange = errors.every(({ pointer }) => pointer.startsWith(`${placeOf(index)}/open`))
        ? exchangeOf(text)
        : undefined;
      const error = new SmartcallError({ reason: "INVALID_ARGUMENT", message, errors });
      if (exchange === undefined) throw error;
      // What one call asks for wrongly is no fault of the others, and what follows it may be right.
      return { kind: "open", exchange, open: createRefusedOpen(error), halfClose: false };
    }
  }

  return {
    encode: (frame) =>
      frame.kind === "event"
        ? Buffer.from(`{"exchange":${frame.exchange},"event":${writeEvent(frame.event)}}`)
        : // None of the other frames that a gateway sends here carries a message of the contract.
          plain.encode(frame as Frame<JsonTypes>),
    pack: (frames) => joinJsonFrames(frames, Buffer.allocUnsafe),
    unpack,
  };
}

/** Writes events; one that goes to many readers in a row is written once. */
function createEventWriter(): (event: ProtocolTypes["event"]) => string {
  const writeTask = createJsonWriter(TaskEventSchema);
  const writeRegistry = createJsonWriter(RegistryEventSchema);
  let last: { of: TaskEvent | RegistryEvent; text: string } | undefined;
  return ({ kind }) => {
    if (kind.case !== "task" && kind.case !== "registry") {
      throw new Error(`no client hears of ${kind.case}`);
    }
    if (last?.of !== kind.value) {
      const text =
        kind.case === "task"
          ? `{"task":${writeTask(kind.value)}}`
          : `{"registry":${writeRegistry(kind.value)}}`;
      last = { of: kind.value, text };
    }
    return last.text;
  };
}

function placeOf(index: number): string {
  return `#/frames/${index}`;
}

/** What is wrong with a frame, with places in the packet. */
function errorIn(thrown: unknown, index: number): { message: string; errors: FieldError[] } {
  if (!TranscodeError.is(thrown)) {
    if (!(thrown instanceof SmartcallError)) throw thrown;
    const errors = [{ pointer: placeOf(index), detail: thrown.message }];
    return { message: `${placeOf(index)}: ${thrown.message}`, errors };
  }
  const errors = thrown.errors.map(({ pointer, detail }) => ({
    pointer: placeOf(index) + pointer.slice(1),
    detail,
  }));
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  return { message: `${errors[0]?.pointer}: ${errors[0]?.detail}${more}`, errors };
}

/** The exchange that a frame names, where it names one that may be opened. */
function exchangeOf(text: string): number | undefined {
  const { exchange } = JSON.parse(text) as { exchange?: unknown };
  const isId = typeof exchange === "number" && exchange > 0 && exchange === exchange >>> 0;
  return isId ? exchange : undefined;
}
