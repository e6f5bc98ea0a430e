import { reasons } from "./gen/reasons.js";

/** Why something was refused or went wrong; the closed list of `proto/smartcall/v1/errors.proto`. */
export type Reason = keyof typeof reasons;

/** What a reason means on every face. */
export interface ReasonInfo {
  /** What it is, in a few words. */
  readonly title: string;
  /** The code of the RPC faces (google.rpc.Code, which are gRPC's numbers). */
  readonly code: number;
  /** The HTTP status of the REST face. */
  readonly httpStatus: number;
  /** The WebSocket close code: 40xx never reconnect, 41xx after a while, 42xx at once. */
  readonly closeCode: number;
  /** Whether the call has not run, so that it may be repeated as it is. */
  readonly retryable: boolean;
  /** What is wrong and what to do, for people. */
  readonly sentence: string;
}

/** Looks a reason up in the table. */
export function reasonInfo(reason: Reason): ReasonInfo {
  return reasons[reason];
}

/** Whether a text is one of the reasons that this version knows. */
export function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}

/** All reasons, in the order of the table. */
export const allReasons = Object.keys(reasons) as readonly Reason[];
