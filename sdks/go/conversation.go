package smartcall

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"iter"
	"slices"
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
	stream := newTaskStream(ctx, transport, settings, streamRequest{kind: streamCall, name: agent, input: first})
	return &Conversation{TaskStream: stream, outbox: outbox}
}

// Send sends a further message, waiting for a connection and for room on it. TASK_NOT_WAITING when the
// task has ended.
//
// An inputReceived event says that the agent was given it, an error event with its MessageID that the
// task did not take it. One that was on its way when the connection broke is sent again, and given to
// the agent once.
func (c *Conversation) Send(ctx context.Context, input Input) error {
	message := MessageInput{}
	switch {
	case input.message != nil:
		message = *input.message
	case input.text != nil:
		message.Parts = []PartInput{TextPart(*input.text)}
	default:
		message.Parts = []PartInput{{Data: input.data}}
	}
	if message.MessageID == "" {
		message.MessageID = rand.Text()
	}
	body, err := marshalInput(message)
	if err != nil {
		return err
	}
	return c.outbox.send(ctx, c.TaskStream, sentMessage{message.MessageID, body})
}

// End says that no message follows: a task that asks for more ends the stream, INTERRUPTED.
func (c *Conversation) End() { c.outbox.end() }

// conversationTransport makes exchanges on which messages go too.
type conversationTransport struct {
	transport *webSocketTransport
	outbox    *messageOutbox
}

func (c *conversationTransport) cancelTask(ctx context.Context, s settings, id, reason string) error {
	return c.transport.cancelTask(ctx, s, id, reason)
}

func (c *conversationTransport) open(ctx context.Context, s settings, r streamRequest, _ func(time.Duration)) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		defer c.outbox.disconnect()
		onExchange := func(exchange *link.Exchange) { c.outbox.connect(ctx, exchange) }
		for data, err := range c.transport.openWith(ctx, s, r, onExchange) {
			if data != nil && !c.outbox.hear(data) {
				continue
			}
			if !yield(data, err) {
				return
			}
		}
	}
}

// sentMessage is one that the gateway has not said that it took.
type sentMessage struct {
	id   string
	body json.RawMessage
}

// messageOutbox is what a conversation says on whatever exchange there is.
type messageOutbox struct {
	mu       sync.Mutex
	exchange *link.Exchange
	isEnded  bool
	sent     []sentMessage
	changed  chan struct{}
	// Held while messages are sent, so that they keep their order.
	sending sync.Mutex
}

// send sends a message on the exchange that there is, or on the first that there will be.
func (o *messageOutbox) send(ctx context.Context, stream *TaskStream, message sentMessage) error {
	exchange, err := o.connected(ctx, stream)
	if err != nil {
		return err
	}
	o.sending.Lock()
	defer o.sending.Unlock()
	o.mu.Lock()
	isOther := o.exchange != exchange
	o.sent = append(o.sent, message)
	o.mu.Unlock()
	if isOther {
		return nil // Whoever makes the next connection sends it.
	}
	// One that is lost with its connection is sent on the next.
	if err := exchange.Send(ctx, message.body); err != nil && ctx.Err() != nil {
		return errorFrom(contextError(ctx))
	}
	return nil
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

// connect goes on on an exchange; what was not said to be taken is sent again, and taken once.
func (o *messageOutbox) connect(ctx context.Context, exchange *link.Exchange) {
	o.mu.Lock()
	o.exchange = exchange
	again := slices.Clone(o.sent)
	isEnded := o.isEnded
	close(o.changed)
	o.changed = make(chan struct{})
	o.mu.Unlock()
	if len(again) == 0 {
		if isEnded {
			exchange.HalfClose()
		}
		return
	}
	// Room for them may need the reader, who is here.
	go func() {
		o.sending.Lock()
		defer o.sending.Unlock()
		for _, each := range again {
			if exchange.Send(ctx, each.body) != nil {
				return
			}
		}
		if isEnded {
			exchange.HalfClose()
		}
	}()
}

// hear: an event came; false when it says again what is known.
func (o *messageOutbox) hear(data []byte) bool {
	var said struct {
		InputReceived *struct {
			Message struct {
				MessageID string `json:"messageId"`
			} `json:"message"`
		} `json:"inputReceived"`
		Error *struct {
			MessageID *string `json:"messageId"`
		} `json:"error"`
	}
	if json.Unmarshal(data, &said) != nil {
		return true
	}
	if said.InputReceived != nil {
		o.forget(said.InputReceived.Message.MessageID)
	}
	// One that was repeated in vain had been taken, or refused, before.
	return said.Error == nil || said.Error.MessageID == nil || o.forget(*said.Error.MessageID)
}

func (o *messageOutbox) forget(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	before := len(o.sent)
	o.sent = slices.DeleteFunc(o.sent, func(each sentMessage) bool { return each.id == id })
	return len(o.sent) < before
}

func (o *messageOutbox) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.isEnded = true
	if o.exchange != nil {
		o.exchange.HalfClose()
	}
}

// disconnect: the connection is gone.
func (o *messageOutbox) disconnect() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.exchange = nil
}
