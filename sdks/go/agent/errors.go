package agent

import (
	"context"
	"errors"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
)

// errorFrom makes an error of the link, or the end of a context, into one of this module; any other
// stays as it is, and nil stays nil.
func errorFrom(err error) error {
	var known *smartcall.Error
	var ofLink *link.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.As(err, &ofLink):
		e := reasonError(ofLink.Reason, ofLink.Message)
		e.RetryAfter, e.Cause = ofLink.RetryAfter, ofLink.Cause
		e.Retryable = e.Retryable || ofLink.Refused
		return e
	case errors.Is(err, context.DeadlineExceeded):
		e := smartcall.NewError(smartcall.ReasonDeadlineExceeded, "")
		e.Cause = err
		return e
	case errors.Is(err, context.Canceled):
		e := smartcall.NewError(smartcall.ReasonCanceled, "")
		e.Cause = err
		return e
	}
	return err
}

func reasonError(text, message string) *smartcall.Error {
	reason := smartcall.Reason(text)
	if !reason.IsKnown() {
		reason = smartcall.ReasonInternal
	}
	return smartcall.NewError(reason, message)
}

// outcomeOf is how an exchange ends because of an error: one of this module keeps its reason, the rest
// is AGENT_FAILED.
func outcomeOf(err error) link.Outcome {
	if err == nil {
		return link.Outcome{}
	}
	var known *smartcall.Error
	if !errors.As(errorFrom(err), &known) {
		return link.Outcome{Reason: string(smartcall.ReasonAgentFailed), Message: err.Error()}
	}
	outcome := link.Outcome{Reason: string(known.Reason), Message: known.Message}
	if len(known.Errors) > 0 {
		fields := make([]any, 0, len(known.Errors))
		for _, each := range known.Errors {
			fields = append(fields, map[string]any{"pointer": each.Pointer, "detail": each.Detail})
		}
		outcome.Details = map[string]any{"errors": fields}
	}
	return outcome
}

// both ends with the first of two contexts.
func both(one, other context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(one)
	stop := context.AfterFunc(other, func() { cancel(context.Cause(other)) })
	return ctx, func() { stop(); cancel(nil) }
}
