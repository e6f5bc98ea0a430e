package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/agent"
)

// attachSettings are how a vector wants its agents attached.
type attachSettings struct {
	Token      string
	InstanceID string
	Capacity   int
}

// runs are what became of runs, as far as vectors ask.
type runs struct {
	mu   sync.Mutex
	told []result
}

func (r *runs) note(agent, outcome string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told = append(r.told, result{"agent": agent, "outcome": outcome})
}

// runAgents attaches the agents of the vectors until ctx ends, and answers what became of it.
func runAgents(ctx context.Context, t told) result {
	noted := &runs{told: []result{}}
	attachment, err := agent.Attach(context.Background(), createAgents(noted), agent.AttachOptions{
		Gateway: t.URL, Capacity: t.Attach.Capacity, InstanceID: t.Attach.InstanceID,
		Token: func(context.Context) (string, error) { return t.Attach.Token, nil },
		Grace: time.Second, BackoffBase: 50 * time.Millisecond, BackoffLimit: 200 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		return result{"error": errorJSON(err)}
	}
	r := result{}
	if err := attachment.Ready(ctx); err != nil && ctx.Err() == nil {
		r["error"] = result{"reason": smartcall.ReasonOf(err)}
	} else {
		<-ctx.Done()
	}
	r["instanceId"] = attachment.InstanceID()
	_ = attachment.Close()
	noted.mu.Lock()
	defer noted.mu.Unlock()
	r["runs"] = noted.told
	return r
}

func createAgents(noted *runs) []*agent.Agent {
	return []*agent.Agent{
		agent.New("echo", func(_ context.Context, call *agent.Call) (any, error) {
			return call.Text(), nil
		}, agent.WithDescription("Answers the text it is sent.")),
		agent.New("words", func(_ context.Context, call *agent.Call) (any, error) {
			for _, word := range strings.Split(call.Text(), " ") {
				if _, err := call.WriteString(word + " "); err != nil {
					return nil, err
				}
			}
			return nil, nil
		}, agent.WithDescription("Streams the words of the text it is sent."), agent.WithStreaming()),
		agent.New("count", func(_ context.Context, call *agent.Call) (any, error) {
			var data struct{ Pieces, Bytes int }
			if err := call.Data(&data); err != nil {
				return nil, err
			}
			for range data.Pieces {
				if _, err := call.WriteString(strings.Repeat("x", data.Bytes)); err != nil {
					return nil, err
				}
			}
			noted.note("count", "answered")
			return nil, nil
		}, agent.WithDescription("Streams so many pieces of so many bytes."), agent.WithStreaming()),
		agent.New("fail", func(context.Context, *agent.Call) (any, error) {
			return nil, errors.New("on purpose")
		}, agent.WithDescription("Fails.")),
		agent.New("reject", func(context.Context, *agent.Call) (any, error) {
			return nil, smartcall.NewError(smartcall.ReasonAgentRejected, "not this")
		}, agent.WithDescription("Rejects.")),
		agent.New("wait", func(ctx context.Context, call *agent.Call) (any, error) {
			if _, err := call.WriteString("waiting"); err != nil {
				return nil, err
			}
			<-ctx.Done()
			noted.note("wait", "canceled")
			return nil, context.Cause(ctx)
		}, agent.WithDescription("Waits until it is canceled."), agent.WithStreaming()),
		agent.New("ask", func(ctx context.Context, call *agent.Call) (any, error) {
			heard, err := call.Ask(ctx, "Which?")
			return agent.TextOf(heard), err
		}, agent.WithDescription("Asks, and answers what it hears.")),
		agent.New("slow", func(ctx context.Context, call *agent.Call) (any, error) {
			timer := time.NewTimer(100 * time.Millisecond)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-ctx.Done():
			}
			return call.Text(), nil
		}, agent.WithDescription("Answers after a tenth of a second.")),
	}
}
