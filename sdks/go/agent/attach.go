package agent

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
)

// Attachment is agents that stand behind a gateway which they dialled.
type Attachment struct {
	host    *host
	options AttachOptions
	ready   chan struct{} // Closed when the gateway took the agents, or never will.
	closing chan struct{}
	closed  chan struct{}
	dialled chan struct{} // Closed when nothing is dialled any more.
	once    sync.Once

	mu         sync.Mutex
	err        error // Why it never will.
	isReady    bool
	instanceID string
	sessions   []*session
	logged     string
}

// Attach dials a gateway and takes calls for these agents, behind NAT too, until ctx ends or Close is
// called; running calls then have the grace to end. It answers at once: Ready waits until the gateway
// has taken the agents, Wait until the attachment is closed.
//
// A lost connection is dialled again with full jitter, for ever; a gateway that drains keeps its
// connection until the calls on it have ended, while the next one is dialled. A first connection that
// is refused for a reason that no waiting cures (a credential, a card) ends the attachment, as the
// process is misconfigured; a later one is tried again as any other, as the gateway once took the same.
func Attach(ctx context.Context, agents []*Agent, options AttachOptions) (*Attachment, error) {
	options = options.resolved()
	if _, _, err := targetOf(options.Gateway); err != nil {
		return nil, err
	}
	host, err := newHost(agents, options.Capacity, options.Log)
	if err != nil {
		return nil, err
	}
	a := &Attachment{
		host: host, options: options, instanceID: options.InstanceID,
		ready: make(chan struct{}), closing: make(chan struct{}), closed: make(chan struct{}),
		dialled: make(chan struct{}),
	}
	stop := context.AfterFunc(ctx, func() { a.begin() })
	go func() {
		defer stop()
		defer close(a.dialled)
		a.keepConnected()
	}()
	return a, nil
}

// Ready waits until the gateway has taken the agents for the first time; the error is why it never
// will.
func (a *Attachment) Ready(ctx context.Context) error {
	if err := link.Wait(ctx, a.ready); err != nil {
		return errorFrom(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.err
}

// InstanceID is the id that the gateway knows the instance by; empty before it is ready.
func (a *Attachment) InstanceID() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.instanceID
}

// Wait waits until the attachment is closed; the error is why the gateway refused the agents, if it did.
func (a *Attachment) Wait() error {
	<-a.closed
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.isReady || smartcall.ReasonOf(a.err) == smartcall.ReasonCanceled {
		return nil
	}
	return a.err
}

// Close takes no further calls, lets those that run end within the grace, and hangs up.
func (a *Attachment) Close() error {
	a.begin()
	return a.Wait()
}

func (a *Attachment) begin() {
	a.once.Do(func() {
		close(a.closing)
		go a.drain()
	})
}

func (a *Attachment) isClosing() bool {
	select {
	case <-a.closing:
		return true
	default:
		return false
	}
}

func (a *Attachment) drain() {
	a.settle(smartcall.NewError(smartcall.ReasonCanceled, "It was closed."), false)
	a.mu.Lock()
	sessions := slices.Clone(a.sessions)
	a.mu.Unlock()
	timer := time.NewTimer(a.options.Grace)
	defer timer.Stop()
	waits := []<-chan struct{}{a.host.drain()}
	for _, each := range sessions {
		waits = append(waits, each.link.Drain("the agent's process is going away"))
	}
	waitAll(waits, timer.C)
	a.host.abort(link.Outcome{Reason: string(smartcall.ReasonInstanceLost), Message: "The agent's process went away."})
	for _, each := range sessions {
		each.link.Close("", "")
		<-each.gone
	}
	<-a.dialled
	if len(sessions) > 0 {
		a.options.Log.Info("detached from the gateway")
	}
	close(a.closed)
}

// waitAll waits for all channels, or until the time is over.
func waitAll(waits []<-chan struct{}, late <-chan time.Time) {
	for _, each := range waits {
		select {
		case <-each:
		case <-late:
			return
		}
	}
}

// settle says once whether the gateway took the agents.
func (a *Attachment) settle(err error, isReady bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	select {
	case <-a.ready:
	default:
		a.err, a.isReady = err, isReady
		close(a.ready)
	}
}

func (a *Attachment) keepConnected() {
	for failures := 0; !a.isClosing(); failures++ {
		session, err := a.connect()
		asked := retryAfterOf(err)
		if err == nil {
			since := time.Now()
			asked = a.whileUsable(session)
			// A gateway that hangs up at once is no better than one that cannot be reached.
			if time.Since(since) > 5*time.Second {
				failures = -1
			}
		} else if a.isRefused(err) {
			a.settle(err, false)
			a.begin()
			return
		}
		timer := time.NewTimer(a.delay(max(0, failures), asked))
		select {
		case <-timer.C:
		case <-a.closing:
			timer.Stop()
		}
	}
}

// The longest that a gateway is heeded which says when to come back, and the most that is added so that
// not all whom it sent away come back at the same instant.
const (
	maxRetryAfter = 5 * time.Minute
	maxSpread     = 5 * time.Second
)

// delay is full jitter, and at least what the gateway asked for with up to a quarter more.
func (a *Attachment) delay(failures int, asked time.Duration) time.Duration {
	limit := a.options.BackoffLimit
	if base := a.options.BackoffBase; failures < 30 && base<<failures < limit {
		limit = base << failures
	}
	asked = min(asked, maxRetryAfter)
	random := a.options.Random()
	return max(time.Duration(random*float64(limit)), asked+time.Duration(random*float64(min(asked/4, maxSpread))))
}

func retryAfterOf(err error) time.Duration {
	var known *smartcall.Error
	if errors.As(err, &known) {
		return known.RetryAfter
	}
	return 0
}

// isRefused logs why there is no gateway yet, and says whether there never will be.
func (a *Attachment) isRefused(err error) bool {
	if a.isClosing() {
		return false
	}
	advice, isRefusal := attachAdvice[smartcall.ReasonOf(err)]
	a.mu.Lock()
	isNew := a.logged != err.Error()
	a.logged = err.Error()
	wasReady := a.isReady
	a.mu.Unlock()
	switch log := a.options.Log.With("gateway", a.options.Gateway); {
	case !isNew:
	case isRefusal:
		log.Error("the gateway refuses the agents", "err", err, "advice", advice)
	default:
		log.Warn("no gateway yet, trying again", "err", err)
	}
	return isRefusal && !wasReady
}

// attachAdvice is what to do about a refusal that no waiting cures; other reasons are worth another try.
var attachAdvice = map[smartcall.Reason]string{
	smartcall.ReasonUnauthenticated:      "pass a token that the gateway knows: AttachOptions.Token or SMARTCALL_TOKEN",
	smartcall.ReasonPermissionDenied:     "let the token attach these agents, or pass another one",
	smartcall.ReasonInvalidArgument:      "correct what the message names in the agents' cards",
	smartcall.ReasonAgentExists:          "give the agent another name, or remove the one that has it",
	smartcall.ReasonNotImplemented:       "see whether a Smartcall gateway stands at that URL",
	smartcall.ReasonUnsupportedMediaType: "see whether a Smartcall gateway stands at that URL",
}

// whileUsable returns when the gateway sends no calls on this connection any more: how long it asks to
// stay away, where it does.
func (a *Attachment) whileUsable(s *session) time.Duration {
	a.mu.Lock()
	a.instanceID = s.instanceID
	a.logged = ""
	a.mu.Unlock()
	log := a.options.Log.With("gateway", a.options.Gateway)
	log.Info("attached to the gateway", "instance", s.instanceID, "agents", len(a.host.cards))
	a.settle(nil, true)
	select {
	case <-s.over:
	case <-a.closing:
		return 0
	}
	switch {
	case a.isClosing():
	case s.isLost:
		log.Warn("lost the gateway", "err", s.reason)
	default:
		log.Info("the gateway drains; dialling again while its calls end", "reason", s.reason)
		go func() {
			<-s.link.Drain("the gateway drains")
			s.link.Close("", "")
		}()
	}
	return s.retryAfter
}

// callerOf: calls of agents go out where a link takes them: on that of the call, else on the newest.
func (a *Attachment) callerOf(own *link.Link) caller {
	return callerFunc(func(open *pb.Frame_Open, halfClose bool) *link.Exchange {
		if !own.IsUsable() {
			a.mu.Lock()
			sessions := slices.Clone(a.sessions)
			a.mu.Unlock()
			for _, each := range slices.Backward(sessions) {
				if each.link.IsUsable() {
					return each.link.Open(open, halfClose)
				}
			}
		}
		return own.Open(open, halfClose)
	})
}

type callerFunc func(open *pb.Frame_Open, halfClose bool) *link.Exchange

func (f callerFunc) open(open *pb.Frame_Open, halfClose bool) *link.Exchange {
	return f(open, halfClose)
}
