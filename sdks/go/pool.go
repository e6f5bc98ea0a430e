package smartcall

import (
	"context"
	"sync"
)

// linkPool is the link that all exchanges of a session share: dialled when it is needed, again when it
// was lost or drains, and closed when nobody needs it.
type linkPool struct {
	dial func(context.Context) (*realtimeLink, error)
	// Whether the link stays when nothing runs on it, until close.
	isHeld bool
	ctx    context.Context
	cancel context.CancelCauseFunc

	mu      sync.Mutex
	current *dialling
	users   int
}

// dialling is a link that stands, or is on its way.
type dialling struct {
	done chan struct{}
	link *realtimeLink
	err  error
}

func newLinkPool(s settings, isHeld bool) *linkPool {
	ctx, cancel := context.WithCancelCause(context.Background())
	return &linkPool{
		dial:   func(ctx context.Context) (*realtimeLink, error) { return dialRealtime(ctx, s) },
		isHeld: isHeld, ctx: ctx, cancel: cancel,
	}
}

// use answers a link that takes exchanges; release is to be called when it is no longer needed.
func (p *linkPool) use(ctx context.Context) (link *realtimeLink, release func(), err error) {
	p.mu.Lock()
	p.users++
	p.mu.Unlock()
	link, err = p.connected(ctx)
	if err != nil {
		p.release()
		return nil, nil, err
	}
	return link, p.release, nil
}

func (p *linkPool) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.users--
	if p.users > 0 || p.isHeld || p.current == nil {
		return
	}
	current := p.current
	p.current = nil
	go func() {
		<-current.done
		if current.link != nil {
			current.link.link.Close("", "")
		}
	}()
}

// connected answers the link, once it stands and takes exchanges; several that ask at once share it.
func (p *linkPool) connected(ctx context.Context) (*realtimeLink, error) {
	for {
		p.mu.Lock()
		if p.ctx.Err() != nil {
			p.mu.Unlock()
			return nil, errorFrom(contextError(p.ctx))
		}
		isOwn := p.current == nil
		if isOwn {
			p.current = p.begin()
		}
		current := p.current
		p.mu.Unlock()
		select {
		case <-current.done:
		case <-ctx.Done():
			return nil, errorFrom(contextError(ctx))
		}
		if current.err != nil {
			p.forget(current)
			return nil, current.err
		}
		if current.link.link.IsUsable() {
			return current.link, nil
		}
		p.forget(current)
		if isOwn {
			return nil, NewError(ReasonDraining, "")
		}
	}
}

// begin dials; what fails is forgotten, so that the next one dials again.
func (p *linkPool) begin() *dialling {
	d := &dialling{done: make(chan struct{})}
	go func() {
		defer close(d.done)
		d.link, d.err = p.dial(p.ctx)
	}()
	return d
}

func (p *linkPool) forget(d *dialling) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.current == d {
		p.current = nil
	}
}

// close ends the link, and with it all that runs on it; nothing runs afterwards.
func (p *linkPool) close() {
	p.cancel(NewError(ReasonCanceled, "The session was closed."))
	p.mu.Lock()
	current := p.current
	p.current = nil
	p.mu.Unlock()
	if current == nil {
		return
	}
	<-current.done
	if current.link != nil {
		current.link.link.Close("", "")
	}
}
