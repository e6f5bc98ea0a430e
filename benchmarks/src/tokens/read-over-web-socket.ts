import { create } from "@bufbuild/protobuf";
import { createLink, type Link, type LinkCodec, type LinkTypes } from "@smartcall/link";
import { createJsonCodec, type JsonTypes } from "@smartcall/link/json";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { dialWebSocket } from "@smartcall/link/websocket";
import { Frame_OpenSchema } from "@smartcall/protocol/proto";
import type { StreamReading } from "./stream-candidate.ts";

/** How one subprotocol opens a stream and tells its end. */
interface Subprotocol<T extends LinkTypes> {
  readonly name: string;
  readonly codec: LinkCodec<T>;
  open(pieces: number): T["open"];
  isEnd(event: T["event"]): boolean;
}

/** `smartcall.v1.json`. */
export const jsonSubprotocol: Subprotocol<JsonTypes> = {
  name: "smartcall.v1.json",
  codec: createJsonCodec(),
  open: (pieces) => ({ stream: { agent: "tokens", text: String(pieces) } }),
  isEnd: ({ task }) => task?.end !== undefined,
};

/** `smartcall.v1.proto`. */
export const binarySubprotocol: Subprotocol<ProtocolTypes> = {
  name: "smartcall.v1.proto",
  codec: createProtobufCodec(),
  open: (pieces) =>
    create(Frame_OpenSchema, {
      request: {
        case: "stream",
        value: { agent: "tokens", input: { case: "text", value: String(pieces) } },
      },
    }),
  isEnd: ({ kind }) => kind.case === "task" && kind.value.kind.case === "end",
};

/**
 * Reads streams, all on one socket, to their ends.
 *
 * @throws {Error} when one of them closes otherwise than well, or without its `end`.
 */
export async function readOverWebSocket<T extends LinkTypes>(
  subprotocol: Subprotocol<T>,
  url: string,
  streams: number,
  pieces: number,
): Promise<StreamReading[]> {
  let link: Link<T> | undefined;
  await dialWebSocket({
    url: `${url.replace("http", "ws")}/v1/realtime`,
    protocols: [subprotocol.name],
    connect: (carrier) => {
      const { codec } = subprotocol;
      link = createLink<T>({ side: "dialer", codec, carrier, implementation: "bench/1" });
      return link;
    },
  });
  if (!link) throw new Error("no link was made");
  try {
    const dialled = link;
    return await Promise.all(
      Array.from({ length: streams }, () => readStream(subprotocol, dialled, pieces)),
    );
  } finally {
    link.close();
  }
}

function readStream<T extends LinkTypes>(
  subprotocol: Subprotocol<T>,
  link: Link<T>,
  pieces: number,
): Promise<StreamReading> {
  return new Promise((resolve, reject) => {
    let events = 0;
    let bytes = 0;
    let hasEnded = false;
    const handlers = {
      event(event: T["event"], frameBytes: number) {
        events++;
        bytes += frameBytes;
        hasEnded ||= subprotocol.isEnd(event);
      },
      close({ reason, message }: { reason?: string; message?: string }) {
        if (reason === undefined && hasEnded) resolve({ events, bytes });
        else reject(new Error(`the stream closed: ${reason ?? "no end"} ${message ?? ""}`));
      },
    };
    link.open(subprotocol.open(pieces), handlers, { halfClose: true });
  });
}
