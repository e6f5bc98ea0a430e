package smartcall

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/smartcall/smartcall/sdks/go/internal/link"
)

// Conversation is a task that its caller talks with: events come while messages go. Somebody has to
// range over Events meanwhile, as that is what makes the connection.
//
// A task that asks for input goes on with the next message, without an end; the last end comes when
// the task has ended.
type Conversation struct {
	*TaskStream
	outbox *messageOutbox
}

// Converse calls an agent to talk with it.
func (s *Session) Converse(ctx context.Context, agent string, first Input, options ...Option) *Conversation {
	settings := withKey(s.settings.with(options))
	outbox := &messageOutbox{changed: make(chan struct{})}
	transport := &conversationTransport{transport: s.transport, outbox: outbox}
	stream := newTaskStream(ctx, s.client, transport, settings, streamRequest{kind: streamCall, name: agent, input: first})
	transport.log = &stream.log
	return &Conversation{TaskStream: stream, outbox: outbox}
}

// Send sends a further message, waiting for a connection and for room on it. TASK_NOT_WAITING when the
// task has ended.
//
// A message that the task does not take is answered by an error event. One that was on its way when
// the connection broke may be lost: the stream then says so with an error event of the reason
// DATA_LOSS, and does not send it again, as it may have arrived.
func (c *Conversation) Send(ctx context.Context, input Input) error {
	exchange, err := c.outbox.connected(ctx, c.TaskStream)
	if err != nil {
		return err
	}
	message := MessageInput{MessageID: rand.Text()}
	switch {
	case input.message != nil:
		message = *input.message
	case input.text != nil:
		message.Parts = []PartInput{TextPart(*input.text)}
	default:
		message.Parts = []PartInput{{Data: input.data}}
	}
	body, err := marshalInput(message)
	if err != nil {
		return err
	}
	c.outbox.sent()
	if err := exchange.Send(ctx, json.RawMessage(body)); err != nil {
		return errorFrom(reasonOfLink(err))
	}
	return nil
}

// End says that no message follows: a task that asks for more ends the stream, INTERRUPTED.
func (c *Conversation) End() { c.outbox.end() }

func reasonOfLink(err error) error {
	outcome := link.OutcomeOf(err)
	return withCause(reasonError(outcome), err)
}

// conversationTransport makes exchanges on which messages go too.
type conversationTransport struct {
	transport *webSocketTransport
	outbox    *messageOutbox
	log       *resumable[TaskEvent]
	lost      int
}

func (c *conversationTransport) open(ctx context.Context, s settings, r streamRequest, _ func(time.Duration)) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		defer func() { c.lost += c.outbox.disconnect() }()
		for data, err := range c.transport.openWith(ctx, s, r, c.outbox.connect) {
			if data != nil {
				c.outbox.answered()
			}
			if place := &c.log.place; err == nil && c.lost > 0 && place.taskID != "" {
				if !yield(lostMessages(place.taskID, place.cursor, c.lost), nil) {
					return
				}
				c.lost = 0
			}
			if !yield(data, err) {
				return
			}
		}
	}
}

func lostMessages(taskID, cursor string, count int) []byte {
	message := fmt.Sprintf("%d messages may have been lost with the connection; nothing was sent again.", count)
	if count == 1 {
		message = "A message may have been lost with the connection; nothing was sent again."
	}
	data, _ := json.Marshal(TaskEvent{
		TaskID: taskID, Cursor: cursor, Time: time.Now().UTC(),
		Error: &TaskError{Reason: string(ReasonDataLoss), Message: message},
	})
	return data
}

// messageOutbox is what a conversation says on whatever exchange there is.
type messageOutbox struct {
	mu         sync.Mutex
	exchange   *link.Exchange
	isEnded    bool
	unanswered int
	changed    chan struct{}
}

func (o *messageOutbox) connected(ctx context.Context, stream *TaskStream) (*link.Exchange, error) {
	for {
		if stream.isOver() {
			e := NewError(ReasonTaskNotWaiting, "")
			e.TaskID = stream.TaskID()
			return nil, e
		}
		o.mu.Lock()
		exchange, changed := o.exchange, o.changed
		o.mu.Unlock()
		if exchange != nil {
			return exchange, nil
		}
		select {
		case <-changed:
		case <-stream.over:
		case <-ctx.Done():
			return nil, errorFrom(contextError(ctx))
		}
	}
}

func (o *messageOutbox) connect(exchange *link.Exchange) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.exchange = exchange
	close(o.changed)
	o.changed = make(chan struct{})
	if o.isEnded {
		exchange.HalfClose()
	}
}

func (o *messageOutbox) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.isEnded = true
	if o.exchange != nil {
		o.exchange.HalfClose()
	}
}

func (o *messageOutbox) sent() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.unanswered++
}

// answered: an event came, so what was said before it has most likely arrived.
func (o *messageOutbox) answered() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.unanswered = 0
}

// disconnect answers how many messages went with the connection, for all that is known.
func (o *messageOutbox) disconnect() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	lost := o.unanswered
	o.unanswered = 0
	o.exchange = nil
	return lost
}
