package agent

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
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
		if err == nil {
			since := time.Now()
			a.whileUsable(session)
			// A gateway that hangs up at once is no better than one that cannot be reached.
			if time.Since(since) > 5*time.Second {
				failures = -1
			}
		} else if a.isRefused(err) {
			a.settle(err, false)
			a.begin()
			return
		}
		timer := time.NewTimer(a.jitter(max(0, failures)))
		select {
		case <-timer.C:
		case <-a.closing:
			timer.Stop()
		}
	}
}

func (a *Attachment) jitter(failures int) time.Duration {
	limit := a.options.BackoffLimit
	if base := a.options.BackoffBase; failures < 30 && base<<failures < limit {
		limit = base << failures
	}
	return time.Duration(a.options.Random() * float64(limit))
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

// session is one connection to a gateway that has taken the agents.
type session struct {
	link       *link.Link
	instanceID string
	// Closed when the gateway takes no calls on it any more, with why in reason.
	over chan struct{}
	once sync.Once
	// Whether it was lost, else it drains.
	isLost bool
	reason string
	gone   chan struct{}
}

func (s *session) end(isLost bool, reason string) {
	s.once.Do(func() {
		s.isLost, s.reason = isLost, reason
		close(s.over)
	})
}

// connect dials the gateway and waits until it has taken the agents.
func (a *Attachment) connect() (*session, error) {
	ctx, cancel := context.WithTimeoutCause(context.Background(), a.options.ReadyTimeout,
		smartcall.NewError(smartcall.ReasonLinkBroken, "The gateway did not say that it took the agents."))
	defer cancel()
	go func() {
		select {
		case <-a.closing:
			cancel()
		case <-ctx.Done():
		}
	}()
	token, err := a.options.Token(ctx)
	if err != nil {
		return nil, errorFrom(err)
	}
	s := &session{over: make(chan struct{}), gone: make(chan struct{})}
	// The stream outlives the wait for it; what ends the attempt is cut.
	streamCtx, cut := context.WithCancel(context.Background())
	stop := context.AfterFunc(ctx, cut)
	c, read, err := dial(streamCtx, a.options.Gateway, pb.LinkService_Attach_FullMethodName)
	if err != nil {
		stop()
		cut()
		return nil, a.dialError(ctx, err)
	}
	ready := make(chan string, 1)
	failed := make(chan error, 1)
	s.link = newAgentLink(c, linkInit{
		host: a.host, isDialer: true, token: token, instanceID: a.options.InstanceID,
		callerOf: a.callerOf,
		onControl: func(payload any) {
			if taken := payload.(*pb.Frame).GetReady(); taken != nil {
				select {
				case ready <- taken.InstanceId:
				default:
				}
			}
		},
		onDrain: func(reason string) { s.end(false, reason) },
		onClose: func(err error) {
			if err == nil {
				err = smartcall.NewError(smartcall.ReasonCanceled, "")
			}
			failed <- errorFrom(err)
			s.end(true, err.Error())
		},
	})
	go func() {
		defer close(s.gone)
		defer cut()
		read(s.link)
		a.forget(s)
	}()
	select {
	case s.instanceID = <-ready:
		// From now on the end of the wait ends nothing.
		switch {
		case !stop():
		case a.keep(s):
			return s, nil
		default:
			// Closed just now; a call may run already.
			late := time.After(a.options.Grace)
			waitAll([]<-chan struct{}{s.link.Drain("the agent's process is going away")}, late)
		}
		err = smartcall.NewError(smartcall.ReasonCanceled, "")
	case err = <-failed:
		err = a.dialError(ctx, err)
	case <-ctx.Done():
		err = errorFrom(context.Cause(ctx))
	}
	stop()
	s.link.Close("", "")
	return nil, err
}

// dialError prefers why the attempt was given up to how that looked to the connection.
func (a *Attachment) dialError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return errorFrom(cause)
	}
	return errorFrom(err)
}

func (a *Attachment) keep(s *session) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.isClosing() {
		return false
	}
	a.sessions = append(a.sessions, s)
	return true
}

func (a *Attachment) forget(s *session) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sessions = slices.DeleteFunc(a.sessions, func(each *session) bool { return each == s })
}

// whileUsable returns when the gateway sends no calls on this connection any more.
func (a *Attachment) whileUsable(s *session) {
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
		return
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
