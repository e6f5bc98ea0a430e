import type { Interceptor } from "../services/gateway-call.js";
import { createId } from "../tasks/create-id.js";

const acceptable = /^[A-Za-z0-9._:-]{1,128}$/;

/** Gives every call an id: the caller's `x-request-id` where it is a plain token, else a new one. */
export function requestId(): Interceptor {
  return (next) => (call) => {
    const given = call.header("x-request-id");
    call.requestId = given !== undefined && acceptable.test(given) ? given : createId();
    call.setHeader("x-request-id", call.requestId);
    return next(call);
  };
}
