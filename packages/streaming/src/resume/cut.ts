import { SmartcallError } from "@smartcall/protocol/sdk";

/** A connection that stopped, or said something that cannot be, before the stream's end. */
export function cut(message: string, cause?: unknown): SmartcallError {
  return new SmartcallError({ reason: "STREAM_TRUNCATED", message, cause });
}
