package smartcall

import (
	"context"
	"math/rand/v2"
	"time"
)

// fullJitter is anything up to the base doubled with each failure, from 0.
//
// Full jitter spreads many clients best:
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
func fullJitter(failures int, base, limit time.Duration, random float64) time.Duration {
	ceiling := limit
	if failures < 30 && base<<failures < limit {
		ceiling = base << failures
	}
	return time.Duration(random * float64(ceiling))
}

// atLeast is what the other side asked for, and up to a quarter more, at most 5 s: not all who heard
// the same are to come back at the same instant.
func atLeast(asked time.Duration, random float64) time.Duration {
	return asked + time.Duration(random*float64(min(asked/4, 5*time.Second)))
}

func randomOrDefault(random func() float64) func() float64 {
	if random == nil {
		return rand.Float64
	}
	return random
}

// wait waits unless the context ends first.
func wait(ctx context.Context, delay time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if delay <= 0 {
		return nil
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
