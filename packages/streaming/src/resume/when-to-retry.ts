import { reasonInfo, type SmartcallError } from "@smartcall/protocol";

/** What the class of a reason's close code says: 40xx never, 41xx after a while, 42xx at once. */
export function whenToRetry({ reason }: SmartcallError): "never" | "later" | "at once" {
  const { closeCode } = reasonInfo(reason);
  if (closeCode >= 4200) return "at once";
  return closeCode >= 4100 ? "later" : "never";
}
