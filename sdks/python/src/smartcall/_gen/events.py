"""What happens in a task and in the registry, by `type`.

Generated from openapi/smartcall.v1.yaml. Do not edit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from .._model import EventModel, TaskEventModel
from .models import (
    Agent,
    AgentCard,
    Artifact,
    InstanceState,
    InstanceUpstream,
    Message,
    Task,
    TaskError,
    TaskEventEndReason,
    TaskState,
)


class SnapshotEvent(TaskEventModel):
    """The whole task."""

    type: Literal["snapshot"] = "snapshot"

    task: Task
    """The task as it stood at this event's cursor."""


class StatusEvent(TaskEventModel):
    """A change of state."""

    type: Literal["status"] = "status"

    state: TaskState
    """The new state."""

    error: TaskError | None = None
    """Why, when the new state is FAILED or REJECTED."""

    attempt: int = 0
    """The dispatch that this speaks of, from 1."""


class ArtifactEvent(TaskEventModel):
    """An artifact, or a piece of one."""

    type: Literal["artifact"] = "artifact"

    artifact: Artifact
    """The artifact, or the piece."""

    append: bool = False
    """Whether the parts are appended to what came before."""

    last_chunk: bool = False
    """Whether the artifact is whole now."""


class OutputDeltaEvent(TaskEventModel):
    """A piece of the answer."""

    type: Literal["outputDelta"] = "outputDelta"

    text: str
    """Text to append to the answer."""


class OutputCompletedEvent(TaskEventModel):
    """The whole answer."""

    type: Literal["outputCompleted"] = "outputCompleted"

    message: Message | None = None
    """The answer; absent when the pieces before it are the whole of it."""


class ProgressEvent(TaskEventModel):
    """How far the agent is."""

    type: Literal["progress"] = "progress"

    fraction: float = 0
    """From 0 to 1."""

    message: str = ""
    """What it is doing."""


class InputRequiredEvent(TaskEventModel):
    """A question to the caller."""

    type: Literal["inputRequired"] = "inputRequired"

    prompt: Message
    """What it asks."""


class UsageEvent(TaskEventModel):
    """What was used up, in all."""

    type: Literal["usage"] = "usage"

    input_tokens: int = 0
    """Tokens read by models."""

    output_tokens: int = 0
    """Tokens written by models."""

    cost_micros: int = 0
    """What it cost, in millionths of a US dollar."""


class EndEvent(TaskEventModel):
    """The end of this stream."""

    type: Literal["end"] = "end"

    reason: TaskEventEndReason
    """Why the stream ends."""


class GapEvent(TaskEventModel):
    """Events that are no longer kept."""

    type: Literal["gap"] = "gap"

    after: str = ""
    """The cursor that the reader asked with; empty when it asked for the first event."""


class ErrorEvent(TaskEventModel):
    """Something went wrong that the task outlives, such as a message that the agent could not take."""

    type: Literal["error"] = "error"

    reason: str
    """One of the reasons in the table of errors, such as `AGENT_FAILED`."""

    message: str
    """One sentence for people."""

    retryable: bool = False
    """Whether the same call may succeed later."""

    message_id: str | None = None
    """The message of the caller that could not be taken, by its id, where it is that."""


class ToolCallEvent(TaskEventModel):
    """A tool that the agent uses."""

    type: Literal["toolCall"] = "toolCall"

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


class InputReceivedEvent(TaskEventModel):
    """A further message of the caller."""

    type: Literal["inputReceived"] = "inputReceived"

    message: Message
    """What the caller said."""


TaskLogEvent: TypeAlias = (
    SnapshotEvent
    | StatusEvent
    | ArtifactEvent
    | OutputDeltaEvent
    | OutputCompletedEvent
    | ProgressEvent
    | InputRequiredEvent
    | UsageEvent
    | EndEvent
    | GapEvent
    | ErrorEvent
    | ToolCallEvent
    | InputReceivedEvent
)

task_events: dict[str, type[TaskEventModel]] = {
    "snapshot": SnapshotEvent,
    "status": StatusEvent,
    "artifact": ArtifactEvent,
    "outputDelta": OutputDeltaEvent,
    "outputCompleted": OutputCompletedEvent,
    "progress": ProgressEvent,
    "inputRequired": InputRequiredEvent,
    "usage": UsageEvent,
    "end": EndEvent,
    "gap": GapEvent,
    "error": ErrorEvent,
    "toolCall": ToolCallEvent,
    "inputReceived": InputReceivedEvent,
}


class RegistrySnapshotEvent(EventModel):
    """The whole registry."""

    type: Literal["snapshot"] = "snapshot"

    agents: list[Agent]
    """All agents, in the order of their names."""


class RegistryAgentEvent(EventModel):
    """An agent that is new, or whose card has changed."""

    type: Literal["agent"] = "agent"

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


class RegistryInstanceEvent(EventModel):
    """An instance that is new, or whose state has changed."""

    type: Literal["instance"] = "instance"

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


class RegistryRemovedEvent(EventModel):
    """An agent or an instance that is no longer there."""

    type: Literal["removed"] = "removed"

    agent: str
    """The agent."""

    instance: str = ""
    """The instance that is gone; the agent itself when empty."""


class RegistryEndEvent(EventModel):
    """The end of this stream: connect again."""

    type: Literal["end"] = "end"

    reason: TaskEventEndReason
    """Why the stream ends."""


RegistryLogEvent: TypeAlias = (
    RegistrySnapshotEvent
    | RegistryAgentEvent
    | RegistryInstanceEvent
    | RegistryRemovedEvent
    | RegistryEndEvent
)

registry_events: dict[str, type[EventModel]] = {
    "snapshot": RegistrySnapshotEvent,
    "agent": RegistryAgentEvent,
    "instance": RegistryInstanceEvent,
    "removed": RegistryRemovedEvent,
    "end": RegistryEndEvent,
}
