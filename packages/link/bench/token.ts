import { create, fromBinary, toBinary, toJson } from "@bufbuild/protobuf";
import { createJsonCodec, type JsonTypes } from "@smartcall/link/json";
import { createProtobufCodec } from "@smartcall/link/protobuf";
import { Frame_EventSchema, FrameSchema, LinkPacketSchema } from "@smartcall/protocol/proto";

const perPacket = 50;

const event = create(Frame_EventSchema, {
  kind: {
    case: "task",
    value: {
      taskId: "0190a9c4-5f6e-7000-8000-0123456789ab",
      cursor: "k3j4h5.1234",
      time: { seconds: 1_795_417_812n, nanos: 123_000_000 },
      kind: { case: "outputDelta", value: { text: "and " } },
    },
  },
});

/** A way to write a packet of tokens, and to read it. */
export interface TokenWay {
  name: string;
  tokens: number;
  write(): Uint8Array;
  read(packet: Uint8Array): unknown;
}

/** Packets of tokens, as a client's session takes them: by each codec, and by what it is built on. */
export function tokenWays(): TokenWay[] {
  const protobuf = createProtobufCodec();
  const json = createJsonCodec();
  const jsonEvent = toJson(Frame_EventSchema, event) as unknown as JsonTypes["event"];
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const indices = Array.from({ length: perPacket }, (_, index) => index);
  return [
    {
      name: "bare protobuf-es",
      write: () =>
        toBinary(
          LinkPacketSchema,
          create(LinkPacketSchema, {
            frames: indices.map((exchange) =>
              create(FrameSchema, { exchange, body: { case: "event", value: event } }),
            ),
          }),
        ),
      read: (packet: Uint8Array) => fromBinary(LinkPacketSchema, packet),
    },
    {
      name: "protobuf codec",
      write: () =>
        protobuf.pack(
          indices.map((exchange) => protobuf.encode({ kind: "event", exchange, event })),
        ),
      read: (packet: Uint8Array) => protobuf.unpack(packet),
    },
    {
      name: "bare JSON",
      write: () =>
        encoder.encode(
          JSON.stringify({ frames: indices.map((exchange) => ({ exchange, event: jsonEvent })) }),
        ),
      read: (packet: Uint8Array): unknown => JSON.parse(decoder.decode(packet)),
    },
    {
      name: "JSON codec",
      write: () =>
        json.pack(
          indices.map((exchange) => json.encode({ kind: "event", exchange, event: jsonEvent })),
        ),
      read: (packet: Uint8Array) => json.unpack(packet),
    },
  ].map((way) => ({ ...way, tokens: perPacket }));
}
