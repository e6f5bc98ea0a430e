import { reasonCloseCode, type SmartcallError } from "@smartcall/protocol/sdk";

/**
 * What the class of a reason's close code says: 40xx never, 41xx after a while, 42xx at once. A gateway
 * may say of a request that it is not to be repeated after a while.
 */
export function whenToRetry({
  reason,
  problem,
  retryable,
}: SmartcallError): "never" | "later" | "at once" {
  const closeCode = reasonCloseCode(reason);
  if (closeCode >= 4200) return "at once";
  return closeCode >= 4100 && (retryable || problem === undefined) ? "later" : "never";
}
