from google.protobuf import struct_pb2 as _struct_pb2
from smartcall._gen.v1 import common_pb2 as _common_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ExecuteRequest(_message.Message):
    __slots__ = ("task_id", "agent", "context_id", "message", "attempt", "timeout_ms", "metadata", "traceparent", "hops")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_MS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    HOPS_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    agent: str
    context_id: str
    message: _common_pb2.Message
    attempt: int
    timeout_ms: int
    metadata: _struct_pb2.Struct
    traceparent: str
    hops: int
    def __init__(self, task_id: _Optional[str] = ..., agent: _Optional[str] = ..., context_id: _Optional[str] = ..., message: _Optional[_Union[_common_pb2.Message, _Mapping]] = ..., attempt: _Optional[int] = ..., timeout_ms: _Optional[int] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., traceparent: _Optional[str] = ..., hops: _Optional[int] = ...) -> None: ...

class AgentEvent(_message.Message):
    __slots__ = ("output_delta", "output_completed", "artifact", "progress", "input_required", "usage", "tool_call")
    OUTPUT_DELTA_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    ARTIFACT_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    INPUT_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    TOOL_CALL_FIELD_NUMBER: _ClassVar[int]
    output_delta: _common_pb2.TaskEvent.OutputDelta
    output_completed: _common_pb2.TaskEvent.OutputCompleted
    artifact: _common_pb2.TaskEvent.ArtifactUpdate
    progress: _common_pb2.TaskEvent.Progress
    input_required: _common_pb2.TaskEvent.InputRequired
    usage: _common_pb2.Usage
    tool_call: _common_pb2.TaskEvent.ToolCall
    def __init__(self, output_delta: _Optional[_Union[_common_pb2.TaskEvent.OutputDelta, _Mapping]] = ..., output_completed: _Optional[_Union[_common_pb2.TaskEvent.OutputCompleted, _Mapping]] = ..., artifact: _Optional[_Union[_common_pb2.TaskEvent.ArtifactUpdate, _Mapping]] = ..., progress: _Optional[_Union[_common_pb2.TaskEvent.Progress, _Mapping]] = ..., input_required: _Optional[_Union[_common_pb2.TaskEvent.InputRequired, _Mapping]] = ..., usage: _Optional[_Union[_common_pb2.Usage, _Mapping]] = ..., tool_call: _Optional[_Union[_common_pb2.TaskEvent.ToolCall, _Mapping]] = ...) -> None: ...
