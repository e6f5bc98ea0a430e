import { fromJson, type JsonObject, type JsonValue, toJson } from "@bufbuild/protobuf";
import type { Frame, LinkCodec } from "@smartcall/link";
import type { JsonTypes } from "@smartcall/link/json";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import {
  Frame_AuthenticateSchema,
  Frame_CapacitySchema,
  Frame_EventSchema,
  Frame_OpenSchema,
  Frame_ReadySchema,
  Frame_RegisterSchema,
  MessageSchema,
} from "@smartcall/protocol/proto";

const controls = {
  register: Frame_RegisterSchema,
  ready: Frame_ReadySchema,
  capacity: Frame_CapacitySchema,
  authenticate: Frame_AuthenticateSchema,
} as const;

/** As the gateway writes JSON: fields that have their zero value are there. */
const whole = { alwaysEmitImplicit: true };

/** The codec of protobuf for those who deal in JSON: the same values as on a link of JSON. */
export function createJsonViewCodec(): LinkCodec<JsonTypes> {
  const codec = createProtobufCodec();
  return {
    encode: (frame) => codec.encode(toProtocolFrame(frame)),
    pack: (frames) => codec.pack(frames),
    *unpack(packet) {
      for (const { frame, bytes } of codec.unpack(packet)) {
        yield { frame: toJsonFrame(frame), bytes };
      }
    },
  };
}

function toProtocolFrame(frame: Frame<JsonTypes>): Frame<ProtocolTypes> {
  switch (frame.kind) {
    case "open":
      return { ...frame, open: fromJson(Frame_OpenSchema, frame.open as JsonValue) };
    case "message":
      return { ...frame, message: fromJson(MessageSchema, frame.message as JsonValue) };
    case "event":
      return { ...frame, event: fromJson(Frame_EventSchema, frame.event as JsonValue) };
    case "control":
      return { kind: "control", control: toControl(frame.control) };
    default:
      return frame;
  }
}

function toJsonFrame(frame: Frame<ProtocolTypes>): Frame<JsonTypes> {
  switch (frame.kind) {
    case "open": {
      const open = toJson(Frame_OpenSchema, frame.open, whole);
      return { ...frame, open: open as unknown as JsonTypes["open"] };
    }
    case "message": {
      const message = toJson(MessageSchema, frame.message, whole);
      return { ...frame, message: message as unknown as JsonTypes["message"] };
    }
    case "event": {
      const event = toJson(Frame_EventSchema, frame.event, whole);
      return { ...frame, event: event as unknown as JsonTypes["event"] };
    }
    case "control": {
      const { case: name, value } = frame.control;
      const control = { [name]: toJson(controls[name], value as never, whole) };
      return { kind: "control", control: control as unknown as JsonTypes["control"] };
    }
    default:
      return frame;
  }
}

function toControl(control: JsonTypes["control"]): ProtocolTypes["control"] {
  const [name, value] = Object.entries(control)[0] as [keyof typeof controls, JsonObject];
  return { case: name, value: fromJson(controls[name], value) } as ProtocolTypes["control"];
}
