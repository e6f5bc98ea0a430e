// Package agent makes agents: programs that a Smartcall gateway calls.
//
//	echo := agent.New("echo", func(ctx context.Context, call *agent.Call) (any, error) {
//		return call.Text(), nil
//	})
//	attachment, err := agent.Attach(ctx, []*agent.Agent{echo})
//
// An agent that is attached dials the gateway, and may stand behind NAT; one that is served waits for
// gateways to dial it.
package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
)

// Run runs one call. What it answers becomes the task's output: text, a *pb.Message, parts as
// []*pb.Part, anything else that JSON can say as data, and nil for nothing beside what was written to
// the call. An error fails the task: a *smartcall.Error with its reason, any other with AGENT_FAILED.
//
// The context ends when the caller cancels, the deadline is over or the gateway is lost; its cause is
// a *smartcall.Error that says which.
type Run func(ctx context.Context, call *Call) (any, error)

// Agent is a capability that can be attached to a gateway or served.
type Agent struct {
	card *pb.AgentCard
	run  Run
	err  error
}

// Option says something of an agent.
type Option func(*Agent)

// New makes an agent. The name is its address: lower-case letters, digits and hyphens, 63 at most.
func New(name string, run Run, options ...Option) *Agent {
	a := &Agent{card: &pb.AgentCard{Name: name}, run: run}
	for _, option := range options {
		option(a)
	}
	return a
}

// Card is what the agent says of itself.
func (a *Agent) Card() *pb.AgentCard { return a.card }

// WithDescription says what the agent does, for people and for models that choose.
func WithDescription(description string) Option {
	return func(a *Agent) { a.card.Description = description }
}

// WithVersion names the version of the agent.
func WithVersion(version string) Option {
	return func(a *Agent) { a.card.Version = version }
}

// WithStreaming says that the answer arrives in pieces.
func WithStreaming() Option {
	return func(a *Agent) { a.card.Streaming = true }
}

// WithSkill adds something that the agent can do.
func WithSkill(skill *pb.Skill) Option {
	return func(a *Agent) { a.card.Skills = append(a.card.Skills, skill) }
}

// WithLabel adds a word by which a target or an operator picks agents.
func WithLabel(name, value string) Option {
	return func(a *Agent) {
		if a.card.Labels == nil {
			a.card.Labels = map[string]string{}
		}
		a.card.Labels[name] = value
	}
}

// WithInputSchema is the JSON Schema of the data that the agent takes, as text or as a value of
// encoding/json. Attach and Serve refuse what is none. Nothing checks the input against it here.
func WithInputSchema(schema any) Option {
	return func(a *Agent) { a.card.InputSchema = a.schema("input", schema) }
}

// WithOutputSchema is the JSON Schema of the data that the agent answers.
func WithOutputSchema(schema any) Option {
	return func(a *Agent) { a.card.OutputSchema = a.schema("output", schema) }
}

func (a *Agent) schema(name string, schema any) *structpb.Struct {
	text, isText := schema.(string)
	if !isText {
		data, err := json.Marshal(schema)
		if err != nil {
			a.err = fmt.Errorf("agent %q: its %s schema: %w", a.card.Name, name, err)
			return nil
		}
		text = string(data)
	}
	made := new(structpb.Struct)
	if err := protojson.Unmarshal([]byte(text), made); err != nil {
		a.err = fmt.Errorf("agent %q: its %s schema: %w", a.card.Name, name, err)
		return nil
	}
	return made
}

func loggerOrDefault(logger *slog.Logger) *slog.Logger {
	if logger == nil {
		return slog.Default()
	}
	return logger
}
