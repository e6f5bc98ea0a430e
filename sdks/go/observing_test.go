package smartcall_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/agent"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
	"github.com/smartcall/smartcall/sdks/go/internal/link/jsonlink"

	"github.com/coder/websocket"
)

func TestWhatIsLoggedHasNoSecret(t *testing.T) {
	gateway := newFakeGateway(t, answer{isBroken: true}, answer{status: 200, body: doneTask})
	var out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client := gateway.client(smartcall.WithLogger(logger), smartcall.WithToken("sk-very-secret"), smartcall.WithHeader("X-Api-Key", "sk-very-secret"))
	if _, err := client.Call(t.Context(), "echo", smartcall.Text("private")); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if strings.Contains(text, "sk-very-secret") || strings.Contains(text, "private") {
		t.Error(text)
	}
	if strings.Count(text, "level=DEBUG") != 2 || strings.Count(text, "level=WARN") != 1 {
		t.Error(text)
	}
}

func TestAURLWithCredentialsIsRefusedAndNowhereSaid(t *testing.T) {
	for _, url := range []string{
		"http://user:pa55@127.0.0.1:1", "https://pa55@127.0.0.1:1", "http://user:pa55 @127.0.0.1:1", "http://user:/pa55@127.0.0.1:1", "user:pa55@h",
	} {
		var out bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		client := smartcall.New(smartcall.WithURL(url), smartcall.WithLogger(logger), smartcall.WithRetryDelay(1, 1))
		_, ofCall := client.Call(t.Context(), "echo", smartcall.Text("hi"))
		_, ofStream := client.Stream(t.Context(), "echo", smartcall.Text("hi")).Text()
		_, ofWebSocket := client.Stream(t.Context(), "echo", smartcall.Text("hi"), smartcall.WithTransport(smartcall.TransportWebSocket)).Text()
		_, ofSession := client.Connect(t.Context())
		_, ofOption := smartcall.New().Call(t.Context(), "echo", smartcall.Text("hi"), smartcall.WithURL(url))
		for _, err := range []error{ofCall, ofStream, ofWebSocket, ofSession, ofOption} {
			if smartcall.ReasonOf(err) != smartcall.ReasonInvalidArgument {
				t.Errorf("%v", err)
			}
			for ; err != nil; err = errors.Unwrap(err) {
				fmt.Fprintf(&out, "%v %+v\n", err, err)
			}
		}
		_, err := agent.Attach(t.Context(), []*agent.Agent{agent.New("echo", nil)}, agent.AttachOptions{Gateway: url, Log: logger})
		if err == nil {
			t.Error("the agent attaches")
		}
		fmt.Fprintf(&out, "%v %v %+v", err, client, client)
		if strings.Contains(out.String(), "pa55") {
			t.Error(out.String())
		}
	}
}

func TestTheEnvironmentSaysHowMuchIsLogged(t *testing.T) {
	gateway := newFakeGateway(t, answer{isBroken: true}, answer{status: 200, body: doneTask})
	if os.Getenv("SMARTCALL_TEST_LOG") != "" {
		_, _ = smartcall.New(smartcall.WithRetryDelay(1, 1)).Call(t.Context(), "echo", smartcall.Text("hi"))
		return
	}
	for level, want := range map[string]string{"warn": "level=WARN", "Debug": "level=DEBUG", "": ""} {
		command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTheEnvironmentSaysHowMuchIsLogged$")
		command.Env = append(os.Environ(), "SMARTCALL_TEST_LOG=1", "SMARTCALL_LOG="+level, "SMARTCALL_URL="+gateway.URL)
		gateway.mu.Lock()
		gateway.requests = nil
		gateway.mu.Unlock()
		var said bytes.Buffer
		command.Stderr = &said
		if err := command.Run(); err != nil {
			t.Fatal(err)
		}
		if text := said.String(); !strings.Contains(text, want) || (want == "") != (text == "") {
			t.Errorf("%s: %q", level, text)
		}
	}
}

func TestTheTraceGoesAlong(t *testing.T) {
	type key struct{}
	propagate := smartcall.WithPropagator(func(ctx context.Context, headers http.Header) {
		headers.Set("Traceparent", ctx.Value(key{}).(string))
	})
	ctx := context.WithValue(t.Context(), key{}, "00-a-b-01")
	gateway := newFakeGateway(t, answer{status: 200, body: doneTask})
	for _, options := range [][]smartcall.Option{nil, {smartcall.WithHeader("Traceparent", "mine")}} {
		if _, err := gateway.client(propagate).Call(ctx, "echo", smartcall.Text("hi"), options...); err != nil {
			t.Fatal(err)
		}
	}
	if seen := gateway.seen(); seen[0].headers.Get("Traceparent") != "00-a-b-01" || seen[1].headers.Get("Traceparent") != "mine" {
		t.Errorf("%v", seen)
	}
	server := startFakeRealtime(t, wholeLog(3))
	client := smartcall.New(smartcall.WithURL(server.URL), smartcall.WithTransport(smartcall.TransportWebSocket), propagate)
	if _, err := client.Stream(ctx, "eliza", smartcall.Text("hi")).Text(); err != nil {
		t.Fatal(err)
	}
	first, _ := server.first()
	if got := first.Headers["traceparent"]; got != "00-a-b-01" {
		t.Errorf("%q", got)
	}
}

// wholeLog answers whatever is asked for with a log of so many events.
func wholeLog(count int) func(int, *jsonlink.Open, *link.Exchange, *websocket.Conn) {
	log := createLog(count)
	log = append(log, endAt(log[count-1]["cursor"].(string), "TERMINAL"))
	return func(_ int, _ *jsonlink.Open, e *link.Exchange, _ *websocket.Conn) {
		sendEvents(e, log)
		e.Close(link.Outcome{})
	}
}

// settled waits until there are no more goroutines than there were.
func settled(t *testing.T, before int) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines instead of %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	leave := func(t *testing.T, client *smartcall.Client) {
		for range 5 {
			// Left in the middle.
			for _, err := range client.Stream(t.Context(), "eliza", smartcall.Text("hi")).Events() {
				if err != nil {
					t.Fatal(err)
				}
				break
			}
			// Given up while it is read.
			ctx, cancel := context.WithCancel(t.Context())
			for _, err := range client.Stream(ctx, "eliza", smartcall.Text("hi")).Events() {
				cancel()
				if err != nil {
					break
				}
			}
			cancel()
			// Never read at all.
			_ = client.Stream(t.Context(), "eliza", smartcall.Text("hi"))
		}
	}
	t.Run("SSE", func(t *testing.T) {
		gateway := newFakeGateway(t, answer{status: 200, body: string(serverSentEvents(append(createLog(50), endAt("e1.50", "TERMINAL")))),
			headers: map[string]string{"Content-Type": "text/event-stream"}})
		transport := &http.Transport{}
		defer transport.CloseIdleConnections()
		leave(t, gateway.client(smartcall.WithHTTPClient(&http.Client{Transport: transport})))
	})
	t.Run("WebSocket", func(t *testing.T) {
		server := startFakeRealtime(t, wholeLog(50))
		transport := &http.Transport{}
		defer transport.CloseIdleConnections()
		leave(t, smartcall.New(smartcall.WithURL(server.URL), smartcall.WithTransport(smartcall.TransportWebSocket),
			smartcall.WithHTTPClient(&http.Client{Transport: transport})))
	})
	t.Run("session", func(t *testing.T) {
		server := startFakeRealtime(t, wholeLog(50))
		session, err := smartcall.New(smartcall.WithURL(server.URL)).Connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for range session.Stream(t.Context(), "eliza", smartcall.Text("hi")).Events() {
			break
		}
		session.Close()
	})
	http.DefaultClient.CloseIdleConnections()
	settled(t, before)
}
