package link

import (
	"context"
	"math"
	"sync"
	"time"
)

// Options make a link. Zero values stand for the defaults.
type Options struct {
	// Whether this side dialled: it opens odd exchanges.
	IsDialer bool
	Carrier  Carrier
	Codec    Codec
	// Who speaks, as `name/version`.
	Implementation, Token, InstanceID string
	// Bytes that this side takes on each exchange before it grants more. Default: 128 KiB.
	WindowBytes uint32
	// Bytes of the largest frame that this side takes. Default: 3 MiB.
	MaxFrameBytes uint32
	// Exchanges that the other side may have open. Default: 65,536.
	MaxIncoming int
	// How long to be silent before asking; lost after three such times. Default: 10 s, negative: never.
	PingInterval time.Duration
	// Takes what the other side opens, and returns at once. Default: all is refused.
	Accept func(exchange *Exchange, open any, halfClosed bool)
	// Hears of control frames, of the other side's hello and drain, and of the end.
	OnControl func(any)
	OnHello   func(Hello)
	OnDrain   func(reason string)
	OnClose   func(error)
}

const (
	maxPacketBytes = 64 << 10
	// What a side takes that does not say.
	defaultMaxFrameBytes = 3 << 20
)

// Link is one end of a link.
type Link struct {
	options  Options
	done     chan struct{}
	mu       sync.Mutex
	wake     chan struct{} // Tells the writer that there is something to send; holds one.
	urgent   [][]byte
	lanes    []*Exchange
	held     []byte
	tail     [][]byte // Packets that are still sent when the link has ended.
	outgoing map[uint32]*Exchange
	incoming map[uint32]*Exchange
	nextID   uint32
	lastID   uint32 // The highest that the other side has opened.
	peer     *Hello
	drains   bool // The other side takes no more.
	ended    bool
	abandons bool // What is queued is not sent any more.
	reason   string

	silentTicks int
	nonce       uint32
	drain       drainState
}

type drainState struct {
	begun, heard bool
	nonce        uint32
	done         chan struct{}
}

// New makes a link and says hello. Whoever reads the carrier hands each packet to Receive.
func New(options Options) *Link {
	if options.WindowBytes == 0 {
		options.WindowBytes = 128 << 10
	}
	if options.MaxFrameBytes == 0 {
		options.MaxFrameBytes = defaultMaxFrameBytes
	}
	if options.MaxIncoming == 0 {
		options.MaxIncoming = 65_536
	}
	if options.PingInterval == 0 {
		options.PingInterval = 10 * time.Second
	}
	l := &Link{
		options: options, done: make(chan struct{}), wake: make(chan struct{}, 1),
		outgoing: map[uint32]*Exchange{}, incoming: map[uint32]*Exchange{}, nextID: 2,
		drain: drainState{done: make(chan struct{})},
	}
	if options.IsDialer {
		l.nextID = 1
	}
	l.mu.Lock()
	l.sendUrgent(Frame{Kind: KindHello, Hello: Hello{
		Version: 1, WindowBytes: options.WindowBytes, MaxFrameBytes: options.MaxFrameBytes,
		Implementation: options.Implementation, Token: options.Token, InstanceID: options.InstanceID,
	}})
	l.mu.Unlock()
	go l.write()
	if options.PingInterval > 0 {
		go l.watch()
	}
	return l
}

// Done is closed when the link has ended.
func (l *Link) Done() <-chan struct{} { return l.done }

// IsUsable says whether exchanges may be opened.
func (l *Link) IsUsable() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.ended && !l.drains
}

// Size is how many exchanges run.
func (l *Link) Size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.size()
}

func (l *Link) size() int { return len(l.outgoing) + len(l.incoming) }

// Open begins an exchange; one that cannot be begun has ended already, refused.
func (l *Link) Open(open any, halfClose bool) *Exchange {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := newExchange(l, l.nextID, true)
	if l.ended || l.drains || l.nextID > math.MaxUint32-2 {
		reason := "DRAINING"
		if l.ended {
			reason = "AGENT_UNAVAILABLE"
		}
		e.conclude(refusal(reason))
		return e
	}
	frame, err := l.encodeWhole(Frame{Kind: KindOpen, Exchange: e.id, Payload: open, HalfClose: halfClose})
	if err != nil {
		e.conclude(OutcomeOf(err))
		return e
	}
	if l.peer != nil {
		_ = e.learnLimits(l.peer)
	}
	e.isHalfClosed = halfClose
	e.first = frame
	l.nextID += 2
	l.outgoing[e.id] = e
	l.wakeLane(e)
	return e
}

// Control sends a frame that the link only passes on.
func (l *Link) Control(payload any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	frame, err := l.encodeWhole(Frame{Kind: KindControl, Payload: payload})
	if err != nil || l.ended {
		return err
	}
	l.urgent = append(l.urgent, frame)
	l.wakeWriter()
	return nil
}

// Receive takes a packet of the other side; calls of it must not overlap.
func (l *Link) Receive(packet []byte) {
	frames, err := l.options.Codec.Unpack(packet)
	if err == nil {
		l.mu.Lock()
		l.silentTicks = 0
		l.mu.Unlock()
		for _, frame := range frames {
			if err = l.dispatch(frame); err != nil {
				break
			}
		}
	}
	if err == nil {
		return
	}
	outcome := OutcomeOf(err)
	l.end(err, lostOutcome(outcome.Reason, outcome.Message), &outcome, false)
}

// Lost says that the carrier has ended.
func (l *Link) Lost(cause error) {
	message := "The link was lost."
	if cause != nil {
		message = cause.Error()
	}
	err := cause
	if OutcomeOf(cause).Reason == "INTERNAL" || cause == nil {
		err = &Error{Outcome: Outcome{Reason: "INSTANCE_LOST", Message: message}, Cause: cause}
	}
	l.end(err, lostOutcome("INSTANCE_LOST", message), nil, true)
}

// Drain asks the other side to open no more; the channel is closed when it has heard so and nothing
// runs any more, or when the link has ended.
func (l *Link) Drain(reason string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended && !l.drain.begun {
		l.drain.begun = true
		l.sendUrgent(Frame{Kind: KindDrain, Outcome: Outcome{Reason: reason}})
		// What the other side opened before it heard of the drain comes before its pong.
		l.nonce++
		l.drain.nonce = l.nonce
		l.sendUrgent(Frame{Kind: KindPing, Nonce: l.nonce})
	}
	return l.drain.done
}

// Close ends the link; a reason, where there is one, is told to the other side.
func (l *Link) Close(reason, message string) {
	if message == "" {
		message = "The link was closed."
	}
	if reason == "" {
		l.end(nil, lostOutcome("INSTANCE_LOST", message), nil, false)
		return
	}
	outcome := Outcome{Reason: reason, Message: message}
	l.end(nil, lostOutcome(reason, message), &outcome, false)
}

// end ends the link once. What was said before still leaves, as far as windows let it, then the
// closing; unless the carrier is gone.
func (l *Link) end(err error, outcome Outcome, closing *Outcome, isAbandoned bool) {
	l.mu.Lock()
	if l.ended {
		l.mu.Unlock()
		return
	}
	for _, e := range l.outgoing {
		if e.first != nil {
			e.conclude(refusal("AGENT_UNAVAILABLE"))
		}
	}
	if !isAbandoned {
		for packet := l.gather(); packet != nil; packet = l.gather() {
			l.tail = append(l.tail, packet)
		}
		if closing != nil {
			l.reason = closing.Reason
			if frame, err := l.options.Codec.Encode(Frame{Kind: KindClosing, Outcome: *closing}); err == nil {
				l.tail = append(l.tail, l.options.Codec.Pack([][]byte{frame}))
			}
		}
	}
	l.ended = true
	l.abandons = isAbandoned
	for _, e := range l.outgoing {
		e.conclude(outcome)
	}
	for _, e := range l.incoming {
		e.cancelBy(Outcome{Reason: "CANCELED", Message: outcome.Message})
	}
	clear(l.outgoing)
	clear(l.incoming)
	l.urgent, l.lanes, l.held = nil, nil, nil
	close(l.done)
	l.settleDrain()
	l.wakeWriter()
	l.mu.Unlock()
	if isAbandoned {
		l.options.Carrier.Close(l.reason)
	} else {
		// A carrier that is stuck must not keep the link alive.
		time.AfterFunc(time.Second, func() { l.options.Carrier.Close(l.reason) })
	}
	if l.options.OnClose != nil {
		l.options.OnClose(err)
	}
}

func (l *Link) settleDrain() {
	if l.drain.done == nil {
		return
	}
	if l.ended || (l.drain.heard && l.size() == 0) {
		select {
		case <-l.drain.done:
		default:
			close(l.drain.done)
		}
	}
}

// watch pings a silent link, and holds it lost when it was silent for three whole intervals. It counts
// ticks rather than time, so that a machine that slept does not drop a link that lives.
func (l *Link) watch() {
	ticker := time.NewTicker(l.options.PingInterval)
	defer ticker.Stop()
	for {
		select {
		case <-l.done:
			return
		case <-ticker.C:
		}
		l.mu.Lock()
		l.silentTicks++
		isLost := l.silentTicks > 3
		if !isLost {
			l.nonce++
			l.sendUrgent(Frame{Kind: KindPing, Nonce: l.nonce})
		}
		l.mu.Unlock()
		if isLost {
			l.Lost(newError("INSTANCE_LOST", "The other side was silent for too long."))
		}
	}
}

// Wait waits until a channel is closed, or the context ends.
func Wait(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
