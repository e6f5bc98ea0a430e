package link

import (
	"fmt"
	"math"
)

// dispatch takes one frame; an error breaks the link.
func (l *Link) dispatch(frame Frame) error {
	l.mu.Lock()
	if l.ended {
		l.mu.Unlock()
		return nil
	}
	if frame.Size > int(l.options.MaxFrameBytes) {
		l.mu.Unlock()
		return Broken(fmt.Sprintf("A frame of %d bytes, where %d are taken.", frame.Size, l.options.MaxFrameBytes))
	}
	if (l.peer == nil) != (frame.Kind == KindHello) {
		l.mu.Unlock()
		return Broken("The first frame, and no other, is a hello.")
	}
	switch frame.Kind {
	case KindOpen:
		return l.accept(frame) // Unlocks.
	case KindControl, KindHello, KindDrain, KindClosing:
		return l.dispatchOwn(frame) // Unlocks.
	}
	defer l.mu.Unlock()
	switch frame.Kind {
	case KindPing:
		l.sendUrgent(Frame{Kind: KindPong, Nonce: frame.Nonce})
		if len(l.urgent) > l.options.MaxIncoming+1024 {
			return Broken("The other side does not read its answers.")
		}
		return nil
	case KindPong:
		l.drain.heard = l.drain.heard || (l.drain.begun && frame.Nonce >= l.drain.nonce)
		l.settleDrain()
		return nil
	}
	return l.dispatchExchange(frame)
}

func (l *Link) dispatchExchange(frame Frame) error {
	e, err := l.find(frame)
	if e == nil || err != nil {
		return err
	}
	isRight := true
	switch frame.Kind {
	case KindEvent, KindMessage:
		isRight = e.receive(frame.Payload, frame.Size)
	case KindClose:
		isRight = e.closed(frame.Outcome, frame.Events)
	case KindHalfClose:
		isRight = e.halfClosed()
	case KindCancel:
		delete(l.incoming, e.id)
		e.cancelBy(frame.Outcome)
		l.settleDrain()
	case KindCredit:
		e.granted(int(frame.Bytes))
	}
	if !isRight {
		return Broken("More than was granted, or after the end.")
	}
	return nil
}

// find answers the exchange of a frame, nil when it has ended, an error when there never was one.
func (l *Link) find(frame Frame) (*Exchange, error) {
	isOwn := frame.Exchange%2 == l.nextID%2
	switch frame.Kind {
	case KindEvent, KindClose:
		if !isOwn {
			return nil, neverOpened(frame.Exchange)
		}
	case KindMessage, KindHalfClose, KindCancel:
		if isOwn {
			return nil, neverOpened(frame.Exchange)
		}
	}
	if isOwn {
		if frame.Exchange < 1 || frame.Exchange >= l.nextID {
			return nil, neverOpened(frame.Exchange)
		}
		return l.outgoing[frame.Exchange], nil
	}
	if frame.Exchange < 1 || frame.Exchange > l.lastID {
		return nil, neverOpened(frame.Exchange)
	}
	return l.incoming[frame.Exchange], nil
}

func neverOpened(id uint32) error { return Broken(fmt.Sprintf("Exchange %d was never opened.", id)) }

func (l *Link) accept(frame Frame) error {
	id := frame.Exchange
	if id < 1 || id%2 == l.nextID%2 || id <= l.lastID {
		l.mu.Unlock()
		return Broken(fmt.Sprintf("Exchange %d cannot be opened here.", id))
	}
	l.lastID = id
	obstacle := ""
	switch {
	case l.drain.begun:
		obstacle = "DRAINING"
	case len(l.incoming) >= l.options.MaxIncoming:
		obstacle = "AGENT_BUSY"
	case l.options.Accept == nil:
		obstacle = "NOT_IMPLEMENTED"
	}
	if obstacle != "" {
		// Answered without a lane, so that what is refused costs next to nothing.
		l.sendUrgent(Frame{Kind: KindClose, Exchange: id, Outcome: refusal(obstacle)})
		l.mu.Unlock()
		return nil
	}
	e := newExchange(l, id, false)
	_ = e.learnLimits(l.peer)
	e.ending = frame.HalfClose
	l.incoming[id] = e
	l.mu.Unlock()
	l.options.Accept(e, frame.Payload, frame.HalfClose)
	return nil
}

// dispatchOwn takes a frame of which the owner of the link hears.
func (l *Link) dispatchOwn(frame Frame) error {
	var tell func()
	switch frame.Kind {
	case KindHello:
		if frame.Hello.Version != 1 || frame.Hello.WindowBytes < 1 || frame.Hello.WindowBytes > math.MaxInt32 {
			l.mu.Unlock()
			return Broken(fmt.Sprintf("Version %d, a window of %d: not understood.", frame.Hello.Version, frame.Hello.WindowBytes))
		}
		l.peer = &frame.Hello
		if l.peer.MaxFrameBytes == 0 {
			l.peer.MaxFrameBytes = defaultMaxFrameBytes
		}
		for id, e := range l.outgoing {
			if err := e.learnLimits(l.peer); err != nil {
				delete(l.outgoing, id)
				e.conclude(OutcomeOf(err))
				continue
			}
			l.wakeLane(e)
		}
		if l.options.OnHello != nil {
			tell = func() { l.options.OnHello(frame.Hello) }
		}
	case KindControl:
		if l.options.OnControl != nil {
			tell = func() { l.options.OnControl(frame.Payload) }
		}
	case KindDrain:
		l.drains = true
		for id, e := range l.outgoing {
			if e.first != nil {
				e.first = nil
				delete(l.outgoing, id)
				e.conclude(refusal("DRAINING"))
			}
		}
		l.settleDrain()
		if l.options.OnDrain != nil {
			tell = func() { l.options.OnDrain(frame.Outcome.Reason) }
		}
	case KindClosing:
		tell = func() {
			l.end(&Error{Outcome: frame.Outcome}, lostOutcome(frame.Outcome.Reason, frame.Outcome.Message), nil, false)
		}
	}
	l.mu.Unlock()
	if tell != nil {
		tell()
	}
	return nil
}
