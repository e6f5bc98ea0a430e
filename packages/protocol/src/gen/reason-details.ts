// Generated from proto/smartcall/v1/errors.proto. Do not edit.

/** The gRPC code of each reason. */
export const reasonRpcCodes = {
  INVALID_ARGUMENT: 3,
  UNAUTHENTICATED: 16,
  PERMISSION_DENIED: 7,
  ROUTE_NOT_FOUND: 5,
  AGENT_NOT_FOUND: 5,
  TASK_NOT_FOUND: 5,
  METHOD_NOT_ALLOWED: 12,
  NOT_ACCEPTABLE: 3,
  AGENT_EXISTS: 6,
  IDEMPOTENCY_KEY_REUSED: 6,
  TASK_NOT_WAITING: 9,
  CURSOR_EXPIRED: 11,
  PAYLOAD_TOO_LARGE: 8,
  UNSUPPORTED_MEDIA_TYPE: 3,
  RATE_LIMITED: 8,
  CANCELED: 1,
  DEADLINE_EXCEEDED: 4,
  AGENT_FAILED: 13,
  AGENT_REJECTED: 9,
  AGENT_UNAVAILABLE: 14,
  AGENT_BUSY: 8,
  INSTANCE_LOST: 14,
  GATEWAY_FULL: 8,
  DRAINING: 14,
  DATA_LOSS: 15,
  LINK_BROKEN: 13,
  NOT_IMPLEMENTED: 12,
  INTERNAL: 13,
  HEADERS_TOO_LARGE: 8,
  REQUEST_TIMEOUT: 4,
  CREDENTIAL_EXPIRED: 16,
  SLOW_CONSUMER: 8,
  STREAM_TRUNCATED: 15,
  GATEWAY_UNREACHABLE: 14,
};

/** What each reason is, in a few words. */
export const reasonTitles = {
  INVALID_ARGUMENT: "The request does not fit the contract",
  UNAUTHENTICATED: "No credential, or one that does not hold",
  PERMISSION_DENIED: "The credential does not allow it",
  ROUTE_NOT_FOUND: "No operation at this path",
  AGENT_NOT_FOUND: "No agent of this name",
  TASK_NOT_FOUND: "No task of this id",
  METHOD_NOT_ALLOWED: "The path exists, the method does not",
  NOT_ACCEPTABLE: "No form of the answer that the caller accepts",
  AGENT_EXISTS: "An agent of this name exists",
  IDEMPOTENCY_KEY_REUSED: "The key was used for another request",
  TASK_NOT_WAITING: "The task has ended or does not wait for a message",
  CURSOR_EXPIRED: "Events after this cursor are no longer kept",
  PAYLOAD_TOO_LARGE: "Larger than what is taken",
  UNSUPPORTED_MEDIA_TYPE: "A media type or encoding that is not understood",
  RATE_LIMITED: "Too many requests or calls of this caller",
  CANCELED: "The caller gave up",
  DEADLINE_EXCEEDED: "The time that the caller gave is over",
  AGENT_FAILED: "The agent's code failed",
  AGENT_REJECTED: "The agent did not take the input on",
  AGENT_UNAVAILABLE: "No instance of the agent can be reached",
  AGENT_BUSY: "All instances of the agent run as many calls as they can",
  INSTANCE_LOST: "The instance went away in the middle of the call",
  GATEWAY_FULL: "The gateway's memory for tasks is full",
  DRAINING: "The gateway is going away",
  DATA_LOSS: "Events were lost between agent and gateway",
  LINK_BROKEN: "The other side broke the link's rules",
  NOT_IMPLEMENTED: "The contract has it, this gateway does not",
  INTERNAL: "A fault of the gateway",
  HEADERS_TOO_LARGE: "Headers larger than what is taken",
  REQUEST_TIMEOUT: "The request took too long to arrive",
  CREDENTIAL_EXPIRED: "The credential of a session is no longer good",
  SLOW_CONSUMER: "A reader did not keep up",
  STREAM_TRUNCATED: "A stream stopped before its end. Only clients say so",
  GATEWAY_UNREACHABLE: "No gateway answers. Only clients say so",
};

/** What is wrong and what to do, for people; in the order of the table. */
export const reasonSentences = [
  "The request does not fit the contract; `errors` names each place.", // INVALID_ARGUMENT
  "The credential is missing or does not hold; send `Authorization: Bearer …`.", // UNAUTHENTICATED
  "The credential does not allow this.", // PERMISSION_DENIED
  "No operation at this path; /openapi.json lists them.", // ROUTE_NOT_FOUND
  "No agent of this name; GET /v1/agents lists them.", // AGENT_NOT_FOUND
  "No task of this id, or it is no longer kept.", // TASK_NOT_FOUND
  "This path takes other methods; see the Allow header.", // METHOD_NOT_ALLOWED
  "The answer has no form that `Accept` allows.", // NOT_ACCEPTABLE
  "An agent of this name exists; change it with PATCH, or choose another name.", // AGENT_EXISTS
  "The idempotency key was used for another request; choose a new one.", // IDEMPOTENCY_KEY_REUSED
  "The task takes no message now; it has ended, or no agent works on it.", // TASK_NOT_WAITING
  "Events after this cursor are no longer kept; read the task, then its events from the start.", // CURSOR_EXPIRED
  "Larger than the gateway takes; send a URL instead, or less.", // PAYLOAD_TOO_LARGE
  "Send `Content-Type: application/json`, in UTF-8, without Content-Encoding.", // UNSUPPORTED_MEDIA_TYPE
  "Too many requests; wait for as long as Retry-After says.", // RATE_LIMITED
  "The call was canceled.", // CANCELED
  "The deadline is over; the agent was told to stop.", // DEADLINE_EXCEEDED
  "The agent failed while it ran.", // AGENT_FAILED
  "The agent does not take this input; its card has the schema.", // AGENT_REJECTED
  "No instance of the agent is there; nothing has run.", // AGENT_UNAVAILABLE
  "All instances of the agent are busy; nothing has run.", // AGENT_BUSY
  "The agent's instance went away while it ran; what it did is not known.", // INSTANCE_LOST
  "The gateway keeps as many running tasks as it can; nothing has run.", // GATEWAY_FULL
  "The gateway is going away; connect again, nothing has run.", // DRAINING
  "Fewer events arrived than were sent; the answer is not whole.", // DATA_LOSS
  "The other side of the link broke its rules.", // LINK_BROKEN
  "This gateway does not do that.", // NOT_IMPLEMENTED
  "A fault of the gateway; report it with the request id.", // INTERNAL
  "The request's headers are larger than 16 KiB.", // HEADERS_TOO_LARGE
  "The request took too long to arrive; nothing has run.", // REQUEST_TIMEOUT
  "The credential has expired; get a fresh one and connect again.", // CREDENTIAL_EXPIRED
  "The reader did not keep up; connect again and resume after the last cursor.", // SLOW_CONSUMER
  "The stream stopped before its end and could not be resumed; the task may go on.", // STREAM_TRUNCATED
  "The gateway cannot be reached; check the URL and that it runs.", // GATEWAY_UNREACHABLE
];
