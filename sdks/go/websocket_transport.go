package smartcall

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/smartcall/smartcall/sdks/go/internal/link"
	"github.com/smartcall/smartcall/sdks/go/internal/link/jsonlink"
)

// webSocketTransport reads events on exchanges of a WebSocket.
type webSocketTransport struct{ pool *linkPool }

func (w *webSocketTransport) open(ctx context.Context, s settings, r streamRequest, _ func(time.Duration)) iter.Seq2[[]byte, error] {
	return w.openWith(ctx, s, r, nil)
}

// openWith hands the exchange to whoever sends messages on it, where there is one.
func (w *webSocketTransport) openWith(ctx context.Context, s settings, r streamRequest, onExchange func(*link.Exchange)) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		open, err := openOf(ctx, s, r)
		if err != nil {
			yield(nil, err)
			return
		}
		for event, err := range w.exchange(ctx, open, onExchange) {
			if err != nil {
				yield(nil, err)
				return
			}
			if event == nil {
				if !yield(nil, nil) {
					return
				}
				continue
			}
			data := event.Task
			if data == nil {
				data = event.Registry
			}
			if data == nil {
				yield(nil, cut("an event without a place", nil))
				return
			}
			if !yield(data, nil) {
				return
			}
		}
	}
}

// exchange yields nil when there is a connection, and then what comes on a new exchange.
func (w *webSocketTransport) exchange(ctx context.Context, open *jsonlink.Open, onExchange func(*link.Exchange)) iter.Seq2[*jsonlink.Event, error] {
	return func(yield func(*jsonlink.Event, error) bool) {
		realtime, release, err := w.pool.use(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		defer release()
		defer realtime.closeWhenIdle()
		exchange := realtime.link.Open(open, onExchange == nil)
		defer func() { exchange.Cancel(link.Outcome{Reason: string(canceledOr(ctx))}) }()
		if !yield(nil, nil) {
			return
		}
		if onExchange != nil {
			onExchange(exchange)
		}
		for {
			payload, err := exchange.Receive(ctx)
			switch {
			case err == io.EOF:
				if failure := outcomeError(exchange.Outcome(), realtime); failure != nil {
					yield(nil, failure)
				}
				return
			case err != nil:
				yield(nil, errorFrom(err))
				return
			}
			if !yield(payload.(*jsonlink.Event), nil) {
				return
			}
		}
	}
}

func outcomeError(outcome link.Outcome, realtime *realtimeLink) error {
	switch {
	case outcome.Lost:
		return realtime.loss()
	case outcome.Reason == "":
		return nil
	}
	return errorFromOutcome(outcome)
}

func canceledOr(ctx context.Context) Reason {
	if ctx.Err() == nil {
		return ReasonCanceled
	}
	return errorFrom(contextError(ctx)).Reason
}

// answer is the one snapshot that answers a request.
func (w *webSocketTransport) answer(ctx context.Context, open *jsonlink.Open) (*Task, error) {
	for event, err := range w.exchange(ctx, open, nil) {
		if err != nil {
			return nil, err
		}
		if event == nil {
			continue
		}
		said := new(TaskEvent)
		if err := json.Unmarshal(event.Task, said); err != nil {
			return nil, cut("an event that is no JSON", err)
		}
		if said.Snapshot != nil {
			return &said.Snapshot.Task, nil
		}
	}
	return nil, cut("the answer has no task", nil)
}

func (w *webSocketTransport) cancelTask(ctx context.Context, s settings, id, reason string) error {
	open := newOpen(ctx, s)
	cancel := map[string]any{"task": id}
	setText(cancel, "reason", reason)
	open.Cancel = cancel
	_, err := w.answer(ctx, open)
	return err
}

func openOf(ctx context.Context, s settings, r streamRequest) (*jsonlink.Open, error) {
	open := newOpen(ctx, s)
	switch r.kind {
	case streamCall:
		call, err := callRequest(r.name, r.input, s)
		if err != nil {
			return nil, err
		}
		open.Stream = call
		open.Headers["idempotency-key"] = s.idempotencyKey
	case streamWatch:
		watch := map[string]any{"task": r.name}
		setText(watch, "after", r.after)
		setText(watch, "onGap", string(s.onGap))
		open.Watch = watch
	default:
		watch := map[string]any{}
		setText(watch, "after", r.after)
		open.WatchAgents = watch
	}
	return open, nil
}

// newOpen has the headers of a call. The credential is the session's, and the deadline a field.
func newOpen(ctx context.Context, s settings) *jsonlink.Open {
	open := &jsonlink.Open{Headers: map[string]string{}}
	headers := http.Header{}
	if s.propagator != nil {
		s.propagator(ctx, headers)
	}
	maps.Copy(headers, s.headers)
	for name := range headers {
		open.Headers[strings.ToLower(name)] = headers.Get(name)
	}
	if deadline, ok := ctx.Deadline(); ok {
		open.TimeoutMs = uint32(min(math.MaxUint32, max(1, math.Ceil(time.Until(deadline).Seconds()*1000))))
	}
	return open
}

// callRequest is the body of a call with the agent's name in it.
func callRequest(agent string, input Input, s settings) (json.RawMessage, error) {
	return marshalInput(CallRequest{
		Agent: agent, Text: input.text, Data: input.data, Message: input.message,
		ContextID: s.contextID, Metadata: s.metadata, OnDisconnect: s.onDisconnect,
	})
}

func setText(fields map[string]any, name, value string) {
	if value != "" {
		fields[name] = value
	}
}
