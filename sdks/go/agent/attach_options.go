package agent

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"time"
)

// AttachOptions say how agents attach to a gateway. Zero values stand for the defaults.
type AttachOptions struct {
	// The gateway's URL. Default: SMARTCALL_URL, else http://127.0.0.1:8080.
	Gateway string
	// The credential, asked for on each connection. Default: SMARTCALL_TOKEN, else none.
	Token func(context.Context) (string, error)
	// Calls that run at once. Default: 4,096.
	Capacity int
	// The id to be known by. Default: the gateway gives one, another one on each connection.
	InstanceID string
	// How long running calls have to end when it closes. Default: 10 s.
	Grace time.Duration
	// How long the gateway has to take the agents. Default: 5 s.
	ReadyTimeout time.Duration
	// The most to wait before the first repeat, doubled each time, and the most ever. Default: 100 ms
	// and 5 s.
	BackoffBase, BackoffLimit time.Duration
	// A number from 0 to 1 that spreads the tries. Default: math/rand.
	Random func() float64
	// Where to log. Default: slog.Default().
	Log *slog.Logger
}

func (o AttachOptions) resolved() AttachOptions {
	if o.Gateway == "" {
		o.Gateway = os.Getenv("SMARTCALL_URL")
	}
	if o.Gateway == "" {
		o.Gateway = "http://127.0.0.1:8080"
	}
	if token := os.Getenv("SMARTCALL_TOKEN"); o.Token == nil {
		o.Token = func(context.Context) (string, error) { return token, nil }
	}
	setDefault(&o.Grace, 10*time.Second)
	setDefault(&o.ReadyTimeout, 5*time.Second)
	setDefault(&o.BackoffBase, 100*time.Millisecond)
	setDefault(&o.BackoffLimit, 5*time.Second)
	if o.Random == nil {
		o.Random = rand.Float64
	}
	o.Log = loggerOrDefault(o.Log)
	return o
}

func setDefault(value *time.Duration, otherwise time.Duration) {
	if *value == 0 {
		*value = otherwise
	}
}
