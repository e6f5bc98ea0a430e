import { create } from "@bufbuild/protobuf";
import {
  Frame_AuthenticateSchema,
  Frame_EventSchema,
  Frame_OpenSchema,
  MessageSchema,
} from "@smartcall/protocol/proto";
import type { Frame, LinkCodec, LinkTypes } from "../src/index.js";
import { createJsonCodec, type JsonTypes } from "../src/json.js";
import { createProtobufCodec, type ProtocolTypes } from "../src/protobuf.js";
import { createLinesCodec, type TextTypes } from "./lines-codec.js";

/** Every codec there is, as one of texts, so that the same tests run over all of them. */
export const textCodecs: readonly { name: string; create: () => LinkCodec<TextTypes> }[] = [
  { name: "lines", create: createLinesCodec },
  { name: "JSON", create: () => translate(createJsonCodec(), json) },
  { name: "protobuf", create: () => translate(createProtobufCodec(), protobuf) },
];

/** Puts texts into what travels on a link, and takes them out again. */
type Translation<T extends LinkTypes> = {
  [Key in keyof T]: { put(text: string): T[Key]; take(payload: T[Key]): string };
};

const json: Translation<JsonTypes> = {
  open: {
    put: (task) => ({ watch: { task } }),
    take: (open) => ("watch" in open ? open.watch.task : "not a watch"),
  },
  message: {
    put: (text) => ({ parts: [{ text }] }),
    take: ({ parts }) => parts?.[0]?.text ?? "no text",
  },
  event: {
    // As short as it can be: the windows of the tests are small.
    put: (text) => ({ task: { outputDelta: { text } } }) as JsonTypes["event"],
    take: ({ task }) => task?.outputDelta?.text ?? "no text",
  },
  control: {
    put: (token) => ({ authenticate: { token } }),
    take: (control) =>
      "authenticate" in control ? control.authenticate.token : "not an authenticate",
  },
};

const protobuf: Translation<ProtocolTypes> = {
  open: {
    put: (task) => create(Frame_OpenSchema, { request: { case: "watch", value: { task } } }),
    take: ({ request }) => (request.case === "watch" ? request.value.task : "not a watch"),
  },
  message: {
    put: (text) => create(MessageSchema, { parts: [{ content: { case: "text", value: text } }] }),
    take: ({ parts }) => String(parts[0]?.content.value),
  },
  event: {
    put: (text) => {
      const kind = { case: "outputDelta", value: { text } } as const;
      return create(Frame_EventSchema, { kind: { case: "task", value: { kind } } });
    },
    take: ({ kind }) => {
      const inner = kind.case === "task" ? kind.value.kind : undefined;
      return inner?.case === "outputDelta" ? inner.value.text : "no text";
    },
  },
  control: {
    put: (token) => ({ case: "authenticate", value: create(Frame_AuthenticateSchema, { token }) }),
    take: (control) =>
      control.case === "authenticate" ? control.value.token : "not an authenticate",
  },
};

function translate<T extends LinkTypes>(
  codec: LinkCodec<T>,
  translation: Translation<T>,
): LinkCodec<TextTypes> {
  return {
    encode: (frame) => codec.encode(put(frame, translation)),
    pack: codec.pack,
    unpack: (packet) =>
      [...codec.unpack(packet)].map(({ frame, bytes }) => ({
        frame: take(frame, translation),
        bytes,
      })),
  };
}

function put<T extends LinkTypes>(frame: Frame<TextTypes>, by: Translation<T>): Frame<T> {
  switch (frame.kind) {
    case "open":
      return { ...frame, open: by.open.put(frame.open) };
    case "message":
      return { ...frame, message: by.message.put(frame.message) };
    case "event":
      return { ...frame, event: by.event.put(frame.event) };
    case "control":
      return { ...frame, control: by.control.put(frame.control) };
    default:
      return frame;
  }
}

function take<T extends LinkTypes>(frame: Frame<T>, by: Translation<T>): Frame<TextTypes> {
  switch (frame.kind) {
    case "open":
      return { ...frame, open: by.open.take(frame.open) };
    case "message":
      return { ...frame, message: by.message.take(frame.message) };
    case "event":
      return { ...frame, event: by.event.take(frame.event) };
    case "control":
      return { ...frame, control: by.control.take(frame.control) };
    default:
      return frame;
  }
}
