from smartcall._gen.v1 import agent_service_pb2 as _agent_service_pb2
from smartcall._gen.v1 import attempt_pb2 as _attempt_pb2
from smartcall._gen.v1 import link_pb2 as _link_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DescribeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DescribeResponse(_message.Message):
    __slots__ = ("cards",)
    CARDS_FIELD_NUMBER: _ClassVar[int]
    cards: _containers.RepeatedCompositeFieldContainer[_agent_service_pb2.AgentCard]
    def __init__(self, cards: _Optional[_Iterable[_Union[_agent_service_pb2.AgentCard, _Mapping]]] = ...) -> None: ...
