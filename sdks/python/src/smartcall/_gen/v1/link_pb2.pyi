from google.protobuf import struct_pb2 as _struct_pb2
from smartcall._gen.v1 import agent_service_pb2 as _agent_service_pb2
from smartcall._gen.v1 import attempt_pb2 as _attempt_pb2
from smartcall._gen.v1 import common_pb2 as _common_pb2
from smartcall._gen.v1 import communication_pb2 as _communication_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LinkPacket(_message.Message):
    __slots__ = ("frames",)
    FRAMES_FIELD_NUMBER: _ClassVar[int]
    frames: _containers.RepeatedCompositeFieldContainer[Frame]
    def __init__(self, frames: _Optional[_Iterable[_Union[Frame, _Mapping]]] = ...) -> None: ...

class Frame(_message.Message):
    __slots__ = ("exchange", "hello", "register", "ready", "capacity", "drain", "closing", "open", "message", "event", "credit", "half_close", "close", "cancel", "ping", "pong", "authenticate")
    class Hello(_message.Message):
        __slots__ = ("version", "implementation", "window_bytes", "token", "instance_id", "max_frame_bytes")
        VERSION_FIELD_NUMBER: _ClassVar[int]
        IMPLEMENTATION_FIELD_NUMBER: _ClassVar[int]
        WINDOW_BYTES_FIELD_NUMBER: _ClassVar[int]
        TOKEN_FIELD_NUMBER: _ClassVar[int]
        INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
        MAX_FRAME_BYTES_FIELD_NUMBER: _ClassVar[int]
        version: int
        implementation: str
        window_bytes: int
        token: str
        instance_id: str
        max_frame_bytes: int
        def __init__(self, version: _Optional[int] = ..., implementation: _Optional[str] = ..., window_bytes: _Optional[int] = ..., token: _Optional[str] = ..., instance_id: _Optional[str] = ..., max_frame_bytes: _Optional[int] = ...) -> None: ...
    class Register(_message.Message):
        __slots__ = ("cards", "capacity")
        CARDS_FIELD_NUMBER: _ClassVar[int]
        CAPACITY_FIELD_NUMBER: _ClassVar[int]
        cards: _containers.RepeatedCompositeFieldContainer[_agent_service_pb2.AgentCard]
        capacity: int
        def __init__(self, cards: _Optional[_Iterable[_Union[_agent_service_pb2.AgentCard, _Mapping]]] = ..., capacity: _Optional[int] = ...) -> None: ...
    class Ready(_message.Message):
        __slots__ = ("instance_id", "lease_ms")
        INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
        LEASE_MS_FIELD_NUMBER: _ClassVar[int]
        instance_id: str
        lease_ms: int
        def __init__(self, instance_id: _Optional[str] = ..., lease_ms: _Optional[int] = ...) -> None: ...
    class Capacity(_message.Message):
        __slots__ = ("capacity",)
        CAPACITY_FIELD_NUMBER: _ClassVar[int]
        capacity: int
        def __init__(self, capacity: _Optional[int] = ...) -> None: ...
    class Drain(_message.Message):
        __slots__ = ("reason",)
        REASON_FIELD_NUMBER: _ClassVar[int]
        reason: str
        def __init__(self, reason: _Optional[str] = ...) -> None: ...
    class Closing(_message.Message):
        __slots__ = ("reason", "message", "retry_after_ms")
        REASON_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        RETRY_AFTER_MS_FIELD_NUMBER: _ClassVar[int]
        reason: str
        message: str
        retry_after_ms: int
        def __init__(self, reason: _Optional[str] = ..., message: _Optional[str] = ..., retry_after_ms: _Optional[int] = ...) -> None: ...
    class Open(_message.Message):
        __slots__ = ("execute", "call", "stream", "watch", "cancel", "watch_agents", "half_close", "headers", "timeout_ms")
        class HeadersEntry(_message.Message):
            __slots__ = ("key", "value")
            KEY_FIELD_NUMBER: _ClassVar[int]
            VALUE_FIELD_NUMBER: _ClassVar[int]
            key: str
            value: str
            def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
        EXECUTE_FIELD_NUMBER: _ClassVar[int]
        CALL_FIELD_NUMBER: _ClassVar[int]
        STREAM_FIELD_NUMBER: _ClassVar[int]
        WATCH_FIELD_NUMBER: _ClassVar[int]
        CANCEL_FIELD_NUMBER: _ClassVar[int]
        WATCH_AGENTS_FIELD_NUMBER: _ClassVar[int]
        HALF_CLOSE_FIELD_NUMBER: _ClassVar[int]
        HEADERS_FIELD_NUMBER: _ClassVar[int]
        TIMEOUT_MS_FIELD_NUMBER: _ClassVar[int]
        execute: _attempt_pb2.ExecuteRequest
        call: _communication_pb2.CallRequest
        stream: _communication_pb2.CallRequest
        watch: _communication_pb2.WatchTaskRequest
        cancel: _communication_pb2.CancelTaskRequest
        watch_agents: _agent_service_pb2.WatchAgentsRequest
        half_close: bool
        headers: _containers.ScalarMap[str, str]
        timeout_ms: int
        def __init__(self, execute: _Optional[_Union[_attempt_pb2.ExecuteRequest, _Mapping]] = ..., call: _Optional[_Union[_communication_pb2.CallRequest, _Mapping]] = ..., stream: _Optional[_Union[_communication_pb2.CallRequest, _Mapping]] = ..., watch: _Optional[_Union[_communication_pb2.WatchTaskRequest, _Mapping]] = ..., cancel: _Optional[_Union[_communication_pb2.CancelTaskRequest, _Mapping]] = ..., watch_agents: _Optional[_Union[_agent_service_pb2.WatchAgentsRequest, _Mapping]] = ..., half_close: bool = ..., headers: _Optional[_Mapping[str, str]] = ..., timeout_ms: _Optional[int] = ...) -> None: ...
    class Event(_message.Message):
        __slots__ = ("agent", "task", "registry")
        AGENT_FIELD_NUMBER: _ClassVar[int]
        TASK_FIELD_NUMBER: _ClassVar[int]
        REGISTRY_FIELD_NUMBER: _ClassVar[int]
        agent: _attempt_pb2.AgentEvent
        task: _common_pb2.TaskEvent
        registry: _agent_service_pb2.RegistryEvent
        def __init__(self, agent: _Optional[_Union[_attempt_pb2.AgentEvent, _Mapping]] = ..., task: _Optional[_Union[_common_pb2.TaskEvent, _Mapping]] = ..., registry: _Optional[_Union[_agent_service_pb2.RegistryEvent, _Mapping]] = ...) -> None: ...
    class Credit(_message.Message):
        __slots__ = ("bytes",)
        BYTES_FIELD_NUMBER: _ClassVar[int]
        bytes: int
        def __init__(self, bytes: _Optional[int] = ...) -> None: ...
    class HalfClose(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Close(_message.Message):
        __slots__ = ("reason", "message", "events", "refused", "details")
        REASON_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        EVENTS_FIELD_NUMBER: _ClassVar[int]
        REFUSED_FIELD_NUMBER: _ClassVar[int]
        DETAILS_FIELD_NUMBER: _ClassVar[int]
        reason: str
        message: str
        events: int
        refused: bool
        details: _struct_pb2.Struct
        def __init__(self, reason: _Optional[str] = ..., message: _Optional[str] = ..., events: _Optional[int] = ..., refused: bool = ..., details: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...
    class Cancel(_message.Message):
        __slots__ = ("reason", "message")
        REASON_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        reason: str
        message: str
        def __init__(self, reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...
    class Ping(_message.Message):
        __slots__ = ("nonce",)
        NONCE_FIELD_NUMBER: _ClassVar[int]
        nonce: int
        def __init__(self, nonce: _Optional[int] = ...) -> None: ...
    class Pong(_message.Message):
        __slots__ = ("nonce",)
        NONCE_FIELD_NUMBER: _ClassVar[int]
        nonce: int
        def __init__(self, nonce: _Optional[int] = ...) -> None: ...
    class Authenticate(_message.Message):
        __slots__ = ("token",)
        TOKEN_FIELD_NUMBER: _ClassVar[int]
        token: str
        def __init__(self, token: _Optional[str] = ...) -> None: ...
    EXCHANGE_FIELD_NUMBER: _ClassVar[int]
    HELLO_FIELD_NUMBER: _ClassVar[int]
    REGISTER_FIELD_NUMBER: _ClassVar[int]
    READY_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    DRAIN_FIELD_NUMBER: _ClassVar[int]
    CLOSING_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    HALF_CLOSE_FIELD_NUMBER: _ClassVar[int]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    CANCEL_FIELD_NUMBER: _ClassVar[int]
    PING_FIELD_NUMBER: _ClassVar[int]
    PONG_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATE_FIELD_NUMBER: _ClassVar[int]
    exchange: int
    hello: Frame.Hello
    register: Frame.Register
    ready: Frame.Ready
    capacity: Frame.Capacity
    drain: Frame.Drain
    closing: Frame.Closing
    open: Frame.Open
    message: _common_pb2.Message
    event: Frame.Event
    credit: Frame.Credit
    half_close: Frame.HalfClose
    close: Frame.Close
    cancel: Frame.Cancel
    ping: Frame.Ping
    pong: Frame.Pong
    authenticate: Frame.Authenticate
    def __init__(self, exchange: _Optional[int] = ..., hello: _Optional[_Union[Frame.Hello, _Mapping]] = ..., register: _Optional[_Union[Frame.Register, _Mapping]] = ..., ready: _Optional[_Union[Frame.Ready, _Mapping]] = ..., capacity: _Optional[_Union[Frame.Capacity, _Mapping]] = ..., drain: _Optional[_Union[Frame.Drain, _Mapping]] = ..., closing: _Optional[_Union[Frame.Closing, _Mapping]] = ..., open: _Optional[_Union[Frame.Open, _Mapping]] = ..., message: _Optional[_Union[_common_pb2.Message, _Mapping]] = ..., event: _Optional[_Union[Frame.Event, _Mapping]] = ..., credit: _Optional[_Union[Frame.Credit, _Mapping]] = ..., half_close: _Optional[_Union[Frame.HalfClose, _Mapping]] = ..., close: _Optional[_Union[Frame.Close, _Mapping]] = ..., cancel: _Optional[_Union[Frame.Cancel, _Mapping]] = ..., ping: _Optional[_Union[Frame.Ping, _Mapping]] = ..., pong: _Optional[_Union[Frame.Pong, _Mapping]] = ..., authenticate: _Optional[_Union[Frame.Authenticate, _Mapping]] = ...) -> None: ...
