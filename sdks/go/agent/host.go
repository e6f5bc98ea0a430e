package agent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
)

const defaultCapacity = 4096

// closableExchange is an exchange that the host ends.
type closableExchange interface {
	exchange
	Close(link.Outcome)
}

// caller is through which agents call agents; nil where no link leads to a gateway.
type caller interface {
	open(open *pb.Frame_Open, halfClose bool) *link.Exchange
}

// host is the agents of a process, and the calls that they run.
type host struct {
	agents   map[string]*Agent
	cards    []*pb.AgentCard
	capacity int
	log      *slog.Logger

	mu       sync.Mutex
	running  map[*attempt]struct{}
	draining bool
	drained  chan struct{}
}

func newHost(agents []*Agent, capacity int, log *slog.Logger) (*host, error) {
	if capacity <= 0 {
		capacity = defaultCapacity
	}
	h := &host{
		agents: map[string]*Agent{}, capacity: capacity, log: log,
		running: map[*attempt]struct{}{}, drained: make(chan struct{}),
	}
	if len(agents) == 0 {
		return nil, fmt.Errorf("there is no agent")
	}
	for _, each := range agents {
		name := each.card.Name
		if each.err != nil {
			return nil, each.err
		}
		if h.agents[name] != nil {
			return nil, fmt.Errorf("two agents have the name %q", name)
		}
		h.agents[name] = each
		h.cards = append(h.cards, each.card)
	}
	return h, nil
}

// accept runs what an exchange asks for, in a goroutine of its own, or refuses it.
func (h *host) accept(e closableExchange, open *pb.Frame_Open, calls caller) *attempt {
	request := open.GetExecute()
	made, refusal := h.admit(e, request)
	if refusal != nil {
		e.Close(*refusal)
		return nil
	}
	made.start(open, request, calls)
	return made
}

func (h *host) admit(e closableExchange, request *pb.ExecuteRequest) (*attempt, *link.Outcome) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch name := request.GetAgent(); {
	case request == nil:
		return nil, refusal(smartcall.ReasonNotImplemented, "An agent takes only attempts of tasks.")
	case h.draining:
		return nil, refusal(smartcall.ReasonDraining, "The agent's process is going away.")
	case h.agents[name] == nil:
		return nil, refusal(smartcall.ReasonAgentNotFound, fmt.Sprintf("No agent %q stands here.", name))
	case len(h.running) >= h.capacity:
		return nil, refusal(smartcall.ReasonAgentBusy, fmt.Sprintf("The instance runs %d calls, as many as it may.", h.capacity))
	}
	made := &attempt{host: h, exchange: e, agent: h.agents[request.Agent]}
	made.ctx, made.cancel = context.WithCancelCause(context.Background())
	h.running[made] = struct{}{}
	return made, nil
}

func refusal(reason smartcall.Reason, message string) *link.Outcome {
	return &link.Outcome{Reason: string(reason), Message: message, Refused: true}
}

// drain takes no further calls; the channel is closed when none runs any more.
func (h *host) drain() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.draining = true
	h.settle()
	return h.drained
}

func (h *host) settle() {
	if !h.draining || len(h.running) > 0 {
		return
	}
	select {
	case <-h.drained:
	default:
		close(h.drained)
	}
}

// abort ends what still runs with this reason.
func (h *host) abort(outcome link.Outcome) {
	h.mu.Lock()
	attempts := make([]*attempt, 0, len(h.running))
	for each := range h.running {
		attempts = append(attempts, each)
	}
	h.mu.Unlock()
	for _, each := range attempts {
		each.end(outcome)
	}
}

func (h *host) stopped(a *attempt) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.running, a)
	h.settle()
}

// attempt is one run of an agent on one exchange. Whatever the run does, its exchange is closed exactly
// once and nothing is sent after that.
type attempt struct {
	host     *host
	exchange closableExchange
	agent    *Agent
	ctx      context.Context
	cancel   context.CancelCauseFunc
}

func (a *attempt) start(open *pb.Frame_Open, request *pb.ExecuteRequest, calls caller) {
	ctx, cancel := a.ctx, a.cancel
	stop := context.AfterFunc(a.exchange.Context(), func() {
		cancel(errorFrom(context.Cause(a.exchange.Context())))
	})
	release := func() { stop() }
	timeout := open.TimeoutMs
	if timeout == 0 {
		timeout = request.TimeoutMs
	}
	if timeout > 0 {
		late := smartcall.NewError(smartcall.ReasonDeadlineExceeded, "")
		late.Cause = context.DeadlineExceeded
		limited, end := context.WithTimeoutCause(ctx, time.Duration(timeout)*time.Millisecond, late)
		ctx = limited
		stopClosing := context.AfterFunc(limited, func() {
			if limited.Err() == context.DeadlineExceeded {
				a.exchange.Close(outcomeOf(late))
			}
		})
		release = func() { stop(); stopClosing(); end() }
	}
	trace := request.Traceparent
	if trace == "" {
		trace = open.Headers["traceparent"]
	}
	call := &Call{
		Message: request.Message, TaskID: request.TaskId, ContextID: request.ContextId,
		Attempt: request.Attempt, Metadata: metadataOf(request), ctx: ctx, exchange: a.exchange,
		Log:    a.host.log.With("agent", request.Agent, "task", request.TaskId),
		caller: calls, inbox: newInbox(a.exchange, open.HalfClose), hops: request.Hops, trace: trace,
	}
	if call.Message == nil {
		call.Message = &pb.Message{}
	}
	go func() {
		defer a.host.stopped(a)
		defer release()
		defer cancel(nil)
		a.run(ctx, call)
	}()
}

func (a *attempt) run(ctx context.Context, call *Call) {
	output, err := a.guarded(ctx, call)
	if ctx.Err() != nil {
		// The exchange has ended already, or the deadline ends it now.
		a.exchange.Close(outcomeOf(context.Cause(ctx)))
		return
	}
	if err == nil {
		err = a.answer(call, output)
	}
	if err != nil && !isOurs(err) {
		call.Log.Error("the run failed", "err", err)
	}
	a.exchange.Close(outcomeOf(err))
}

// guarded runs the agent's code, whose panic is its error and not the end of the process.
func (a *attempt) guarded(ctx context.Context, call *Call) (output any, err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			call.Log.Error("the run panicked", "err", thrown, "stack", string(debug.Stack()))
			err = smartcall.NewError(smartcall.ReasonAgentFailed, fmt.Sprintf("panic: %v", thrown))
		}
	}()
	return a.agent.run(ctx, call)
}

func (a *attempt) answer(call *Call, output any) error {
	completed := &pb.TaskEvent_OutputCompleted{}
	switch {
	case output != nil:
		message, err := messageOf(output)
		if err != nil {
			return err
		}
		completed.Message = message
	case !call.hasText.Load():
		return nil
	}
	return call.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_OutputCompleted{OutputCompleted: completed}})
}

// end ends the attempt for a reason that is not its own.
func (a *attempt) end(outcome link.Outcome) {
	a.exchange.Close(outcome)
	a.cancel(errorFrom(outcome.Err()))
}

func isOurs(err error) bool {
	var known *smartcall.Error
	return errors.As(errorFrom(err), &known)
}
