package smartcall

import (
	"context"
	"net/http"
	"sync"
)

// Client is a client of one gateway. It is safe for use by many goroutines.
type Client struct {
	// The registry: which agents can be called, and where their instances are.
	Agents *Agents
	// The records of calls.
	Tasks    *Tasks
	settings settings
	// One WebSocket for all streams of the client, while there are any.
	webSocket func() *webSocketTransport
}

// New makes a client. It never fails: what is wrong with the URL is said by the first request.
func New(options ...Option) *Client {
	s := newSettings(options)
	s.random = randomOrDefault(s.random)
	c := &Client{settings: s}
	c.Agents = &Agents{client: c}
	c.Tasks = &Tasks{client: c}
	c.webSocket = sync.OnceValue(func() *webSocketTransport {
		return &webSocketTransport{pool: newLinkPool(s, false)}
	})
	return c
}

// String says which gateway it is a client of, and no secret.
func (c *Client) String() string { return "smartcall.Client(" + c.settings.url + ")" }

// Call calls an agent and answers the task when it has ended or asks for input.
//
// A task that FAILED is answered too, and says why in Error; see its State. The end of ctx cancels
// the call, and its deadline reaches the agent. What was refused is an *[Error] with the reason:
// AGENT_NOT_FOUND, AGENT_BUSY, …
func (c *Client) Call(ctx context.Context, agent string, input Input, options ...Option) (*Task, error) {
	s := c.settings.with(options)
	path, err := pathOf("/v1/agents/%s/calls", "agent", agent)
	if err != nil {
		return nil, err
	}
	body, err := callBody(input, s)
	if err != nil {
		return nil, err
	}
	s = withKey(s)
	headers := http.Header{"Idempotency-Key": {s.idempotencyKey}}
	if s.respondAsync {
		headers.Set("Prefer", "respond-async")
	}
	return send[Task](ctx, s, request{
		method: http.MethodPost, path: path, headers: headers, body: body, isRepeatable: true,
	})
}

// transportOf is how the streams of this client arrive.
func (c *Client) transportOf(s settings) streamTransport {
	if s.transport == TransportWebSocket {
		return c.webSocket()
	}
	return sseTransport{}
}
