package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"sync/atomic"
	"time"

	"google.golang.org/protobuf/encoding/protojson"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
)

// Call is what a run knows of its call, and what it can do. It is an io.Writer: what is written is a
// further piece of the answer.
type Call struct {
	// What the caller said.
	Message *pb.Message
	// The task, its conversation, and which dispatch of it this is, from 1.
	TaskID, ContextID string
	Attempt           uint32
	// What the caller said about the call.
	Metadata map[string]any
	// Writes log lines that name the task.
	Log *slog.Logger

	ctx      context.Context
	exchange exchange
	caller   caller
	inbox    *inbox
	hops     uint32
	trace    string
	hasText  atomic.Bool
}

// exchange is the called end of a call.
type exchange interface {
	Context() context.Context
	Send(ctx context.Context, payload any) error
	Receive(ctx context.Context) (any, error)
	TryReceive() (any, bool)
}

// Text is the text of what the caller said, a line break between two parts of it.
func (c *Call) Text() string { return TextOf(c.Message) }

// Data reads what the caller said as data into value.
func (c *Call) Data(value any) error { return ReadData(c.Message, value) }

// Write appends to the answer, and waits while its reader is slow. It fails when the call is over.
// Text is to be written in whole characters.
func (c *Call) Write(text []byte) (int, error) { return c.WriteString(string(text)) }

// WriteString is Write for a string.
func (c *Call) WriteString(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	c.hasText.Store(true)
	err := c.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_OutputDelta{OutputDelta: &pb.TaskEvent_OutputDelta{Text: text}}})
	if err != nil {
		return 0, err
	}
	return len(text), nil
}

// Progress says how far the run is, from 0 to 1, and what it is doing.
func (c *Call) Progress(fraction float64, message string) error {
	if !(fraction >= 0 && fraction <= 1) {
		return fmt.Errorf("progress is from 0 to 1, not %v", fraction)
	}
	return c.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_Progress{Progress: &pb.TaskEvent_Progress{Fraction: fraction, Message: message}}})
}

// Artifact says a result with a name, whole.
func (c *Call) Artifact(artifact *pb.Artifact) error {
	return c.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_Artifact{Artifact: &pb.TaskEvent_ArtifactUpdate{Artifact: artifact, LastChunk: true}}})
}

// ArtifactPiece says a piece of a result: the first one, or one to append; isLast when it is whole.
func (c *Call) ArtifactPiece(piece *pb.Artifact, isAppended, isLast bool) error {
	return c.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_Artifact{Artifact: &pb.TaskEvent_ArtifactUpdate{Artifact: piece, Append: isAppended, LastChunk: isLast}}})
}

// Usage says what the call has used up so far, in all.
func (c *Call) Usage(usage *pb.Usage) error {
	return c.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_Usage{Usage: usage}})
}

// ToolCall says that a tool is called, and again with the same id what came of it.
func (c *Call) ToolCall(tool *pb.TaskEvent_ToolCall) error {
	return c.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_ToolCall{ToolCall: tool}})
}

// Send says any event; it waits while its reader is slow, and fails when the call is over.
func (c *Call) Send(event *pb.AgentEvent) error {
	err := c.exchange.Send(c.ctx, &pb.Frame_Event{Kind: &pb.Frame_Event_Agent{Agent: event}})
	if err != nil && c.ctx.Err() != nil {
		return context.Cause(c.ctx)
	}
	return errorFrom(err)
}

// Ask asks the caller, and answers its next message; the task is INPUT_REQUIRED until then. It fails
// with NOT_IMPLEMENTED when the caller has no way to answer.
func (c *Call) Ask(ctx context.Context, prompt any) (*pb.Message, error) {
	question, err := messageOf(prompt)
	if err != nil {
		return nil, err
	}
	answer, err := c.inbox.ask()
	if err != nil {
		return nil, err
	}
	err = c.Send(&pb.AgentEvent{Kind: &pb.AgentEvent_InputRequired{InputRequired: &pb.TaskEvent_InputRequired{Prompt: question}}})
	if err != nil {
		return nil, err
	}
	said, err := c.inbox.await(ctx, c.ctx, answer)
	if errors.Is(err, io.EOF) {
		return nil, errNoAnswer
	}
	return said, err
}

// Messages yields what the caller says while the run goes on, beside answers to questions, until it
// says that nothing follows. An error is the last thing that it yields.
func (c *Call) Messages(ctx context.Context) iter.Seq2[*pb.Message, error] {
	return func(yield func(*pb.Message, error) bool) {
		for {
			said, err := c.inbox.await(ctx, c.ctx, c.inbox.read())
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(said, err) || err != nil {
				return
			}
		}
	}
}

// CallOptions are options of [Call.Call].
type CallOptions struct {
	// A repeated call with the same key joins the first one.
	IdempotencyKey string
	// What to keep with the other task.
	Metadata map[string]any
}

// Call calls another agent through the same gateway, in the same conversation and trace and with what
// is left of the deadline, and answers its task once that has ended, well or not. Input is text, a
// *pb.Message or anything that JSON can say. It fails with NOT_IMPLEMENTED where no link leads back to
// a gateway, as with Execute.
func (c *Call) Call(ctx context.Context, agent string, input any, options CallOptions) (*pb.Task, error) {
	if c.caller == nil {
		return nil, smartcall.NewError(smartcall.ReasonNotImplemented, "This call came without a link, so that no way leads back to a gateway.")
	}
	open, err := c.openOf(ctx, agent, input, options)
	if err != nil {
		return nil, err
	}
	until, cancel := both(ctx, c.ctx)
	defer cancel()
	exchange := c.caller.open(open, true)
	var task *pb.Task
	for {
		payload, err := exchange.Receive(until)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			e := errorFrom(err)
			exchange.Cancel(outcomeOf(e))
			return nil, e
		}
		if snapshot := payload.(*pb.Frame_Event).GetTask().GetSnapshot(); snapshot != nil {
			task = snapshot.Task
		}
	}
	if err := exchange.Outcome().Err(); err != nil {
		return nil, errorFrom(err)
	}
	if task == nil {
		return nil, smartcall.NewError(smartcall.ReasonLinkBroken, "The gateway ended the call without the task.")
	}
	return task, nil
}

func (c *Call) openOf(ctx context.Context, agent string, input any, options CallOptions) (*pb.Frame_Open, error) {
	request := &pb.CallRequest{Agent: agent, ContextId: c.ContextID}
	switch given := input.(type) {
	case string:
		request.Input = &pb.CallRequest_Text{Text: given}
	case *pb.Message:
		request.Input = &pb.CallRequest_Message{Message: given}
	default:
		data, err := valueOf(input)
		if err != nil {
			return nil, err
		}
		request.Input = &pb.CallRequest_Data{Data: data}
	}
	if len(options.Metadata) > 0 {
		metadata, err := valueOf(options.Metadata)
		if err != nil {
			return nil, err
		}
		request.Metadata = metadata.GetStructValue()
	}
	open := &pb.Frame_Open{
		Request: &pb.Frame_Open_Call{Call: request},
		Headers: map[string]string{"smartcall-hops": fmt.Sprint(c.hops + 1)},
	}
	if c.trace != "" {
		open.Headers["traceparent"] = c.trace
	}
	if options.IdempotencyKey != "" {
		open.Headers["idempotency-key"] = options.IdempotencyKey
	}
	for _, each := range []context.Context{ctx, c.ctx} {
		if deadline, ok := each.Deadline(); ok {
			left := uint32(max(1, time.Until(deadline).Milliseconds()))
			if open.TimeoutMs == 0 || left < open.TimeoutMs {
				open.TimeoutMs = left
			}
		}
	}
	return open, nil
}

// metadataOf reads what the caller said about a call.
func metadataOf(request *pb.ExecuteRequest) map[string]any { return request.GetMetadata().AsMap() }

// String is the call's message as JSON, for logs.
func (c *Call) String() string { return protojson.Format(c.Message) }
