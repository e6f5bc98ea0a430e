package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"sync"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
)

// clientSettings are how a vector wants its client made.
type clientSettings struct {
	Token            *string
	Tokens           []string
	Headers          map[string]string
	MaxRetries       *int
	TimeoutMs        *int
	AttemptTimeoutMs *int
	IdleTimeoutMs    *int
	Transport        smartcall.Transport
	Delays           struct {
		BaseDelayMs, MaxDelayMs       *int
		Random                        *float64
		MaxAttempts, MaxFirstAttempts *int
	}
}

// callSettings are what a vector calls.
type callSettings struct {
	Operation   string
	Agent, Task string
	Input       json.RawMessage
	Messages    []json.RawMessage
	Webhook     struct {
		Secret, Body string
		Headers      map[string]string
	}
	Options struct {
		clientSettings
		IdempotencyKey string
		ContextID      string
		Metadata       smartcall.Object
		RespondAsync   bool
		OnDisconnect   smartcall.OnDisconnect
		After          string
		OnGap          smartcall.GapPolicy
		WaitMs         int
		Reason         string
		Agent          string
		States         []smartcall.TaskState
		PageSize       int
	}
	LeaveAfter, CancelAfter int
	Calls                   []callSettings
	// Told after each event.
	onEvent func()
}

func milliseconds(count int) time.Duration { return time.Duration(count) * time.Millisecond }

// options are the settings that a client and a call both know.
func (s clientSettings) options() []smartcall.Option {
	var options []smartcall.Option
	add := func(option smartcall.Option) { options = append(options, option) }
	if s.Token != nil {
		add(smartcall.WithToken(*s.Token))
	}
	if len(s.Tokens) > 0 {
		add(smartcall.WithTokenSource(inTurn(s.Tokens)))
	}
	for name, value := range s.Headers {
		add(smartcall.WithHeader(name, value))
	}
	if s.MaxRetries != nil {
		add(smartcall.WithMaxRetries(*s.MaxRetries))
	}
	if s.TimeoutMs != nil {
		add(smartcall.WithTimeout(milliseconds(*s.TimeoutMs)))
	}
	if s.AttemptTimeoutMs != nil {
		add(smartcall.WithAttemptTimeout(milliseconds(*s.AttemptTimeoutMs)))
	}
	if s.IdleTimeoutMs != nil {
		add(smartcall.WithIdleTimeout(milliseconds(*s.IdleTimeoutMs)))
	}
	if s.Transport != "" {
		add(smartcall.WithTransport(s.Transport))
	}
	return append(options, s.delays()...)
}

func (s clientSettings) delays() []smartcall.Option {
	var options []smartcall.Option
	base, limit := 250*time.Millisecond, 10*time.Second
	if s.Delays.BaseDelayMs != nil {
		base = milliseconds(*s.Delays.BaseDelayMs)
	}
	if s.Delays.MaxDelayMs != nil {
		limit = milliseconds(*s.Delays.MaxDelayMs)
	}
	reconnect := smartcall.ReconnectOptions{BaseDelay: max(base, 1), MaxDelay: max(limit, 1)}
	if most := s.Delays.MaxAttempts; most != nil {
		if reconnect.MaxAttempts = *most; *most == 0 {
			reconnect.MaxAttempts = -1
		}
	}
	if most := s.Delays.MaxFirstAttempts; most != nil {
		reconnect.MaxFirstAttempts = *most
	}
	if s.Delays.BaseDelayMs != nil || s.Delays.MaxDelayMs != nil || s.Delays.MaxAttempts != nil || s.Delays.MaxFirstAttempts != nil {
		options = append(options, smartcall.WithRetryDelay(base, limit), smartcall.WithReconnect(reconnect))
	}
	if random := s.Delays.Random; random != nil {
		options = append(options, smartcall.WithRandom(func() float64 { return *random }))
	}
	return options
}

// inTurn answers these in turn, and the last one from then on.
func inTurn(tokens []string) func(context.Context) (string, error) {
	var mu sync.Mutex
	return func(context.Context) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		token := tokens[0]
		if len(tokens) > 1 {
			tokens = tokens[1:]
		}
		return token, nil
	}
}

func (c callSettings) options() []smartcall.Option {
	o := c.Options
	options := o.clientSettings.options()
	if o.IdempotencyKey != "" {
		options = append(options, smartcall.WithIdempotencyKey(o.IdempotencyKey))
	}
	if o.ContextID != "" {
		options = append(options, smartcall.WithContextID(o.ContextID))
	}
	if o.Metadata != nil {
		options = append(options, smartcall.WithMetadata(o.Metadata))
	}
	if o.RespondAsync {
		options = append(options, smartcall.WithRespondAsync())
	}
	if o.OnDisconnect != "" {
		options = append(options, smartcall.WithOnDisconnect(o.OnDisconnect))
	}
	if o.After != "" {
		options = append(options, smartcall.WithAfter(o.After))
	}
	if o.OnGap != "" {
		options = append(options, smartcall.WithOnGap(o.OnGap))
	}
	return options
}

// inputOf is the input that a vector writes as the contract does.
func inputOf(data json.RawMessage) (smartcall.Input, error) {
	var said struct {
		Text    *string
		Data    json.RawMessage
		Message *smartcall.MessageInput
	}
	if err := json.Unmarshal(data, &said); err != nil {
		return smartcall.Input{}, err
	}
	switch {
	case said.Message != nil:
		return smartcall.MessageOf(*said.Message), nil
	case said.Text != nil:
		return smartcall.Text(*said.Text), nil
	}
	return smartcall.Data(said.Data), nil
}

// runClient makes the call of a vector, and answers what came of it.
func runClient(ctx context.Context, t told) result {
	r := result{}
	client := smartcall.New(append(t.Client.options(), smartcall.WithURL(t.URL))...)
	if err := operate(ctx, client, t.Call, r); err != nil {
		r["error"] = errorJSON(err)
	}
	return r
}

func operate(ctx context.Context, client *smartcall.Client, c callSettings, r result) error {
	options := c.options()
	var input smartcall.Input
	if c.Input != nil {
		var err error
		if input, err = inputOf(c.Input); err != nil {
			return err
		}
	}
	switch c.Operation {
	case "call":
		return r.tell(client.Call(ctx, c.Agent, input, options...))
	case "tasks.get":
		return r.tell(client.Tasks.Wait(ctx, c.Task, milliseconds(c.Options.WaitMs), options...))
	case "tasks.cancel":
		return r.tell(client.Tasks.Cancel(ctx, c.Task, c.Options.Reason, options...))
	case "tasks.send":
		return r.tell(client.Tasks.Send(ctx, c.Task, input, options...))
	case "tasks.list":
		params := smartcall.ListTasksParams{Agent: c.Options.Agent, ContextID: c.Options.ContextID, States: c.Options.States, PageSize: c.Options.PageSize}
		return collect(client.Tasks.List(ctx, params, options...), c, r)
	case "agents.get":
		agent, err := client.Agents.Get(ctx, c.Agent, options...)
		if err == nil {
			r["agent"] = agent
		}
		return err
	case "agents.list":
		return collect(client.Agents.List(ctx, smartcall.ListAgentsParams{PageSize: c.Options.PageSize}, options...), c, r)
	case "stream":
		return follow(ctx, client.Stream(ctx, c.Agent, input, options...), nil, c, r)
	case "watch":
		return follow(ctx, client.Watch(ctx, c.Task, options...), nil, c, r)
	case "watchAgents":
		stream := client.WatchAgents(ctx, options...)
		_, err := collectEvents(stream.Events(), c, r, func(*smartcall.RegistryEvent, int) error { return nil })
		return err
	case "webhooks.verify":
		headers := http.Header{}
		for name, value := range c.Webhook.Headers {
			headers.Set(name, value)
		}
		var verified any
		err := smartcall.Webhooks{Secrets: []string{c.Webhook.Secret}}.Verify([]byte(c.Webhook.Body), headers, &verified)
		if err == nil {
			r["verified"] = verified
		}
		return err
	case "session":
		session, err := client.Connect(ctx, options...)
		if err != nil {
			return err
		}
		defer session.Close()
		r["calls"], err = inSession(ctx, session, c.Calls)
		return err
	case "converse":
		session, err := client.Connect(ctx, options...)
		if err != nil {
			return err
		}
		defer session.Close()
		talk := session.Converse(ctx, c.Agent, input, options...)
		return follow(ctx, talk.TaskStream, talk, c, r)
	}
	return fmt.Errorf("there is no operation %q", c.Operation)
}

// inSession makes calls on one session, each once the one before has begun, or has ended.
func inSession(ctx context.Context, session *smartcall.Session, calls []callSettings) ([]result, error) {
	made := make([]result, len(calls))
	var group sync.WaitGroup
	defer group.Wait()
	for i, call := range calls {
		input, err := inputOf(call.Input)
		if err != nil {
			return nil, err
		}
		own := result{}
		made[i] = own
		begun := make(chan struct{})
		tellBegun := sync.OnceFunc(func() { close(begun) })
		call.onEvent = tellBegun
		group.Go(func() {
			defer tellBegun()
			var err error
			if call.Operation == "call" {
				err = own.tell(session.Call(ctx, call.Agent, input))
			} else {
				err = follow(ctx, session.Stream(ctx, call.Agent, input), nil, call, own)
			}
			if err != nil {
				own["error"] = errorJSON(err)
			}
		})
		<-begun
	}
	return made, nil
}

func (r result) tell(task *smartcall.Task, err error) error {
	if err == nil {
		r["task"], r["outputText"] = task, task.OutputText()
	}
	return err
}

// collect keeps what all pages hold.
func collect[Item any](items iter.Seq2[*Item, error], c callSettings, r result) error {
	kept := []*Item{}
	defer func() { r["items"] = kept }()
	for item, err := range items {
		if err != nil {
			return err
		}
		if kept = append(kept, item); len(kept) == c.LeaveAfter {
			return nil
		}
	}
	return nil
}

// follow reads a task's events, and what they amount to.
func follow(ctx context.Context, stream *smartcall.TaskStream, talk *smartcall.Conversation, c callSettings, r result) error {
	defer func() {
		for name, value := range map[string]string{"taskId": stream.TaskID(), "cursor": stream.Cursor()} {
			if value != "" {
				r[name] = value
			}
		}
	}()
	messages := c.Messages
	isLeft, err := collectEvents(stream.Events(), c, r, func(event *smartcall.TaskEvent, count int) error {
		if count == c.CancelAfter {
			return stream.Cancel(ctx, "enough")
		}
		if talk != nil && event.InputRequired != nil && len(messages) > 0 {
			input, err := inputOf(messages[0])
			messages = messages[1:]
			return errors.Join(err, talk.Send(ctx, input))
		}
		return nil
	})
	if err != nil || isLeft {
		return err
	}
	whole, err := stream.Result()
	r["state"], r["text"] = whole.State, whole.Text
	return err
}

// collectEvents keeps all events; true when the loop was left.
func collectEvents[Event any](events iter.Seq2[*Event, error], c callSettings, r result, take func(event *Event, count int) error) (bool, error) {
	kept := []any{}
	defer func() { r["events"] = kept }()
	for event, err := range events {
		if err != nil {
			return false, err
		}
		flat, err := flatten(event)
		if err != nil {
			return false, err
		}
		kept = append(kept, flat)
		if err := take(event, len(kept)); err != nil {
			return false, err
		}
		if c.onEvent != nil {
			c.onEvent()
		}
		if len(kept) == c.LeaveAfter {
			return true, nil
		}
	}
	return false, nil
}

// flatten lays what happened beside its place.
func flatten(event any) (map[string]json.RawMessage, error) {
	data, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	flat, place := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &place); err != nil {
		return nil, err
	}
	kind := event.(interface{ Kind() string }).Kind()
	if json.Unmarshal(place[kind], &flat) != nil {
		flat["value"] = place[kind]
	}
	delete(place, kind)
	for name, value := range place {
		flat[name] = value
	}
	flat["type"], err = json.Marshal(kind)
	return flat, err
}

// errorJSON is what a failure is told as.
func errorJSON(err error) any {
	var e *smartcall.Error
	if !errors.As(err, &e) {
		return result{"unexpected": err.Error()}
	}
	said := result{"reason": e.Reason, "status": e.Status, "retryable": e.Retryable, "message": e.Message, "errors": e.Errors}
	if e.Errors == nil {
		said["errors"] = []any{}
	}
	for name, value := range map[string]string{"requestId": e.RequestID, "taskId": e.TaskID, "cursor": e.Cursor} {
		if value != "" {
			said[name] = value
		}
	}
	if e.RetryAfter > 0 {
		said["retryAfterMs"] = float64(e.RetryAfter) / float64(time.Millisecond)
	}
	return said
}
