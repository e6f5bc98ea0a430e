import { SmartcallError } from "@smartcall/protocol/sdk";

/** What is wrong before anything is sent: where, and what was expected there. */
export function invalidArgument(pointer: string, detail: string): SmartcallError {
  return new SmartcallError({
    reason: "INVALID_ARGUMENT",
    message: detail,
    errors: [{ pointer, detail }],
  });
}
