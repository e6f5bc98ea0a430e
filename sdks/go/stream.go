package smartcall

import (
	"context"
	"crypto/rand"
	"errors"
	"iter"
	"sync"
	"time"
)

var errBeingRead = errors.New("smartcall: the stream is being read already")

// TaskStream is the events of a task as they happen: range over Events, or wait for what they amount
// to with Text or Result.
//
// Nothing is sent before the first event is asked for, and nothing is read that is not asked for. The
// stream resumes by itself, and yields each number once and in order. Leaving the loop closes the
// connection, and the task goes on unless its on-disconnect policy says otherwise; another loop goes
// on after the last event.
type TaskStream struct {
	ctx      context.Context
	log      resumable[TaskEvent]
	deadline time.Time

	mu      sync.Mutex
	reading bool
	begun   bool
	ended   bool
	failed  error
	fold    taskFold
	taskID  string
	cursor  string
	// Closed when the task is known, or never will be.
	known     chan struct{}
	closeOnce sync.Once
	// Closed when nothing more will be read.
	over     chan struct{}
	overOnce sync.Once
}

// Stream calls an agent and answers the task's events as they happen.
//
//	stream := client.Stream(ctx, "eliza", smartcall.Text("hello"))
//	for event, err := range stream.Events() {
//		if err != nil {
//			return err
//		}
//		if event.OutputDelta != nil {
//			fmt.Print(event.OutputDelta.Text)
//		}
//	}
//
// The call is made when the first event is asked for, and never runs twice, however often the
// connection breaks. The last event is an end: TERMINAL, or INTERRUPTED when the task asks for input.
func (c *Client) Stream(ctx context.Context, agent string, input Input, options ...Option) *TaskStream {
	s := withKey(c.settings.with(options))
	return newTaskStream(ctx, c.transportOf(s), s, streamRequest{kind: streamCall, name: agent, input: input})
}

// Watch answers the events of a task, those that were and those to come, each number once.
func (c *Client) Watch(ctx context.Context, task string, options ...Option) *TaskStream {
	s := c.settings.with(options)
	return newTaskStream(ctx, c.transportOf(s), s, streamRequest{kind: streamWatch, name: task})
}

// withKey gives a call a key, so that it runs once however often it is repeated.
func withKey(s settings) settings {
	if s.idempotencyKey == "" {
		s.idempotencyKey = rand.Text()
	}
	return s
}

func newTaskStream(ctx context.Context, transport streamTransport, s settings, first streamRequest) *TaskStream {
	stream := &TaskStream{ctx: ctx, known: make(chan struct{}), over: make(chan struct{})}
	stream.log = resumable[TaskEvent]{settings: s, transport: transport, first: first}
	if first.kind == streamWatch {
		stream.log.place = place[TaskEvent]{cursor: s.after, taskID: first.name}
		stream.taskID, stream.cursor = first.name, s.after
	}
	return stream
}

// Events yields the events until the end, which is the last one; an error is the last thing that it
// yields.
func (t *TaskStream) Events() iter.Seq2[*TaskEvent, error] {
	return func(yield func(*TaskEvent, error) bool) {
		ctx, cancel, err := t.begin()
		if err != nil {
			yield(nil, err)
			return
		}
		if cancel == nil {
			return
		}
		defer cancel()
		defer t.rest()
		for event, err := range t.log.events(ctx) {
			t.take(event, err)
			if !yield(event, err) {
				return
			}
		}
	}
}

// begin starts a pass; no cancel means that there is nothing left to read.
func (t *TaskStream) begin() (context.Context, context.CancelFunc, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.reading:
		return nil, nil, errBeingRead
	case t.failed != nil:
		return nil, nil, t.failed
	case t.ended:
		return nil, nil, nil
	}
	t.reading = true
	if !t.begun && t.log.settings.timeout > 0 {
		t.deadline = time.Now().Add(t.log.settings.timeout)
	}
	t.begun = true
	if t.deadline.IsZero() {
		ctx, cancel := context.WithCancel(t.ctx)
		return ctx, cancel, nil
	}
	ctx, cancel := context.WithDeadline(t.ctx, t.deadline)
	return ctx, cancel, nil
}

func (t *TaskStream) rest() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reading = false
}

func (t *TaskStream) take(event *TaskEvent, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.failed = err
		t.closeOnce.Do(func() { close(t.known) })
		t.overOnce.Do(func() { close(t.over) })
		return
	}
	t.taskID, t.cursor = t.log.place.taskID, t.log.place.cursor
	t.ended = event.End != nil
	t.fold.take(event)
	t.closeOnce.Do(func() { close(t.known) })
	if t.ended {
		t.overOnce.Do(func() { close(t.over) })
	}
}

// isOver says whether nothing more will be read.
func (t *TaskStream) isOver() bool {
	select {
	case <-t.over:
		return true
	default:
		return false
	}
}

// TaskID is the task's id; empty before the first event.
func (t *TaskStream) TaskID() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.taskID
}

// Cursor is the place of the last event that was read, as `epoch.seq`; empty before the first.
func (t *TaskStream) Cursor() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cursor
}

// Result reads to the end, and answers what the events amounted to; FAILED is no error.
func (t *TaskStream) Result() (StreamResult, error) {
	for _, err := range t.Events() {
		if err != nil {
			return t.Partial(), err
		}
	}
	return t.Partial(), nil
}

// Partial answers what the events amount to that were read so far.
func (t *TaskStream) Partial() StreamResult {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.fold.copy()
}

// Text reads to the end, and answers the agent's answer as text; the error has the task's reason when
// it FAILED, was REJECTED or CANCELED.
func (t *TaskStream) Text() (string, error) {
	result, err := t.Result()
	if err == nil {
		err = result.Err()
	}
	return result.Text, err
}

// Artifacts reads the stream for its artifacts alone: each when it is whole.
func (t *TaskStream) Artifacts() iter.Seq2[*Artifact, error] {
	return func(yield func(*Artifact, error) bool) {
		told := map[string]bool{}
		for event, err := range t.Events() {
			if err != nil {
				yield(nil, err)
				return
			}
			if event.Artifact == nil || !event.Artifact.LastChunk {
				continue
			}
			whole := t.Partial().artifact(event.Artifact.Artifact.ArtifactID)
			told[whole.ArtifactID] = true
			if !yield(whole, nil) {
				return
			}
		}
		result := t.Partial()
		if err := result.Err(); err != nil {
			yield(nil, err)
			return
		}
		for i := range result.Artifacts {
			if each := &result.Artifacts[i]; !told[each.ArtifactID] && !yield(each, nil) {
				return
			}
		}
	}
}

// Cancel cancels the task: the agent is told at once, and the stream ends with the state CANCELED.
//
// A stream that was not read yet sends nothing; a task that has ended is left as it is.
func (t *TaskStream) Cancel(ctx context.Context, reason string) error {
	t.mu.Lock()
	if t.ended || t.failed != nil {
		t.mu.Unlock()
		return nil
	}
	if !t.begun && t.taskID == "" {
		t.failed = NewError(ReasonCanceled, reason)
		t.mu.Unlock()
		return nil
	}
	id := t.taskID
	t.mu.Unlock()
	if id == "" {
		select {
		case <-t.known:
			id = t.TaskID()
		case <-ctx.Done():
			return errorFrom(contextError(ctx))
		}
	}
	if id == "" {
		return nil
	}
	s := t.log.settings
	s.timeout, s.response = 0, nil
	return t.log.transport.cancelTask(ctx, s, id, reason)
}

// RegistryStream is what changes in the registry: all agents first, then each change.
type RegistryStream struct {
	ctx context.Context
	log resumable[RegistryEvent]
}

// WatchAgents answers what changes in the registry. It ends when it is left, or with ctx.
func (c *Client) WatchAgents(ctx context.Context, options ...Option) *RegistryStream {
	s := c.settings.with(options)
	return newRegistryStream(ctx, c.transportOf(s), s)
}

func newRegistryStream(ctx context.Context, transport streamTransport, s settings) *RegistryStream {
	return &RegistryStream{ctx: ctx, log: resumable[RegistryEvent]{
		settings: s, transport: transport, first: streamRequest{kind: streamWatchAgents},
		place: place[RegistryEvent]{cursor: s.after, snapshotsMove: true},
	}}
}

// Events yields the changes; an error is the last thing that it yields.
func (r *RegistryStream) Events() iter.Seq2[*RegistryEvent, error] {
	return func(yield func(*RegistryEvent, error) bool) {
		ctx, cancel := withTimeout(r.ctx, r.log.settings.timeout)
		defer cancel()
		for event, err := range r.log.events(ctx) {
			if !yield(event, err) {
				return
			}
		}
	}
}

// Cursor is the place of the last event that was read; empty before the first. It is to be asked for
// by the goroutine that ranges over the events.
func (r *RegistryStream) Cursor() string { return r.log.place.cursor }
