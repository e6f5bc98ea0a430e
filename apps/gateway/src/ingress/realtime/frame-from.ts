import type { Frame } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { Frame as FrameMessage } from "@smartcall/protocol/proto";

/**
 * A frame of the contract, as a client may send it, as the link takes it.
 *
 * @throws {SmartcallError} `INVALID_ARGUMENT` when it says nothing, or what only others say.
 */
export function frameFrom({ exchange, body }: FrameMessage): Frame<ProtocolTypes> {
  switch (body.case) {
    case "hello": {
      const { $typeName, $unknown, ...hello } = body.value;
      return { kind: "hello", hello };
    }
    case "authenticate":
      return { kind: "control", control: { case: "authenticate", value: body.value } };
    case "drain":
      return { kind: "drain", reason: body.value.reason };
    case "closing": {
      const { reason, message, retryAfterMs } = body.value;
      return { kind: "closing", reason: SmartcallError.reasonFrom(reason), message, retryAfterMs };
    }
    case "open":
      return { kind: "open", exchange, open: body.value, halfClose: body.value.halfClose };
    case "message":
      return { kind: "message", exchange, message: body.value };
    case "credit":
      return { kind: "credit", exchange, bytes: body.value.bytes };
    case "halfClose":
      return { kind: "halfClose", exchange };
    case "cancel": {
      const { message } = body.value;
      const reason = SmartcallError.reasonFrom(body.value.reason, "CANCELED");
      return { kind: "cancel", exchange, cancellation: { reason, ...(message && { message }) } };
    }
    case "ping":
    case "pong":
      return { kind: body.case, nonce: body.value.nonce };
    case undefined:
      throw wrong("expected one of hello, open, message, credit, halfClose, cancel, ping, pong");
    default:
      throw wrong(`a client sends no ${body.case}`);
  }
}

function wrong(message: string): SmartcallError {
  return new SmartcallError({ reason: "INVALID_ARGUMENT", message });
}
