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
	// How long the gateway asks to stay away, where it does.
	retryAfter time.Duration
	gone       chan struct{}
}

func (s *session) end(isLost bool, reason string, retryAfter time.Duration) {
	s.once.Do(func() {
		s.isLost, s.reason, s.retryAfter = isLost, reason, retryAfter
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
		onDrain: func(reason string) { s.end(false, reason, 0) },
		onClose: func(err error) {
			if err == nil {
				err = smartcall.NewError(smartcall.ReasonCanceled, "")
			}
			err = errorFrom(err)
			failed <- err
			s.end(true, err.Error(), retryAfterOf(err))
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
