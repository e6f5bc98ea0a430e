package agent_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/agent"
	"github.com/smartcall/smartcall/sdks/go/internal/testgateway"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// agents of every kind that the tests call.
func agents(canceled chan<- error) []*agent.Agent {
	return []*agent.Agent{
		agent.New("go-echo", func(_ context.Context, call *agent.Call) (any, error) {
			var data any
			if call.Data(&data) == nil {
				return data, nil
			}
			return call.Text(), nil
		}, agent.WithDescription("Repeats."), agent.WithInputSchema(`{}`)),
		agent.New("go-count", func(_ context.Context, call *agent.Call) (any, error) {
			for i := range 100 {
				if _, err := fmt.Fprintf(call, "%d ", i); err != nil {
					return nil, err
				}
			}
			return nil, nil
		}),
		agent.New("go-wait", func(ctx context.Context, call *agent.Call) (any, error) {
			_ = call.Progress(0.5, "waiting")
			<-ctx.Done()
			canceled <- context.Cause(ctx)
			return nil, ctx.Err()
		}),
		agent.New("go-ask", func(ctx context.Context, call *agent.Call) (any, error) {
			answer, err := call.Ask(ctx, "Coffee or tea?")
			if err != nil {
				return nil, err
			}
			return "One " + agent.TextOf(answer), nil
		}),
		agent.New("go-fail", func(_ context.Context, call *agent.Call) (any, error) {
			switch call.Text() {
			case "panic":
				panic("oh no")
			case "reject":
				return nil, smartcall.NewError(smartcall.ReasonAgentRejected, "Not that.")
			}
			return nil, errors.New("boom")
		}),
		agent.New("go-team", func(ctx context.Context, call *agent.Call) (any, error) {
			task, err := call.Call(ctx, "go-echo", "from "+call.Text(), agent.CallOptions{})
			if err != nil {
				return nil, err
			}
			return agent.TextOf(task.Output), nil
		}),
	}
}

func TestAnAgentThatIsAttached(t *testing.T) {
	url := testgateway.Start(t)
	canceled := make(chan error, 64)
	attachment, err := agent.Attach(t.Context(), agents(canceled), agent.AttachOptions{Gateway: url, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	if err := attachment.Ready(t.Context()); err != nil || attachment.InstanceID() == "" {
		t.Fatal(err)
	}
	useAgents(t, smartcall.New(smartcall.WithURL(url)), canceled, true)
	if err := attachment.Close(); err != nil {
		t.Error(err)
	}
}

func TestAnAgentComesBackToAGatewayThatWasKilled(t *testing.T) {
	address, kill := testgateway.StartAt(t, "0")
	attachment, err := agent.Attach(t.Context(), agents(nil), agent.AttachOptions{Gateway: address, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = attachment.Close() }()
	if err := attachment.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	parsed, _ := url.Parse(address)
	client := smartcall.New(smartcall.WithURL(address), smartcall.WithMaxRetries(0))
	for range 2 {
		kill()
		for {
			if _, err := client.Agents.Get(t.Context(), "go-echo"); smartcall.ReasonOf(err) == smartcall.ReasonGatewayUnreachable {
				break
			}
		}
		_, kill = testgateway.StartAt(t, parsed.Port())
		for until := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			task, err := client.Call(t.Context(), "go-echo", smartcall.Text("again"))
			if err == nil && task.OutputText() == "again" {
				break
			}
			if time.Now().After(until) {
				t.Fatal("the agent did not come back: ", err)
			}
		}
	}
}

func TestAnAgentThatIsServed(t *testing.T) {
	for _, protocol := range []smartcall.AgentEndpointProtocol{smartcall.AgentEndpointProtocolLink, smartcall.AgentEndpointProtocolExecute} {
		t.Run(string(protocol), func(t *testing.T) {
			url := testgateway.Start(t)
			canceled := make(chan error, 64)
			served := agents(canceled)
			server, err := agent.Serve(t.Context(), served, agent.ServeOptions{Log: quiet})
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			client := smartcall.New(smartcall.WithURL(url))
			for _, each := range served {
				_, err := client.Agents.Create(t.Context(), smartcall.CreateAgentRequest{
					Card:      smartcall.AgentCardInput{Name: each.Card().Name},
					Endpoints: []smartcall.AgentEndpointInput{{URL: server.URL(), Protocol: protocol}},
				})
				if err != nil {
					t.Fatal(err)
				}
				if protocol == smartcall.AgentEndpointProtocolLink {
					break // The link registers all that stand there.
				}
			}
			waitReady(t, client, served)
			useAgents(t, client, canceled, protocol == smartcall.AgentEndpointProtocolLink)
		})
	}
}

func waitReady(t *testing.T, client *smartcall.Client, served []*agent.Agent) {
	t.Helper()
	for _, each := range served {
		for until := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			is, err := client.Agents.Get(t.Context(), each.Card().Name)
			if err == nil && is.ReadyInstances > 0 {
				break
			}
			if time.Now().After(until) {
				t.Fatal(each.Card().Name, "is not ready", err)
			}
		}
	}
}

func useAgents(t *testing.T, client *smartcall.Client, canceled <-chan error, hasLink bool) {
	ctx := t.Context()
	t.Run("text", func(t *testing.T) {
		task, err := client.Call(ctx, "go-echo", smartcall.Text("grüezi"))
		if err != nil || task.OutputText() != "grüezi" {
			t.Errorf("%+v, %v", task, err)
		}
	})
	t.Run("data", func(t *testing.T) {
		task, err := client.Call(ctx, "go-echo", smartcall.Data(map[string]any{"a": []int{1, 2}}))
		var data struct{ A []int }
		if err != nil || task.OutputData(&data) != nil || len(data.A) != 2 {
			t.Errorf("%+v, %v", task, err)
		}
	})
	t.Run("a large text", func(t *testing.T) {
		large := strings.Repeat("0123456789abcde\n", 12_000) // 192 KB: more than half a window.
		task, err := client.Call(ctx, "go-echo", smartcall.Text(large))
		if err != nil || task.OutputText() != large {
			t.Errorf("%v", err)
		}
	})
	t.Run("a stream", func(t *testing.T) {
		result, err := client.Stream(ctx, "go-count", smartcall.Text("")).Result()
		if err != nil || len(strings.Fields(result.Text)) != 100 || result.State != "COMPLETED" {
			t.Errorf("%+v, %v", result, err)
		}
	})
	t.Run("cancel", func(t *testing.T) {
		stream := client.Stream(ctx, "go-wait", smartcall.Text(""))
		for event, err := range stream.Events() {
			if err != nil {
				t.Fatal(err)
			}
			if event.Progress != nil {
				if err := stream.Cancel(ctx, "enough"); err != nil {
					t.Fatal(err)
				}
			}
		}
		if cause := <-canceled; smartcall.ReasonOf(cause) != smartcall.ReasonCanceled {
			t.Errorf("the run heard %v", cause)
		}
		if result, _ := stream.Result(); result.State != "CANCELED" {
			t.Errorf("%+v", result)
		}
	})
	t.Run("deadline", func(t *testing.T) {
		hasBegun := false
		// More time for a machine on which the run had not even begun.
		for timeout := 300 * time.Millisecond; !hasBegun; timeout *= 2 {
			stream := client.Stream(ctx, "go-wait", smartcall.Text(""), smartcall.WithTimeout(timeout))
			for event, err := range stream.Events() {
				hasBegun = hasBegun || err == nil && event.Progress != nil
				if err != nil && smartcall.ReasonOf(err) != smartcall.ReasonDeadlineExceeded {
					t.Fatal(err)
				}
			}
			// The gateway and this side watch the same time: either may be first.
			if result, err := stream.Result(); err == nil && (result.Error == nil || result.Error.Reason != "DEADLINE_EXCEEDED") {
				t.Errorf("%+v", result)
			}
		}
		if cause := <-canceled; smartcall.ReasonOf(cause) != smartcall.ReasonDeadlineExceeded && smartcall.ReasonOf(cause) != smartcall.ReasonCanceled {
			t.Errorf("the run heard %v", cause)
		}
	})
	t.Run("errors", func(t *testing.T) {
		for given, want := range map[string]smartcall.TaskState{"panic": "FAILED", "boom": "FAILED", "reject": "REJECTED"} {
			task, err := client.Call(ctx, "go-fail", smartcall.Text(given))
			if err != nil || task.State != want || task.Error == nil {
				t.Errorf("%s: %+v, %v", given, task, err)
			}
		}
	})
	t.Run("ask", func(t *testing.T) {
		task, err := client.Call(ctx, "go-ask", smartcall.Text("hi"))
		if !hasLink {
			if err != nil || task.State != "FAILED" {
				t.Errorf("%+v, %v", task, err)
			}
			return
		}
		if err != nil || task.State != smartcall.TaskStateInputRequired {
			t.Fatalf("%+v, %v", task, err)
		}
		if _, err := client.Tasks.Send(ctx, task.ID, smartcall.Text("tea")); err != nil {
			t.Fatal(err)
		}
		done, err := client.Tasks.Wait(ctx, task.ID, 30*time.Second)
		if err != nil || done.OutputText() != "One tea" {
			t.Errorf("%+v, %v", done, err)
		}
	})
	t.Run("call another", func(t *testing.T) {
		task, err := client.Call(ctx, "go-team", smartcall.Text("go"))
		if err != nil {
			t.Fatal(err)
		}
		if hasLink && task.OutputText() != "from go" {
			t.Errorf("%+v", task)
		}
		if !hasLink && (task.State != "FAILED" || task.Error.Reason != string(smartcall.ReasonNotImplemented)) {
			t.Errorf("%+v", task)
		}
	})
}
