import { type Reason, SmartcallError } from "@smartcall/protocol/sdk";
import type { Cancellation, Frame, Outcome } from "../types.js";
import { JsonFields } from "./json-fields.js";
import type { JsonTypes } from "./json-types.js";

/** How the body of each kind of frame is read. */
const readers: Readonly<Record<string, (body: JsonFields, exchange: number) => Frame<JsonTypes>>> =
  {
    hello: (body) => ({
      kind: "hello",
      hello: {
        version: body.uint32("version"),
        implementation: body.text("implementation"),
        windowBytes: body.uint32("windowBytes"),
        maxFrameBytes: body.uint32("maxFrameBytes"),
        token: body.text("token"),
        instanceId: body.text("instanceId"),
      },
    }),
    register: (body) => control("register", body),
    ready: (body) => control("ready", body),
    capacity: (body) => control("capacity", body),
    authenticate: (body) => control("authenticate", body),
    drain: (body) => ({ kind: "drain", reason: body.text("reason") }),
    closing: (body) => {
      const retryAfterMs = body.uint32("retryAfterMs");
      return {
        kind: "closing",
        reason: SmartcallError.reasonFrom(body.text("reason")),
        message: body.text("message"),
        ...(retryAfterMs > 0 && { retryAfterMs }),
      };
    },
    ping: (body) => ({ kind: "ping", nonce: body.uint32("nonce") }),
    pong: (body) => ({ kind: "pong", nonce: body.uint32("nonce") }),
    open: (body, exchange) => {
      const halfClose = body.flag("halfClose");
      return { kind: "open", exchange, open: payload(body), halfClose };
    },
    message: (body, exchange) => ({ kind: "message", exchange, message: payload(body) }),
    event: (body, exchange) => ({ kind: "event", exchange, event: payload(body) }),
    credit: (body, exchange) => ({ kind: "credit", exchange, bytes: body.uint32("bytes") }),
    halfClose: (_, exchange) => ({ kind: "halfClose", exchange }),
    close: (body, exchange) => ({
      kind: "close",
      exchange,
      outcome: toOutcome(body),
      events: body.uint32("events"),
    }),
    cancel: (body, exchange) => ({
      kind: "cancel",
      exchange,
      cancellation: toCancellation(body),
    }),
  };

/**
 * Reads the proto JSON of one frame; undefined when this version does not know what it says.
 *
 * @throws {SmartcallError} `LINK_BROKEN`, naming the field, when it is none.
 */
export function fromJsonFrame(json: unknown, path: string): Frame<JsonTypes> | undefined {
  const frame = JsonFields.from(json, path);
  const exchange = frame.uint32("exchange");
  let read: (() => Frame<JsonTypes>) | undefined;
  for (const kind of Object.keys(frame.object)) {
    const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    if (reader === undefined || frame.object[kind] === null) continue;
    if (read !== undefined) throw frame.wrong(kind, "the frame's only body");
    read = () => reader(JsonFields.from(frame.object[kind], `${path}.${kind}`), exchange);
  }
  return read?.();
}

/** What the link carries and does not read. Whoever takes it has to expect anything in it. */
function payload<T extends object>(body: JsonFields): T {
  return body.object as T;
}

function control(name: string, body: JsonFields): Frame<JsonTypes> {
  return { kind: "control", control: { [name]: body.object } as JsonTypes["control"] };
}

function toOutcome(body: JsonFields): Outcome {
  const reason = body.text("reason");
  const message = body.text("message");
  const details = body.record("details");
  return {
    ...(reason && { reason: SmartcallError.reasonFrom(reason) }),
    ...(message && { message }),
    ...(body.flag("refused") && { refused: true }),
    ...(details && { details }),
  };
}

function toCancellation(body: JsonFields): Cancellation {
  const reason: Reason = SmartcallError.reasonFrom(body.text("reason"), "CANCELED");
  const message = body.text("message");
  return { reason, ...(message && { message }) };
}
