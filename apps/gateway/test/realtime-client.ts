import type { Socket } from "node:net";
import { fromJson, type JsonObject, toJson } from "@bufbuild/protobuf";
import {
  type Carrier,
  type CarrierListener,
  createLink,
  type Link,
  type LinkCodec,
  type LinkTypes,
  type Outcome,
  type OutgoingExchange,
  type SmartcallErrorLike,
} from "@smartcall/link";
import { createJsonCodec } from "@smartcall/link/json";
import { dialLink } from "@smartcall/link/node";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { dialWebSocket } from "@smartcall/link/websocket";
import {
  Frame_AuthenticateSchema,
  Frame_EventSchema,
  Frame_OpenSchema,
  MessageSchema,
} from "@smartcall/protocol/proto";
import { WebSocket } from "ws";
import type { Json } from "./fixtures.js";

/** The ways on which a session may travel. */
export const transports = ["smartcall.v1.json", "smartcall.v1.proto", "gRPC"] as const;

export type Transport = (typeof transports)[number];

/** How a test begins a session. */
export interface DialOptions {
  token?: string;
  windowBytes?: number;
  maxFrameBytes?: number;
}

/** One call of a session, in proto JSON whatever the session speaks. */
export interface TestCall {
  readonly events: Json[];
  readonly done: Promise<Outcome>;
  send(message: JsonObject): void;
  halfClose(): void;
  cancel(): void;
  /** Takes no event, and grants nothing, until the returned function is called. */
  hold(): () => void;
}

/** A session of a test. */
export interface TestSession {
  open(open: JsonObject, options?: { halfClose?: boolean }): TestCall;
  authenticate(token: string): void;
  readonly link: Link<LinkTypes>;
  /** Resolves when the gateway drains. */
  readonly drained: Promise<string>;
  /** Why it ended. */
  readonly closed: Promise<SmartcallErrorLike | undefined>;
  /** The close code of a WebSocket. */
  readonly closeCode: number | undefined;
  /** What a WebSocket stands on. */
  readonly socket: Socket | undefined;
  /** Goes away without a word. */
  cut(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Turns proto JSON into what a link carries, and back. */
interface Dialect {
  codec: LinkCodec<LinkTypes>;
  open(json: JsonObject): unknown;
  message(json: JsonObject): unknown;
  authenticate(token: string): unknown;
  event(event: unknown): Json;
}

const json: Dialect = {
  codec: createJsonCodec() as LinkCodec<LinkTypes>,
  open: (value) => value,
  message: (value) => value,
  authenticate: (token) => ({ authenticate: { token } }),
  event: (event) => event as Json,
};

const proto: Dialect = {
  codec: createProtobufCodec() as LinkCodec<LinkTypes>,
  open: (value) => fromJson(Frame_OpenSchema, value),
  message: (value) => fromJson(MessageSchema, value),
  authenticate: (token) => ({
    case: "authenticate",
    value: fromJson(Frame_AuthenticateSchema, { token }),
  }),
  event: (event) => toJson(Frame_EventSchema, event as ProtocolTypes["event"]) as unknown as Json,
};

/** Begins a session with the gateway at a URL. */
export async function dialSession(
  transport: Transport,
  url: string,
  options: DialOptions = {},
): Promise<TestSession> {
  const dialect = transport === "smartcall.v1.json" ? json : proto;
  const drained = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<SmartcallErrorLike | undefined>();
  let link: Link<LinkTypes> | undefined;
  const connect = (carrier: Carrier): CarrierListener => {
    link = createLink<LinkTypes>({
      side: "dialer",
      codec: dialect.codec,
      carrier,
      implementation: "test/1",
      onDrain: drained.resolve,
      onClose: closed.resolve,
      ...options,
    });
    return link;
  };
  let closeCode: number | undefined;
  const { cut, socket } =
    transport === "gRPC"
      ? await dialOverGrpc(url, connect)
      : await dialOverWebSocket(transport, url, connect, (code) => {
          closeCode = code;
        });
  if (!link) throw new Error("no link was made");
  const { codec: _, ...speak } = dialect;
  const standing = link;
  return {
    link: standing,
    get closeCode() {
      return closeCode;
    },
    socket,
    cut,
    drained: drained.promise,
    closed: closed.promise,
    open: (open: JsonObject, openOptions?: { halfClose?: boolean }) =>
      openCall(standing, speak, open, openOptions),
    authenticate: (token: string) => standing.control(speak.authenticate(token)),
    async [Symbol.asyncDispose]() {
      standing.close();
      cut();
      await closed.promise;
    },
  };
}

function openCall(
  link: Link<LinkTypes>,
  speak: Omit<Dialect, "codec">,
  open: JsonObject,
  options?: { halfClose?: boolean },
): TestCall {
  const done = Promise.withResolvers<Outcome>();
  const events: Json[] = [];
  let held: PromiseWithResolvers<void> | undefined;
  const exchange: OutgoingExchange<LinkTypes> = link.open(
    speak.open(open),
    {
      event: (event) => {
        events.push(speak.event(event));
        return held?.promise;
      },
      close: done.resolve,
    },
    options,
  );
  return {
    events,
    done: done.promise,
    send: (message) => void exchange.send(speak.message(message)),
    halfClose: () => exchange.halfClose(),
    cancel: () => exchange.cancel({ reason: "CANCELED" }),
    hold: () => {
      held = Promise.withResolvers();
      const { resolve } = held;
      return () => {
        held = undefined;
        resolve();
      };
    },
  };
}

/** Dials a WebSocket; answers what ends it without a word, and what it stands on. */
async function dialOverWebSocket(
  protocol: string,
  url: string,
  connect: (carrier: Carrier) => CarrierListener,
  onClose: (code: number) => void,
) {
  const sockets: Socket[] = [];
  class Watched extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols);
      this.on("upgrade", ({ socket }) => sockets.push(socket));
      this.on("close", onClose);
    }
  }
  await dialWebSocket({
    url: `${url.replace("http", "ws")}/v1/realtime`,
    protocols: [protocol],
    connect,
    WebSocket: Watched,
  });
  const [socket] = sockets;
  if (!socket) throw new Error("the WebSocket stands on nothing");
  return { cut: () => void socket.destroy(), socket };
}

async function dialOverGrpc(url: string, connect: (carrier: Carrier) => CarrierListener) {
  const abort = new AbortController();
  const path = "/smartcall.v1.StreamingService/Converse";
  await dialLink({ url, path, connect, signal: abort.signal });
  return { cut: () => abort.abort(), socket: undefined };
}
