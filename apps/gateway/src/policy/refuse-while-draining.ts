import { SmartcallError } from "@smartcall/protocol";
import { CommunicationService, StreamingService } from "@smartcall/protocol/proto";
import type { Interceptor } from "../services/gateway-call.js";

/** Refuses new calls of agents once the gateway is going away; everything else still answers. */
export function refuseWhileDraining(isReady: () => boolean): Interceptor {
  const { call: unary } = CommunicationService.method;
  const { streamCall } = StreamingService.method;
  return (next) => (call) => {
    if (!isReady() && (call.method === unary || call.method === streamCall)) {
      throw new SmartcallError({ reason: "DRAINING", retryAfterMs: 1_000 });
    }
    return next(call);
  };
}
