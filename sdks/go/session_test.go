package smartcall_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/agent"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
	"github.com/smartcall/smartcall/sdks/go/internal/link/jsonlink"
	"github.com/smartcall/smartcall/sdks/go/internal/testgateway"
)

// fakeRealtime is a gateway's WebSocket with one task: each exchange is answered by serve.
type fakeRealtime struct {
	*httptest.Server
	mu     sync.Mutex
	hellos []link.Hello
	opens  []*jsonlink.Open
}

func startFakeRealtime(t *testing.T, serve func(count int, open *jsonlink.Open, e *link.Exchange, socket *websocket.Conn)) *fakeRealtime {
	t.Helper()
	f := &fakeRealtime{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"smartcall.v1.json"}})
		if err != nil {
			return
		}
		socket.SetReadLimit(8 << 20)
		l := link.New(link.Options{
			Carrier: testSocket{socket}, Codec: jsonlink.Codec{}, Implementation: "fake/1",
			OnHello: func(hello link.Hello) {
				f.mu.Lock()
				defer f.mu.Unlock()
				f.hellos = append(f.hellos, hello)
			},
			Accept: func(e *link.Exchange, open any, _ bool) {
				f.mu.Lock()
				f.opens = append(f.opens, open.(*jsonlink.Open))
				count := len(f.opens)
				f.mu.Unlock()
				go serve(count, open.(*jsonlink.Open), e, socket)
			},
		})
		for {
			_, packet, err := socket.Read(context.Background())
			if err != nil {
				l.Lost(err)
				return
			}
			l.Receive(packet)
		}
	}))
	t.Cleanup(f.Close)
	return f
}

// first is what the first exchange asked for, and how its connection began.
func (f *fakeRealtime) first() (*jsonlink.Open, link.Hello) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.opens[0], f.hellos[0]
}

type testSocket struct{ socket *websocket.Conn }

func (s testSocket) Send(packet []byte) error {
	return s.socket.Write(context.Background(), websocket.MessageText, packet)
}
func (s testSocket) Close(string) { _ = s.socket.CloseNow() }

func sendEvents(e *link.Exchange, events []wireEvent) {
	for _, event := range events {
		data, _ := json.Marshal(event)
		if e.Send(e.Context(), &jsonlink.Event{Task: data}) != nil {
			return
		}
	}
}

func afterOf(open *jsonlink.Open) int64 {
	watch, _ := open.Watch.(map[string]any)
	after, _ := watch["after"].(string)
	cursor, _ := smartcall.ParseCursor(after)
	return cursor.Seq
}

func TestAStreamOverAWebSocketResumesWhenItIsCut(t *testing.T) {
	log := createLog(20)
	server := startFakeRealtime(t, func(count int, open *jsonlink.Open, e *link.Exchange, socket *websocket.Conn) {
		after := afterOf(open)
		switch count {
		case 1:
			sendEvents(e, log[:5])
			// They may have left by then, or not.
			_ = socket.CloseNow()
		case 2:
			sendEvents(e, append(slices.Clone(log[after:after+4]), endAt(log[after+3]["cursor"].(string), "DRAINING")))
			e.Close(link.Outcome{})
		case 3:
			sendEvents(e, log[after:after+2])
			e.Close(link.Outcome{Reason: "RATE_LIMITED", Message: "slow down", Details: map[string]any{"retryAfterMs": 5}})
		case 4:
			_ = socket.Close(4200, "DRAINING")
		default:
			sendEvents(e, append(slices.Clone(log[after:]), endAt("e1.20", "TERMINAL")))
			e.Close(link.Outcome{})
		}
	})
	client := smartcall.New(smartcall.WithURL(server.URL), smartcall.WithToken("secret"), smartcall.WithTransport(smartcall.TransportWebSocket),
		smartcall.WithReconnect(smartcall.ReconnectOptions{BaseDelay: 1, MaxDelay: 1}))
	stream := client.Stream(t.Context(), "eliza", smartcall.Text("hi"), smartcall.WithIdempotencyKey("k1"), smartcall.WithTimeout(time.Minute))
	text, err := stream.Text()
	if err != nil || text != textOfLog(log) {
		t.Fatalf("%q, %v", text, err)
	}
	first, hello := server.first()
	if first.Headers["idempotency-key"] != "k1" || first.TimeoutMs < 1 || first.TimeoutMs > 60_000 || !first.HalfClose || hello.Token != "secret" {
		t.Errorf("%+v, %+v", first, hello)
	}
}

func TestASessionIsRefused(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"smartcall.v1.json"}})
		if err != nil {
			return
		}
		_ = socket.Close(4001, "UNAUTHENTICATED")
	}))
	defer server.Close()
	_, err := smartcall.New(smartcall.WithURL(server.URL)).Connect(t.Context())
	if smartcall.ReasonOf(err) != smartcall.ReasonUnauthenticated {
		t.Errorf("%v", err)
	}
	server.Close()
	_, err = smartcall.New(smartcall.WithURL(server.URL)).Connect(t.Context())
	if smartcall.ReasonOf(err) != smartcall.ReasonGatewayUnreachable {
		t.Errorf("%v", err)
	}
}

func TestAMessageThatWasOnItsWayIsSentAgain(t *testing.T) {
	at := func(seq int, kind string, what any) wireEvent {
		return wireEvent{"taskId": "t1", "cursor": fmt.Sprintf("e1.%d", seq), "time": "2026-11-23T09:30:00Z", kind: what}
	}
	question := at(1, "inputRequired", wireEvent{"prompt": wireEvent{"parts": []any{wireEvent{"text": "what?"}}}})
	server := startFakeRealtime(t, func(count int, _ *jsonlink.Open, e *link.Exchange, socket *websocket.Conn) {
		if count == 1 {
			sendEvents(e, []wireEvent{question})
			_, _ = e.Receive(e.Context()) // And is gone before it answers.
			_ = socket.CloseNow()
			return
		}
		payload, err := e.Receive(e.Context())
		if err != nil {
			return
		}
		var message wireEvent
		_ = json.Unmarshal(payload.(json.RawMessage), &message)
		repeated := at(2, "error", wireEvent{"reason": "TASK_NOT_WAITING", "message": "again", "messageId": message["messageId"]})
		sendEvents(e, []wireEvent{at(2, "inputReceived", wireEvent{"message": message}), repeated,
			at(3, "status", wireEvent{"state": "COMPLETED"}), endAt("e1.3", "TERMINAL")})
		e.Close(link.Outcome{})
	})
	client := smartcall.New(smartcall.WithURL(server.URL), smartcall.WithReconnect(smartcall.ReconnectOptions{BaseDelay: 1, MaxDelay: 1}))
	session, err := client.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	talk := session.Converse(t.Context(), "waiter", smartcall.Text("hi"))
	var kinds []string
	for event, err := range talk.Events() {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, event.Kind())
		if event.InputRequired != nil {
			if err := talk.Send(t.Context(), smartcall.Text("tea")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if want := []string{"inputRequired", "inputReceived", "status", "end"}; !slices.Equal(kinds, want) {
		t.Errorf("%v, want %v", kinds, want)
	}
	if err := talk.Send(t.Context(), smartcall.Text("more")); smartcall.ReasonOf(err) != smartcall.ReasonTaskNotWaiting {
		t.Errorf("%v", err)
	}
}

func TestASessionWithTheRealGateway(t *testing.T) {
	url := testgateway.Start(t)
	waiter := agent.New("waiter", func(ctx context.Context, call *agent.Call) (any, error) {
		drink, err := call.Ask(ctx, "Coffee or tea?")
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(call, "One %s, ", agent.TextOf(drink))
		fmt.Fprint(call, "coming up.")
		return nil, nil
	})
	counter := agent.New("counter", func(_ context.Context, call *agent.Call) (any, error) {
		for i := range 2000 {
			if _, err := fmt.Fprintf(call, "%d ", i); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	attachment, err := agent.Attach(t.Context(), []*agent.Agent{waiter, counter}, agent.AttachOptions{
		Gateway: url, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = attachment.Close() }()
	if err := attachment.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	session, err := smartcall.New(smartcall.WithURL(url)).Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()

	talk := session.Converse(t.Context(), "waiter", smartcall.Text("Good morning."))
	for event, err := range talk.Events() {
		if err != nil {
			t.Fatal(err)
		}
		if event.InputRequired != nil {
			if err := talk.Send(t.Context(), smartcall.Text("tea")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if text, err := talk.Text(); err != nil || text != "One tea, coming up." {
		t.Errorf("%q, %v", text, err)
	}

	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			text, err := session.Stream(t.Context(), "counter", smartcall.Text("")).Text()
			if err != nil || len(text) != 8890 {
				t.Errorf("%d bytes, %v", len(text), err)
			}
		})
	}
	group.Wait()

	task, err := session.Call(t.Context(), "counter", smartcall.Text(""))
	if err != nil || task.State != smartcall.TaskStateCompleted {
		t.Errorf("%+v, %v", task, err)
	}
	_, err = session.Call(t.Context(), "nobody", smartcall.Text(""))
	var e *smartcall.Error
	if !errors.As(err, &e) || e.Reason != smartcall.ReasonAgentNotFound {
		t.Errorf("%v", err)
	}
	session.Close()
	if _, err := session.Stream(t.Context(), "counter", smartcall.Text("")).Text(); smartcall.ReasonOf(err) != smartcall.ReasonCanceled {
		t.Errorf("%v", err)
	}
}
