package smartcall

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// Agents is the registry: which agents can be called, and where their instances are.
type Agents struct{ client *Client }

// ListAgentsParams says which agents to list.
type ListAgentsParams struct {
	// Agents a page at most; the gateway's default is 100.
	PageSize int
	// NextPageToken of the page before.
	PageToken string
}

// List iterates over all agents in the order of their names, page by page.
func (a *Agents) List(ctx context.Context, params ListAgentsParams, options ...Option) iter.Seq2[*Agent, error] {
	return pages(params.PageToken, func(token string) ([]Agent, string, error) {
		params.PageToken = token
		page, err := a.ListPage(ctx, params, options...)
		if err != nil {
			return nil, "", err
		}
		return page.Agents, page.NextPageToken, nil
	})
}

// ListPage answers one page of agents.
func (a *Agents) ListPage(ctx context.Context, params ListAgentsParams, options ...Option) (*ListAgentsResponse, error) {
	query := url.Values{}
	setPage(query, params.PageSize, params.PageToken)
	return send[ListAgentsResponse](ctx, a.client.settings.with(options), request{
		method: http.MethodGet, path: "/v1/agents", query: query, isRepeatable: true,
	})
}

// Get answers one agent with its card; AGENT_NOT_FOUND when there is none of this name.
func (a *Agents) Get(ctx context.Context, name string, options ...Option) (*Agent, error) {
	return getAgent[Agent](ctx, a, "/v1/agents/%s", name, options)
}

// Card answers an agent's card: what it does, and the schemas of its input and output.
func (a *Agents) Card(ctx context.Context, name string, options ...Option) (*AgentCard, error) {
	return getAgent[AgentCard](ctx, a, "/v1/agents/%s/card", name, options)
}

// Instances lists the running instances of an agent, the oldest first.
func (a *Agents) Instances(ctx context.Context, name string, options ...Option) ([]Instance, error) {
	answer, err := getAgent[ListInstancesResponse](ctx, a, "/v1/agents/%s/instances", name, options)
	if err != nil {
		return nil, err
	}
	return answer.Instances, nil
}

func getAgent[Answer any](ctx context.Context, a *Agents, format, name string, options []Option) (*Answer, error) {
	path, err := pathOf(format, "agent", name)
	if err != nil {
		return nil, err
	}
	return send[Answer](ctx, a.client.settings.with(options), request{
		method: http.MethodGet, path: path, isRepeatable: true,
	})
}

// Create registers an agent that the gateway is to dial; one that attaches registers itself.
func (a *Agents) Create(ctx context.Context, agent CreateAgentRequest, options ...Option) (*Agent, error) {
	body, err := marshalInput(agent)
	if err != nil {
		return nil, err
	}
	return send[Agent](ctx, a.client.settings.with(options), request{
		method: http.MethodPost, path: "/v1/agents", body: body,
	})
}

// Update changes fields of a registered agent's card, such as "description"; all when none is named.
func (a *Agents) Update(ctx context.Context, name string, card AgentCardInput, fields []string, options ...Option) (*Agent, error) {
	path, err := pathOf("/v1/agents/%s", "agent", name)
	if err != nil {
		return nil, err
	}
	body, err := marshalInput(card)
	if err != nil {
		return nil, err
	}
	query := url.Values{}
	if len(fields) > 0 {
		query.Set("updateMask", joinComma(fields))
	}
	return send[Agent](ctx, a.client.settings.with(options), request{
		method: http.MethodPatch, path: path, query: query, body: body,
	})
}

// Delete removes an agent: it takes no new calls, and what runs may finish.
func (a *Agents) Delete(ctx context.Context, name string, options ...Option) error {
	path, err := pathOf("/v1/agents/%s", "agent", name)
	if err != nil {
		return err
	}
	_, err = send[struct{}](ctx, a.client.settings.with(options), request{method: http.MethodDelete, path: path})
	return err
}

func setPage(query url.Values, size int, token string) {
	if size > 0 {
		query.Set("pageSize", strconv.Itoa(size))
	}
	if token != "" {
		query.Set("pageToken", token)
	}
}
