import type { GatewayHandler, Interceptor } from "../services/gateway-call.js";

/** Folds interceptors around a handler: the first one listed is the first to see a call. */
export function createPolicy(
  interceptors: readonly Interceptor[],
  handler: GatewayHandler,
): GatewayHandler {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), handler);
}
