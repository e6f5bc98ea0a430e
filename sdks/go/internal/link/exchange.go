package link

import (
	"context"
	"fmt"
	"io"
)

// Exchange is one call on a link, seen from either end. Its fields belong to the link's lock.
type Exchange struct {
	link       *Link
	id         uint32
	isOutgoing bool
	ctx        context.Context
	cancel     context.CancelCauseFunc

	// What has yet to be sent, in order and within the other side's window.
	first, last []byte
	data        [][]byte
	limit       int  // The other side's window when all of it is free; 0 before its hello.
	maxFrame    int  // Bytes of one frame that it takes.
	window      int  // Bytes that the other side takes now.
	room        int  // What of them no queued frame has spoken for.
	hasAsked    bool // For credit.
	isQueued    bool
	events      uint32

	// What was received and not taken, never more than a window of bytes, or a single larger payload.
	items     []item
	available int
	owed      int
	isStarved bool
	ending    bool // Nothing follows.
	isDeaf    bool // Nothing is delivered any more.
	count     uint32

	isClosed     bool // This side is done with it.
	isHalfClosed bool
	outcome      *Outcome // How it ended, as an outgoing one hears it.
	changed      chan struct{}
}

type item struct {
	payload any
	bytes   int
}

func newExchange(l *Link, id uint32, isOutgoing bool) *Exchange {
	ctx, cancel := context.WithCancelCause(context.Background())
	return &Exchange{link: l, id: id, isOutgoing: isOutgoing, ctx: ctx, cancel: cancel, available: int(l.options.WindowBytes)}
}

// Context ends when the exchange has ended, with an *[Error] as its cause when it was canceled.
func (e *Exchange) Context() context.Context { return e.ctx }

// Send sends an event from the called end, a message from the other, waiting for room; it fails when
// the exchange has ended.
func (e *Exchange) Send(ctx context.Context, payload any) error {
	kind := KindEvent
	if e.isOutgoing {
		kind = KindMessage
	}
	frame, err := e.link.options.Codec.Encode(Frame{Kind: kind, Exchange: e.id, Payload: payload})
	if err != nil {
		return err
	}
	e.link.mu.Lock()
	defer e.link.mu.Unlock()
	for {
		switch {
		case e.isClosed || e.isHalfClosed || e.outcome != nil:
			return e.endError()
		case e.limit > 0 && len(frame) > e.maxFrame:
			return checkSize(len(frame), e.maxFrame)
		case e.room > 0:
			e.data = append(e.data, frame)
			e.room -= len(frame)
			e.events++
			e.link.wakeLane(e)
			return nil
		}
		if err := e.await(ctx); err != nil {
			return err
		}
	}
}

// Receive waits for the next payload; io.EOF when no other follows. Of an outgoing exchange Outcome
// then says how it ended.
func (e *Exchange) Receive(ctx context.Context) (any, error) {
	e.link.mu.Lock()
	defer e.link.mu.Unlock()
	for {
		if len(e.items) > 0 && !e.isDeaf {
			next := e.items[0]
			e.items[0] = item{}
			e.items = e.items[1:]
			e.owed += next.bytes
			e.settle()
			return next.payload, nil
		}
		if e.isDeaf {
			return nil, e.endError()
		}
		if e.ending {
			return nil, io.EOF
		}
		if err := e.await(ctx); err != nil {
			return nil, err
		}
	}
}

// TryReceive answers the next payload if there is one now.
func (e *Exchange) TryReceive() (any, bool) {
	e.link.mu.Lock()
	isThere := len(e.items) > 0 && !e.isDeaf
	e.link.mu.Unlock()
	if !isThere {
		return nil, false
	}
	payload, err := e.Receive(context.Background())
	return payload, err == nil
}

// Outcome is how an outgoing exchange ended; only after io.EOF.
func (e *Exchange) Outcome() Outcome {
	e.link.mu.Lock()
	defer e.link.mu.Unlock()
	if e.outcome == nil {
		return Outcome{}
	}
	return *e.outcome
}

// Close ends an incoming exchange; what was sent before still leaves.
func (e *Exchange) Close(outcome Outcome) {
	e.link.mu.Lock()
	defer e.link.mu.Unlock()
	if e.isClosed {
		return
	}
	frame, err := e.link.options.Codec.Encode(Frame{Kind: KindClose, Exchange: e.id, Outcome: outcome, Events: e.events})
	if err != nil {
		// A close must leave whatever its details hold, or the other side waits for ever.
		outcome.Details = nil
		frame, _ = e.link.options.Codec.Encode(Frame{Kind: KindClose, Exchange: e.id, Outcome: outcome, Events: e.events})
	}
	e.isClosed = true
	e.isDeaf = true
	e.items = nil
	e.last = frame
	e.link.wakeLane(e)
	e.cancel(newError("CANCELED", "The run has already ended."))
	e.notify()
}

// HalfClose says that no message follows.
func (e *Exchange) HalfClose() {
	e.link.mu.Lock()
	defer e.link.mu.Unlock()
	if e.isClosed || e.outcome != nil || e.isHalfClosed {
		return
	}
	e.isHalfClosed = true
	e.last, _ = e.link.options.Codec.Encode(Frame{Kind: KindHalfClose, Exchange: e.id})
	e.link.wakeLane(e)
	e.notify()
}

// Cancel gives an outgoing exchange up.
func (e *Exchange) Cancel(outcome Outcome) {
	e.link.mu.Lock()
	defer e.link.mu.Unlock()
	if e.isClosed || e.outcome != nil {
		return
	}
	isTold := e.first == nil
	e.dropQueued()
	if isTold {
		e.last, _ = e.link.options.Codec.Encode(Frame{Kind: KindCancel, Exchange: e.id, Outcome: outcome})
		e.link.wakeLane(e)
	}
	delete(e.link.outgoing, e.id)
	e.isClosed, e.isDeaf, e.items = true, true, nil
	e.outcome = &outcome
	e.cancel(outcome.Err())
	e.notify()
	e.link.settleDrain()
}

// await gives the lock up until something changes.
func (e *Exchange) await(ctx context.Context) error {
	if e.changed == nil {
		e.changed = make(chan struct{})
	}
	changed := e.changed
	e.link.mu.Unlock()
	defer e.link.mu.Lock()
	return Wait(ctx, changed)
}

func (e *Exchange) notify() {
	if e.changed != nil {
		close(e.changed)
		e.changed = nil
	}
}

func (e *Exchange) endError() error {
	if e.outcome != nil && e.outcome.Reason != "" {
		return e.outcome.Err()
	}
	if cause := context.Cause(e.ctx); cause != nil {
		return cause
	}
	return newError("CANCELED", "The exchange has ended.")
}

// learnLimits takes what the other side's hello says; an error when it does not take the open.
func (e *Exchange) learnLimits(peer *Hello) error {
	e.limit, e.maxFrame = int(peer.WindowBytes), int(peer.MaxFrameBytes)
	if err := checkSize(len(e.first), e.maxFrame); err != nil {
		return err
	}
	e.granted(e.limit)
	return nil
}

// granted: the other side takes so many bytes more, or waits for some when there are none.
func (e *Exchange) granted(bytes int) {
	if bytes == 0 {
		e.isStarved = true
		e.settle()
		return
	}
	e.window += bytes
	e.room += bytes
	e.hasAsked = false
	if len(e.data) > 0 {
		e.link.wakeLane(e)
	}
	e.notify()
}

// nextFrame is the next one that may leave; nil when there is none now.
func (e *Exchange) nextFrame() []byte {
	if frame := e.first; frame != nil {
		e.first = nil
		return frame
	}
	if len(e.data) > 0 {
		frame := e.data[0]
		// A side that has all of its window free takes even a larger frame.
		if isWhole := e.window >= e.limit; len(frame) > e.window && !isWhole {
			e.askFor(len(frame))
			return nil
		}
		e.window -= len(frame)
		e.data[0] = nil
		e.data = e.data[1:]
		return frame
	}
	frame := e.last
	if frame != nil {
		e.last = nil
		if !e.isOutgoing {
			delete(e.link.incoming, e.id)
			e.link.settleDrain()
		}
	}
	return frame
}

// askFor: half a window is granted without asking; only a larger frame can wait in vain.
func (e *Exchange) askFor(bytes int) {
	if e.hasAsked || e.limit == 0 || bytes*2 <= e.limit {
		return
	}
	e.hasAsked = true
	e.link.sendUrgent(Frame{Kind: KindCredit, Exchange: e.id})
}

// receive takes a payload in; false when the other side had no right to send it.
func (e *Exchange) receive(payload any, bytes int) bool {
	isWhole := e.available == int(e.link.options.WindowBytes)
	e.available -= bytes
	if (e.available < 0 && !isWhole) || e.ending {
		return false
	}
	if e.isDeaf {
		return true
	}
	e.count++
	e.items = append(e.items, item{payload, bytes})
	e.notify()
	return true
}

// settle grants what is owed once that is half a window, so that credit costs few frames.
func (e *Exchange) settle() {
	if e.owed == 0 || e.ending || e.isDeaf {
		return
	}
	isIdle := len(e.items) == 0
	if e.owed*2 < int(e.link.options.WindowBytes) && (!e.isStarved || !isIdle) {
		return
	}
	if isIdle {
		e.isStarved = false
	}
	e.available += e.owed
	e.link.sendUrgent(Frame{Kind: KindCredit, Exchange: e.id, Bytes: uint32(e.owed)})
	e.owed = 0
}

// halfClosed: no message follows; false when that was said before.
func (e *Exchange) halfClosed() bool {
	if e.ending {
		return false
	}
	e.ending = true
	e.notify()
	return true
}

// closed: the called end is done; false when it was before.
func (e *Exchange) closed(outcome Outcome, events uint32) bool {
	if e.outcome != nil {
		return false
	}
	if e.count != events {
		outcome = Outcome{Reason: "DATA_LOSS", Message: fmt.Sprintf("%d events were sent and %d arrived.", events, e.count)}
	}
	delete(e.link.outgoing, e.id)
	e.conclude(outcome)
	e.link.settleDrain()
	return true
}

// conclude ends an outgoing exchange; what has arrived is still delivered.
func (e *Exchange) conclude(outcome Outcome) {
	if e.outcome != nil {
		return
	}
	e.dropQueued()
	e.outcome = &outcome
	e.ending = true
	e.cancel(outcome.Err())
	e.notify()
}

// cancelBy ends an incoming exchange, which hears of it.
func (e *Exchange) cancelBy(outcome Outcome) {
	e.dropQueued()
	if e.isClosed {
		return
	}
	e.isClosed, e.isDeaf, e.items = true, true, nil
	if outcome.Reason == "" {
		outcome.Reason = "CANCELED"
	}
	e.cancel(outcome.Err())
	e.notify()
}

func (e *Exchange) dropQueued() { e.first, e.data, e.last = nil, nil, nil }
