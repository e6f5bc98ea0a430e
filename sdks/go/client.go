package smartcall

import (
	"context"
	"crypto/rand"
	"net/http"
)

// Client is a client of one gateway. It is safe for use by many goroutines.
type Client struct {
	// The registry: which agents can be called, and where their instances are.
	Agents *Agents
	// The records of calls.
	Tasks    *Tasks
	settings settings
}

// New makes a client. It never fails: what is wrong with the URL is said by the first request.
func New(options ...Option) *Client {
	s := newSettings(options)
	s.random = randomOrDefault(s.random)
	c := &Client{settings: s}
	c.Agents = &Agents{client: c}
	c.Tasks = &Tasks{client: c}
	return c
}

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
	if s.idempotencyKey == "" {
		s.idempotencyKey = rand.Text()
	}
	headers := http.Header{"Idempotency-Key": {s.idempotencyKey}}
	if s.respondAsync {
		headers.Set("Prefer", "respond-async")
	}
	return send[Task](ctx, s, request{
		method: http.MethodPost, path: path, headers: headers, body: body, isRepeatable: true,
	})
}

func (c *Client) transportOf(settings) streamTransport { return sseTransport{} }
