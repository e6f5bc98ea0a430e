package smartcall_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
)

// wireEvent is an event as its JSON is.
type wireEvent = map[string]any

// createLog makes the events of one task: its number as the text of each delta.
func createLog(count int) []wireEvent {
	var log []wireEvent
	for seq := 1; seq <= count; seq++ {
		event := wireEvent{"taskId": "t1", "cursor": fmt.Sprintf("e1.%d", seq), "time": "2026-11-23T09:30:00Z"}
		switch seq {
		case 1:
			event["status"] = wireEvent{"state": "WORKING", "attempt": 1}
		case count:
			event["status"] = wireEvent{"state": "COMPLETED", "attempt": 1}
		default:
			event["outputDelta"] = wireEvent{"text": fmt.Sprintf("%d ü\n", seq)}
		}
		log = append(log, event)
	}
	return log
}

func endAt(cursor, reason string) wireEvent {
	return wireEvent{"taskId": "t1", "cursor": cursor, "time": "2026-11-23T09:30:01Z", "end": wireEvent{"reason": reason}}
}

func textOfLog(log []wireEvent) string {
	var text strings.Builder
	for _, event := range log {
		if delta, ok := event["outputDelta"].(wireEvent); ok {
			text.WriteString(delta["text"].(string))
		}
	}
	return text.String()
}

func serverSentEvents(events []wireEvent) []byte {
	var body bytes.Buffer
	for _, event := range events {
		data, _ := json.Marshal(event)
		if event["end"] == nil && event["gap"] == nil && event["error"] == nil {
			fmt.Fprintf(&body, "id: %s\n", event["cursor"])
		}
		kind := "unknown"
		for name := range event {
			if !slices.Contains([]string{"taskId", "cursor", "time", "merged"}, name) {
				kind = name
			}
		}
		fmt.Fprintf(&body, "event: %s\ndata: %s\n\n", kind, data)
	}
	return body.Bytes()
}

// fault is what happens to one connection on its way to the reader.
type fault struct {
	cutAt, stallAt, garbleAt int // 0: nowhere
	isBroken, isUnreachable  bool
	chunk                    int // 0: all at once
	twist                    func([]wireEvent) []wireEvent
	answer                   *http.Response
}

// fakeLog is a gateway with one task behind an http.RoundTripper: it answers what comes after
// Last-Event-ID, and does to the first connections what faults say, in their order.
type fakeLog struct {
	log    []wireEvent
	faults []fault
	mu     sync.Mutex
	heard  []*http.Request
	open   int
}

func (f *fakeLog) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var now fault
	if len(f.heard) < len(f.faults) {
		now = f.faults[len(f.heard)]
	}
	f.heard = append(f.heard, r)
	if r.Body != nil {
		_, _ = io.ReadAll(r.Body)
		r.Body.Close()
	}
	switch {
	case now.isUnreachable:
		return nil, errors.New("connection refused")
	case now.answer != nil:
		return now.answer, nil
	}
	after := r.Header.Get("Last-Event-Id")
	rest := f.log
	if after != "" {
		at := slices.IndexFunc(f.log, func(e wireEvent) bool { return e["cursor"] == after })
		if at < 0 {
			return response(410, "application/problem+json", `{"reason":"CURSOR_EXPIRED","status":410}`), nil
		}
		rest = f.log[at+1:]
	}
	events := append(slices.Clone(rest), endAt(f.log[len(f.log)-1]["cursor"].(string), "TERMINAL"))
	if now.twist != nil {
		events = now.twist(events)
	}
	f.open++
	return &http.Response{
		StatusCode: 200, Header: http.Header{"Content-Type": {"text/event-stream"}},
		Body: &faultyBody{ctx: r.Context(), data: serverSentEvents(events), fault: now, gateway: f}, Request: r,
	}, nil
}

func response(status int, kind, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body))}
}

type faultyBody struct {
	ctx     context.Context
	data    []byte
	at      int
	fault   fault
	gateway *fakeLog
	closed  bool
}

func (b *faultyBody) Read(piece []byte) (int, error) {
	limit := len(b.data)
	if b.fault.cutAt > 0 {
		limit = min(limit, b.fault.cutAt)
	}
	if b.fault.stallAt > 0 && b.at >= b.fault.stallAt {
		<-b.ctx.Done()
		return 0, b.ctx.Err()
	}
	if b.fault.stallAt > 0 {
		limit = min(limit, b.fault.stallAt)
	}
	if b.at >= limit {
		if b.fault.isBroken {
			return 0, errors.New("connection reset")
		}
		return 0, io.EOF
	}
	if b.fault.chunk > 0 {
		limit = min(limit, b.at+b.fault.chunk)
	}
	n := copy(piece, b.data[b.at:limit])
	if g := b.fault.garbleAt; g >= b.at && g > 0 && g < b.at+n {
		piece[g-b.at] ^= 4
	}
	b.at += n
	return n, nil
}

func (b *faultyBody) Close() error {
	b.gateway.mu.Lock()
	defer b.gateway.mu.Unlock()
	if !b.closed {
		b.gateway.open--
		b.closed = true
	}
	return nil
}

// seen are the requests so far, and how many connections are open.
func (f *fakeLog) seen() (requests []*http.Request, open int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.heard), f.open
}

func (f *fakeLog) client(options ...smartcall.Option) *smartcall.Client {
	idle := 30 * time.Second
	if slices.ContainsFunc(f.faults, func(each fault) bool { return each.stallAt > 0 }) {
		// Nobody else is to be held for lost, however slow the machine is.
		idle = 15 * time.Millisecond
	}
	base := []smartcall.Option{
		smartcall.WithURL("http://gateway.test"),
		smartcall.WithHTTPClient(&http.Client{Transport: f}),
		smartcall.WithReconnect(smartcall.ReconnectOptions{BaseDelay: 1, MaxDelay: 1, MaxFirstAttempts: 10}),
		smartcall.WithIdleTimeout(idle),
	}
	return smartcall.New(append(base, options...)...)
}

// readAll checks that numbers go on by one, and answers what was read.
func readAll(t *testing.T, gateway *fakeLog, options ...smartcall.Option) (seq int64, text string, isEnded bool, err error) {
	t.Helper()
	stream := gateway.client(options...).Stream(t.Context(), "eliza", smartcall.Text("hello"))
	for event, failure := range stream.Events() {
		if failure != nil {
			err = failure
			break
		}
		if isEnded {
			t.Fatal("something came after the end")
		}
		if event.End != nil {
			isEnded = true
			continue
		}
		merged := int64(1)
		if event.Merged != nil {
			merged = *event.Merged
		}
		seq += merged
		if cursor, _ := smartcall.ParseCursor(event.Cursor); cursor.Seq != seq {
			t.Fatalf("%s came instead of number %d", event.Cursor, seq)
		}
		if event.OutputDelta != nil {
			text += event.OutputDelta.Text
		}
	}
	if _, open := gateway.seen(); open != 0 {
		t.Fatalf("%d connections are still open", open)
	}
	return seq, text, isEnded, err
}

func TestAStreamHasEachEventOnceWhereverItIsCut(t *testing.T) {
	log := createLog(6)
	length := len(serverSentEvents(append(slices.Clone(log), endAt("e1.6", "TERMINAL"))))
	for at := 1; at < length; at++ {
		for _, f := range []fault{{cutAt: at}, {cutAt: at, isBroken: true}, {cutAt: at, chunk: 7}} {
			seq, text, isEnded, err := readAll(t, &fakeLog{log: log, faults: []fault{f, f, f}})
			if err != nil || !isEnded || seq != 6 || text != textOfLog(log) {
				t.Fatalf("cut at %d: %d events, ended %t, %v", at, seq, isEnded, err)
			}
		}
	}
}

func TestAStreamIsTheSameInPiecesOfAnySize(t *testing.T) {
	log := createLog(12)
	for size := 1; size < 200; size++ {
		seq, text, isEnded, err := readAll(t, &fakeLog{log: log, faults: []fault{{chunk: size}}})
		if err != nil || !isEnded || seq != 12 || text != textOfLog(log) {
			t.Fatalf("pieces of %d: %d events, ended %t, %v", size, seq, isEnded, err)
		}
	}
}

func TestWhateverHappensToItsConnectionsAStreamIsWhole(t *testing.T) {
	log := createLog(30)
	for seed := range uint64(150) {
		random := rand.New(rand.NewPCG(seed, 1))
		faults := make([]fault, random.IntN(9))
		for i := range faults {
			faults[i] = anyFault(random)
		}
		seq, text, isEnded, err := readAll(t, &fakeLog{log: log, faults: faults})
		if err != nil || !isEnded || seq != 30 || text != textOfLog(log) {
			t.Fatalf("seed %d: %d events, ended %t, %v", seed, seq, isEnded, err)
		}
	}
}

func anyFault(random *rand.Rand) fault {
	var f fault
	if random.IntN(2) == 0 {
		f.cutAt = 1 + random.IntN(4000)
	}
	if random.IntN(6) == 0 {
		f.stallAt = 1 + random.IntN(4000)
	}
	f.isBroken = random.IntN(2) == 0
	f.isUnreachable = random.IntN(6) == 0
	f.chunk = random.IntN(500)
	at := random.IntN(30)
	count := 1 + random.IntN(30)
	switch random.IntN(5) {
	case 0: // One is missing.
		f.twist = func(log []wireEvent) []wireEvent {
			if at >= len(log) {
				return log
			}
			return slices.Delete(log, at, at+1)
		}
	case 1: // Some come twice.
		f.twist = func(log []wireEvent) []wireEvent {
			from := min(at, len(log))
			return slices.Insert(log, from, log[from:min(from+3, len(log))]...)
		}
	case 2: // Two change places.
		f.twist = func(log []wireEvent) []wireEvent {
			if at+1 < len(log) {
				log[at], log[at+1] = log[at+1], log[at]
			}
			return log
		}
	case 3: // Some are merged.
		f.twist = func(log []wireEvent) []wireEvent { return mergeDeltas(log, at, count) }
	}
	return f
}

func mergeDeltas(log []wireEvent, at, count int) []wireEvent {
	var text string
	run := 0
	for run < count && at+run < len(log) {
		delta, ok := log[at+run]["outputDelta"].(wireEvent)
		if !ok {
			break
		}
		text += delta["text"].(string)
		run++
	}
	if run == 0 {
		return log
	}
	merged := wireEvent{"taskId": "t1", "time": "2026-11-23T09:30:00Z", "cursor": log[at+run-1]["cursor"], "merged": run, "outputDelta": wireEvent{"text": text}}
	return slices.Replace(log, at, at+run, merged)
}

func TestABitThatIsFlippedIsNeverAGap(t *testing.T) {
	log := createLog(12)
	for seed := range uint64(150) {
		random := rand.New(rand.NewPCG(seed, 2))
		faults := make([]fault, random.IntN(5))
		for i := range faults {
			faults[i] = fault{garbleAt: 1 + random.IntN(2000), chunk: 64}
		}
		seq, _, isEnded, err := readAll(t, &fakeLog{log: log, faults: faults})
		if err == nil {
			if seq != 12 || !isEnded {
				t.Fatalf("seed %d: %d events, ended %t", seed, seq, isEnded)
			}
			continue
		}
		if reason := smartcall.ReasonOf(err); reason != "STREAM_TRUNCATED" && reason != "CURSOR_EXPIRED" {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func TestAStreamResumesAfterAnEndThatIsNotTheTasks(t *testing.T) {
	for _, reason := range []string{"DRAINING", "SLOW_CONSUMER", "AUTH_EXPIRED"} {
		log := createLog(6)
		twist := func([]wireEvent) []wireEvent { return append(createLog(6)[:3], endAt("e1.3", reason)) }
		var heard []smartcall.ConnectionEvent
		gateway := &fakeLog{log: log, faults: []fault{{twist: twist}}}
		seq, _, isEnded, err := readAll(t, gateway, smartcall.WithOnConnection(func(e smartcall.ConnectionEvent) { heard = append(heard, e) }))
		if err != nil || seq != 6 || !isEnded {
			t.Errorf("%s: %d events, %v", reason, seq, err)
		}
		requests, _ := gateway.seen()
		second := requests[1]
		if second.Header.Get("Last-Event-Id") != "e1.3" || second.URL.Path != "/v1/tasks/t1/events" || second.Method != "GET" {
			t.Errorf("%s: %s %s after %s", reason, second.Method, second.URL, second.Header.Get("Last-Event-Id"))
		}
		if len(heard) != 2 || heard[0].IsConnected || heard[0].Delay != 0 || !heard[1].IsConnected {
			t.Errorf("%s: heard %+v", reason, heard)
		}
	}
}

func TestHowAStreamEndsThatCannotBeResumed(t *testing.T) {
	cut := fault{cutAt: 300}
	gone := fault{isUnreachable: true}
	refuse := func(status int, body string) fault {
		return fault{answer: response(status, "application/problem+json", body)}
	}
	for _, row := range []struct {
		name     string
		faults   []fault
		options  smartcall.ReconnectOptions
		reason   smartcall.Reason
		requests int
		taskID   string
	}{
		{"nobody was ever there", []fault{gone, gone, gone, gone}, smartcall.ReconnectOptions{}, "GATEWAY_UNREACHABLE", 3, ""},
		{"no agent", []fault{refuse(404, `{"reason":"AGENT_NOT_FOUND"}`)}, smartcall.ReconnectOptions{}, "AGENT_NOT_FOUND", 1, ""},
		{"the place is gone", []fault{cut, refuse(410, `{"reason":"CURSOR_EXPIRED"}`)}, smartcall.ReconnectOptions{}, "CURSOR_EXPIRED", 2, "t1"},
		{"the gateway does not come back", []fault{cut, gone, gone, gone, gone}, smartcall.ReconnectOptions{MaxAttempts: 3}, "STREAM_TRUNCATED", 4, "t1"},
		{"no reconnecting at all", []fault{cut}, smartcall.ReconnectOptions{MaxAttempts: -1}, "STREAM_TRUNCATED", 1, "t1"},
		{"a task that is no more", []fault{cut, refuse(404, `{"reason":"TASK_NOT_FOUND"}`)}, smartcall.ReconnectOptions{}, "STREAM_TRUNCATED", 2, "t1"},
		{"an answer that is no stream", []fault{{answer: response(200, "text/html", "<html>")}}, smartcall.ReconnectOptions{MaxAttempts: -1}, "STREAM_TRUNCATED", 1, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.options.BaseDelay, row.options.MaxDelay = 1, 1
			gateway := &fakeLog{log: createLog(12), faults: row.faults}
			_, _, _, err := readAll(t, gateway, smartcall.WithReconnect(row.options))
			var e *smartcall.Error
			if !errors.As(err, &e) || e.Reason != row.reason || e.TaskID != row.taskID {
				t.Errorf("%v (task %q), want %s", err, e.TaskID, row.reason)
			}
			if requests, _ := gateway.seen(); len(requests) != row.requests {
				t.Errorf("%d requests, want %d", len(requests), row.requests)
			}
		})
	}
}

func TestACallThatIsRepeatedHasTheSameKey(t *testing.T) {
	gateway := &fakeLog{log: createLog(5), faults: []fault{{cutAt: 20}, {isUnreachable: true}}}
	if _, _, _, err := readAll(t, gateway); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	requests, _ := gateway.seen()
	for _, r := range requests {
		keys[r.Header.Get("Idempotency-Key")] = true
		if r.Method != "POST" {
			t.Errorf("%s %s, though no task was known", r.Method, r.URL)
		}
	}
	if len(keys) != 1 || keys[""] {
		t.Errorf("keys %v", keys)
	}
}

func TestAGapComesWithItsSnapshot(t *testing.T) {
	twist := func([]wireEvent) []wireEvent {
		gap := wireEvent{"taskId": "t1", "cursor": "e2.0", "time": "2026-11-23T09:30:00Z", "gap": wireEvent{"after": "e1.2"}}
		var task any
		_ = json.Unmarshal([]byte(doneTask), &task)
		snapshot := wireEvent{"taskId": "t1", "cursor": "e2.7", "time": "2026-11-23T09:30:00Z", "snapshot": wireEvent{"task": task}}
		return []wireEvent{gap, snapshot, endAt("e2.7", "TERMINAL")}
	}
	gateway := &fakeLog{log: createLog(3), faults: []fault{{twist: twist}}}
	stream := gateway.client(smartcall.WithOnGap(smartcall.GapPolicySnapshot)).Watch(t.Context(), "t1", smartcall.WithAfter("e1.2"))
	var kinds []string
	for event, err := range stream.Events() {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, event.Kind())
	}
	if want := []string{"gap", "snapshot", "end"}; !slices.Equal(kinds, want) {
		t.Errorf("%v, want %v", kinds, want)
	}
	if result, err := stream.Result(); err != nil || result.Text != "hello" || result.State != "COMPLETED" {
		t.Errorf("%+v, %v", result, err)
	}
	requests, _ := gateway.seen()
	if query := requests[0].URL.RawQuery; query != "onGap=SNAPSHOT" {
		t.Errorf("query %q", query)
	}
}

func TestAKindOfANewerGatewayIsHandedOn(t *testing.T) {
	twist := func(log []wireEvent) []wireEvent {
		log[1] = wireEvent{"taskId": "t1", "cursor": "e1.2", "time": "2026-11-23T09:30:00Z", "hologram": wireEvent{"depth": 3}}
		return log
	}
	gateway := &fakeLog{log: createLog(3), faults: []fault{{twist: twist}}}
	var kinds []string
	for event, err := range gateway.client().Stream(t.Context(), "eliza", smartcall.Text("")).Events() {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, event.Kind())
	}
	if want := []string{"status", "hologram", "status", "end"}; !slices.Equal(kinds, want) {
		t.Errorf("%v, want %v", kinds, want)
	}
}

func TestLeavingALoopClosesTheConnectionAndAnotherGoesOn(t *testing.T) {
	gateway := &fakeLog{log: createLog(10)}
	stream := gateway.client().Stream(t.Context(), "eliza", smartcall.Text(""))
	for event, err := range stream.Events() {
		if err != nil {
			t.Fatal(err)
		}
		if event.Cursor == "e1.4" {
			break
		}
	}
	if _, open := gateway.seen(); open != 0 || stream.Cursor() != "e1.4" || stream.TaskID() != "t1" {
		t.Errorf("%d open at %s", open, stream.Cursor())
	}
	text, err := stream.Text()
	if err != nil || text != textOfLog(gateway.log) {
		t.Errorf("%q, %v", text, err)
	}
}

func TestAFailedTaskHasItsReason(t *testing.T) {
	twist := func(log []wireEvent) []wireEvent {
		log[2]["status"] = wireEvent{"state": "FAILED", "error": wireEvent{"reason": "AGENT_FAILED", "message": "boom", "retryable": false}}
		return log
	}
	gateway := &fakeLog{log: createLog(3), faults: []fault{{twist: twist}}}
	stream := gateway.client().Stream(t.Context(), "eliza", smartcall.Text(""))
	_, err := stream.Text()
	var e *smartcall.Error
	if !errors.As(err, &e) || e.Reason != "AGENT_FAILED" || e.Message != "boom" || e.TaskID != "t1" {
		t.Errorf("%v", err)
	}
	if result, err := stream.Result(); err != nil || result.State != "FAILED" {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestTheEndOfAContextEndsAStream(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	gateway := &fakeLog{log: createLog(10), faults: []fault{{stallAt: 500}}}
	stream := gateway.client(smartcall.WithIdleTimeout(0)).Stream(ctx, "eliza", smartcall.Text(""))
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := stream.Result()
	if _, open := gateway.seen(); smartcall.ReasonOf(err) != "CANCELED" || !errors.Is(err, context.Canceled) || open != 0 {
		t.Errorf("%v, %d open", err, open)
	}
	gateway = &fakeLog{log: createLog(10), faults: []fault{{stallAt: 500}}}
	stream = gateway.client(smartcall.WithIdleTimeout(0), smartcall.WithTimeout(20*time.Millisecond)).Stream(t.Context(), "eliza", smartcall.Text(""))
	if _, err := stream.Result(); smartcall.ReasonOf(err) != "DEADLINE_EXCEEDED" {
		t.Errorf("%v", err)
	}
}

func TestAStreamCancelsItsTask(t *testing.T) {
	gateway := &fakeLog{log: createLog(10)}
	client := gateway.client()
	stream := client.Stream(t.Context(), "eliza", smartcall.Text(""))
	for event, err := range stream.Events() {
		if err != nil {
			t.Fatal(err)
		}
		if event.Cursor == "e1.1" {
			gateway.mu.Lock()
			gateway.faults = []fault{{}, {answer: response(200, "application/json", doneTask)}}
			gateway.mu.Unlock()
			if err := stream.Cancel(t.Context(), "enough"); err != nil {
				t.Fatal(err)
			}
		}
	}
	requests, _ := gateway.seen()
	if path := requests[1].URL.Path; path != "/v1/tasks/t1/cancel" {
		t.Error(path)
	}
	unread := client.Stream(t.Context(), "eliza", smartcall.Text(""))
	if err := unread.Cancel(t.Context(), "never mind"); err != nil {
		t.Error(err)
	}
	_, err := unread.Result()
	if requests, _ = gateway.seen(); smartcall.ReasonOf(err) != "CANCELED" || len(requests) != 2 {
		t.Errorf("%v, %d requests", err, len(requests))
	}
}

func TestArtifactsAreToldWhenTheyAreWhole(t *testing.T) {
	piece := func(seq int, text string, isAppended, isLast bool) wireEvent {
		return wireEvent{"taskId": "t1", "cursor": fmt.Sprintf("e1.%d", seq), "time": "2026-11-23T09:30:00Z", "artifact": wireEvent{
			"artifact": wireEvent{"artifactId": "a", "parts": []any{wireEvent{"text": text}}}, "append": isAppended, "lastChunk": isLast}}
	}
	twist := func([]wireEvent) []wireEvent {
		return []wireEvent{piece(1, "one", false, false), piece(2, "two", true, true), endAt("e1.2", "TERMINAL")}
	}
	gateway := &fakeLog{log: createLog(3), faults: []fault{{twist: twist}}}
	count := 0
	for artifact, err := range gateway.client().Stream(t.Context(), "eliza", smartcall.Text("")).Artifacts() {
		if err != nil || len(artifact.Parts) != 2 || *artifact.Parts[1].Text != "two" {
			t.Errorf("%+v, %v", artifact, err)
		}
		count++
	}
	if count != 1 {
		t.Errorf("%d artifacts", count)
	}
}

func TestAStreamOverRealHTTPThatStallsAndIsCut(t *testing.T) {
	log := createLog(8)
	var connections atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		body := serverSentEvents(append(slices.Clone(log), endAt("e1.8", "TERMINAL")))
		if after := r.Header.Get("Last-Event-Id"); after != "" {
			seq, _ := smartcall.ParseCursor(after)
			body = serverSentEvents(append(slices.Clone(log[seq.Seq:]), endAt("e1.8", "TERMINAL")))
		}
		switch connections.Add(1) {
		case 1: // Is cut.
			_, _ = w.Write(body[:400])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		case 2: // Stalls.
			_, _ = io.WriteString(w, "retry: 5\n\n")
			_, _ = w.Write(body[:250])
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		default:
			_, _ = io.WriteString(w, ": heartbeat\n\n")
			_, _ = w.Write(body)
		}
	}))
	defer server.Close()
	client := smartcall.New(smartcall.WithURL(server.URL), smartcall.WithIdleTimeout(500*time.Millisecond),
		smartcall.WithReconnect(smartcall.ReconnectOptions{BaseDelay: 1, MaxDelay: 1}))
	text, err := client.Stream(t.Context(), "eliza", smartcall.Text("")).Text()
	if count := connections.Load(); err != nil || text != textOfLog(log) || count < 3 {
		t.Errorf("%q, %v, %d connections", text, err, count)
	}
}

func TestTheRegistryIsWatched(t *testing.T) {
	twist := func([]wireEvent) []wireEvent {
		at := func(cursor string) wireEvent { return wireEvent{"cursor": cursor, "time": "2026-11-23T09:30:00Z"} }
		snapshot, removed := at("e1.4"), at("e1.5")
		snapshot["snapshot"] = wireEvent{"agents": []any{}}
		removed["removed"] = wireEvent{"agent": "echo"}
		return []wireEvent{snapshot, removed}
	}
	gateway := &fakeLog{log: createLog(3), faults: []fault{{twist: twist}}}
	stream := gateway.client().WatchAgents(t.Context())
	var kinds []string
	for event, err := range stream.Events() {
		if err != nil {
			t.Fatal(err)
		}
		if kinds = append(kinds, event.Kind()); len(kinds) == 2 {
			break
		}
	}
	requests, _ := gateway.seen()
	if !slices.Equal(kinds, []string{"snapshot", "removed"}) || stream.Cursor() != "e1.5" || requests[0].URL.Path != "/v1/agents/events" {
		t.Errorf("%v at %s", kinds, stream.Cursor())
	}
}
