// Code generated from proto/smartcall/v1/errors.proto by tools/gentypes. DO NOT EDIT.

package smartcall

// Reason says why something was refused or went wrong.
//
// A newer gateway may say reasons that are not listed here; an Error has INTERNAL then.
type Reason string

const (
	// The request does not fit the contract.
	ReasonInvalidArgument Reason = "INVALID_ARGUMENT"
	// No credential, or one that does not hold.
	ReasonUnauthenticated Reason = "UNAUTHENTICATED"
	// The credential does not allow it.
	ReasonPermissionDenied Reason = "PERMISSION_DENIED"
	// No operation at this path.
	ReasonRouteNotFound Reason = "ROUTE_NOT_FOUND"
	// No agent of this name.
	ReasonAgentNotFound Reason = "AGENT_NOT_FOUND"
	// No task of this id.
	ReasonTaskNotFound Reason = "TASK_NOT_FOUND"
	// The path exists, the method does not.
	ReasonMethodNotAllowed Reason = "METHOD_NOT_ALLOWED"
	// No form of the answer that the caller accepts.
	ReasonNotAcceptable Reason = "NOT_ACCEPTABLE"
	// An agent of this name exists.
	ReasonAgentExists Reason = "AGENT_EXISTS"
	// The key was used for another request.
	ReasonIdempotencyKeyReused Reason = "IDEMPOTENCY_KEY_REUSED"
	// The task has ended or does not wait for a message.
	ReasonTaskNotWaiting Reason = "TASK_NOT_WAITING"
	// Events after this cursor are no longer kept.
	ReasonCursorExpired Reason = "CURSOR_EXPIRED"
	// Larger than what is taken.
	ReasonPayloadTooLarge Reason = "PAYLOAD_TOO_LARGE"
	// A media type or encoding that is not understood.
	ReasonUnsupportedMediaType Reason = "UNSUPPORTED_MEDIA_TYPE"
	// Too many requests or calls of this caller.
	ReasonRateLimited Reason = "RATE_LIMITED"
	// The caller gave up.
	ReasonCanceled Reason = "CANCELED"
	// The time that the caller gave is over.
	ReasonDeadlineExceeded Reason = "DEADLINE_EXCEEDED"
	// The agent's code failed.
	ReasonAgentFailed Reason = "AGENT_FAILED"
	// The agent did not take the input on.
	ReasonAgentRejected Reason = "AGENT_REJECTED"
	// No instance of the agent can be reached.
	ReasonAgentUnavailable Reason = "AGENT_UNAVAILABLE"
	// All instances of the agent run as many calls as they can.
	ReasonAgentBusy Reason = "AGENT_BUSY"
	// The instance went away in the middle of the call.
	ReasonInstanceLost Reason = "INSTANCE_LOST"
	// The gateway's memory for tasks is full.
	ReasonGatewayFull Reason = "GATEWAY_FULL"
	// The gateway is going away.
	ReasonDraining Reason = "DRAINING"
	// Events were lost between agent and gateway.
	ReasonDataLoss Reason = "DATA_LOSS"
	// The other side broke the link's rules.
	ReasonLinkBroken Reason = "LINK_BROKEN"
	// The contract has it, this gateway does not.
	ReasonNotImplemented Reason = "NOT_IMPLEMENTED"
	// A fault of the gateway.
	ReasonInternal Reason = "INTERNAL"
	// Headers larger than what is taken.
	ReasonHeadersTooLarge Reason = "HEADERS_TOO_LARGE"
	// The request took too long to arrive.
	ReasonRequestTimeout Reason = "REQUEST_TIMEOUT"
	// The credential of a session is no longer good.
	ReasonCredentialExpired Reason = "CREDENTIAL_EXPIRED"
	// A reader did not keep up.
	ReasonSlowConsumer Reason = "SLOW_CONSUMER"
	// A stream stopped before its end. Only clients say so.
	ReasonStreamTruncated Reason = "STREAM_TRUNCATED"
	// No gateway answers. Only clients say so.
	ReasonGatewayUnreachable Reason = "GATEWAY_UNREACHABLE"
)

var reasonTable = map[Reason]ReasonInfo{
	ReasonInvalidArgument:      {HTTPStatus: 400, GRPCCode: 3, CloseCode: 4000, Retryable: false, Sentence: "The request does not fit the contract; `errors` names each place."},
	ReasonUnauthenticated:      {HTTPStatus: 401, GRPCCode: 16, CloseCode: 4001, Retryable: false, Sentence: "The credential is missing or does not hold; send `Authorization: Bearer …`."},
	ReasonPermissionDenied:     {HTTPStatus: 403, GRPCCode: 7, CloseCode: 4003, Retryable: false, Sentence: "The credential does not allow this."},
	ReasonRouteNotFound:        {HTTPStatus: 404, GRPCCode: 5, CloseCode: 4004, Retryable: false, Sentence: "No operation at this path; /openapi.json lists them."},
	ReasonAgentNotFound:        {HTTPStatus: 404, GRPCCode: 5, CloseCode: 4004, Retryable: false, Sentence: "No agent of this name; GET /v1/agents lists them."},
	ReasonTaskNotFound:         {HTTPStatus: 404, GRPCCode: 5, CloseCode: 4004, Retryable: false, Sentence: "No task of this id, or it is no longer kept."},
	ReasonMethodNotAllowed:     {HTTPStatus: 405, GRPCCode: 12, CloseCode: 4005, Retryable: false, Sentence: "This path takes other methods; see the Allow header."},
	ReasonNotAcceptable:        {HTTPStatus: 406, GRPCCode: 3, CloseCode: 4006, Retryable: false, Sentence: "The answer has no form that `Accept` allows."},
	ReasonAgentExists:          {HTTPStatus: 409, GRPCCode: 6, CloseCode: 4009, Retryable: false, Sentence: "An agent of this name exists; change it with PATCH, or choose another name."},
	ReasonIdempotencyKeyReused: {HTTPStatus: 409, GRPCCode: 6, CloseCode: 4009, Retryable: false, Sentence: "The idempotency key was used for another request; choose a new one."},
	ReasonTaskNotWaiting:       {HTTPStatus: 409, GRPCCode: 9, CloseCode: 4009, Retryable: false, Sentence: "The task takes no message now; it has ended, or no agent works on it."},
	ReasonCursorExpired:        {HTTPStatus: 410, GRPCCode: 11, CloseCode: 4010, Retryable: false, Sentence: "Events after this cursor are no longer kept; read the task, then its events from the start."},
	ReasonPayloadTooLarge:      {HTTPStatus: 413, GRPCCode: 8, CloseCode: 4013, Retryable: false, Sentence: "Larger than the gateway takes; send a URL instead, or less."},
	ReasonUnsupportedMediaType: {HTTPStatus: 415, GRPCCode: 3, CloseCode: 4015, Retryable: false, Sentence: "Send `Content-Type: application/json`, in UTF-8, without Content-Encoding."},
	ReasonRateLimited:          {HTTPStatus: 429, GRPCCode: 8, CloseCode: 4129, Retryable: true, Sentence: "Too many requests; wait for as long as Retry-After says."},
	ReasonCanceled:             {HTTPStatus: 499, GRPCCode: 1, CloseCode: 4099, Retryable: false, Sentence: "The call was canceled."},
	ReasonDeadlineExceeded:     {HTTPStatus: 504, GRPCCode: 4, CloseCode: 4008, Retryable: false, Sentence: "The deadline is over; the agent was told to stop."},
	ReasonAgentFailed:          {HTTPStatus: 502, GRPCCode: 13, CloseCode: 4002, Retryable: false, Sentence: "The agent failed while it ran."},
	ReasonAgentRejected:        {HTTPStatus: 422, GRPCCode: 9, CloseCode: 4022, Retryable: false, Sentence: "The agent does not take this input; its card has the schema."},
	ReasonAgentUnavailable:     {HTTPStatus: 503, GRPCCode: 14, CloseCode: 4103, Retryable: true, Sentence: "No instance of the agent is there; nothing has run."},
	ReasonAgentBusy:            {HTTPStatus: 503, GRPCCode: 8, CloseCode: 4104, Retryable: true, Sentence: "All instances of the agent are busy; nothing has run."},
	ReasonInstanceLost:         {HTTPStatus: 502, GRPCCode: 14, CloseCode: 4020, Retryable: false, Sentence: "The agent's instance went away while it ran; what it did is not known."},
	ReasonGatewayFull:          {HTTPStatus: 503, GRPCCode: 8, CloseCode: 4105, Retryable: true, Sentence: "The gateway keeps as many running tasks as it can; nothing has run."},
	ReasonDraining:             {HTTPStatus: 503, GRPCCode: 14, CloseCode: 4200, Retryable: true, Sentence: "The gateway is going away; connect again, nothing has run."},
	ReasonDataLoss:             {HTTPStatus: 502, GRPCCode: 15, CloseCode: 4021, Retryable: false, Sentence: "Fewer events arrived than were sent; the answer is not whole."},
	ReasonLinkBroken:           {HTTPStatus: 502, GRPCCode: 13, CloseCode: 4023, Retryable: false, Sentence: "The other side of the link broke its rules."},
	ReasonNotImplemented:       {HTTPStatus: 501, GRPCCode: 12, CloseCode: 4024, Retryable: false, Sentence: "This gateway does not do that."},
	ReasonInternal:             {HTTPStatus: 500, GRPCCode: 13, CloseCode: 4050, Retryable: false, Sentence: "A fault of the gateway; report it with the request id."},
	ReasonHeadersTooLarge:      {HTTPStatus: 431, GRPCCode: 8, CloseCode: 4013, Retryable: false, Sentence: "The request's headers are larger than 16 KiB."},
	ReasonRequestTimeout:       {HTTPStatus: 408, GRPCCode: 4, CloseCode: 4108, Retryable: true, Sentence: "The request took too long to arrive; nothing has run."},
	ReasonCredentialExpired:    {HTTPStatus: 401, GRPCCode: 16, CloseCode: 4201, Retryable: false, Sentence: "The credential has expired; get a fresh one and connect again."},
	ReasonSlowConsumer:         {HTTPStatus: 503, GRPCCode: 8, CloseCode: 4202, Retryable: false, Sentence: "The reader did not keep up; connect again and resume after the last cursor."},
	ReasonStreamTruncated:      {HTTPStatus: 502, GRPCCode: 15, CloseCode: 4121, Retryable: false, Sentence: "The stream stopped before its end and could not be resumed; the task may go on."},
	ReasonGatewayUnreachable:   {HTTPStatus: 503, GRPCCode: 14, CloseCode: 4106, Retryable: false, Sentence: "The gateway cannot be reached; check the URL and that it runs."},
}
