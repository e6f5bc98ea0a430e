package smartcall

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// ReasonInfo is what a reason means on every face of the gateway.
type ReasonInfo struct {
	// The HTTP status of the REST face.
	HTTPStatus int
	// The code of the RPC faces.
	GRPCCode int
	// The close code of the WebSocket: 40xx never, 41xx after a while, 42xx at once.
	CloseCode int
	// Whether the call has not run, so that it may be repeated as it is.
	Retryable bool
	// What is wrong and what to do, for people.
	Sentence string
}

// Info looks the reason up in the table; one that this version does not know is INTERNAL.
func (r Reason) Info() ReasonInfo {
	if info, ok := reasonTable[r]; ok {
		return info
	}
	return reasonTable[ReasonInternal]
}

// IsKnown says whether this version knows the reason.
func (r Reason) IsKnown() bool {
	_, ok := reasonTable[r]
	return ok
}

// FieldError is one place of a request that is wrong.
type FieldError = ProblemFieldError

// Error is the one error of this module. Find it with errors.As, or its reason with [ReasonOf]:
//
//	if smartcall.ReasonOf(err) == smartcall.ReasonAgentNotFound { … }
//
// Use [NewError] to make one whose status and retryability are the table's.
type Error struct {
	// Why.
	Reason Reason
	// One sentence for people.
	Message string
	// The HTTP status of the answer, where there was one; the table's otherwise.
	Status int
	// The id to report the error with; empty where there is none.
	RequestID string
	// Whether the call has not run, so that it may be repeated as it is.
	Retryable bool
	// Each place of the request that is wrong.
	Errors []FieldError
	// How long to wait before the next try, where the other side said so.
	RetryAfter time.Duration
	// The task that it speaks of, where one is known.
	TaskID string
	// The place in that task's events that a reader had come to.
	Cursor string
	// What caused it.
	Cause error

	hasRetryAfter bool
}

// NewError makes an error of a reason; the message is the table's when it is empty.
func NewError(reason Reason, message string) *Error {
	info := reason.Info()
	if message == "" {
		message = info.Sentence
	}
	return &Error{Reason: reason, Message: message, Status: info.HTTPStatus, Retryable: info.Retryable}
}

func (e *Error) Error() string {
	text := fmt.Sprintf("smartcall: %s: %s", e.Reason, e.Message)
	if e.RequestID != "" {
		text += " (request " + e.RequestID + ")"
	}
	return text
}

// Unwrap answers the cause, so that errors.Is finds context.Canceled and the like.
func (e *Error) Unwrap() error { return e.Cause }

// Is lets errors.Is compare reasons: errors.Is(err, &smartcall.Error{Reason: …}).
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.Reason == e.Reason && other.Message == "" && other.Cause == nil
}

// ReasonOf answers the reason of an error, INTERNAL for one that is not of this module, and the
// empty reason for nil.
func ReasonOf(err error) Reason {
	if err == nil {
		return ""
	}
	return errorFrom(err).Reason
}

// errorFrom makes any error into one of this module: the end of a context is CANCELED or
// DEADLINE_EXCEEDED, everything else INTERNAL with its cause kept.
func errorFrom(err error) *Error {
	var known *Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, context.DeadlineExceeded):
		return withCause(NewError(ReasonDeadlineExceeded, ""), err)
	case errors.Is(err, context.Canceled):
		return withCause(NewError(ReasonCanceled, ""), err)
	}
	return withCause(NewError(ReasonInternal, err.Error()), err)
}

func withCause(e *Error, cause error) *Error {
	e.Cause = cause
	return e
}

// unreachable is what a request that got no answer is told as.
func unreachable(url string, cause error) *Error {
	message := fmt.Sprintf("The gateway at %s cannot be reached, or went away: %v", url, cause)
	return withCause(NewError(ReasonGatewayUnreachable, message), cause)
}

// statusReasons is what a status stands for that came without a reason, as from a proxy on the way.
var statusReasons = map[int]Reason{
	400: ReasonInvalidArgument,
	401: ReasonUnauthenticated,
	403: ReasonPermissionDenied,
	404: ReasonRouteNotFound,
	405: ReasonMethodNotAllowed,
	406: ReasonNotAcceptable,
	408: ReasonRequestTimeout,
	413: ReasonPayloadTooLarge,
	415: ReasonUnsupportedMediaType,
	429: ReasonRateLimited,
	431: ReasonHeadersTooLarge,
	501: ReasonNotImplemented,
	504: ReasonDeadlineExceeded,
}

// problem is a Problem of which any part may be absent.
type problem struct {
	Title     string       `json:"title"`
	Detail    string       `json:"detail"`
	Status    int          `json:"status"`
	Reason    Reason       `json:"reason"`
	RequestID string       `json:"requestId"`
	Retryable *bool        `json:"retryable"`
	Errors    []FieldError `json:"errors"`
}

// errorFromProblem reads a problem, whole or in part. A body that is none, or has a reason that this
// version does not know, becomes the reason that its status stands for, INTERNAL at last.
func errorFromProblem(body []byte, status int) *Error {
	var p problem
	if json.Unmarshal(body, &p) != nil {
		// One field of another type must not hide the others.
		p = problem{}
		var fields map[string]json.RawMessage
		if json.Unmarshal(body, &fields) == nil {
			_ = json.Unmarshal(fields["reason"], &p.Reason)
			_ = json.Unmarshal(fields["detail"], &p.Detail)
			_ = json.Unmarshal(fields["title"], &p.Title)
			_ = json.Unmarshal(fields["requestId"], &p.RequestID)
			_ = json.Unmarshal(fields["retryable"], &p.Retryable)
		}
	}
	reason := p.Reason
	if !reason.IsKnown() {
		reason = ReasonInternal
		if stood, ok := statusReasons[status]; ok {
			reason = stood
		}
	}
	message := p.Detail
	if message == "" {
		message = p.Title
	}
	e := NewError(reason, message)
	e.Status = status
	e.RequestID = p.RequestID
	e.Errors = p.Errors
	if p.Retryable != nil {
		e.Retryable = *p.Retryable
	}
	return e
}

// errorFromResponse is the error that an answer without success stands for.
func errorFromResponse(response *http.Response, body []byte) *Error {
	e := errorFromProblem(body, response.StatusCode)
	if e.RequestID == "" {
		e.RequestID = response.Header.Get("X-Request-Id")
	}
	e.RetryAfter, e.hasRetryAfter = retryAfter(response.Header.Get("Retry-After"), time.Now())
	if location := response.Header.Get("Location"); response.StatusCode/100 == 3 {
		e.Message = fmt.Sprintf("The gateway redirects to %q, which is not followed.", location)
	}
	return e
}

// retryAfter reads seconds or an HTTP date (RFC 9110, 10.2.3).
func retryAfter(value string, now time.Time) (time.Duration, bool) {
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds >= 0 && seconds < 1e9 {
		return time.Duration(seconds * float64(time.Second)), true
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, date.Sub(now)), true
	}
	return 0, false
}
