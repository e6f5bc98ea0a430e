// What every package and every face shares; needs no protobuf runtime.
export { type Cursor, formatCursor, parseCursor } from "./cursor.js";
export { errorFromProblem } from "./errors/error-from-problem.js";
export type { FieldError, SmartcallErrorInit } from "./errors/smartcall-error.js";
export { problemType, toProblem } from "./problem.js";
export { type ReasonInfo, reasonInfo } from "./reason-info.js";
export { reasonSentence } from "./reason-sentence.js";
export {
  allReasons,
  isReason,
  isReasonRetryable,
  type Reason,
  reasonCloseCode,
} from "./reasons.js";
export { SmartcallError } from "./smartcall-error.js";
