package agent

import (
	"context"
	"io"
	"slices"
	"sync"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
)

var errNoAnswer = smartcall.NewError(smartcall.ReasonNotImplemented,
	"The caller has said that it sends no further message, so it cannot answer.")

const maxUnread = 16

// inbox is the messages that a caller sends to a running call. A question takes the first message that
// arrives after it; a reader takes every other one.
type inbox struct {
	exchange  exchange
	mu        sync.Mutex
	isPumped  bool
	unread    []*pb.Message
	questions []chan *pb.Message
	readers   []chan *pb.Message
	err       error         // Why no message follows.
	ended     chan struct{} // Closed when none does.
	room      chan struct{} // Holds one when the pump may go on.
}

// newInbox makes an inbox; isHalfClosed when the caller has said already that no message follows.
func newInbox(e exchange, isHalfClosed bool) *inbox {
	b := &inbox{exchange: e, ended: make(chan struct{}), room: make(chan struct{}, 1)}
	if isHalfClosed {
		b.isPumped = true
		b.err = io.EOF
		close(b.ended)
	}
	return b
}

// ask waits for the next message that arrives from now on.
func (b *inbox) ask() (chan *pb.Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.start()
	if b.err != nil {
		if b.err == io.EOF {
			return nil, errNoAnswer
		}
		return nil, b.err
	}
	answer := make(chan *pb.Message, 1)
	b.questions = append(b.questions, answer)
	b.letGo()
	return answer, nil
}

// read waits for the next message that is no answer.
func (b *inbox) read() chan *pb.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.start()
	said := make(chan *pb.Message, 1)
	if len(b.unread) > 0 {
		said <- b.unread[0]
		b.unread = slices.Delete(b.unread, 0, 1)
		b.letGo()
		return said
	}
	b.readers = append(b.readers, said)
	return said
}

func (b *inbox) await(ctx, call context.Context, said chan *pb.Message) (*pb.Message, error) {
	select {
	case message := <-said:
		return message, nil
	default:
	}
	select {
	case message := <-said:
		return message, nil
	case <-b.ended:
		select {
		case message := <-said: // Came just before the end.
			return message, nil
		default:
		}
		if call.Err() != nil {
			return nil, context.Cause(call)
		}
		return nil, b.err
	case <-call.Done():
		return nil, context.Cause(call)
	case <-ctx.Done():
		b.forget(said)
		return nil, errorFrom(context.Cause(ctx))
	}
}

func (b *inbox) forget(said chan *pb.Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	is := func(each chan *pb.Message) bool { return each == said }
	b.questions = slices.DeleteFunc(b.questions, is)
	b.readers = slices.DeleteFunc(b.readers, is)
}

// start reads what has come so far, which answers no question, and then what comes.
func (b *inbox) start() {
	if b.isPumped {
		return
	}
	b.isPumped = true
	for len(b.unread) < maxUnread {
		payload, isThere := b.exchange.TryReceive()
		if !isThere {
			break
		}
		b.unread = append(b.unread, payload.(*pb.Message))
	}
	go b.pump()
}

func (b *inbox) pump() {
	for {
		payload, err := b.exchange.Receive(b.exchange.Context())
		b.mu.Lock()
		if err != nil {
			if err != io.EOF {
				err = errorFrom(err)
			}
			b.err = err
			close(b.ended)
			b.mu.Unlock()
			return
		}
		b.take(payload.(*pb.Message))
		isFull := len(b.unread) >= maxUnread
		b.mu.Unlock()
		for isFull {
			select {
			case <-b.room:
			case <-b.exchange.Context().Done():
			}
			b.mu.Lock()
			isFull = len(b.unread) >= maxUnread && len(b.questions) == 0 && b.exchange.Context().Err() == nil
			b.mu.Unlock()
		}
	}
}

func (b *inbox) take(message *pb.Message) {
	switch {
	case len(b.questions) > 0:
		b.questions[0] <- message
		b.questions = b.questions[1:]
	case len(b.readers) > 0:
		b.readers[0] <- message
		b.readers = b.readers[1:]
	default:
		b.unread = append(b.unread, message)
	}
}

func (b *inbox) letGo() {
	select {
	case b.room <- struct{}{}:
	default:
	}
}
