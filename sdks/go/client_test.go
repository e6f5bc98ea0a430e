package smartcall_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
)

const doneTask = `{"id":"t1","agent":"echo","contextId":"c1","state":"COMPLETED","createTime":"2026-11-23T09:30:00.250Z","updateTime":"2026-11-23T09:30:00.262Z",
"output":{"role":"AGENT","parts":[{"text":"hel"},{"data":{"n":9007199254740993}},{"text":"lo"}]},"later":{"deep":[1]}}`

// answer is one answer of a fake gateway.
type answer struct {
	status  int
	body    string
	headers map[string]string
	// Breaks the connection instead.
	isBroken bool
}

// seen is one request that a fake gateway heard.
type seen struct {
	method, uri, body string
	headers           http.Header
}

// fakeGateway answers what it is told to in turn, the last answer for ever.
type fakeGateway struct {
	*httptest.Server
	mu       sync.Mutex
	requests []seen
}

func newFakeGateway(t *testing.T, answers ...answer) *fakeGateway {
	t.Helper()
	g := &fakeGateway{}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		g.mu.Lock()
		a := answers[min(len(g.requests), len(answers)-1)]
		g.requests = append(g.requests, seen{r.Method, r.RequestURI, string(body), r.Header.Clone()})
		g.mu.Unlock()
		if a.isBroken {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set("Content-Type", "application/json")
		for name, value := range a.headers {
			w.Header().Set(name, value)
		}
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, a.body)
	}))
	t.Cleanup(g.Close)
	return g
}

func (g *fakeGateway) seen() []seen {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]seen(nil), g.requests...)
}

func (g *fakeGateway) client(options ...smartcall.Option) *smartcall.Client {
	base := []smartcall.Option{smartcall.WithURL(g.URL), smartcall.WithRetryDelay(time.Millisecond, time.Millisecond)}
	return smartcall.New(append(base, options...)...)
}

func problem(reason string, status int, retryable bool) answer {
	return answer{
		status:  status,
		body:    fmt.Sprintf(`{"type":"urn:smartcall:reason:%[1]s","title":"T","status":%[2]d,"detail":"Why %[1]s.","reason":"%[1]s","requestId":"r-1","retryable":%[3]t,"errors":[{"pointer":"#/text","detail":"too long"}]}`, reason, status, retryable),
		headers: map[string]string{"Content-Type": "application/problem+json"},
	}
}

func TestACallSaysWhatTheContractWants(t *testing.T) {
	gateway := newFakeGateway(t, answer{status: 200, body: doneTask})
	client := gateway.client(smartcall.WithToken("secret"), smartcall.WithHeader("X-Team", "red"))
	task, err := client.Call(t.Context(), "ärger/1", smartcall.Text(""),
		smartcall.WithContextID("c1"), smartcall.WithMetadata(smartcall.Object{"n": json.Number("9007199254740993")}),
		smartcall.WithOnDisconnect(smartcall.OnDisconnectContinue), smartcall.WithTimeout(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	request := gateway.seen()[0]
	if want := "/v1/agents/%C3%A4rger%2F1/calls"; request.method != "POST" || request.uri != want {
		t.Errorf("%s %s, want POST %s", request.method, request.uri, want)
	}
	if want := `{"text":"","contextId":"c1","metadata":{"n":9007199254740993},"onDisconnect":"CONTINUE"}`; request.body != want {
		t.Errorf("body %s, want %s", request.body, want)
	}
	for name, want := range map[string]string{"Authorization": "Bearer secret", "X-Team": "red", "Content-Type": "application/json"} {
		if got := request.headers.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if request.headers.Get("Idempotency-Key") == "" {
		t.Error("the call has no idempotency key")
	}
	if left, err := strconv.ParseFloat(request.headers.Get("Request-Timeout"), 64); err != nil || left < 10 || left > 60 {
		t.Errorf("Request-Timeout %v, %v", left, err)
	}
	if task.OutputText() != "hello" || task.State != smartcall.TaskStateCompleted {
		t.Errorf("the task is %+v", task)
	}
	var data struct{ N int64 }
	if err := task.OutputData(&data); err != nil || data.N != 9007199254740993 {
		t.Errorf("the data is %v, %v", data, err)
	}
	again, _ := json.Marshal(task)
	if !strings.Contains(string(again), `"later":{"deep":[1]}`) || !strings.Contains(string(again), "9007199254740993") {
		t.Errorf("something was lost: %s", again)
	}
}

func TestAnEnumOrAFieldOfANewerGatewayIsKept(t *testing.T) {
	body := strings.Replace(doneTask, "COMPLETED", "HIBERNATING", 1)
	gateway := newFakeGateway(t, answer{status: 200, body: body})
	task, err := gateway.client().Tasks.Get(t.Context(), "t1")
	if err != nil || task.State != "HIBERNATING" || string(task.Extra["later"]) != `{"deep":[1]}` {
		t.Errorf("%v, %v", task, err)
	}
}

func TestWhatIsRetriedAndWhatIsNot(t *testing.T) {
	done := answer{status: 200, body: doneTask}
	withHeader := func(a answer, name, value string) answer {
		headers := map[string]string{name: value}
		for k, v := range a.headers {
			headers[k] = v
		}
		a.headers = headers
		return a
	}
	for _, row := range []struct {
		name    string
		answers []answer
		call    func(context.Context, *smartcall.Client) error
		want    int
		reason  smartcall.Reason
	}{
		{"what has not run", []answer{problem("AGENT_BUSY", 503, true), done}, call, 2, ""},
		{"a rate limit", []answer{problem("RATE_LIMITED", 429, true), done}, call, 2, ""},
		{"a rate limit of a proxy", []answer{{status: 429, body: "slow down"}, done}, call, 2, ""},
		{"what may have run", []answer{problem("INSTANCE_LOST", 502, false), done}, call, 1, "INSTANCE_LOST"},
		{"what is wrong", []answer{problem("INVALID_ARGUMENT", 400, false), done}, call, 1, "INVALID_ARGUMENT"},
		{"two retries and no more", []answer{problem("DRAINING", 503, true)}, call, 3, "DRAINING"},
		{"a lost connection of a call", []answer{{isBroken: true}, done}, call, 2, ""},
		{"a lost connection of a message", []answer{{isBroken: true}, done}, sendMessage, 1, "GATEWAY_UNREACHABLE"},
		{"a message that has not run", []answer{problem("DRAINING", 503, true), done}, sendMessage, 2, ""},
		{"a proxy without its gateway", []answer{{status: 502, body: "<html>bad gateway"}, done}, call, 2, ""},
		{"what the gateway says not to", []answer{withHeader(problem("AGENT_BUSY", 503, true), "X-Should-Retry", "false"), done}, call, 1, "AGENT_BUSY"},
		{"what the gateway says to", []answer{withHeader(problem("INTERNAL", 500, false), "X-Should-Retry", "true"), done}, call, 2, ""},
		{"what is to wait too long", []answer{withHeader(problem("RATE_LIMITED", 429, true), "Retry-After", "3600"), done}, call, 1, "RATE_LIMITED"},
		{"a redirect", []answer{{status: 307, headers: map[string]string{"Location": "http://elsewhere.invalid/"}}}, call, 1, "INTERNAL"},
		{"an answer that is no JSON", []answer{{status: 200, body: "<html>"}}, call, 1, "INTERNAL"},
		{"an answer of nothing", []answer{{status: 200}}, call, 1, "INTERNAL"},
	} {
		t.Run(row.name, func(t *testing.T) {
			gateway := newFakeGateway(t, row.answers...)
			err := row.call(t.Context(), gateway.client())
			if got := smartcall.ReasonOf(err); got != row.reason {
				t.Errorf("reason %q (%v), want %q", got, err, row.reason)
			}
			requests := gateway.seen()
			if len(requests) != row.want {
				t.Errorf("%d requests, want %d", len(requests), row.want)
			}
			for _, r := range requests {
				if r.headers.Get("Idempotency-Key") != requests[0].headers.Get("Idempotency-Key") {
					t.Error("the idempotency key is another one")
				}
			}
		})
	}
}

func call(ctx context.Context, client *smartcall.Client) error {
	_, err := client.Call(ctx, "echo", smartcall.Text("hi"))
	return err
}

func sendMessage(ctx context.Context, client *smartcall.Client) error {
	_, err := client.Tasks.Send(ctx, "t1", smartcall.Text("hi"))
	return err
}

func TestAnErrorSaysAllThatTheProblemDoes(t *testing.T) {
	gateway := newFakeGateway(t, problem("AGENT_NOT_FOUND", 404, false))
	_, err := gateway.client().Call(t.Context(), "nobody", smartcall.Text("hi"))
	var e *smartcall.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no Error", err)
	}
	if e.Reason != smartcall.ReasonAgentNotFound || e.Status != 404 || e.RequestID != "r-1" || e.Retryable ||
		e.Message != "Why AGENT_NOT_FOUND." || len(e.Errors) != 1 || e.Errors[0].Pointer != "#/text" {
		t.Errorf("%+v", e)
	}
	if !errors.Is(err, &smartcall.Error{Reason: smartcall.ReasonAgentNotFound}) {
		t.Error("errors.Is does not find the reason")
	}
}

func TestAProblemOfAnyShapeIsAnError(t *testing.T) {
	for _, row := range []struct {
		status int
		body   string
		want   smartcall.Reason
	}{
		{404, `{"reason":"AGENT_NOT_FOUND","status":"404"}`, "AGENT_NOT_FOUND"},
		{404, `{"reason":"FROM_THE_FUTURE"}`, "ROUTE_NOT_FOUND"},
		{418, `[]`, "INTERNAL"},
		{401, ``, "UNAUTHENTICATED"},
		{500, `null`, "INTERNAL"},
		{504, `{"errors":7}`, "DEADLINE_EXCEEDED"},
	} {
		gateway := newFakeGateway(t, answer{status: row.status, body: row.body})
		err := call(t.Context(), gateway.client(smartcall.WithMaxRetries(0)))
		if got := smartcall.ReasonOf(err); got != row.want {
			t.Errorf("%d %s: %s, want %s", row.status, row.body, got, row.want)
		}
	}
}

func TestRetryAfterIsWaited(t *testing.T) {
	busy := problem("AGENT_BUSY", 503, true)
	busy.headers["Retry-After"] = "0.2"
	gateway := newFakeGateway(t, busy, answer{status: 200, body: doneTask})
	started := time.Now()
	if err := call(t.Context(), gateway.client()); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(started); took < 200*time.Millisecond {
		t.Errorf("it waited %v", took)
	}
}

func TestAContextEndsACallAndSaysHow(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		select {
		case <-r.Context().Done():
		case <-release:
		}
	}))
	defer server.Close()
	defer close(release)
	client := smartcall.New(smartcall.WithURL(server.URL))

	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, cancel)
	err := call(ctx, client)
	if smartcall.ReasonOf(err) != smartcall.ReasonCanceled || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	_, err = client.Call(t.Context(), "echo", smartcall.Text("hi"), smartcall.WithTimeout(30*time.Millisecond))
	if smartcall.ReasonOf(err) != smartcall.ReasonDeadlineExceeded || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	_, err = client.Call(t.Context(), "echo", smartcall.Text("hi"), smartcall.WithAttemptTimeout(20*time.Millisecond),
		smartcall.WithMaxRetries(1), smartcall.WithRetryDelay(1, 1))
	if smartcall.ReasonOf(err) != smartcall.ReasonGatewayUnreachable {
		t.Errorf("%v", err)
	}
}

func TestPagesAreReadOneAfterTheOther(t *testing.T) {
	gateway := newFakeGateway(t,
		answer{status: 200, body: `{"tasks":[` + doneTask + `,` + doneTask + `],"nextPageToken":"p2"}`},
		answer{status: 200, body: `{"tasks":[` + doneTask + `],"nextPageToken":""}`})
	count := 0
	params := smartcall.ListTasksParams{Agent: "echo", States: []smartcall.TaskState{"COMPLETED", "FAILED"}, PageSize: 2}
	for task, err := range gateway.client().Tasks.List(t.Context(), params) {
		if err != nil || task.ID != "t1" {
			t.Fatal(task, err)
		}
		count++
	}
	requests := gateway.seen()
	if count != 3 || len(requests) != 2 {
		t.Errorf("%d tasks in %d requests", count, len(requests))
	}
	if want := "/v1/tasks?agent=echo&pageSize=2&pageToken=p2&states=COMPLETED&states=FAILED"; requests[1].uri != want {
		t.Errorf("%s, want %s", requests[1].uri, want)
	}
}

func TestOtherOperations(t *testing.T) {
	client := func(t *testing.T, a answer) (*smartcall.Client, *fakeGateway) {
		gateway := newFakeGateway(t, a)
		return gateway.client(), gateway
	}
	agent := `{"name":"echo","card":{"name":"echo","labels":{"a":"b"}},"createTime":"2026-11-23T09:30:00Z"}`
	for _, row := range []struct {
		name, want, body string
		answer           answer
		do               func(context.Context, *smartcall.Client) error
	}{
		{"wait", "GET /v1/tasks/t1?wait=1.500s", "", answer{status: 200, body: doneTask}, func(ctx context.Context, c *smartcall.Client) error {
			_, err := c.Tasks.Wait(ctx, "t1", 1500*time.Millisecond)
			return err
		}},
		{"cancel", "POST /v1/tasks/t1/cancel", `{"reason":"enough"}`, answer{status: 200, body: doneTask}, func(ctx context.Context, c *smartcall.Client) error {
			_, err := c.Tasks.Cancel(ctx, "t1", "enough")
			return err
		}},
		{"get", "GET /v1/agents/echo", "", answer{status: 200, body: agent}, func(ctx context.Context, c *smartcall.Client) error {
			_, err := c.Agents.Get(ctx, "echo")
			return err
		}},
		{"create", "POST /v1/agents", `{"card":{"name":"echo"},"endpoints":[{"url":"http://x:1","protocol":"EXECUTE"}]}`, answer{status: 200, body: agent}, func(ctx context.Context, c *smartcall.Client) error {
			_, err := c.Agents.Create(ctx, smartcall.CreateAgentRequest{
				Card:      smartcall.AgentCardInput{Name: "echo"},
				Endpoints: []smartcall.AgentEndpointInput{{URL: "http://x:1", Protocol: smartcall.AgentEndpointProtocolExecute}},
			})
			return err
		}},
		{"update", "PATCH /v1/agents/echo?updateMask=description%2Cversion", `{"name":"echo","description":"d"}`, answer{status: 200, body: agent}, func(ctx context.Context, c *smartcall.Client) error {
			_, err := c.Agents.Update(ctx, "echo", smartcall.AgentCardInput{Name: "echo", Description: "d"}, []string{"description", "version"})
			return err
		}},
		{"delete", "DELETE /v1/agents/echo", "", answer{status: 204}, func(ctx context.Context, c *smartcall.Client) error {
			return c.Agents.Delete(ctx, "echo")
		}},
		{"instances", "GET /v1/agents/echo/instances", "", answer{status: 200, body: `{"instances":[]}`}, func(ctx context.Context, c *smartcall.Client) error {
			_, err := c.Agents.Instances(ctx, "echo")
			return err
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, gateway := client(t, row.answer)
			if err := row.do(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			request := gateway.seen()[0]
			if got := request.method + " " + request.uri; got != row.want || request.body != row.body {
				t.Errorf("%s %s, want %s %s", got, request.body, row.want, row.body)
			}
		})
	}
}

func TestANameThatWouldLeaveThePathIsRefused(t *testing.T) {
	client := smartcall.New(smartcall.WithURL("http://127.0.0.1:1"))
	for _, name := range []string{"", ".", ".."} {
		_, err := client.Call(t.Context(), name, smartcall.Text("hi"))
		if smartcall.ReasonOf(err) != smartcall.ReasonInvalidArgument {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestTheEnvironmentSaysWhereTheGatewayIs(t *testing.T) {
	gateway := newFakeGateway(t, answer{status: 200, body: doneTask})
	t.Setenv("SMARTCALL_URL", gateway.URL+"/")
	t.Setenv("SMARTCALL_API_KEY", "k1")
	var response *http.Response
	if _, err := smartcall.New().Tasks.Get(t.Context(), "t1", smartcall.WithResponseInto(&response)); err != nil {
		t.Fatal(err)
	}
	request := gateway.seen()[0]
	if request.uri != "/v1/tasks/t1" || request.headers.Get("Authorization") != "Bearer k1" || response.StatusCode != 200 {
		t.Errorf("%+v", request)
	}
}

func TestATokenIsAskedForAnew(t *testing.T) {
	gateway := newFakeGateway(t, problem("DRAINING", 503, true), answer{status: 200, body: doneTask})
	count := 0
	client := gateway.client(smartcall.WithTokenSource(func(context.Context) (string, error) {
		count++
		if count == 2 {
			return "", errors.New("no network")
		}
		return fmt.Sprint("t", count), nil
	}))
	if err := call(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	requests := gateway.seen()
	if got := requests[1].headers.Get("Authorization"); got != "Bearer t3" {
		t.Errorf("%q", got)
	}
}
