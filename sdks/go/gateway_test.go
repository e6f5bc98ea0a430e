package smartcall_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/internal/testgateway"
)

func TestWithTheRealGateway(t *testing.T) {
	url := testgateway.Start(t)
	testgateway.StartDemoAgents(t, url)
	client := smartcall.New(smartcall.WithURL(url))

	t.Run("a call is answered", func(t *testing.T) {
		task, err := client.Call(t.Context(), "calculator", smartcall.Text("6 * 7"))
		if err != nil || task.State != smartcall.TaskStateCompleted {
			t.Fatalf("%+v, %v", task, err)
		}
		var answer json.RawMessage
		if err := task.OutputData(&answer); err != nil || !strings.Contains(string(answer), "42") {
			t.Errorf("%s, %v", answer, err)
		}
		same, err := client.Tasks.Get(t.Context(), task.ID)
		if err != nil || same.OutputText() != task.OutputText() || !same.CreateTime.Equal(task.CreateTime) {
			t.Errorf("%+v, %v", same, err)
		}
	})
	t.Run("no agent", func(t *testing.T) {
		_, err := client.Call(t.Context(), "nobody", smartcall.Text("hi"))
		var e *smartcall.Error
		if !errors.As(err, &e) || e.Reason != smartcall.ReasonAgentNotFound || e.RequestID == "" || e.Status != 404 {
			t.Errorf("%v", err)
		}
	})
	t.Run("what does not fit", func(t *testing.T) {
		_, err := client.Call(t.Context(), "echo", smartcall.Text("hi"), smartcall.WithOnDisconnect("SHRUG"))
		var e *smartcall.Error
		if !errors.As(err, &e) || e.Reason != smartcall.ReasonInvalidArgument || len(e.Errors) == 0 {
			t.Errorf("%v", err)
		}
	})
	t.Run("a stream", func(t *testing.T) {
		stream := client.Stream(t.Context(), "eliza", smartcall.Text("I am tired."))
		text, err := stream.Text()
		if err != nil || text != "I am sorry to hear that you are tired. Since when?" {
			t.Fatalf("%q, %v", text, err)
		}
		again, err := client.Watch(t.Context(), stream.TaskID()).Text()
		if err != nil || again != text {
			t.Errorf("%q, %v", again, err)
		}
	})
	t.Run("an idempotency key", func(t *testing.T) {
		key := smartcall.WithIdempotencyKey("go-1")
		one, err := client.Call(t.Context(), "echo", smartcall.Text("hi"), key)
		if err != nil {
			t.Fatal(err)
		}
		other, err := client.Call(t.Context(), "echo", smartcall.Text("hi"), key)
		if err != nil || other.ID != one.ID {
			t.Errorf("%v, %v", other, err)
		}
		_, err = client.Call(t.Context(), "echo", smartcall.Text("ho"), key)
		if smartcall.ReasonOf(err) != smartcall.ReasonIdempotencyKeyReused {
			t.Errorf("%v", err)
		}
	})
	t.Run("pages", func(t *testing.T) {
		var names []string
		for agent, err := range client.Agents.List(t.Context(), smartcall.ListAgentsParams{PageSize: 2}) {
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, agent.Name)
		}
		if want := []string{"booking", "calculator", "echo", "eliza", "summarizer", "team"}; !slices.Equal(names, want) {
			t.Errorf("%v, want %v", names, want)
		}
	})
	t.Run("respond-async, wait and cancel", func(t *testing.T) {
		task, err := client.Call(t.Context(), "echo", smartcall.Data(map[string]any{"n": 1}), smartcall.WithRespondAsync())
		if err != nil {
			t.Fatal(err)
		}
		done, err := client.Tasks.Wait(t.Context(), task.ID, 30*time.Second)
		if err != nil || !done.State.IsEnded() {
			t.Errorf("%+v, %v", done, err)
		}
		if _, err := client.Tasks.Cancel(t.Context(), task.ID, "too late"); err != nil {
			t.Error(err)
		}
	})
	t.Run("the registry is watched", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		defer cancel()
		for event, err := range client.WatchAgents(ctx).Events() {
			if err != nil || event.Snapshot == nil || len(event.Snapshot.Agents) < 5 {
				t.Errorf("%+v, %v", event, err)
			}
			break
		}
	})
}

func waitForAgent(t *testing.T, url, name string) {
	t.Helper()
	client := smartcall.New(smartcall.WithURL(url))
	for until := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		is, err := client.Agents.Get(t.Context(), name)
		if err == nil && is.ReadyInstances > 0 {
			return
		}
		if time.Now().After(until) {
			t.Fatal(name, "is not there: ", err)
		}
	}
}
