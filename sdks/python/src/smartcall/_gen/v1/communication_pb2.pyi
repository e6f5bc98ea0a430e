import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from smartcall._gen.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CallRequest(_message.Message):
    __slots__ = ("agent", "text", "data", "message", "context_id", "metadata", "on_disconnect")
    class OnDisconnect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        UNSPECIFIED: _ClassVar[CallRequest.OnDisconnect]
        CONTINUE: _ClassVar[CallRequest.OnDisconnect]
        CANCEL: _ClassVar[CallRequest.OnDisconnect]
        CANCEL_AFTER_GRACE: _ClassVar[CallRequest.OnDisconnect]
    UNSPECIFIED: CallRequest.OnDisconnect
    CONTINUE: CallRequest.OnDisconnect
    CANCEL: CallRequest.OnDisconnect
    CANCEL_AFTER_GRACE: CallRequest.OnDisconnect
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_ID_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ON_DISCONNECT_FIELD_NUMBER: _ClassVar[int]
    agent: str
    text: str
    data: _struct_pb2.Value
    message: _common_pb2.Message
    context_id: str
    metadata: _struct_pb2.Struct
    on_disconnect: CallRequest.OnDisconnect
    def __init__(self, agent: _Optional[str] = ..., text: _Optional[str] = ..., data: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., message: _Optional[_Union[_common_pb2.Message, _Mapping]] = ..., context_id: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., on_disconnect: _Optional[_Union[CallRequest.OnDisconnect, str]] = ...) -> None: ...

class ListTasksRequest(_message.Message):
    __slots__ = ("agent", "context_id", "states", "page_size", "page_token")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_ID_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agent: str
    context_id: str
    states: _containers.RepeatedScalarFieldContainer[_common_pb2.Task.State]
    page_size: int
    page_token: str
    def __init__(self, agent: _Optional[str] = ..., context_id: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_common_pb2.Task.State, str]]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListTasksResponse(_message.Message):
    __slots__ = ("tasks", "next_page_token")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[_common_pb2.Task]
    next_page_token: str
    def __init__(self, tasks: _Optional[_Iterable[_Union[_common_pb2.Task, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetTaskRequest(_message.Message):
    __slots__ = ("task", "wait")
    TASK_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    task: str
    wait: _duration_pb2.Duration
    def __init__(self, task: _Optional[str] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class WatchTaskRequest(_message.Message):
    __slots__ = ("task", "after", "on_gap")
    TASK_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    ON_GAP_FIELD_NUMBER: _ClassVar[int]
    task: str
    after: str
    on_gap: _common_pb2.TaskEvent.Gap.Policy
    def __init__(self, task: _Optional[str] = ..., after: _Optional[str] = ..., on_gap: _Optional[_Union[_common_pb2.TaskEvent.Gap.Policy, str]] = ...) -> None: ...

class CancelTaskRequest(_message.Message):
    __slots__ = ("task", "reason")
    TASK_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    task: str
    reason: str
    def __init__(self, task: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class SendMessageRequest(_message.Message):
    __slots__ = ("task", "text", "data", "message")
    TASK_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    task: str
    text: str
    data: _struct_pb2.Value
    message: _common_pb2.Message
    def __init__(self, task: _Optional[str] = ..., text: _Optional[str] = ..., data: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., message: _Optional[_Union[_common_pb2.Message, _Mapping]] = ...) -> None: ...
