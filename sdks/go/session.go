package smartcall

import (
	"context"
)

// Session is many calls on one WebSocket, each with its own flow: a slow reader holds up nobody else.
//
// When the connection is lost it is made again as soon as a stream needs it, and streams go on where
// they were.
type Session struct {
	settings  settings
	pool      *linkPool
	transport *webSocketTransport
}

// Connect opens one WebSocket for many calls, and answers when the gateway has said hello. It stays
// open until Close. GATEWAY_UNREACHABLE when nobody is there, or the reason of a refusal.
func (c *Client) Connect(ctx context.Context, options ...Option) (*Session, error) {
	s := c.settings.with(options)
	pool := newLinkPool(s, true)
	connecting, cancel := withTimeout(ctx, s.timeout)
	defer cancel()
	if _, err := pool.connected(connecting); err != nil {
		pool.cancel(nil)
		e := errorFrom(err)
		if e.Reason == ReasonStreamTruncated { // No stream was there yet.
			e = withCause(NewError(ReasonGatewayUnreachable, e.Message), e)
		}
		return nil, e
	}
	// The gateway was there when the session began.
	s.reconnect = s.reconnect.resolved()
	s.reconnect.MaxFirstAttempts = s.reconnect.MaxAttempts
	if s.reconnect.MaxAttempts == 0 {
		s.reconnect.MaxAttempts = -1
	}
	s.timeout = 0
	return &Session{settings: s, pool: pool, transport: &webSocketTransport{pool: pool}}, nil
}

// Stream is as [Client.Stream], on this session.
func (s *Session) Stream(ctx context.Context, agent string, input Input, options ...Option) *TaskStream {
	settings := s.settings.with(options)
	return newTaskStream(ctx, s.transport, withKey(settings), streamRequest{kind: streamCall, name: agent, input: input})
}

// Watch is as [Client.Watch], on this session.
func (s *Session) Watch(ctx context.Context, task string, options ...Option) *TaskStream {
	return newTaskStream(ctx, s.transport, s.settings.with(options), streamRequest{kind: streamWatch, name: task})
}

// WatchAgents is as [Client.WatchAgents], on this session.
func (s *Session) WatchAgents(ctx context.Context, options ...Option) *RegistryStream {
	return newRegistryStream(ctx, s.transport, s.settings.with(options))
}

// Call calls an agent and answers the task when it has ended or asks for input; one that FAILED is
// answered too.
//
// It is not repeated by itself. By default the task is canceled when the connection is lost, which is
// told as STREAM_TRUNCATED: it is not known what became of the call.
func (s *Session) Call(ctx context.Context, agent string, input Input, options ...Option) (*Task, error) {
	settings := s.settings.with(options)
	ctx, cancel := withTimeout(ctx, settings.timeout)
	defer cancel()
	call, err := callRequest(agent, input, settings)
	if err != nil {
		return nil, err
	}
	open := newOpen(ctx, settings)
	open.Call = call
	if settings.idempotencyKey != "" {
		open.Headers["idempotency-key"] = settings.idempotencyKey
	}
	task, err := s.transport.answer(ctx, open)
	if err != nil {
		if ctx.Err() != nil {
			err = contextError(ctx)
		}
		return nil, errorFrom(err)
	}
	return task, nil
}

// Authenticate hands a fresh token to the gateway, so that the session outlives the one before it.
func (s *Session) Authenticate(ctx context.Context) error {
	realtime, err := s.pool.connected(ctx)
	if err != nil {
		return err
	}
	token, err := s.settings.readToken(ctx)
	if err != nil || token == "" {
		return err
	}
	return realtime.link.Control(map[string]any{"authenticate": map[string]any{"token": token}})
}

// Close ends the session; streams on it end with CANCELED, their tasks go on as they were told to.
func (s *Session) Close() { s.pool.close() }
