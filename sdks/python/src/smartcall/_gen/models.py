"""What is sent and answered.

Generated from openapi/smartcall.v1.yaml. Do not edit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from pydantic import Field

from .._model import Base64, InputModel, MessageText, Model, TaskText


class Agent(Model):
    """A named capability that can be called."""

    name: str
    """The agent's address."""

    card: AgentCard
    """What it says of itself."""

    create_time: datetime
    """When it was first registered."""

    ready_instances: int = 0
    """Instances that take calls now."""

    running_calls: int = 0
    """Calls that run now."""


class AgentCard(Model):
    """What an agent says of itself."""

    name: str
    """The agent's address: lower-case letters, digits and hyphens."""

    description: str = ""
    """What it does, for people and for models that choose."""

    version: str = ""
    """The version of the agent."""

    skills: list[Skill] = Field(default_factory=list["Skill"])
    """What it can do."""

    input_schema: dict[str, Any] | None = None
    """JSON Schema of the `data` it takes; any input when absent."""

    output_schema: dict[str, Any] | None = None
    """JSON Schema of the `data` it answers; any output when absent."""

    streaming: bool = False
    """Whether its answer arrives in pieces."""

    labels: dict[str, str] = Field(default_factory=dict[str, str])
    """Words by which a target or an operator picks agents."""


class AgentCardInput(InputModel):
    """What an agent says of itself."""

    name: str
    """The agent's address: lower-case letters, digits and hyphens."""

    description: str | None = None
    """What it does, for people and for models that choose."""

    version: str | None = None
    """The version of the agent."""

    skills: list[SkillInput] | None = None
    """What it can do."""

    input_schema: dict[str, Any] | None = None
    """JSON Schema of the `data` it takes; any input when absent."""

    output_schema: dict[str, Any] | None = None
    """JSON Schema of the `data` it answers; any output when absent."""

    streaming: bool | None = None
    """Whether its answer arrives in pieces."""

    labels: dict[str, str] | None = None
    """Words by which a target or an operator picks agents."""


class AgentEndpointInput(InputModel):
    """Where the gateway dials an agent."""

    url: str
    """`http://host:port`."""

    protocol: AgentEndpointProtocol | None = None
    """What the agent speaks there."""


AgentEndpointProtocol: TypeAlias = Literal["UNSPECIFIED", "LINK", "EXECUTE"]
"""What the agent speaks.

- `UNSPECIFIED`: The link where the agent has one, else `Execute`.
- `LINK`: `AgentRuntimeService.Link`.
- `EXECUTE`: `AgentRuntimeService.Execute`, one RPC a call.
"""


class Artifact(Model):
    """A result with a name, in A2A 1.0's shape."""

    artifact_id: str
    """Unique within its task."""

    name: str = ""
    """A name for people."""

    description: str = ""
    """What it is."""

    parts: list[Part] = Field(default_factory=list["Part"])
    """The content, in order."""

    metadata: dict[str, Any] | None = None
    """Whatever the agent wants to say about the artifact."""

    extensions: list[str] = Field(default_factory=list["str"])
    """URIs of the A2A extensions that the artifact uses."""


class CallRequest(InputModel):
    """A call of an agent. Exactly one of `text`, `data` and `message` says what the agent is to do."""

    agent: str
    """The agent's name."""

    text: str | None = None
    """Short for a message with one part of text."""

    data: Any = None
    """Short for a message with one part of data."""

    message: MessageInput | None = None
    """The whole message."""

    context_id: str | None = None
    """The conversation to go on with; a new one when empty."""

    metadata: dict[str, Any] | None = None
    """Whatever the caller wants to keep with the task."""

    on_disconnect: CallRequestOnDisconnect | None = None
    """What becomes of the task when its callers go away."""


CallRequestOnDisconnect: TypeAlias = Literal[
    "UNSPECIFIED", "CONTINUE", "CANCEL", "CANCEL_AFTER_GRACE"
]
"""What becomes of the task when nobody waits for it or reads its events any more.

- `UNSPECIFIED`: Not said: CANCEL for a call that waits, CONTINUE for any other.
- `CONTINUE`: It goes on.
- `CANCEL`: It is canceled at once; while its readers are slow, so is the agent.
- `CANCEL_AFTER_GRACE`: It is canceled unless somebody comes back within the gateway's grace, 30
  s by default; while its readers are slow, so is the agent.
"""


class CreateAgentRequest(InputModel):
    """An agent to register."""

    card: AgentCardInput
    """What the agent says of itself."""

    endpoints: list[AgentEndpointInput]
    """Where its instances are."""


class Instance(Model):
    """One running replica of an agent."""

    id: str
    """Unique within the gateway."""

    agent: str
    """The agent that it is a replica of."""

    state: InstanceState
    """Whether it takes calls."""

    upstream: InstanceUpstream
    """How it is reached."""

    create_time: datetime
    """Since when it is known."""

    address: str = ""
    """Where it is: an address, or the peer that dialled."""

    running_calls: int = 0
    """Calls that run on it now."""

    capacity: int = 0
    """Calls that it runs at most at once."""


InstanceState: TypeAlias = (
    Literal["UNSPECIFIED", "STARTING", "READY", "FULL", "DRAINING", "UNHEALTHY"] | str
)
"""Whether an instance takes calls.

- `UNSPECIFIED`: Not known.
- `STARTING`: Not ready yet.
- `READY`: Takes calls.
- `FULL`: Runs as many calls as it can.
- `DRAINING`: Finishes what runs and takes no more.
- `UNHEALTHY`: Cannot be reached.
"""

InstanceUpstream: TypeAlias = (
    Literal["UPSTREAM_UNSPECIFIED", "ATTACHED", "LINK", "GRPC", "IN_PROCESS"] | str
)
"""How the gateway reaches an instance.

- `UPSTREAM_UNSPECIFIED`: Not known.
- `ATTACHED`: The agent dialled the gateway.
- `LINK`: The gateway dialled the agent's link.
- `GRPC`: The gateway calls the agent's Execute.
- `IN_PROCESS`: The agent runs inside the gateway.
"""


class ListAgentsResponse(Model):
    """One page of agents."""

    agents: list[Agent]
    """The agents."""

    next_page_token: str = ""
    """Asks for the next page; empty on the last one."""


class ListInstancesResponse(Model):
    """The instances of an agent."""

    instances: list[Instance]
    """The instances, the oldest first."""


class ListTasksResponse(Model):
    """One page of tasks."""

    tasks: list[Task]
    """The tasks."""

    next_page_token: str = ""
    """Asks for the next page; empty on the last one."""


class Message(MessageText, Model):
    """What one side says to the other, in A2A 1.0's shape."""

    parts: list[Part]
    """The content, in order."""

    message_id: str = ""
    """The sender's id of this message; the gateway gives one when it is empty."""

    context_id: str = ""
    """The conversation that the message belongs to."""

    task_id: str = ""
    """The task that the message belongs to."""

    role: MessageRole = "UNSPECIFIED"
    """Who is speaking."""

    metadata: dict[str, Any] | None = None
    """Whatever the sender wants to say about the message."""

    extensions: list[str] = Field(default_factory=list["str"])
    """URIs of the A2A extensions that the message uses."""

    reference_task_ids: list[str] = Field(default_factory=list["str"])
    """Tasks that the message refers to."""


class MessageInput(InputModel):
    """What one side says to the other, in A2A 1.0's shape."""

    parts: list[PartInput]
    """The content, in order."""

    message_id: str | None = None
    """The sender's id of this message; the gateway gives one when it is empty."""

    context_id: str | None = None
    """The conversation that the message belongs to."""

    task_id: str | None = None
    """The task that the message belongs to."""

    role: MessageRole | None = None
    """Who is speaking."""

    metadata: dict[str, Any] | None = None
    """Whatever the sender wants to say about the message."""

    extensions: list[str] | None = None
    """URIs of the A2A extensions that the message uses."""

    reference_task_ids: list[str] | None = None
    """Tasks that the message refers to."""


MessageRole: TypeAlias = Literal["UNSPECIFIED", "USER", "AGENT"] | str
"""Who is speaking.

- `UNSPECIFIED`: Not said; a request's message is then the user's.
- `USER`: The caller.
- `AGENT`: The agent.
"""


class Part(Model):
    """One piece of content, in A2A 1.0's shape. Exactly one of `text`, `raw`, `url` and `data` is set."""

    text: str | None = None
    """Plain text."""

    raw: Base64 | None = None
    """Bytes, base64 in JSON."""

    url: str | None = None
    """Where the content can be fetched."""

    data: Any = None
    """Any JSON value."""

    metadata: dict[str, Any] | None = None
    """Whatever the sender wants to say about the part."""

    filename: str = ""
    """A name for the content when it is saved as a file."""

    media_type: str = ""
    """The media type of the content, such as `text/markdown`."""


class PartInput(InputModel):
    """One piece of content, in A2A 1.0's shape. Exactly one of `text`, `raw`, `url` and `data` is set."""

    text: str | None = None
    """Plain text."""

    raw: Base64 | None = None
    """Bytes, base64 in JSON."""

    url: str | None = None
    """Where the content can be fetched."""

    data: Any = None
    """Any JSON value."""

    metadata: dict[str, Any] | None = None
    """Whatever the sender wants to say about the part."""

    filename: str | None = None
    """A name for the content when it is saved as a file."""

    media_type: str | None = None
    """The media type of the content, such as `text/markdown`."""


class Problem(Model):
    """An error of the REST face, `application/problem+json` of RFC 9457."""

    type: str
    """A URI that names the reason."""

    title: str
    """The reason in a few words."""

    status: int
    """The HTTP status."""

    reason: ProblemReason
    """Why."""

    retryable: bool
    """Whether the call has not run, so that it may be repeated as it is."""

    detail: str = ""
    """What is wrong this time."""

    instance: str = ""
    """The path that was asked for."""

    request_id: str = ""
    """The id to report the error with."""

    errors: list[ProblemFieldError] = Field(default_factory=list["ProblemFieldError"])
    """Each place that is wrong."""


class ProblemFieldError(Model):
    """One place of the request that is wrong."""

    pointer: str
    """JSON Pointer (RFC 6901) into the body, or `#/query/…`, `#/path/…` for a parameter."""

    detail: str
    """What was expected there."""


ProblemReason: TypeAlias = (
    Literal[
        "UNSPECIFIED",
        "INVALID_ARGUMENT",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "ROUTE_NOT_FOUND",
        "AGENT_NOT_FOUND",
        "TASK_NOT_FOUND",
        "METHOD_NOT_ALLOWED",
        "NOT_ACCEPTABLE",
        "AGENT_EXISTS",
        "IDEMPOTENCY_KEY_REUSED",
        "TASK_NOT_WAITING",
        "CURSOR_EXPIRED",
        "PAYLOAD_TOO_LARGE",
        "UNSUPPORTED_MEDIA_TYPE",
        "RATE_LIMITED",
        "CANCELED",
        "DEADLINE_EXCEEDED",
        "AGENT_FAILED",
        "AGENT_REJECTED",
        "AGENT_UNAVAILABLE",
        "AGENT_BUSY",
        "INSTANCE_LOST",
        "GATEWAY_FULL",
        "DRAINING",
        "DATA_LOSS",
        "LINK_BROKEN",
        "NOT_IMPLEMENTED",
        "INTERNAL",
        "HEADERS_TOO_LARGE",
        "REQUEST_TIMEOUT",
        "CREDENTIAL_EXPIRED",
        "SLOW_CONSUMER",
        "STREAM_TRUNCATED",
        "GATEWAY_UNREACHABLE",
    ]
    | str
)
"""The table of reasons: why something was refused or went wrong.

- `UNSPECIFIED`: Not said.
- `INVALID_ARGUMENT`: The request does not fit the contract.
- `UNAUTHENTICATED`: No credential, or one that does not hold.
- `PERMISSION_DENIED`: The credential does not allow it.
- `ROUTE_NOT_FOUND`: No operation at this path.
- `AGENT_NOT_FOUND`: No agent of this name.
- `TASK_NOT_FOUND`: No task of this id.
- `METHOD_NOT_ALLOWED`: The path exists, the method does not.
- `NOT_ACCEPTABLE`: No form of the answer that the caller accepts.
- `AGENT_EXISTS`: An agent of this name exists.
- `IDEMPOTENCY_KEY_REUSED`: The key was used for another request.
- `TASK_NOT_WAITING`: The task has ended or does not wait for a message.
- `CURSOR_EXPIRED`: Events after this cursor are no longer kept.
- `PAYLOAD_TOO_LARGE`: Larger than what is taken.
- `UNSUPPORTED_MEDIA_TYPE`: A media type or encoding that is not understood.
- `RATE_LIMITED`: Too many requests or calls of this caller.
- `CANCELED`: The caller gave up.
- `DEADLINE_EXCEEDED`: The time that the caller gave is over.
- `AGENT_FAILED`: The agent's code failed.
- `AGENT_REJECTED`: The agent did not take the input on.
- `AGENT_UNAVAILABLE`: No instance of the agent can be reached.
- `AGENT_BUSY`: All instances of the agent run as many calls as they can.
- `INSTANCE_LOST`: The instance went away in the middle of the call.
- `GATEWAY_FULL`: The gateway's memory for tasks is full.
- `DRAINING`: The gateway is going away.
- `DATA_LOSS`: Events were lost between agent and gateway.
- `LINK_BROKEN`: The other side broke the link's rules.
- `NOT_IMPLEMENTED`: The contract has it, this gateway does not.
- `INTERNAL`: A fault of the gateway.
- `HEADERS_TOO_LARGE`: Headers larger than what is taken.
- `REQUEST_TIMEOUT`: The request took too long to arrive.
- `CREDENTIAL_EXPIRED`: The credential of a session is no longer good.
- `SLOW_CONSUMER`: A reader did not keep up.
- `STREAM_TRUNCATED`: A stream stopped before its end. Only clients say so.
- `GATEWAY_UNREACHABLE`: No gateway answers. Only clients say so.
"""


class RegistryEvent(Model):
    """One numbered change of the registry."""

    cursor: str
    """The place in the registry's log, as `epoch.seq`; a snapshot and an end repeat the place that the
    reader has come to.
    """

    time: datetime
    """When it happened."""

    snapshot: RegistryEventSnapshot | None = None
    """The whole registry."""

    agent: Agent | None = None
    """An agent that is new, or whose card has changed."""

    instance: Instance | None = None
    """An instance that is new, or whose state has changed."""

    removed: RegistryEventRemoved | None = None
    """An agent or an instance that is no longer there."""

    end: TaskEventEnd | None = None
    """The end of this stream: connect again."""


class RegistryEventRemoved(Model):
    """Something is no longer there."""

    agent: str
    """The agent."""

    instance: str = ""
    """The instance that is gone; the agent itself when empty."""


class RegistryEventSnapshot(Model):
    """The whole registry."""

    agents: list[Agent]
    """All agents, in the order of their names."""


class Skill(Model):
    """One thing an agent can do."""

    id: str
    """Unique within its agent."""

    name: str = ""
    """A name for people."""

    description: str = ""
    """What it does and when to use it."""

    tags: list[str] = Field(default_factory=list["str"])
    """Words to find it by."""

    examples: list[str] = Field(default_factory=list["str"])
    """Inputs that show it at work."""


class SkillInput(InputModel):
    """One thing an agent can do."""

    id: str
    """Unique within its agent."""

    name: str | None = None
    """A name for people."""

    description: str | None = None
    """What it does and when to use it."""

    tags: list[str] | None = None
    """Words to find it by."""

    examples: list[str] | None = None
    """Inputs that show it at work."""


class Task(TaskText, Model):
    """The record of a call."""

    id: str
    """The id that the gateway gave."""

    agent: str
    """The agent that was called."""

    context_id: str
    """The conversation that the task belongs to."""

    state: TaskState
    """How far it has come."""

    create_time: datetime
    """When the call was accepted."""

    update_time: datetime
    """When the task last changed."""

    input: Message | None = None
    """What the caller said first."""

    output: Message | None = None
    """The agent's answer, whole once the task is COMPLETED."""

    artifacts: list[Artifact] = Field(default_factory=list["Artifact"])
    """Results with names."""

    usage: Usage | None = None
    """What was used up so far."""

    error: TaskError | None = None
    """Why it failed or was rejected."""

    prompt: Message | None = None
    """The message by which an INPUT_REQUIRED task asks for more."""

    attempts: int = 0
    """Dispatches to an instance so far, 1 for a task that was never retried."""

    cursor: str = ""
    """The place of the newest event in the task's log, as `epoch.seq`."""

    metadata: dict[str, Any] | None = None
    """What the caller said about the call."""


class TaskError(Model):
    """Why a task failed or was rejected."""

    reason: str
    """One of the reasons in the table of errors, such as `AGENT_FAILED`."""

    message: str
    """One sentence for people."""

    retryable: bool = False
    """Whether the same call may succeed later."""

    message_id: str | None = None
    """The message of the caller that could not be taken, by its id, where it is that."""


class TaskEvent(Model):
    """One numbered event of a task."""

    task_id: str
    """The task."""

    cursor: str
    """The place in the task's log, as `epoch.seq`. A snapshot, a gap, an error and an end have no
    number of their own and repeat the place that the reader has come to.
    """

    time: datetime
    """When it was appended."""

    snapshot: TaskEventSnapshot | None = None
    """The whole task."""

    status: TaskEventStatus | None = None
    """A change of state."""

    artifact: TaskEventArtifactUpdate | None = None
    """An artifact, or a piece of one."""

    output_delta: TaskEventOutputDelta | None = None
    """A piece of the answer."""

    output_completed: TaskEventOutputCompleted | None = None
    """The whole answer."""

    progress: TaskEventProgress | None = None
    """How far the agent is."""

    input_required: TaskEventInputRequired | None = None
    """A question to the caller."""

    usage: Usage | None = None
    """What was used up, in all."""

    end: TaskEventEnd | None = None
    """The end of this stream."""

    gap: TaskEventGap | None = None
    """Events that are no longer kept."""

    error: TaskError | None = None
    """Something went wrong that the task outlives, such as a message that the agent could not take.
    """

    tool_call: TaskEventToolCall | None = None
    """A tool that the agent uses."""

    input_received: TaskEventInputReceived | None = None
    """A further message of the caller."""

    merged: int | None = None
    """How many events of the log this one stands for, when it is more than one: pieces of text that
    were joined for a slow reader, the last of which has this cursor.
    """


class TaskEventArtifactUpdate(Model):
    """An artifact, or a further piece of one."""

    artifact: Artifact
    """The artifact, or the piece."""

    append: bool = False
    """Whether the parts are appended to what came before."""

    last_chunk: bool = False
    """Whether the artifact is whole now."""


class TaskEventEnd(Model):
    """The last event of every stream: no event follows, and a stream without it was cut."""

    reason: TaskEventEndReason
    """Why the stream ends."""


TaskEventEndReason: TypeAlias = (
    Literal["UNSPECIFIED", "TERMINAL", "INTERRUPTED", "DRAINING", "SLOW_CONSUMER", "AUTH_EXPIRED"]
    | str
)
"""Why a stream ends.

- `UNSPECIFIED`: Not known.
- `TERMINAL`: The task has ended; nothing will ever follow.
- `INTERRUPTED`: The task waits for its caller; resume after sending a message.
- `DRAINING`: The gateway is going away; resume at once.
- `SLOW_CONSUMER`: The reader was too slow; resume after the cursor.
- `AUTH_EXPIRED`: The credential has expired; authenticate and resume.
"""


class TaskEventGap(Model):
    """Events that were asked for are no longer kept. A snapshot follows, so that nothing is missing
    unnoticed.
    """

    after: str = ""
    """The cursor that the reader asked with; empty when it asked for the first event."""


TaskEventGapPolicy: TypeAlias = Literal["UNSPECIFIED", "FAIL", "SNAPSHOT"]
"""What a reader wants when events after its cursor are no longer kept.

- `UNSPECIFIED`: Not said: FAIL.
- `FAIL`: To be refused with CURSOR_EXPIRED.
- `SNAPSHOT`: A gap, a snapshot, and the events after it.
"""


class TaskEventInputReceived(Model):
    """The agent was given a further message of the caller. One with the same id is not given again."""

    message: Message
    """What the caller said."""


class TaskEventInputRequired(Model):
    """The agent waits for a message of the caller."""

    prompt: Message
    """What it asks."""


class TaskEventOutputCompleted(Model):
    """The agent's answer is whole."""

    message: Message | None = None
    """The answer; absent when the pieces before it are the whole of it."""


class TaskEventOutputDelta(Model):
    """A further piece of the agent's answer."""

    text: str
    """Text to append to the answer."""


class TaskEventProgress(Model):
    """How far the agent says it is."""

    fraction: float = 0
    """From 0 to 1."""

    message: str = ""
    """What it is doing."""


class TaskEventSnapshot(Model):
    """The state of the whole task, for a reader that has no events before it."""

    task: Task
    """The task as it stood at this event's cursor."""


class TaskEventStatus(Model):
    """The task's state changed."""

    state: TaskState
    """The new state."""

    error: TaskError | None = None
    """Why, when the new state is FAILED or REJECTED."""

    attempt: int = 0
    """The dispatch that this speaks of, from 1."""


class TaskEventToolCall(Model):
    """A tool that the agent uses: first that it calls it, then with the same id what came of it."""

    call_id: str
    """Unique within its task."""

    name: str
    """The tool."""

    arguments: dict[str, Any] | None = None
    """What it is called with."""

    result: Any = None
    """What it answered; absent until it has, and when it failed."""

    error: TaskError | None = None
    """Why it failed."""


TaskState: TypeAlias = (
    Literal[
        "UNSPECIFIED",
        "SUBMITTED",
        "WORKING",
        "INPUT_REQUIRED",
        "AUTH_REQUIRED",
        "COMPLETED",
        "FAILED",
        "CANCELED",
        "REJECTED",
    ]
    | str
)
"""How far a task has come; A2A's states.

- `UNSPECIFIED`: Not known.
- `SUBMITTED`: Accepted, not yet with an agent.
- `WORKING`: An agent works on it.
- `INPUT_REQUIRED`: The agent waits for a message of the caller.
- `AUTH_REQUIRED`: The agent waits for the caller to authenticate somewhere.
- `COMPLETED`: Ended well; `output` and `artifacts` are whole.
- `FAILED`: Ended badly; `error` says why.
- `CANCELED`: Ended because somebody asked for it.
- `REJECTED`: Not taken on by the agent; `error` says why.
"""


class Usage(Model):
    """What a task has used up."""

    input_tokens: int = 0
    """Tokens read by models."""

    output_tokens: int = 0
    """Tokens written by models."""

    cost_micros: int = 0
    """What it cost, in millionths of a US dollar."""
