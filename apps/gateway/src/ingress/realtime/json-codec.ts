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
  const events = new EventFrames();
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
        ? events.encode(frame.exchange, frame.event)
        : // None of the other frames that a gateway sends here carries a message of the contract.
          plain.encode(frame as Frame<JsonTypes>),
    pack: (frames) => events.packetOf(frames) ?? joinJsonFrames(frames, Buffer.allocUnsafe),
    unpack,
  };
}

/**
 * Writes events. One that goes to many readers in a row is written once, and is the same frame and
 * the same packet to all that know their exchange by the same number.
 */
class EventFrames {
  readonly #writeTask = createJsonWriter(TaskEventSchema);
  readonly #writeRegistry = createJsonWriter(RegistryEventSchema);
  #text: { of: TaskEvent | RegistryEvent; text: string } | undefined;
  #frame: { text: string; exchange: number; bytes: Buffer; packet?: Uint8Array } | undefined;

  encode(exchange: number, event: ProtocolTypes["event"]): Buffer {
    const text = this.#write(event);
    if (this.#frame?.text !== text || this.#frame.exchange !== exchange) {
      const bytes = Buffer.from(`{"exchange":${exchange},"event":${text}}`);
      this.#frame = { text, exchange, bytes };
    }
    return this.#frame.bytes;
  }

  /** The packet of nothing but the frame that was encoded last. */
  packetOf(frames: readonly Uint8Array[]): Uint8Array | undefined {
    const frame = this.#frame;
    if (frame === undefined || frames.length !== 1 || frames[0] !== frame.bytes) return undefined;
    frame.packet ??= joinJsonFrames(frames, Buffer.allocUnsafe);
    return frame.packet;
  }

  #write({ kind }: ProtocolTypes["event"]): string {
    if (kind.case !== "task" && kind.case !== "registry") {
      throw new Error(`no client hears of ${kind.case}`);
    }
    if (this.#text?.of !== kind.value) {
      const text =
        kind.case === "task"
          ? `{"task":${this.#writeTask(kind.value)}}`
          : `{"registry":${this.#writeRegistry(kind.value)}}`;
      this.#text = { of: kind.value, text };
    }
    return this.#text.text;
  }
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
