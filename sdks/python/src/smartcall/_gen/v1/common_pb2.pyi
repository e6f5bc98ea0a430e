import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Part(_message.Message):
    __slots__ = ("text", "raw", "url", "data", "metadata", "filename", "media_type")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    RAW_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    text: str
    raw: bytes
    url: str
    data: _struct_pb2.Value
    metadata: _struct_pb2.Struct
    filename: str
    media_type: str
    def __init__(self, text: _Optional[str] = ..., raw: _Optional[bytes] = ..., url: _Optional[str] = ..., data: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., filename: _Optional[str] = ..., media_type: _Optional[str] = ...) -> None: ...

class Message(_message.Message):
    __slots__ = ("message_id", "context_id", "task_id", "role", "parts", "metadata", "extensions", "reference_task_ids")
    class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        UNSPECIFIED: _ClassVar[Message.Role]
        USER: _ClassVar[Message.Role]
        AGENT: _ClassVar[Message.Role]
    UNSPECIFIED: Message.Role
    USER: Message.Role
    AGENT: Message.Role
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    EXTENSIONS_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_TASK_IDS_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    context_id: str
    task_id: str
    role: Message.Role
    parts: _containers.RepeatedCompositeFieldContainer[Part]
    metadata: _struct_pb2.Struct
    extensions: _containers.RepeatedScalarFieldContainer[str]
    reference_task_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, message_id: _Optional[str] = ..., context_id: _Optional[str] = ..., task_id: _Optional[str] = ..., role: _Optional[_Union[Message.Role, str]] = ..., parts: _Optional[_Iterable[_Union[Part, _Mapping]]] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., extensions: _Optional[_Iterable[str]] = ..., reference_task_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class Artifact(_message.Message):
    __slots__ = ("artifact_id", "name", "description", "parts", "metadata", "extensions")
    ARTIFACT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    EXTENSIONS_FIELD_NUMBER: _ClassVar[int]
    artifact_id: str
    name: str
    description: str
    parts: _containers.RepeatedCompositeFieldContainer[Part]
    metadata: _struct_pb2.Struct
    extensions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, artifact_id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., parts: _Optional[_Iterable[_Union[Part, _Mapping]]] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., extensions: _Optional[_Iterable[str]] = ...) -> None: ...

class Usage(_message.Message):
    __slots__ = ("input_tokens", "output_tokens", "cost_micros")
    INPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    COST_MICROS_FIELD_NUMBER: _ClassVar[int]
    input_tokens: int
    output_tokens: int
    cost_micros: int
    def __init__(self, input_tokens: _Optional[int] = ..., output_tokens: _Optional[int] = ..., cost_micros: _Optional[int] = ...) -> None: ...

class TaskError(_message.Message):
    __slots__ = ("reason", "message", "retryable", "message_id")
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    RETRYABLE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    reason: str
    message: str
    retryable: bool
    message_id: str
    def __init__(self, reason: _Optional[str] = ..., message: _Optional[str] = ..., retryable: bool = ..., message_id: _Optional[str] = ...) -> None: ...

class Task(_message.Message):
    __slots__ = ("id", "agent", "context_id", "state", "input", "output", "artifacts", "usage", "error", "prompt", "attempts", "cursor", "metadata", "create_time", "update_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        UNSPECIFIED: _ClassVar[Task.State]
        SUBMITTED: _ClassVar[Task.State]
        WORKING: _ClassVar[Task.State]
        INPUT_REQUIRED: _ClassVar[Task.State]
        AUTH_REQUIRED: _ClassVar[Task.State]
        COMPLETED: _ClassVar[Task.State]
        FAILED: _ClassVar[Task.State]
        CANCELED: _ClassVar[Task.State]
        REJECTED: _ClassVar[Task.State]
    UNSPECIFIED: Task.State
    SUBMITTED: Task.State
    WORKING: Task.State
    INPUT_REQUIRED: Task.State
    AUTH_REQUIRED: Task.State
    COMPLETED: Task.State
    FAILED: Task.State
    CANCELED: Task.State
    REJECTED: Task.State
    ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    INPUT_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    PROMPT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    agent: str
    context_id: str
    state: Task.State
    input: Message
    output: Message
    artifacts: _containers.RepeatedCompositeFieldContainer[Artifact]
    usage: Usage
    error: TaskError
    prompt: Message
    attempts: int
    cursor: str
    metadata: _struct_pb2.Struct
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., agent: _Optional[str] = ..., context_id: _Optional[str] = ..., state: _Optional[_Union[Task.State, str]] = ..., input: _Optional[_Union[Message, _Mapping]] = ..., output: _Optional[_Union[Message, _Mapping]] = ..., artifacts: _Optional[_Iterable[_Union[Artifact, _Mapping]]] = ..., usage: _Optional[_Union[Usage, _Mapping]] = ..., error: _Optional[_Union[TaskError, _Mapping]] = ..., prompt: _Optional[_Union[Message, _Mapping]] = ..., attempts: _Optional[int] = ..., cursor: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class TaskEvent(_message.Message):
    __slots__ = ("task_id", "cursor", "time", "snapshot", "status", "artifact", "output_delta", "output_completed", "progress", "input_required", "usage", "end", "gap", "error", "tool_call", "input_received", "merged")
    class Snapshot(_message.Message):
        __slots__ = ("task",)
        TASK_FIELD_NUMBER: _ClassVar[int]
        task: Task
        def __init__(self, task: _Optional[_Union[Task, _Mapping]] = ...) -> None: ...
    class Status(_message.Message):
        __slots__ = ("state", "error", "attempt")
        STATE_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        ATTEMPT_FIELD_NUMBER: _ClassVar[int]
        state: Task.State
        error: TaskError
        attempt: int
        def __init__(self, state: _Optional[_Union[Task.State, str]] = ..., error: _Optional[_Union[TaskError, _Mapping]] = ..., attempt: _Optional[int] = ...) -> None: ...
    class ArtifactUpdate(_message.Message):
        __slots__ = ("artifact", "append", "last_chunk")
        ARTIFACT_FIELD_NUMBER: _ClassVar[int]
        APPEND_FIELD_NUMBER: _ClassVar[int]
        LAST_CHUNK_FIELD_NUMBER: _ClassVar[int]
        artifact: Artifact
        append: bool
        last_chunk: bool
        def __init__(self, artifact: _Optional[_Union[Artifact, _Mapping]] = ..., append: bool = ..., last_chunk: bool = ...) -> None: ...
    class OutputDelta(_message.Message):
        __slots__ = ("text",)
        TEXT_FIELD_NUMBER: _ClassVar[int]
        text: str
        def __init__(self, text: _Optional[str] = ...) -> None: ...
    class OutputCompleted(_message.Message):
        __slots__ = ("message",)
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        message: Message
        def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...
    class Progress(_message.Message):
        __slots__ = ("fraction", "message")
        FRACTION_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        fraction: float
        message: str
        def __init__(self, fraction: _Optional[float] = ..., message: _Optional[str] = ...) -> None: ...
    class ToolCall(_message.Message):
        __slots__ = ("call_id", "name", "arguments", "result", "error")
        CALL_ID_FIELD_NUMBER: _ClassVar[int]
        NAME_FIELD_NUMBER: _ClassVar[int]
        ARGUMENTS_FIELD_NUMBER: _ClassVar[int]
        RESULT_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        call_id: str
        name: str
        arguments: _struct_pb2.Struct
        result: _struct_pb2.Value
        error: TaskError
        def __init__(self, call_id: _Optional[str] = ..., name: _Optional[str] = ..., arguments: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., result: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., error: _Optional[_Union[TaskError, _Mapping]] = ...) -> None: ...
    class InputRequired(_message.Message):
        __slots__ = ("prompt",)
        PROMPT_FIELD_NUMBER: _ClassVar[int]
        prompt: Message
        def __init__(self, prompt: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...
    class Gap(_message.Message):
        __slots__ = ("after",)
        class Policy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            UNSPECIFIED: _ClassVar[TaskEvent.Gap.Policy]
            FAIL: _ClassVar[TaskEvent.Gap.Policy]
            SNAPSHOT: _ClassVar[TaskEvent.Gap.Policy]
        UNSPECIFIED: TaskEvent.Gap.Policy
        FAIL: TaskEvent.Gap.Policy
        SNAPSHOT: TaskEvent.Gap.Policy
        AFTER_FIELD_NUMBER: _ClassVar[int]
        after: str
        def __init__(self, after: _Optional[str] = ...) -> None: ...
    class InputReceived(_message.Message):
        __slots__ = ("message",)
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        message: Message
        def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...
    class End(_message.Message):
        __slots__ = ("reason",)
        class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            UNSPECIFIED: _ClassVar[TaskEvent.End.Reason]
            TERMINAL: _ClassVar[TaskEvent.End.Reason]
            INTERRUPTED: _ClassVar[TaskEvent.End.Reason]
            DRAINING: _ClassVar[TaskEvent.End.Reason]
            SLOW_CONSUMER: _ClassVar[TaskEvent.End.Reason]
            AUTH_EXPIRED: _ClassVar[TaskEvent.End.Reason]
        UNSPECIFIED: TaskEvent.End.Reason
        TERMINAL: TaskEvent.End.Reason
        INTERRUPTED: TaskEvent.End.Reason
        DRAINING: TaskEvent.End.Reason
        SLOW_CONSUMER: TaskEvent.End.Reason
        AUTH_EXPIRED: TaskEvent.End.Reason
        REASON_FIELD_NUMBER: _ClassVar[int]
        reason: TaskEvent.End.Reason
        def __init__(self, reason: _Optional[_Union[TaskEvent.End.Reason, str]] = ...) -> None: ...
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACT_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_DELTA_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    INPUT_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    TOOL_CALL_FIELD_NUMBER: _ClassVar[int]
    INPUT_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    MERGED_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    cursor: str
    time: _timestamp_pb2.Timestamp
    snapshot: TaskEvent.Snapshot
    status: TaskEvent.Status
    artifact: TaskEvent.ArtifactUpdate
    output_delta: TaskEvent.OutputDelta
    output_completed: TaskEvent.OutputCompleted
    progress: TaskEvent.Progress
    input_required: TaskEvent.InputRequired
    usage: Usage
    end: TaskEvent.End
    gap: TaskEvent.Gap
    error: TaskError
    tool_call: TaskEvent.ToolCall
    input_received: TaskEvent.InputReceived
    merged: int
    def __init__(self, task_id: _Optional[str] = ..., cursor: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., snapshot: _Optional[_Union[TaskEvent.Snapshot, _Mapping]] = ..., status: _Optional[_Union[TaskEvent.Status, _Mapping]] = ..., artifact: _Optional[_Union[TaskEvent.ArtifactUpdate, _Mapping]] = ..., output_delta: _Optional[_Union[TaskEvent.OutputDelta, _Mapping]] = ..., output_completed: _Optional[_Union[TaskEvent.OutputCompleted, _Mapping]] = ..., progress: _Optional[_Union[TaskEvent.Progress, _Mapping]] = ..., input_required: _Optional[_Union[TaskEvent.InputRequired, _Mapping]] = ..., usage: _Optional[_Union[Usage, _Mapping]] = ..., end: _Optional[_Union[TaskEvent.End, _Mapping]] = ..., gap: _Optional[_Union[TaskEvent.Gap, _Mapping]] = ..., error: _Optional[_Union[TaskError, _Mapping]] = ..., tool_call: _Optional[_Union[TaskEvent.ToolCall, _Mapping]] = ..., input_received: _Optional[_Union[TaskEvent.InputReceived, _Mapping]] = ..., merged: _Optional[int] = ...) -> None: ...
