// What every package and every face shares; needs no protobuf runtime.
export { type Cursor, formatCursor, parseCursor } from "./cursor.js";
export { errorFromProblem, problemType, toProblem } from "./problem.js";
export { allReasons, isReason, type Reason, type ReasonInfo, reasonInfo } from "./reasons.js";
export { type FieldError, SmartcallError, type SmartcallErrorInit } from "./smartcall-error.js";
