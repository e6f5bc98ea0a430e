import {
  errorFromProblem,
  isReason,
  reasonInfo,
  SmartcallError,
  toProblem,
} from "@smartcall/protocol";

// One error class, with a reason of a closed table.
const error = new SmartcallError({ reason: "AGENT_BUSY", retryAfterMs: 1000 });
console.log(error.status, error.retryable, error.message);

// To and from application/problem+json.
const problem = toProblem(error, "/v1/agents/summarizer/calls");
console.log(errorFromProblem(problem, { status: problem.status }).reason);

// What a reason means on every face.
console.log(reasonInfo("AGENT_BUSY").closeCode, isReason("TOO_LOUD"));
