import { reasonRpcCodes, reasonTitles } from "./gen/reason-details.js";
import { reasonStatuses } from "./gen/reasons.js";
import { reasonSentence } from "./reason-sentence.js";
import { isReasonRetryable, type Reason, reasonCloseCode } from "./reasons.js";

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
  return {
    title: reasonTitles[reason],
    httpStatus: reasonStatuses[reason],
    retryable: isReasonRetryable(reason),
    code: reasonRpcCodes[reason],
    closeCode: reasonCloseCode(reason),
    sentence: reasonSentence(reason),
  };
}
