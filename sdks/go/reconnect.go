package smartcall

import "time"

// ReconnectOptions says how a stream comes back. Zero values stand for the defaults.
type ReconnectOptions struct {
	// Tries in a row without a new event before the stream gives up with STREAM_TRUNCATED. Default: 10;
	// negative for none.
	MaxAttempts int
	// Tries to reach a gateway that nothing was heard of yet before GATEWAY_UNREACHABLE. Default: 2.
	MaxFirstAttempts int
	// The first try waits for a random time below this, each further one below twice as much. What the
	// gateway asks for is waited at least, and up to a quarter more, at most 5 s. Default: 250 ms.
	BaseDelay time.Duration
	// The longest that is waited for a try, unless the gateway asks for more. Default: 10 s.
	MaxDelay time.Duration
}

func (o ReconnectOptions) resolved() ReconnectOptions {
	switch {
	case o.MaxAttempts == 0:
		o.MaxAttempts = 10
	case o.MaxAttempts < 0:
		o.MaxAttempts = 0
	}
	if o.MaxFirstAttempts == 0 {
		o.MaxFirstAttempts = 2
	}
	o.MaxFirstAttempts = max(0, min(o.MaxFirstAttempts, o.MaxAttempts))
	if o.BaseDelay == 0 {
		o.BaseDelay = 250 * time.Millisecond
	}
	if o.MaxDelay == 0 {
		o.MaxDelay = 10 * time.Second
	}
	return o
}

// delay is how long to wait before the try with this number, from 1.
func (o ReconnectOptions) delay(attempt int, isAtOnce bool, asked time.Duration, random float64) time.Duration {
	if isAtOnce && attempt == 1 {
		return atLeast(asked, random)
	}
	return max(atLeast(asked, random), fullJitter(attempt-1, o.BaseDelay, o.MaxDelay, random))
}

// ConnectionEvent says that the connection of a stream was lost, or is there again; nothing of the
// stream is missing.
type ConnectionEvent struct {
	// Whether it is there again, else it is being made anew.
	IsConnected bool
	// Tries since the last event, from 1.
	Attempt int
	// How long the next try waits.
	Delay time.Duration
	// What happened.
	Err error
}

// When to come back, by the class of a reason's close code.
type comeback int

const (
	never  comeback = iota // 40xx
	later                  // 41xx
	atOnce                 // 42xx
)

func (r Reason) comeback() comeback {
	switch code := r.Info().CloseCode; {
	case code >= 4200:
		return atOnce
	case code >= 4100:
		return later
	}
	return never
}
