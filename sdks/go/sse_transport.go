package smartcall

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// sseTransport reads server-sent events.
type sseTransport struct{}

func (sseTransport) open(ctx context.Context, s settings, r streamRequest, onRetryAfter func(time.Duration)) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		total := ctx
		connection, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		watchdog := newWatchdog(s.idleTimeout, cancel)
		defer watchdog.rest()
		// A call has what the whole stream has left, a try has only its silence.
		body, err := openSSE(connection, total, s, r)
		watchdog.rest()
		if err != nil {
			yield(nil, silenceOr(connection, err))
			return
		}
		defer body.Close()
		if !yield(nil, nil) {
			return
		}
		readSSE(connection, body, watchdog, onRetryAfter, yield)
	}
}

func openSSE(ctx, total context.Context, s settings, r streamRequest) (io.ReadCloser, error) {
	httpRequest, err := sseRequest(s, r)
	if err != nil {
		return nil, err
	}
	started := time.Now()
	response, err := exchange(ctx, total, s, httpRequest)
	s.log(ctx, "stream", httpRequest.method, httpRequest.path, started, 0, err)
	if s.response != nil && response != nil {
		*s.response = response
	}
	if err != nil {
		return nil, err
	}
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		response.Body.Close()
		return nil, cut(fmt.Sprintf("the answer is no stream of events, but %q", kind), nil)
	}
	return response.Body, nil
}

func (sseTransport) cancelTask(ctx context.Context, s settings, id, reason string) error {
	_, err := cancelTask(ctx, s, id, reason)
	return err
}

// readSSE yields the events of a body, and reads no further than its reader wants to hear.
func readSSE(ctx context.Context, body io.Reader, watchdog *watchdog, onRetryAfter func(time.Duration), yield func([]byte, error) bool) {
	errLeft := errors.New("the reader has left")
	parser := sseParser{onRetry: onRetryAfter, onEvent: func(event sseEvent) error {
		if err := checkEvent(event); err != nil {
			return err
		}
		if !yield(event.data, nil) {
			return errLeft
		}
		return nil
	}}
	piece := make([]byte, 16<<10)
	for {
		watchdog.watch()
		n, err := body.Read(piece)
		watchdog.rest()
		if failure := parser.feed(piece[:n]); failure != nil {
			if failure != errLeft {
				yield(nil, failure)
			}
			return
		}
		if err == nil {
			continue
		}
		if err != io.EOF {
			yield(nil, silenceOr(ctx, cut("the connection broke: "+err.Error(), err)))
		}
		return
	}
}

// checkEvent: what is said twice has to be the same, else bytes were mixed up on the way.
func checkEvent(event sseEvent) error {
	// As a gateway writes it; what is written otherwise is read.
	if (event.id == "" || bytes.Contains(event.data, []byte(`"cursor":"`+event.id+`"`))) &&
		(event.name == "" || bytes.Contains(event.data, []byte(`"`+event.name+`":`))) {
		return nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(event.data, &fields) != nil || fields["cursor"] == nil {
		return nil // No event, which its reader says.
	}
	var cursor string
	_ = json.Unmarshal(fields["cursor"], &cursor)
	switch {
	case event.id != "" && event.id != cursor:
		return cut(fmt.Sprintf("%s came as %s", cursor, event.id), nil)
	case event.name != "" && fields[event.name] == nil:
		return cut(fmt.Sprintf("%s is no %s", cursor, event.name), nil)
	}
	return nil
}

func sseRequest(s settings, r streamRequest) (request, error) {
	headers := http.Header{"Accept": {"text/event-stream"}}
	if r.kind != streamCall && r.after != "" {
		headers["Last-Event-Id"] = []string{r.after}
	}
	switch r.kind {
	case streamCall:
		path, err := pathOf("/v1/agents/%s/calls/stream", "agent", r.name)
		if err != nil {
			return request{}, err
		}
		body, err := callBody(r.input, s)
		headers.Set("Idempotency-Key", s.idempotencyKey)
		return request{method: http.MethodPost, path: path, headers: headers, body: body}, err
	case streamWatch:
		path, err := pathOf("/v1/tasks/%s/events", "task", r.name)
		query := url.Values{}
		if s.onGap == GapPolicySnapshot {
			query.Set("onGap", string(s.onGap))
		}
		return request{method: http.MethodGet, path: path, query: query, headers: headers}, err
	}
	return request{method: http.MethodGet, path: "/v1/agents/events", headers: maps.Clone(headers)}, nil
}

// watchdog ends a connection whose other side is silent for too long while it is listened to.
type watchdog struct {
	timeout time.Duration
	timer   *time.Timer
}

func newWatchdog(timeout time.Duration, cancel context.CancelCauseFunc) *watchdog {
	w := &watchdog{timeout: timeout}
	if timeout > 0 {
		w.timer = time.AfterFunc(timeout, func() {
			cancel(cut(fmt.Sprintf("nothing was heard for %v", timeout), nil))
		})
	}
	return w
}

func (w *watchdog) watch() {
	if w.timer != nil {
		w.timer.Reset(w.timeout)
	}
}

func (w *watchdog) rest() {
	if w.timer != nil {
		w.timer.Stop()
	}
}

// silenceOr answers that the other side was silent, if that is what ended the connection.
func silenceOr(ctx context.Context, err error) error {
	var silence *Error
	if errors.As(context.Cause(ctx), &silence) {
		return silence
	}
	return err
}
