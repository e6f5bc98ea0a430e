import type { Json, JsonObject } from "./json.ts";

/** A file of `vectors/`: what `vector.schema.json` describes, word for word. */
export interface VectorFile {
  readonly about: string;
  /** Whether a client makes a call, or an agent attaches. */
  readonly role: Role;
  readonly vectors: readonly (ClientVector | AgentVector)[];
}

/** Who is held to a vector. */
export type Role = "client" | "agent";

interface VectorBase {
  readonly name: string;
  readonly why: string;
  /** What the runner has to answer. */
  readonly result: JsonObject;
}

/** A call, what the server hears and answers, and what comes of it. */
export interface ClientVector extends VectorBase {
  /** How the client is made. */
  readonly client?: JsonObject;
  readonly call: JsonObject;
  /** What is to be heard, in this order. */
  readonly exchanges: readonly Exchange[];
  /** Stands at the end of the client's URL. */
  readonly urlPath?: string;
  /** False: nobody listens at the client's URL. */
  readonly listen?: boolean;
}

/** Connections of an agent that attaches, each by its script. */
export interface AgentVector extends VectorBase {
  readonly attach?: JsonObject;
  readonly connections: readonly Connection[];
}

/** One connection of an agent. */
export interface Connection {
  readonly script: readonly Step[];
  readonly after?: Bounds;
}

/** One request, and what it is answered with. */
export interface Exchange {
  readonly expect: RequestExpectation;
  readonly respond: Answer;
  /** It may be left out. */
  readonly optional?: boolean;
  /** The client has to close its connection. */
  readonly closed?: boolean;
  /** How long after the exchange before it has ended. */
  readonly after?: Bounds;
}

/** Milliseconds. */
export interface Bounds {
  readonly atLeastMs?: number;
  readonly atMostMs?: number;
}

/** What a request has to say; every value may be a matcher. */
export interface RequestExpectation {
  readonly method: string;
  readonly path: string;
  readonly query?: JsonObject;
  readonly headers?: JsonObject;
  readonly body?: Json;
  readonly subprotocol?: string;
}

/** What a request is answered with. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly task?: JsonObject;
  readonly problem?: JsonObject;
  readonly json?: Json;
  readonly body?: string;
  readonly sse?: readonly SseItem[];
  readonly lineEnd?: string;
  readonly bom?: boolean;
  readonly split?: number;
  readonly cutAfterBytes?: number;
  readonly delayMs?: number;
  readonly then?: "cut" | "stall";
  readonly fault?: "reset" | "stall" | "close";
  readonly abort?: boolean;
  readonly websocket?: readonly Step[];
}

/** An event in short, or a step between events. */
export type SseItem = JsonObject;

/** One step of a script of frames; exactly one of its fields is set. */
export interface Step {
  readonly expect?: JsonObject;
  readonly hear?: Heard;
  /** Takes the agents, as a gateway does. */
  readonly take?: { readonly windowBytes?: number };
  readonly execute?: Execution;
  readonly send?: readonly JsonObject[];
  readonly flood?: Flood;
  readonly sendText?: string;
  readonly sendBytes?: string;
  readonly silence?: number;
  readonly close?: { readonly code?: number; readonly reason?: string };
  readonly closed?: boolean;
  readonly cut?: boolean;
  readonly abort?: boolean;
}

/** An attempt in short. */
export interface Execution {
  readonly exchange: number;
  readonly agent: string;
  readonly text?: string;
  readonly data?: Json;
  readonly timeoutMs?: number;
  /** True: no message follows. */
  readonly halfClose?: boolean;
}

/** More events than the other side has room for, sent as it grants more. */
export interface Flood {
  readonly exchange: number;
  /** The number of the last event before them. */
  readonly after: number;
  readonly events: number;
  /** Letters of text in each. */
  readonly bytes: number;
}

/** All events of an exchange up to a point. */
export interface Heard {
  readonly exchange: number;
  /** The text of its answer. */
  readonly text?: Json;
  /** What its `close` says; without it, events are heard until nothing comes any more. */
  readonly close?: JsonObject;
  /** The most bytes of text that may come. */
  readonly atMostBytes?: number;
}
