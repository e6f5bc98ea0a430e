// Package link carries many exchanges on one stream of packets: messages one way, events the other,
// a window of bytes in each direction of each, and a close that counts the events.
//
// The protocol in one page is in the README of the repository's packages/link; this package speaks it
// over any carrier and in any codec, and knows nothing of what an exchange carries.
package link

import (
	"context"
	"errors"
	"time"
)

// Kind is what a frame says.
type Kind int

// The kinds of frames. Those of the link itself have no exchange.
const (
	KindHello Kind = iota + 1
	KindControl
	KindDrain
	KindClosing
	KindPing
	KindPong
	KindOpen
	KindMessage
	KindEvent
	KindCredit
	KindHalfClose
	KindClose
	KindCancel
)

// Frame is one step of the link, or of an exchange on it; its Kind says which fields it has.
type Frame struct {
	Kind     Kind
	Exchange uint32
	// What an open, a message, an event or a control frame carries, in the codec's own type.
	Payload any
	// Whether no message follows an open.
	HalfClose bool
	Hello     Hello
	// How an exchange ended, was canceled, or why a link drains or closes.
	Outcome Outcome
	// Events that were sent on an exchange that closes.
	Events uint32
	// Bytes that are granted.
	Bytes uint32
	Nonce uint32
	// What the frame cost in its packet; set by Unpack.
	Size int
}

// Hello is the first frame of each side.
type Hello struct {
	Version, WindowBytes uint32
	// Bytes of the largest frame that the speaker takes; 3 MiB when 0.
	MaxFrameBytes                     uint32
	Implementation, Token, InstanceID string
}

// Outcome is how an exchange ended: well when the reason is empty.
type Outcome struct {
	Reason, Message string
	// Whether it never began on the other side, so that it may be tried elsewhere.
	Refused bool
	// Whether the link was lost under it.
	Lost bool
	// What else is known, as JSON would say it.
	Details map[string]any
	// How long to wait before connecting again, where a closing link said so.
	RetryAfter time.Duration
}

// Err is nil when the exchange ended well.
func (o Outcome) Err() error {
	if o.Reason == "" {
		return nil
	}
	return &Error{Outcome: o}
}

// Error is an outcome that is not good, or the end of a link.
type Error struct {
	Outcome
	Cause error
}

func (e *Error) Error() string { return e.Reason + ": " + e.Message }

// Unwrap answers the cause.
func (e *Error) Unwrap() error { return e.Cause }

func newError(reason, message string) *Error {
	return &Error{Outcome: Outcome{Reason: reason, Message: message}}
}

// Broken is the error of a link whose other side broke a rule.
func Broken(message string) *Error { return newError("LINK_BROKEN", message) }

// OutcomeOf is how an exchange ends that failed so.
func OutcomeOf(err error) Outcome {
	var known *Error
	switch {
	case err == nil:
		return Outcome{}
	case errors.As(err, &known):
		return known.Outcome
	case errors.Is(err, context.DeadlineExceeded):
		return Outcome{Reason: "DEADLINE_EXCEEDED", Message: "The deadline is over."}
	case errors.Is(err, context.Canceled):
		return Outcome{Reason: "CANCELED", Message: "The caller gave up."}
	}
	return Outcome{Reason: "INTERNAL", Message: err.Error()}
}

// Codec writes and reads frames.
type Codec interface {
	// Encode writes a frame as it stands in a packet; its length is what it costs.
	Encode(Frame) ([]byte, error)
	// Pack makes a packet of frames.
	Pack(frames [][]byte) []byte
	// Unpack reads a packet; a frame that this version does not know is left out.
	Unpack(packet []byte) ([]Frame, error)
}

// Carrier carries packets to the other side.
type Carrier interface {
	// Send blocks while the other side does not take more; it is called by one goroutine at a time.
	Send(packet []byte) error
	// Close ends the carrier at once, with a reason that is empty when there is nothing to say; Send
	// then returns.
	Close(reason string)
}
