package smartcall

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"log/slog"
	"time"
	"unicode/utf8"
)

// Transport is how the events of a stream arrive.
type Transport string

const (
	// Server-sent events, a request a stream.
	TransportSSE Transport = "sse"
	// One WebSocket that all streams of a client share while there are any.
	TransportWebSocket Transport = "websocket"
)

// streamTransport makes one connection and yields what it says: first nil when the gateway has
// answered, then each event as its JSON, which is valid until the next one.
type streamTransport interface {
	open(ctx context.Context, s settings, r streamRequest, onRetryAfter func(time.Duration)) iter.Seq2[[]byte, error]
	// cancelTask cancels a task the way that its events come.
	cancelTask(ctx context.Context, s settings, id, reason string) error
}

// streamRequest asks for the events of a new call, of a task, or of the registry.
type streamRequest struct {
	kind streamKind
	// The agent's name, or the task's id.
	name  string
	input Input
	after string
}

type streamKind int

const (
	streamCall streamKind = iota
	streamWatch
	streamWatchAgents
)

// resumable is a log that is read to its end over as many connections as it takes.
type resumable[E any] struct {
	settings  settings
	transport streamTransport
	place     place[E]
	first     streamRequest
}

// next is what the next connection asks for. Once the task is known a call is followed like any other
// task, and never made again.
func (r *resumable[E]) next() streamRequest {
	request := r.first
	if request.kind == streamCall && r.place.taskID != "" {
		request = streamRequest{kind: streamWatch, name: r.place.taskID}
	}
	request.after = r.place.cursor
	return request
}

// resumedEnds are ends after which the stream goes on elsewhere; any other is for the reader.
var resumedEnds = map[EndReason]Reason{
	EndReasonDraining:     ReasonDraining,
	EndReasonSlowConsumer: ReasonSlowConsumer,
	EndReasonAuthExpired:  ReasonCredentialExpired,
}

// events yields each number once, in order; an error is the last thing that it yields.
func (r *resumable[E]) events(ctx context.Context) iter.Seq2[*E, error] {
	return func(yield func(*E, error) bool) {
		reader := &resumingReader[E]{resumable: r, reconnect: r.settings.reconnect.resolved(), yield: yield}
		for {
			err := reader.readConnection(ctx)
			if reader.isDone {
				return
			}
			if err = reader.prepare(ctx, err); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// resumingReader is one pass over a log.
type resumingReader[E any] struct {
	*resumable[E]
	reconnect ReconnectOptions
	yield     func(*E, error) bool
	attempt   int
	hasEvents bool
	isHeard   bool
	asked     time.Duration
	// Whether the end was read, or the reader has left.
	isDone bool
}

// readConnection reads one connection until the stream ends, the reader leaves, or it breaks.
func (r *resumingReader[E]) readConnection(ctx context.Context) error {
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	r.place.reconnected()
	connection, cancel := context.WithCancel(ctx)
	defer cancel()
	isConnected := r.attempt == 0
	onRetryAfter := func(delay time.Duration) { r.asked = delay }
	for data, err := range r.transport.open(connection, r.settings, r.next(), onRetryAfter) {
		if err != nil {
			return err
		}
		r.isHeard = true
		if ctx.Err() != nil {
			return contextError(ctx)
		}
		if !isConnected {
			isConnected = true
			r.tell(ConnectionEvent{IsConnected: true, Attempt: r.attempt})
		}
		if data == nil {
			continue
		}
		if err := r.take(data); err != nil || r.isDone {
			return err
		}
	}
	return cut("the connection ended before the stream did", nil)
}

// take hands on what is new in an event.
func (r *resumingReader[E]) take(data []byte) error {
	event, at, err := parseEvent[E](data)
	if err != nil {
		return err
	}
	before := r.place.cursor
	events, err := r.place.take(event, at)
	if err != nil {
		return err
	}
	// An event without a number is no way forward: it may come on every connection.
	if r.place.cursor != before {
		r.attempt = 0
	}
	for _, each := range events {
		if reason, isResumed := resumedEnds[at.end]; isResumed && at.kind == "end" {
			return NewError(reason, "")
		}
		r.hasEvents = true
		r.isDone = at.kind == "end"
		if !r.yield(each, nil) {
			r.isDone = true
		}
		if r.isDone {
			return nil
		}
	}
	return nil
}

// prepare waits until a connection that broke may be made anew; an error is the end of the stream.
func (r *resumingReader[E]) prepare(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return r.placed(errorFrom(contextError(ctx)))
	}
	e := errorFrom(err)
	r.attempt++
	r.isHeard = r.isHeard || e.Reason != ReasonGatewayUnreachable
	limit := r.reconnect.MaxFirstAttempts
	if r.isHeard {
		limit = r.reconnect.MaxAttempts
	}
	when := e.Reason.comeback()
	if when == never || r.attempt > limit {
		return r.finalError(e)
	}
	asked := r.asked
	if e.hasRetryAfter {
		asked = e.RetryAfter
	}
	delay := r.reconnect.delay(r.attempt, when == atOnce, asked, r.settings.random())
	r.settings.warn(ctx, "stream is resumed", e, delay, slog.String("task", r.place.taskID))
	r.tell(ConnectionEvent{Attempt: r.attempt, Delay: delay, Err: e})
	if wait(ctx, delay) != nil {
		return r.placed(errorFrom(contextError(ctx)))
	}
	return nil
}

func (r *resumingReader[E]) tell(event ConnectionEvent) {
	if r.settings.onConnection != nil {
		r.settings.onConnection(event)
	}
}

// finalError is what the reader hears when the stream is given up.
func (r *resumingReader[E]) finalError(e *Error) *Error {
	switch e.Reason {
	case ReasonCursorExpired, ReasonDeadlineExceeded, ReasonCanceled:
		return r.placed(e)
	}
	if !r.hasEvents && e.Reason != ReasonStreamTruncated {
		return e
	}
	where := "before its first event"
	if r.place.cursor != "" {
		where = "after " + r.place.cursor
	}
	return r.placed(cut("The stream stopped "+where+" and could not be resumed: "+e.Message, e))
}

// placed says with an error how far the reader had come.
func (r *resumingReader[E]) placed(e *Error) *Error {
	placed := *e
	placed.TaskID, placed.Cursor = r.place.taskID, r.place.cursor
	return &placed
}

// parseEvent reads an event, or the problem that a gateway says in its place.
func parseEvent[E any](data []byte) (*E, eventPlace, error) {
	// encoding/json would make other characters of what is no text.
	if !utf8.Valid(data) {
		return nil, eventPlace{}, cut("bytes that are no text", nil)
	}
	event := new(E)
	err := json.Unmarshal(data, event)
	at := any(event).(logEvent).place()
	if err == nil && at.cursor != "" && (at.merged == nil || *at.merged >= 1) {
		return event, at, nil
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return nil, at, cut("an event that is no JSON", err)
	}
	var said struct {
		Reason *string `json:"reason"`
		Status int     `json:"status"`
	}
	if json.Unmarshal(data, &said) == nil && said.Reason != nil {
		if said.Status == 0 {
			said.Status = 500
		}
		return nil, at, errorFromProblem(bytes.Clone(data), said.Status)
	}
	return nil, at, cut("an event without a place", err)
}
