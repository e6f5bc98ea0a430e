// Code generated from openapi/smartcall.v1.yaml by tools/gentypes. DO NOT EDIT.

package smartcall

import (
	"encoding/json"
	"time"
)

// Agent is a named capability that can be called.
type Agent struct {
	// The agent's address.
	Name string `json:"name"`
	// What it says of itself.
	Card AgentCard `json:"card"`
	// Instances that take calls now.
	ReadyInstances int64 `json:"readyInstances,omitzero"`
	// Calls that run now.
	RunningCalls int64 `json:"runningCalls,omitzero"`
	// When it was first registered.
	CreateTime time.Time `json:"createTime"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Agent) UnmarshalJSON(data []byte) error {
	type plain Agent
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "name", "card", "readyInstances", "runningCalls", "createTime")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Agent) MarshalJSON() ([]byte, error) {
	type plain Agent
	return marshalKeeping(plain(x), x.Extra)
}

// AgentCard is what an agent says of itself.
type AgentCard struct {
	// The agent's address: lower-case letters, digits and hyphens.
	Name string `json:"name"`
	// What it does, for people and for models that choose.
	Description string `json:"description,omitzero"`
	// The version of the agent.
	Version string `json:"version,omitzero"`
	// What it can do.
	Skills []Skill `json:"skills,omitzero"`
	// JSON Schema of the `data` it takes; any input when absent.
	InputSchema Object `json:"inputSchema,omitzero"`
	// JSON Schema of the `data` it answers; any output when absent.
	OutputSchema Object `json:"outputSchema,omitzero"`
	// Whether its answer arrives in pieces.
	Streaming bool `json:"streaming,omitzero"`
	// Words by which a target or an operator picks agents.
	Labels map[string]string `json:"labels,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *AgentCard) UnmarshalJSON(data []byte) error {
	type plain AgentCard
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "name", "description", "version", "skills", "inputSchema", "outputSchema", "streaming", "labels")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x AgentCard) MarshalJSON() ([]byte, error) {
	type plain AgentCard
	return marshalKeeping(plain(x), x.Extra)
}

// AgentCardInput is what an agent says of itself.
type AgentCardInput struct {
	// The agent's address: lower-case letters, digits and hyphens.
	Name string `json:"name"`
	// What it does, for people and for models that choose.
	Description string `json:"description,omitzero"`
	// The version of the agent.
	Version string `json:"version,omitzero"`
	// What it can do.
	Skills []SkillInput `json:"skills,omitzero"`
	// JSON Schema of the `data` it takes; any input when absent.
	InputSchema Object `json:"inputSchema,omitzero"`
	// JSON Schema of the `data` it answers; any output when absent.
	OutputSchema Object `json:"outputSchema,omitzero"`
	// Whether its answer arrives in pieces.
	Streaming bool `json:"streaming,omitzero"`
	// Words by which a target or an operator picks agents.
	Labels map[string]string `json:"labels,omitzero"`
}

// AgentEndpointInput is where the gateway dials an agent.
type AgentEndpointInput struct {
	// `http://host:port`.
	URL string `json:"url"`
	// What the agent speaks there.
	Protocol AgentEndpointProtocol `json:"protocol,omitzero"`
}

// AgentEndpointProtocol says: what the agent speaks.
//
// A newer gateway may say values that are not listed here.
type AgentEndpointProtocol string

const (
	// The link where the agent has one, else `Execute`.
	AgentEndpointProtocolUnspecified AgentEndpointProtocol = "UNSPECIFIED"
	// `AgentRuntimeService.Link`.
	AgentEndpointProtocolLink AgentEndpointProtocol = "LINK"
	// `AgentRuntimeService.Execute`, one RPC a call.
	AgentEndpointProtocolExecute AgentEndpointProtocol = "EXECUTE"
)

// Artifact is a result with a name, in A2A 1.0's shape.
type Artifact struct {
	// Unique within its task.
	ArtifactID string `json:"artifactId"`
	// A name for people.
	Name string `json:"name,omitzero"`
	// What it is.
	Description string `json:"description,omitzero"`
	// The content, in order.
	Parts []Part `json:"parts,omitzero"`
	// Whatever the agent wants to say about the artifact.
	Metadata Object `json:"metadata,omitzero"`
	// URIs of the A2A extensions that the artifact uses.
	Extensions []string `json:"extensions,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Artifact) UnmarshalJSON(data []byte) error {
	type plain Artifact
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "artifactId", "name", "description", "parts", "metadata", "extensions")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Artifact) MarshalJSON() ([]byte, error) {
	type plain Artifact
	return marshalKeeping(plain(x), x.Extra)
}

// CallBody is a call of an agent. Exactly one of `text`, `data` and `message` says what the agent is to do.
type CallBody struct {
	// Short for a message with one part of text.
	Text *string `json:"text,omitzero"`
	// Short for a message with one part of data.
	Data any `json:"data,omitzero"`
	// The whole message.
	Message *MessageInput `json:"message,omitzero"`
	// The conversation to go on with; a new one when empty.
	ContextID string `json:"contextId,omitzero"`
	// Whatever the caller wants to keep with the task.
	Metadata Object `json:"metadata,omitzero"`
	// What becomes of the task when its callers go away.
	OnDisconnect OnDisconnect `json:"onDisconnect,omitzero"`
}

// CallRequest is a call of an agent. Exactly one of `text`, `data` and `message` says what the agent is to do.
type CallRequest struct {
	// The agent's name.
	Agent string `json:"agent"`
	// Short for a message with one part of text.
	Text *string `json:"text,omitzero"`
	// Short for a message with one part of data.
	Data any `json:"data,omitzero"`
	// The whole message.
	Message *MessageInput `json:"message,omitzero"`
	// The conversation to go on with; a new one when empty.
	ContextID string `json:"contextId,omitzero"`
	// Whatever the caller wants to keep with the task.
	Metadata Object `json:"metadata,omitzero"`
	// What becomes of the task when its callers go away.
	OnDisconnect OnDisconnect `json:"onDisconnect,omitzero"`
}

// OnDisconnect says: what becomes of the task when nobody waits for it or reads its events any more.
//
// A newer gateway may say values that are not listed here.
type OnDisconnect string

const (
	// Not said: CANCEL for a call that waits, CONTINUE for any other.
	OnDisconnectUnspecified OnDisconnect = "UNSPECIFIED"
	// It goes on.
	OnDisconnectContinue OnDisconnect = "CONTINUE"
	// It is canceled at once; while its readers are slow, so is the agent.
	OnDisconnectCancel OnDisconnect = "CANCEL"
	// It is canceled unless somebody comes back within the gateway's grace, 30 s by default; while its readers are slow, so is the agent.
	OnDisconnectCancelAfterGrace OnDisconnect = "CANCEL_AFTER_GRACE"
)

// CancelTaskBody is which task to cancel.
type CancelTaskBody struct {
	// Why, for the agent and the log.
	Reason string `json:"reason,omitzero"`
}

// CreateAgentRequest is an agent to register.
type CreateAgentRequest struct {
	// What the agent says of itself.
	Card AgentCardInput `json:"card"`
	// Where its instances are.
	Endpoints []AgentEndpointInput `json:"endpoints"`
}

// Health: whether the gateway is well.
type Health struct {
	// `ok` for one that runs; `ready` or `draining` where that is asked.
	Status string `json:"status"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Health) UnmarshalJSON(data []byte) error {
	type plain Health
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "status")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Health) MarshalJSON() ([]byte, error) {
	type plain Health
	return marshalKeeping(plain(x), x.Extra)
}

// Instance is one running replica of an agent.
type Instance struct {
	// Unique within the gateway.
	ID string `json:"id"`
	// The agent that it is a replica of.
	Agent string `json:"agent"`
	// Whether it takes calls.
	State InstanceState `json:"state"`
	// How it is reached.
	Upstream InstanceUpstream `json:"upstream"`
	// Where it is: an address, or the peer that dialled.
	Address string `json:"address,omitzero"`
	// Calls that run on it now.
	RunningCalls int64 `json:"runningCalls,omitzero"`
	// Calls that it runs at most at once.
	Capacity int64 `json:"capacity,omitzero"`
	// Since when it is known.
	CreateTime time.Time `json:"createTime"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Instance) UnmarshalJSON(data []byte) error {
	type plain Instance
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "id", "agent", "state", "upstream", "address", "runningCalls", "capacity", "createTime")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Instance) MarshalJSON() ([]byte, error) {
	type plain Instance
	return marshalKeeping(plain(x), x.Extra)
}

// InstanceState says: whether an instance takes calls.
//
// A newer gateway may say values that are not listed here.
type InstanceState string

const (
	// Not known.
	InstanceStateUnspecified InstanceState = "UNSPECIFIED"
	// Not ready yet.
	InstanceStateStarting InstanceState = "STARTING"
	// Takes calls.
	InstanceStateReady InstanceState = "READY"
	// Runs as many calls as it can.
	InstanceStateFull InstanceState = "FULL"
	// Finishes what runs and takes no more.
	InstanceStateDraining InstanceState = "DRAINING"
	// Cannot be reached.
	InstanceStateUnhealthy InstanceState = "UNHEALTHY"
)

// InstanceUpstream says: how the gateway reaches an instance.
//
// A newer gateway may say values that are not listed here.
type InstanceUpstream string

const (
	// Not known.
	InstanceUpstreamUpstreamUnspecified InstanceUpstream = "UPSTREAM_UNSPECIFIED"
	// The agent dialled the gateway.
	InstanceUpstreamAttached InstanceUpstream = "ATTACHED"
	// The gateway dialled the agent's link.
	InstanceUpstreamLink InstanceUpstream = "LINK"
	// The gateway calls the agent's Execute.
	InstanceUpstreamGrpc InstanceUpstream = "GRPC"
	// The agent runs inside the gateway.
	InstanceUpstreamInProcess InstanceUpstream = "IN_PROCESS"
)

// ListAgentsResponse is one page of agents.
type ListAgentsResponse struct {
	// The agents.
	Agents []Agent `json:"agents"`
	// Asks for the next page; empty on the last one.
	NextPageToken string `json:"nextPageToken,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *ListAgentsResponse) UnmarshalJSON(data []byte) error {
	type plain ListAgentsResponse
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "agents", "nextPageToken")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x ListAgentsResponse) MarshalJSON() ([]byte, error) {
	type plain ListAgentsResponse
	return marshalKeeping(plain(x), x.Extra)
}

// ListInstancesResponse is the instances of an agent.
type ListInstancesResponse struct {
	// The instances, the oldest first.
	Instances []Instance `json:"instances"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *ListInstancesResponse) UnmarshalJSON(data []byte) error {
	type plain ListInstancesResponse
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "instances")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x ListInstancesResponse) MarshalJSON() ([]byte, error) {
	type plain ListInstancesResponse
	return marshalKeeping(plain(x), x.Extra)
}

// ListTasksResponse is one page of tasks.
type ListTasksResponse struct {
	// The tasks.
	Tasks []Task `json:"tasks"`
	// Asks for the next page; empty on the last one.
	NextPageToken string `json:"nextPageToken,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *ListTasksResponse) UnmarshalJSON(data []byte) error {
	type plain ListTasksResponse
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "tasks", "nextPageToken")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x ListTasksResponse) MarshalJSON() ([]byte, error) {
	type plain ListTasksResponse
	return marshalKeeping(plain(x), x.Extra)
}

// Message is what one side says to the other, in A2A 1.0's shape.
type Message struct {
	// The sender's id of this message; the gateway gives one when it is empty.
	MessageID string `json:"messageId,omitzero"`
	// The conversation that the message belongs to.
	ContextID string `json:"contextId,omitzero"`
	// The task that the message belongs to.
	TaskID string `json:"taskId,omitzero"`
	// Who is speaking.
	Role MessageRole `json:"role,omitzero"`
	// The content, in order.
	Parts []Part `json:"parts"`
	// Whatever the sender wants to say about the message.
	Metadata Object `json:"metadata,omitzero"`
	// URIs of the A2A extensions that the message uses.
	Extensions []string `json:"extensions,omitzero"`
	// Tasks that the message refers to.
	ReferenceTaskIDs []string `json:"referenceTaskIds,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Message) UnmarshalJSON(data []byte) error {
	type plain Message
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "messageId", "contextId", "taskId", "role", "parts", "metadata", "extensions", "referenceTaskIds")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Message) MarshalJSON() ([]byte, error) {
	type plain Message
	return marshalKeeping(plain(x), x.Extra)
}

// MessageInput is what one side says to the other, in A2A 1.0's shape.
type MessageInput struct {
	// The sender's id of this message; the gateway gives one when it is empty.
	MessageID string `json:"messageId,omitzero"`
	// The conversation that the message belongs to.
	ContextID string `json:"contextId,omitzero"`
	// The task that the message belongs to.
	TaskID string `json:"taskId,omitzero"`
	// Who is speaking.
	Role MessageRole `json:"role,omitzero"`
	// The content, in order.
	Parts []PartInput `json:"parts"`
	// Whatever the sender wants to say about the message.
	Metadata Object `json:"metadata,omitzero"`
	// URIs of the A2A extensions that the message uses.
	Extensions []string `json:"extensions,omitzero"`
	// Tasks that the message refers to.
	ReferenceTaskIDs []string `json:"referenceTaskIds,omitzero"`
}

// MessageRole says: who is speaking.
//
// A newer gateway may say values that are not listed here.
type MessageRole string

const (
	// Not said; a request's message is then the user's.
	MessageRoleUnspecified MessageRole = "UNSPECIFIED"
	// The caller.
	MessageRoleUser MessageRole = "USER"
	// The agent.
	MessageRoleAgent MessageRole = "AGENT"
)

// Part is one piece of content, in A2A 1.0's shape. Exactly one of `text`, `raw`, `url` and `data` is set.
type Part struct {
	// Plain text.
	Text *string `json:"text,omitzero"`
	// Bytes, base64 in JSON.
	Raw []byte `json:"raw,omitzero"`
	// Where the content can be fetched.
	URL *string `json:"url,omitzero"`
	// Any JSON value.
	Data json.RawMessage `json:"data,omitzero"`
	// Whatever the sender wants to say about the part.
	Metadata Object `json:"metadata,omitzero"`
	// A name for the content when it is saved as a file.
	Filename string `json:"filename,omitzero"`
	// The media type of the content, such as `text/markdown`.
	MediaType string `json:"mediaType,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Part) UnmarshalJSON(data []byte) error {
	type plain Part
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "text", "raw", "url", "data", "metadata", "filename", "mediaType")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Part) MarshalJSON() ([]byte, error) {
	type plain Part
	return marshalKeeping(plain(x), x.Extra)
}

// PartInput is one piece of content, in A2A 1.0's shape. Exactly one of `text`, `raw`, `url` and `data` is set.
type PartInput struct {
	// Plain text.
	Text *string `json:"text,omitzero"`
	// Bytes, base64 in JSON.
	Raw []byte `json:"raw,omitzero"`
	// Where the content can be fetched.
	URL *string `json:"url,omitzero"`
	// Any JSON value.
	Data any `json:"data,omitzero"`
	// Whatever the sender wants to say about the part.
	Metadata Object `json:"metadata,omitzero"`
	// A name for the content when it is saved as a file.
	Filename string `json:"filename,omitzero"`
	// The media type of the content, such as `text/markdown`.
	MediaType string `json:"mediaType,omitzero"`
}

// Problem is an error of the REST face, `application/problem+json` of RFC 9457.
type Problem struct {
	// A URI that names the reason.
	Type string `json:"type"`
	// The reason in a few words.
	Title string `json:"title"`
	// The HTTP status.
	Status int64 `json:"status"`
	// What is wrong this time.
	Detail string `json:"detail,omitzero"`
	// The path that was asked for.
	Instance string `json:"instance,omitzero"`
	// Why.
	Reason Reason `json:"reason"`
	// The id to report the error with.
	RequestID string `json:"requestId,omitzero"`
	// Whether the call has not run, so that it may be repeated as it is.
	Retryable bool `json:"retryable"`
	// Each place that is wrong.
	Errors []ProblemFieldError `json:"errors,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Problem) UnmarshalJSON(data []byte) error {
	type plain Problem
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "type", "title", "status", "detail", "instance", "reason", "requestId", "retryable", "errors")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Problem) MarshalJSON() ([]byte, error) {
	type plain Problem
	return marshalKeeping(plain(x), x.Extra)
}

// ProblemFieldError is one place of the request that is wrong.
type ProblemFieldError struct {
	// JSON Pointer (RFC 6901) into the body, or `#/query/…`, `#/path/…` for a parameter.
	Pointer string `json:"pointer"`
	// What was expected there.
	Detail string `json:"detail"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *ProblemFieldError) UnmarshalJSON(data []byte) error {
	type plain ProblemFieldError
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "pointer", "detail")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x ProblemFieldError) MarshalJSON() ([]byte, error) {
	type plain ProblemFieldError
	return marshalKeeping(plain(x), x.Extra)
}

// RegistryEvent is one numbered change of the registry.
type RegistryEvent struct {
	// The place in the registry's log, as `epoch.seq`; a snapshot and an end repeat the place that the reader has come to.
	Cursor string `json:"cursor"`
	// When it happened.
	Time time.Time `json:"time"`
	// The whole registry.
	Snapshot *RegistryEventSnapshot `json:"snapshot,omitzero"`
	// An agent that is new, or whose card has changed.
	Agent *Agent `json:"agent,omitzero"`
	// An instance that is new, or whose state has changed.
	Instance *Instance `json:"instance,omitzero"`
	// An agent or an instance that is no longer there.
	Removed *RegistryEventRemoved `json:"removed,omitzero"`
	// The end of this stream: connect again.
	End *TaskEventEnd `json:"end,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *RegistryEvent) UnmarshalJSON(data []byte) error {
	type plain RegistryEvent
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "cursor", "time", "snapshot", "agent", "instance", "removed", "end")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x RegistryEvent) MarshalJSON() ([]byte, error) {
	type plain RegistryEvent
	return marshalKeeping(plain(x), x.Extra)
}

// Kind names what happened by the field that says it; a newer kind that this version does not know by
// its name in Extra, and "unknown" when the event does not say.
func (x *RegistryEvent) Kind() string {
	return kindOf(x.Extra,
		kind{"snapshot", x.Snapshot != nil},
		kind{"agent", x.Agent != nil},
		kind{"instance", x.Instance != nil},
		kind{"removed", x.Removed != nil},
		kind{"end", x.End != nil},
	)
}

// RegistryEventRemoved: something is no longer there.
type RegistryEventRemoved struct {
	// The agent.
	Agent string `json:"agent"`
	// The instance that is gone; the agent itself when empty.
	Instance string `json:"instance,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *RegistryEventRemoved) UnmarshalJSON(data []byte) error {
	type plain RegistryEventRemoved
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "agent", "instance")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x RegistryEventRemoved) MarshalJSON() ([]byte, error) {
	type plain RegistryEventRemoved
	return marshalKeeping(plain(x), x.Extra)
}

// RegistryEventSnapshot is the whole registry.
type RegistryEventSnapshot struct {
	// All agents, in the order of their names.
	Agents []Agent `json:"agents"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *RegistryEventSnapshot) UnmarshalJSON(data []byte) error {
	type plain RegistryEventSnapshot
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "agents")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x RegistryEventSnapshot) MarshalJSON() ([]byte, error) {
	type plain RegistryEventSnapshot
	return marshalKeeping(plain(x), x.Extra)
}

// SendMessageBody is a further message to a running task. Exactly one of `text`, `data` and `message` is set.
type SendMessageBody struct {
	// Short for a message with one part of text.
	Text *string `json:"text,omitzero"`
	// Short for a message with one part of data.
	Data any `json:"data,omitzero"`
	// The whole message.
	Message *MessageInput `json:"message,omitzero"`
}

// Skill is one thing an agent can do.
type Skill struct {
	// Unique within its agent.
	ID string `json:"id"`
	// A name for people.
	Name string `json:"name,omitzero"`
	// What it does and when to use it.
	Description string `json:"description,omitzero"`
	// Words to find it by.
	Tags []string `json:"tags,omitzero"`
	// Inputs that show it at work.
	Examples []string `json:"examples,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Skill) UnmarshalJSON(data []byte) error {
	type plain Skill
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "id", "name", "description", "tags", "examples")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Skill) MarshalJSON() ([]byte, error) {
	type plain Skill
	return marshalKeeping(plain(x), x.Extra)
}

// SkillInput is one thing an agent can do.
type SkillInput struct {
	// Unique within its agent.
	ID string `json:"id"`
	// A name for people.
	Name string `json:"name,omitzero"`
	// What it does and when to use it.
	Description string `json:"description,omitzero"`
	// Words to find it by.
	Tags []string `json:"tags,omitzero"`
	// Inputs that show it at work.
	Examples []string `json:"examples,omitzero"`
}

// Task is the record of a call.
type Task struct {
	// The id that the gateway gave.
	ID string `json:"id"`
	// The agent that was called.
	Agent string `json:"agent"`
	// The conversation that the task belongs to.
	ContextID string `json:"contextId"`
	// How far it has come.
	State TaskState `json:"state"`
	// What the caller said first.
	Input *Message `json:"input,omitzero"`
	// The agent's answer, whole once the task is COMPLETED.
	Output *Message `json:"output,omitzero"`
	// Results with names.
	Artifacts []Artifact `json:"artifacts,omitzero"`
	// What was used up so far.
	Usage *Usage `json:"usage,omitzero"`
	// Why it failed or was rejected.
	Error *TaskError `json:"error,omitzero"`
	// The message by which an INPUT_REQUIRED task asks for more.
	Prompt *Message `json:"prompt,omitzero"`
	// Dispatches to an instance so far, 1 for a task that was never retried.
	Attempts int64 `json:"attempts,omitzero"`
	// The place of the newest event in the task's log, as `epoch.seq`.
	Cursor string `json:"cursor,omitzero"`
	// What the caller said about the call.
	Metadata Object `json:"metadata,omitzero"`
	// When the call was accepted.
	CreateTime time.Time `json:"createTime"`
	// When the task last changed.
	UpdateTime time.Time `json:"updateTime"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Task) UnmarshalJSON(data []byte) error {
	type plain Task
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "id", "agent", "contextId", "state", "input", "output", "artifacts", "usage", "error", "prompt", "attempts", "cursor", "metadata", "createTime", "updateTime")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Task) MarshalJSON() ([]byte, error) {
	type plain Task
	return marshalKeeping(plain(x), x.Extra)
}

// TaskError: why a task failed or was rejected.
type TaskError struct {
	// One of the reasons in the table of errors, such as `AGENT_FAILED`.
	Reason string `json:"reason"`
	// One sentence for people.
	Message string `json:"message"`
	// Whether the same call may succeed later.
	Retryable bool `json:"retryable,omitzero"`
	// The message of the caller that could not be taken, by its id, where it is that.
	MessageID *string `json:"messageId,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskError) UnmarshalJSON(data []byte) error {
	type plain TaskError
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "reason", "message", "retryable", "messageId")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskError) MarshalJSON() ([]byte, error) {
	type plain TaskError
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEvent is one numbered event of a task.
type TaskEvent struct {
	// The task.
	TaskID string `json:"taskId"`
	// The place in the task's log, as `epoch.seq`. A snapshot, a gap, an error and an end have no number of their own and repeat the place that the reader has come to.
	Cursor string `json:"cursor"`
	// When it was appended.
	Time time.Time `json:"time"`
	// The whole task.
	Snapshot *TaskEventSnapshot `json:"snapshot,omitzero"`
	// A change of state.
	Status *TaskEventStatus `json:"status,omitzero"`
	// An artifact, or a piece of one.
	Artifact *TaskEventArtifactUpdate `json:"artifact,omitzero"`
	// A piece of the answer.
	OutputDelta *TaskEventOutputDelta `json:"outputDelta,omitzero"`
	// The whole answer.
	OutputCompleted *TaskEventOutputCompleted `json:"outputCompleted,omitzero"`
	// How far the agent is.
	Progress *TaskEventProgress `json:"progress,omitzero"`
	// A question to the caller.
	InputRequired *TaskEventInputRequired `json:"inputRequired,omitzero"`
	// What was used up, in all.
	Usage *Usage `json:"usage,omitzero"`
	// The end of this stream.
	End *TaskEventEnd `json:"end,omitzero"`
	// Events that are no longer kept.
	Gap *TaskEventGap `json:"gap,omitzero"`
	// Something went wrong that the task outlives, such as a message that the agent could not take.
	Error *TaskError `json:"error,omitzero"`
	// A tool that the agent uses.
	ToolCall *TaskEventToolCall `json:"toolCall,omitzero"`
	// A further message of the caller.
	InputReceived *TaskEventInputReceived `json:"inputReceived,omitzero"`
	// How many events of the log this one stands for, when it is more than one: pieces of text that were joined for a slow reader, the last of which has this cursor.
	Merged *int64 `json:"merged,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEvent) UnmarshalJSON(data []byte) error {
	type plain TaskEvent
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "taskId", "cursor", "time", "snapshot", "status", "artifact", "outputDelta", "outputCompleted", "progress", "inputRequired", "usage", "end", "gap", "error", "toolCall", "inputReceived", "merged")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEvent) MarshalJSON() ([]byte, error) {
	type plain TaskEvent
	return marshalKeeping(plain(x), x.Extra)
}

// Kind names what happened by the field that says it; a newer kind that this version does not know by
// its name in Extra, and "unknown" when the event does not say.
func (x *TaskEvent) Kind() string {
	return kindOf(x.Extra,
		kind{"snapshot", x.Snapshot != nil},
		kind{"status", x.Status != nil},
		kind{"artifact", x.Artifact != nil},
		kind{"outputDelta", x.OutputDelta != nil},
		kind{"outputCompleted", x.OutputCompleted != nil},
		kind{"progress", x.Progress != nil},
		kind{"inputRequired", x.InputRequired != nil},
		kind{"usage", x.Usage != nil},
		kind{"end", x.End != nil},
		kind{"gap", x.Gap != nil},
		kind{"error", x.Error != nil},
		kind{"toolCall", x.ToolCall != nil},
		kind{"inputReceived", x.InputReceived != nil},
	)
}

// TaskEventArtifactUpdate is an artifact, or a further piece of one.
type TaskEventArtifactUpdate struct {
	// The artifact, or the piece.
	Artifact Artifact `json:"artifact"`
	// Whether the parts are appended to what came before.
	Append bool `json:"append,omitzero"`
	// Whether the artifact is whole now.
	LastChunk bool `json:"lastChunk,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventArtifactUpdate) UnmarshalJSON(data []byte) error {
	type plain TaskEventArtifactUpdate
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "artifact", "append", "lastChunk")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventArtifactUpdate) MarshalJSON() ([]byte, error) {
	type plain TaskEventArtifactUpdate
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventEnd: the last event of every stream: no event follows, and a stream without it was cut.
type TaskEventEnd struct {
	// Why the stream ends.
	Reason EndReason `json:"reason"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventEnd) UnmarshalJSON(data []byte) error {
	type plain TaskEventEnd
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "reason")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventEnd) MarshalJSON() ([]byte, error) {
	type plain TaskEventEnd
	return marshalKeeping(plain(x), x.Extra)
}

// EndReason says: why a stream ends.
//
// A newer gateway may say values that are not listed here.
type EndReason string

const (
	// Not known.
	EndReasonUnspecified EndReason = "UNSPECIFIED"
	// The task has ended; nothing will ever follow.
	EndReasonTerminal EndReason = "TERMINAL"
	// The task waits for its caller; resume after sending a message.
	EndReasonInterrupted EndReason = "INTERRUPTED"
	// The gateway is going away; resume at once.
	EndReasonDraining EndReason = "DRAINING"
	// The reader was too slow; resume after the cursor.
	EndReasonSlowConsumer EndReason = "SLOW_CONSUMER"
	// The credential has expired; authenticate and resume.
	EndReasonAuthExpired EndReason = "AUTH_EXPIRED"
)

// TaskEventGap: events that were asked for are no longer kept. A snapshot follows, so that nothing is missing unnoticed.
type TaskEventGap struct {
	// The cursor that the reader asked with; empty when it asked for the first event.
	After string `json:"after,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventGap) UnmarshalJSON(data []byte) error {
	type plain TaskEventGap
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "after")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventGap) MarshalJSON() ([]byte, error) {
	type plain TaskEventGap
	return marshalKeeping(plain(x), x.Extra)
}

// GapPolicy says: what a reader wants when events after its cursor are no longer kept.
//
// A newer gateway may say values that are not listed here.
type GapPolicy string

const (
	// Not said: FAIL.
	GapPolicyUnspecified GapPolicy = "UNSPECIFIED"
	// To be refused with CURSOR_EXPIRED.
	GapPolicyFail GapPolicy = "FAIL"
	// A gap, a snapshot, and the events after it.
	GapPolicySnapshot GapPolicy = "SNAPSHOT"
)

// TaskEventInputReceived: the agent was given a further message of the caller. One with the same id is not given again.
type TaskEventInputReceived struct {
	// What the caller said.
	Message Message `json:"message"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventInputReceived) UnmarshalJSON(data []byte) error {
	type plain TaskEventInputReceived
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "message")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventInputReceived) MarshalJSON() ([]byte, error) {
	type plain TaskEventInputReceived
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventInputRequired is the agent waits for a message of the caller.
type TaskEventInputRequired struct {
	// What it asks.
	Prompt Message `json:"prompt"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventInputRequired) UnmarshalJSON(data []byte) error {
	type plain TaskEventInputRequired
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "prompt")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventInputRequired) MarshalJSON() ([]byte, error) {
	type plain TaskEventInputRequired
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventOutputCompleted is the agent's answer is whole.
type TaskEventOutputCompleted struct {
	// The answer; absent when the pieces before it are the whole of it.
	Message *Message `json:"message,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventOutputCompleted) UnmarshalJSON(data []byte) error {
	type plain TaskEventOutputCompleted
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "message")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventOutputCompleted) MarshalJSON() ([]byte, error) {
	type plain TaskEventOutputCompleted
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventOutputDelta is a further piece of the agent's answer.
type TaskEventOutputDelta struct {
	// Text to append to the answer.
	Text string `json:"text"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventOutputDelta) UnmarshalJSON(data []byte) error {
	type plain TaskEventOutputDelta
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "text")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventOutputDelta) MarshalJSON() ([]byte, error) {
	type plain TaskEventOutputDelta
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventProgress: how far the agent says it is.
type TaskEventProgress struct {
	// From 0 to 1.
	Fraction float64 `json:"fraction,omitzero"`
	// What it is doing.
	Message string `json:"message,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventProgress) UnmarshalJSON(data []byte) error {
	type plain TaskEventProgress
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "fraction", "message")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventProgress) MarshalJSON() ([]byte, error) {
	type plain TaskEventProgress
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventSnapshot is the state of the whole task, for a reader that has no events before it.
type TaskEventSnapshot struct {
	// The task as it stood at this event's cursor.
	Task Task `json:"task"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventSnapshot) UnmarshalJSON(data []byte) error {
	type plain TaskEventSnapshot
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "task")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventSnapshot) MarshalJSON() ([]byte, error) {
	type plain TaskEventSnapshot
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventStatus is the task's state changed.
type TaskEventStatus struct {
	// The new state.
	State TaskState `json:"state"`
	// Why, when the new state is FAILED or REJECTED.
	Error *TaskError `json:"error,omitzero"`
	// The dispatch that this speaks of, from 1.
	Attempt int64 `json:"attempt,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventStatus) UnmarshalJSON(data []byte) error {
	type plain TaskEventStatus
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "state", "error", "attempt")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventStatus) MarshalJSON() ([]byte, error) {
	type plain TaskEventStatus
	return marshalKeeping(plain(x), x.Extra)
}

// TaskEventToolCall is a tool that the agent uses: first that it calls it, then with the same id what came of it.
type TaskEventToolCall struct {
	// Unique within its task.
	CallID string `json:"callId"`
	// The tool.
	Name string `json:"name"`
	// What it is called with.
	Arguments Object `json:"arguments,omitzero"`
	// What it answered; absent until it has, and when it failed.
	Result json.RawMessage `json:"result,omitzero"`
	// Why it failed.
	Error *TaskError `json:"error,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *TaskEventToolCall) UnmarshalJSON(data []byte) error {
	type plain TaskEventToolCall
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "callId", "name", "arguments", "result", "error")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x TaskEventToolCall) MarshalJSON() ([]byte, error) {
	type plain TaskEventToolCall
	return marshalKeeping(plain(x), x.Extra)
}

// TaskState says: how far a task has come; A2A's states.
//
// A newer gateway may say values that are not listed here.
type TaskState string

const (
	// Not known.
	TaskStateUnspecified TaskState = "UNSPECIFIED"
	// Accepted, not yet with an agent.
	TaskStateSubmitted TaskState = "SUBMITTED"
	// An agent works on it.
	TaskStateWorking TaskState = "WORKING"
	// The agent waits for a message of the caller.
	TaskStateInputRequired TaskState = "INPUT_REQUIRED"
	// The agent waits for the caller to authenticate somewhere.
	TaskStateAuthRequired TaskState = "AUTH_REQUIRED"
	// Ended well; `output` and `artifacts` are whole.
	TaskStateCompleted TaskState = "COMPLETED"
	// Ended badly; `error` says why.
	TaskStateFailed TaskState = "FAILED"
	// Ended because somebody asked for it.
	TaskStateCanceled TaskState = "CANCELED"
	// Not taken on by the agent; `error` says why.
	TaskStateRejected TaskState = "REJECTED"
)

// Usage is what a task has used up.
type Usage struct {
	// Tokens read by models.
	InputTokens int64 `json:"inputTokens,omitzero"`
	// Tokens written by models.
	OutputTokens int64 `json:"outputTokens,omitzero"`
	// What it cost, in millionths of a US dollar.
	CostMicros int64 `json:"costMicros,omitzero"`
	// Extra has the fields that this version does not know.
	Extra map[string]json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps what this version does not know in Extra.
func (x *Usage) UnmarshalJSON(data []byte) error {
	type plain Usage
	return unmarshalKeeping(data, (*plain)(x), &x.Extra, "inputTokens", "outputTokens", "costMicros")
}

// MarshalJSON writes Extra beside the fields that this version knows.
func (x Usage) MarshalJSON() ([]byte, error) {
	type plain Usage
	return marshalKeeping(plain(x), x.Extra)
}
