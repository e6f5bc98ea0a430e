import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** One frame of RFC 6455, section 5.2, as it stands on the wire. */
export interface RawFrame {
  /** 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong. */
  opcode: number;
  payload?: string | Buffer;
  /** Default: true. */
  isLast?: boolean;
  /** Default: true, as clients must. */
  isMasked?: boolean;
  /** The three reserved bits. Default: 0. */
  reserved?: number;
  /** The length to claim; that of the payload when absent. */
  claimedLength?: number;
}

/** Writes a frame, right or wrong. */
export function encodeFrame(frame: RawFrame): Buffer {
  const payload = Buffer.from((frame.payload ?? "") as string);
  const { isLast = true, isMasked = true, reserved = 0 } = frame;
  const length = frame.claimedLength ?? payload.length;
  const first = (isLast ? 0x80 : 0) | (reserved << 4) | frame.opcode;
  const head =
    length < 126
      ? Buffer.from([first, length])
      : length < 65_536
        ? Buffer.from([first, 126, length >> 8, length & 0xff])
        : Buffer.concat([Buffer.from([first, 127]), bigEndian(length)]);
  if (!isMasked) return Buffer.concat([head, payload]);
  head[1] = (head[1] ?? 0) | 0x80;
  const mask = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

function bigEndian(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}

/** A close frame with a code. */
export function closeFrame(code: number, reason: string | Buffer = ""): RawFrame {
  return {
    opcode: 8,
    payload: Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason as string)]),
  };
}

/** What came of an attempt to open a WebSocket by hand. */
export interface RawWebSocket {
  socket: Socket;
  /** The head of the answer. */
  head: string;
  /** What follows the head of an answer that is no upgrade. */
  body: Promise<string>;
  /** Frames that have come. */
  frames: { opcode: number; payload: Buffer }[];
  /** Resolves when the other side hangs up; the code of its close frame, where there was one. */
  closed: Promise<number | undefined>;
  send(...frames: RawFrame[]): void;
}

/** Headers of an upgrade that is right. */
const goodHeaders = {
  host: "127.0.0.1",
  upgrade: "websocket",
  connection: "Upgrade",
  "sec-websocket-version": "13",
  "sec-websocket-key": randomBytes(16).toString("base64"),
  "sec-websocket-protocol": "smartcall.v1.json",
};

/** Opens a WebSocket byte by byte; a header that is undefined is left out. */
export async function openRaw(
  port: number,
  headers: Record<string, string | undefined> = {},
  requestLine = "GET /v1/realtime HTTP/1.1",
): Promise<RawWebSocket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  const lines = Object.entries({ ...goodHeaders, ...headers })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${requestLine}\r\n${lines.join("")}\r\n`);
  let received: Buffer = Buffer.alloc(0);
  const frames: RawWebSocket["frames"] = [];
  const head = Promise.withResolvers<string>();
  let isUpgraded: boolean | undefined;
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (isUpgraded === undefined) {
      const end = received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const text = received.subarray(0, end).toString();
      received = received.subarray(end + 4);
      isUpgraded = text.startsWith("HTTP/1.1 101");
      head.resolve(text);
    }
    if (isUpgraded) received = takeFrames(received, frames);
    // As whoever is told to close does.
    if (frames.at(-1)?.opcode === 8) socket.end();
  });
  const closed = once(socket, "close").then(() => {
    head.resolve("");
    const payload = frames.find(({ opcode }) => opcode === 8)?.payload;
    return payload && payload.length >= 2 ? payload.readUInt16BE(0) : undefined;
  });
  return {
    socket,
    head: await head.promise,
    body: closed.then(() => received.toString()),
    frames,
    closed,
    send: (...given) => void socket.write(Buffer.concat(given.map(encodeFrame))),
  };
}

/** Takes whole frames of a server off; answers what is left. */
function takeFrames(bytes: Buffer, frames: RawWebSocket["frames"]): Buffer {
  let rest = bytes;
  while (rest.length >= 2) {
    const short = (rest[1] ?? 0) & 0x7f;
    const at = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (rest.length < at) break;
    const length =
      short === 126
        ? rest.readUInt16BE(2)
        : short === 127
          ? Number(rest.readBigUInt64BE(2))
          : short;
    if (rest.length < at + length) break;
    frames.push({ opcode: (rest[0] ?? 0) & 0x0f, payload: rest.subarray(at, at + length) });
    rest = rest.subarray(at + length);
  }
  return rest;
}
