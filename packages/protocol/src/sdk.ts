// What SDKs need, without what only gateways and agents need of the table of reasons.
export { type Cursor, formatCursor, parseCursor } from "./cursor.js";
export { errorFromProblem } from "./errors/error-from-problem.js";
export {
  type FieldError,
  SmartcallError,
  type SmartcallErrorInit,
} from "./errors/smartcall-error.js";
export { isReason, type Reason, reasonCloseCode } from "./reasons.js";
