import type { Frame } from "../types.js";
import type { JsonTypes } from "./json-types.js";

/** The proto JSON of `smartcall.v1.Frame`; what is empty is left out, unless the contract requires it. */
export function toJsonFrame(frame: Frame<JsonTypes>): object {
  switch (frame.kind) {
    case "hello":
      return { hello: present({ ...frame.hello }) };
    case "control":
      return frame.control;
    case "drain":
      return { drain: present({ reason: frame.reason }) };
    case "closing": {
      const { reason, message, retryAfterMs } = frame;
      return { closing: present({ reason, message, retryAfterMs }) };
    }
    case "ping":
      return { ping: present({ nonce: frame.nonce }) };
    case "pong":
      return { pong: present({ nonce: frame.nonce }) };
    case "open": {
      const { exchange, halfClose } = frame;
      // Last, so that it overrules one that the payload may have.
      return { exchange, open: { ...frame.open, halfClose: halfClose || undefined } };
    }
    case "message":
      return { exchange: frame.exchange, message: frame.message };
    case "event":
      return { exchange: frame.exchange, event: frame.event };
    case "credit":
      return { exchange: frame.exchange, credit: { bytes: frame.bytes } };
    case "halfClose":
      return { exchange: frame.exchange, halfClose: {} };
    case "close": {
      const { exchange, events, outcome } = frame;
      const { reason, message, refused, details } = outcome;
      return { exchange, close: { ...present({ reason, message, refused, details }), events } };
    }
    case "cancel": {
      const { reason, message } = frame.cancellation;
      return { exchange: frame.exchange, cancel: present({ reason, message }) };
    }
  }
}

/** Without the fields that say nothing, as proto JSON leaves them out. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value)));
}
