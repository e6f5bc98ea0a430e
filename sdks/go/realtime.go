package smartcall

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/smartcall/smartcall/sdks/go/internal/link"
	"github.com/smartcall/smartcall/sdks/go/internal/link/jsonlink"
)

const (
	realtimeProtocol = "smartcall.v1.json"
	// How long a gateway has to say hello, where it may not be silent for less.
	longestHello = 10 * time.Second
	// An event may hold a whole task: the gateway's tasks grow to 8 MiB by default, JSON to more.
	maxFrameBytes    = 32 << 20
	maxMessageBytes  = maxFrameBytes + 1<<20
	closeReasonBytes = 123
)

// dialRealtime dials the gateway's WebSocket, and answers when it has said hello. What ended the link
// is the cause of its end.
func dialRealtime(ctx context.Context, s settings) (*realtimeLink, error) {
	if s.urlError != nil {
		return nil, s.urlError
	}
	limit := longestHello
	if s.idleTimeout > 0 {
		limit = min(limit, s.idleTimeout)
	}
	silence := NewError(ReasonGatewayUnreachable, fmt.Sprintf("The gateway at %s said no hello within %v.", s.url, limit))
	ctx, cancel := context.WithTimeoutCause(ctx, limit, silence)
	defer cancel()
	token, err := s.readToken(ctx)
	if err != nil {
		return nil, err
	}
	url := "ws" + strings.TrimPrefix(s.url, "http") + "/v1/realtime"
	socket, response, err := websocket.Dial(ctx, url, &websocket.DialOptions{
		HTTPClient: s.httpClient, HTTPHeader: s.headers, Subprotocols: []string{realtimeProtocol},
	})
	if err != nil {
		return nil, dialFailure(ctx, s, response != nil && response.StatusCode >= 400, err, func() *Error {
			return errorFromResponse(response, nil)
		})
	}
	socket.SetReadLimit(maxMessageBytes)
	return startRealtime(ctx, s, socket, token)
}

func dialFailure(ctx context.Context, s settings, isAnswered bool, err error, answer func() *Error) error {
	var silence *Error
	switch {
	case errors.As(context.Cause(ctx), &silence):
		return silence
	case ctx.Err() != nil:
		return errorFrom(contextError(ctx))
	case isAnswered:
		return answer()
	}
	return unreachable(s.url, err)
}

func startRealtime(ctx context.Context, s settings, socket *websocket.Conn, token string) (*realtimeLink, error) {
	met := make(chan struct{})
	r := &realtimeLink{ended: make(chan struct{})}
	ping := s.idleTimeout / 3
	if ping == 0 {
		ping = -1
	}
	reading, stop := context.WithCancel(context.Background())
	r.link = link.New(link.Options{
		IsDialer: true, Codec: jsonlink.Codec{}, Implementation: "smartcall-go/1", Token: token, PingInterval: ping,
		MaxFrameBytes: maxFrameBytes,
		Carrier:       &socketCarrier{socket: socket, stop: stop},
		OnHello:       func(link.Hello) { close(met) },
		// What runs goes on; the link is of no use after that.
		OnDrain: func(string) { r.closeWhenIdle() },
		OnClose: func(err error) {
			r.err = err
			close(r.ended)
		},
	})
	go r.read(reading, socket)
	select {
	case <-met:
		return r, nil
	case <-r.ended:
		return nil, r.loss()
	case <-ctx.Done():
		r.link.Close("", "")
		return nil, dialFailure(ctx, s, false, ctx.Err(), nil)
	}
}

// realtimeLink is one WebSocket to the gateway, and what became of it.
type realtimeLink struct {
	link  *link.Link
	ended chan struct{}
	err   error // Why it ended; to be read when it has.
}

func (r *realtimeLink) read(ctx context.Context, socket *websocket.Conn) {
	for {
		kind, packet, err := socket.Read(ctx)
		if err != nil {
			r.link.Lost(lossOf(err))
			return
		}
		if kind != websocket.MessageText {
			packet = nil // Which breaks the link, as it is no JSON.
		}
		r.link.Receive(packet)
	}
}

func (r *realtimeLink) closeWhenIdle() {
	if r.link.Size() == 0 && !r.link.IsUsable() {
		go r.link.Close("", "")
	}
}

// loss is what a reader hears when the connection under its exchange ended.
func (r *realtimeLink) loss() error {
	select {
	case <-r.ended:
	case <-time.After(time.Second): // Its end is being told just now.
	}
	if r.err == nil {
		return cut("the session was closed", nil)
	}
	outcome := link.OutcomeOf(r.err)
	e := reasonError(outcome)
	if mendable[e.Reason] {
		lost := cut("the connection was lost: "+e.Message, r.err)
		lost.RetryAfter, lost.hasRetryAfter = e.RetryAfter, e.hasRetryAfter
		return lost
	}
	return e
}

// mendable says of a connection, not of a call, that it must not be made again, and may come of bytes
// that were garbled on the way or of a gateway that fell over: worth another try all the same.
var mendable = map[Reason]bool{
	ReasonDataLoss: true, ReasonGatewayUnreachable: true, ReasonInstanceLost: true,
	ReasonInternal: true, ReasonInvalidArgument: true, ReasonLinkBroken: true,
}

func reasonError(outcome link.Outcome) *Error {
	reason := Reason(outcome.Reason)
	if !reason.IsKnown() {
		reason = ReasonInternal
	}
	e := NewError(reason, outcome.Message)
	e.RetryAfter, e.hasRetryAfter = outcome.RetryAfter, outcome.RetryAfter > 0
	return e
}

// errorFromOutcome is what a reader hears when the gateway ended its exchange badly.
func errorFromOutcome(outcome link.Outcome) error {
	if outcome.Reason == string(ReasonDataLoss) {
		return cut("fewer events arrived than were sent", nil)
	}
	e := reasonError(outcome)
	e.Retryable = outcome.Refused
	e.RequestID, _ = outcome.Details["requestId"].(string)
	if ms, ok := outcome.Details["retryAfterMs"].(float64); ok {
		e.RetryAfter, e.hasRetryAfter = time.Duration(ms)*time.Millisecond, true
	}
	fields, _ := outcome.Details["errors"].([]any)
	for _, each := range fields {
		if field, ok := each.(map[string]any); ok {
			pointer, _ := field["pointer"].(string)
			detail, _ := field["detail"].(string)
			e.Errors = append(e.Errors, FieldError{Pointer: pointer, Detail: detail})
		}
	}
	return e
}

// lossOf makes an error of how a WebSocket was closed.
func lossOf(err error) error {
	var closed websocket.CloseError
	if !errors.As(err, &closed) {
		return &link.Error{Outcome: link.Outcome{Reason: string(ReasonGatewayUnreachable), Message: "The connection was cut."}, Cause: err}
	}
	reason := reasonFromCode(int(closed.Code), closed.Reason)
	message := fmt.Sprintf("The connection was closed with %d: %s", closed.Code, closed.Reason)
	if reason.Info().CloseCode == int(closed.Code) {
		message = reason.Info().Sentence
	}
	return &link.Error{Outcome: link.Outcome{Reason: string(reason), Message: message}, Cause: err}
}

// standardReasons is what codes stand for that are not Smartcall's (RFC 6455, 7.4.1).
var standardReasons = map[int]Reason{
	1001: ReasonDraining, 1002: ReasonLinkBroken, 1003: ReasonLinkBroken, 1007: ReasonLinkBroken,
	1008: ReasonPermissionDenied, 1009: ReasonPayloadTooLarge, 1010: ReasonNotImplemented,
	1011: ReasonInternal, 1012: ReasonDraining, 1013: ReasonGatewayFull,
	3000: ReasonUnauthenticated, 3003: ReasonPermissionDenied, 3008: ReasonRequestTimeout,
}

// reasonFromCode: where several reasons share a code the text names the one; what a later version may
// say is understood by its class.
func reasonFromCode(code int, text string) Reason {
	if said := Reason(text); said.IsKnown() && said.Info().CloseCode == code {
		return said
	}
	found := Reason("")
	for reason, info := range reasonTable {
		if info.CloseCode == code && (found == "" || reason < found) {
			found = reason
		}
	}
	switch {
	case found != "":
		return found
	case standardReasons[code] != "":
		return standardReasons[code]
	case code >= 4200 && code < 4300:
		return ReasonDraining
	case code >= 4000 && code < 4100:
		return ReasonInternal
	}
	return ReasonGatewayUnreachable
}

// socketCarrier carries a link on a WebSocket.
type socketCarrier struct {
	socket *websocket.Conn
	stop   context.CancelFunc
	once   sync.Once
}

func (c *socketCarrier) Send(packet []byte) error {
	return c.socket.Write(context.Background(), websocket.MessageText, packet)
}

func (c *socketCarrier) Close(reason string) {
	c.once.Do(func() {
		code := websocket.StatusNormalClosure
		if info := Reason(reason); reason != "" {
			code = websocket.StatusCode(info.Info().CloseCode)
		}
		// The handshake of the close may take its time.
		go func() {
			defer c.stop()
			_ = c.socket.Close(code, reason[:min(len(reason), closeReasonBytes)])
		}()
	})
}
