"""Calls agents through a Smartcall gateway and follows them as they work.

`Smartcall` and `AsyncSmartcall` are the clients; `smartcall.agent` writes agents.
"""

from ._async_client import AsyncSmartcall
from ._async_event_stream import AsyncEventStream, AsyncRegistryStream, AsyncTaskStream
from ._client import Smartcall
from ._error import FieldError, SmartcallError
from ._event_stream import EventStream, RegistryStream, TaskStream
from ._gen.events import (
    ArtifactEvent,
    EndEvent,
    ErrorEvent,
    GapEvent,
    InputReceivedEvent,
    InputRequiredEvent,
    OutputCompletedEvent,
    OutputDeltaEvent,
    ProgressEvent,
    RegistryAgentEvent,
    RegistryEndEvent,
    RegistryInstanceEvent,
    RegistryRemovedEvent,
    RegistrySnapshotEvent,
    SnapshotEvent,
    StatusEvent,
    ToolCallEvent,
    UsageEvent,
)
from ._gen.models import (
    Agent,
    AgentCard,
    AgentCardInput,
    AgentEndpointInput,
    Artifact,
    Instance,
    Message,
    MessageInput,
    Part,
    PartInput,
    Skill,
    SkillInput,
    Task,
    TaskError,
    TaskState,
    Usage,
)
from ._gen.reasons import Reason
from ._input import CallInput
from ._open import OnDisconnect
from ._options import AsyncToken, ReconnectOptions, RequestOptions, Token
from ._pages import AsyncPages, Page, Pages
from ._stream.events import (
    ConnectionEvent,
    RegistryStreamEvent,
    TaskStreamEvent,
    UnknownEvent,
    UnknownRegistryEvent,
)
from ._stream.result import StreamResult

__all__ = [
    "Agent",
    "AgentCard",
    "AgentCardInput",
    "AgentEndpointInput",
    "Artifact",
    "ArtifactEvent",
    "AsyncEventStream",
    "AsyncPages",
    "AsyncRegistryStream",
    "AsyncSmartcall",
    "AsyncTaskStream",
    "AsyncToken",
    "CallInput",
    "ConnectionEvent",
    "EndEvent",
    "ErrorEvent",
    "EventStream",
    "FieldError",
    "GapEvent",
    "InputReceivedEvent",
    "InputRequiredEvent",
    "Instance",
    "Message",
    "MessageInput",
    "OnDisconnect",
    "OutputCompletedEvent",
    "OutputDeltaEvent",
    "Page",
    "Pages",
    "Part",
    "PartInput",
    "ProgressEvent",
    "Reason",
    "ReconnectOptions",
    "RegistryAgentEvent",
    "RegistryEndEvent",
    "RegistryInstanceEvent",
    "RegistryRemovedEvent",
    "RegistrySnapshotEvent",
    "RegistryStream",
    "RegistryStreamEvent",
    "RequestOptions",
    "Skill",
    "SkillInput",
    "Smartcall",
    "SmartcallError",
    "SnapshotEvent",
    "StatusEvent",
    "StreamResult",
    "Task",
    "TaskError",
    "TaskState",
    "TaskStream",
    "TaskStreamEvent",
    "Token",
    "ToolCallEvent",
    "UnknownEvent",
    "UnknownRegistryEvent",
    "Usage",
    "UsageEvent",
]
