package smartcall

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Tasks is the records of calls.
type Tasks struct{ client *Client }

// ListTasksParams says which tasks to list; all when it is empty.
type ListTasksParams struct {
	// Only tasks of this agent.
	Agent string
	// Only tasks of this conversation.
	ContextID string
	// Only tasks in one of these states.
	States []TaskState
	// Tasks a page at most; the gateway's default is 50.
	PageSize int
	// NextPageToken of the page before.
	PageToken string
}

// List iterates over tasks, the newest first, page by page.
func (t *Tasks) List(ctx context.Context, params ListTasksParams, options ...Option) iter.Seq2[*Task, error] {
	return pages(params.PageToken, func(token string) ([]Task, string, error) {
		params.PageToken = token
		page, err := t.ListPage(ctx, params, options...)
		if err != nil {
			return nil, "", err
		}
		return page.Tasks, page.NextPageToken, nil
	})
}

// ListPage answers one page of tasks.
func (t *Tasks) ListPage(ctx context.Context, params ListTasksParams, options ...Option) (*ListTasksResponse, error) {
	query := url.Values{}
	if params.Agent != "" {
		query.Set("agent", params.Agent)
	}
	if params.ContextID != "" {
		query.Set("contextId", params.ContextID)
	}
	for _, state := range params.States {
		query.Add("states", string(state))
	}
	setPage(query, params.PageSize, params.PageToken)
	return send[ListTasksResponse](ctx, t.client.settings.with(options), request{
		method: http.MethodGet, path: "/v1/tasks", query: query, isRepeatable: true,
	})
}

// Get answers a task; TASK_NOT_FOUND when there is none of this id, or it is no longer kept.
func (t *Tasks) Get(ctx context.Context, id string, options ...Option) (*Task, error) {
	return t.Wait(ctx, id, 0, options...)
}

// Wait answers a task when it has ended or asks for input, or as it is when so long is over, at most
// 60 s.
func (t *Tasks) Wait(ctx context.Context, id string, atMost time.Duration, options ...Option) (*Task, error) {
	path, err := pathOf("/v1/tasks/%s", "task", id)
	if err != nil {
		return nil, err
	}
	query := url.Values{}
	if atMost > 0 {
		query.Set("wait", fmt.Sprintf("%.3fs", atMost.Seconds()))
	}
	return send[Task](ctx, t.client.settings.with(options), request{
		method: http.MethodGet, path: path, query: query, isRepeatable: true,
	})
}

// Cancel cancels a task and answers it; one that has already ended is answered as it is.
func (t *Tasks) Cancel(ctx context.Context, id, reason string, options ...Option) (*Task, error) {
	return cancelTask(ctx, t.client.settings.with(options), id, reason)
}

func cancelTask(ctx context.Context, s settings, id, reason string) (*Task, error) {
	path, err := pathOf("/v1/tasks/%s/cancel", "task", id)
	if err != nil {
		return nil, err
	}
	body, err := marshalInput(CancelTaskBody{Reason: reason})
	if err != nil {
		return nil, err
	}
	return send[Task](ctx, s, request{
		method: http.MethodPost, path: path, body: body, isRepeatable: true,
	})
}

// Send sends a further message to a task, such as the input that it asks for, and answers the task;
// TASK_NOT_WAITING when it takes no message now.
func (t *Tasks) Send(ctx context.Context, id string, input Input, options ...Option) (*Task, error) {
	path, err := pathOf("/v1/tasks/%s/messages", "task", id)
	if err != nil {
		return nil, err
	}
	body, err := marshalInput(SendMessageBody{Text: input.text, Data: input.data, Message: input.message})
	if err != nil {
		return nil, err
	}
	return send[Task](ctx, t.client.settings.with(options), request{
		method: http.MethodPost, path: path, body: body,
		// One with an id is taken once, however often it arrives.
		isRepeatable: input.message != nil && input.message.MessageID != "",
	})
}

// OutputText is the text of the agent's answer so far, its parts joined; empty when there is none.
func (t *Task) OutputText() string { return t.Output.PlainText() }

// OutputData reads the first part of data of the agent's answer into value.
func (t *Task) OutputData(value any) error { return t.Output.ReadData(value) }

// PlainText is the text of a message, its parts joined; empty for nil.
func (m *Message) PlainText() string {
	if m == nil {
		return ""
	}
	var text strings.Builder
	for _, part := range m.Parts {
		if part.Text != nil {
			text.WriteString(*part.Text)
		}
	}
	return text.String()
}

// ReadData reads the first part of data of a message into value.
func (m *Message) ReadData(value any) error {
	if m != nil {
		for _, part := range m.Parts {
			if part.Data != nil {
				return json.Unmarshal(part.Data, value)
			}
		}
	}
	return fmt.Errorf("smartcall: the message has no part of data")
}

// IsEnded says whether nothing of the task will ever change.
func (s TaskState) IsEnded() bool {
	switch s {
	case TaskStateCompleted, TaskStateFailed, TaskStateCanceled, TaskStateRejected:
		return true
	}
	return false
}

func joinComma(values []string) string { return strings.Join(values, ",") }
