"""Between the contract's protobuf messages and the models that programs see."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard, cast

from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import ListValue, Struct, Value
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from .._gen.models import AgentCard, Artifact, Message, Part, Task
from .._gen.v1 import agent_service_pb2, common_pb2

_ROLES = {"UNSPECIFIED": 0, "USER": 1, "AGENT": 2}
_ROLE_NAMES = {number: name for name, number in _ROLES.items()}


def value_to_pb(value: Any) -> Value:
    """A JSON value. Raises `TypeError` for what JSON cannot say."""
    match value:
        case None:
            return Value(null_value=0)  # pyright: ignore[reportArgumentType]
        case bool():
            return Value(bool_value=value)
        case int() | float():
            if not math.isfinite(value):
                raise TypeError(f"JSON has no {value}")
            return Value(number_value=value)
        case str():
            return Value(string_value=value)
        case Mapping():
            return Value(struct_value=struct_to_pb(cast("Mapping[str, Any]", value)))
        case list() | tuple():
            items = cast("Sequence[Any]", value)
            return Value(list_value=ListValue(values=[value_to_pb(item) for item in items]))
        case _:
            return value_to_pb(jsonable(value))


def jsonable(value: Any) -> Any:
    """A value as JSON would have it: of models, dates and the like too."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return to_jsonable_python(dataclasses.asdict(value))
    try:
        return to_jsonable_python(value)
    except Exception as error:
        raise TypeError(f"JSON has no {type(value).__name__}") from error


def struct_to_pb(value: Mapping[str, Any]) -> Struct:
    """A JSON object."""
    return Struct(fields={str(key): value_to_pb(item) for key, item in value.items()})


def value_from_pb(value: Value) -> Any:
    """A JSON value; whole numbers are ints."""
    match value.WhichOneof("kind"):
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() and abs(number) < 2**53 else number
        case "string_value":
            return value.string_value
        case "bool_value":
            return value.bool_value
        case "struct_value":
            return struct_from_pb(value.struct_value)
        case "list_value":
            return [value_from_pb(item) for item in value.list_value.values]
        case _:
            return None


def struct_from_pb(struct: Struct) -> dict[str, Any]:
    """A JSON object."""
    return {key: value_from_pb(item) for key, item in struct.fields.items()}


def part_to_pb(part: Part) -> common_pb2.Part:
    """A piece of content."""
    said = part.model_fields_set
    out = common_pb2.Part(filename=part.filename, media_type=part.media_type)
    if part.text is not None:
        out.text = part.text
    elif part.raw is not None:
        out.raw = part.raw
    elif part.url is not None:
        out.url = part.url
    elif "data" in said:
        out.data.CopyFrom(value_to_pb(part.data))
    if part.metadata:
        out.metadata.CopyFrom(struct_to_pb(part.metadata))
    return out


def part_from_pb(part: common_pb2.Part) -> Part:
    """A piece of content."""
    fields: dict[str, Any] = {}
    match part.WhichOneof("content"):
        case "data":
            fields["data"] = value_from_pb(part.data)
        case str() as kind:
            fields[kind] = getattr(part, kind)
        case _:
            pass
    if part.HasField("metadata"):
        fields["metadata"] = struct_from_pb(part.metadata)
    return Part(filename=part.filename, media_type=part.media_type, **fields)


def message_to_pb(message: Message) -> common_pb2.Message:
    """What one side says to the other."""
    out = common_pb2.Message(
        message_id=message.message_id,
        context_id=message.context_id,
        task_id=message.task_id,
        role=_ROLES.get(message.role, 0),  # pyright: ignore[reportArgumentType]
        parts=[part_to_pb(part) for part in message.parts],
        extensions=message.extensions,
        reference_task_ids=message.reference_task_ids,
    )
    if message.metadata:
        out.metadata.CopyFrom(struct_to_pb(message.metadata))
    return out


def message_from_pb(message: common_pb2.Message) -> Message:
    """What one side says to the other."""
    return Message(
        message_id=message.message_id,
        context_id=message.context_id,
        task_id=message.task_id,
        role=_ROLE_NAMES.get(message.role, "UNSPECIFIED"),
        parts=[part_from_pb(part) for part in message.parts],
        metadata=struct_from_pb(message.metadata) if message.HasField("metadata") else None,
        extensions=list(message.extensions),
        reference_task_ids=list(message.reference_task_ids),
    )


def artifact_to_pb(artifact: Artifact) -> common_pb2.Artifact:
    """A result with a name."""
    out = common_pb2.Artifact(
        artifact_id=artifact.artifact_id,
        name=artifact.name,
        description=artifact.description,
        parts=[part_to_pb(part) for part in artifact.parts],
        extensions=artifact.extensions,
    )
    if artifact.metadata:
        out.metadata.CopyFrom(struct_to_pb(artifact.metadata))
    return out


def card_to_pb(card: AgentCard) -> agent_service_pb2.AgentCard:
    """What an agent says of itself."""
    out = agent_service_pb2.AgentCard(
        name=card.name,
        description=card.description,
        version=card.version,
        streaming=card.streaming,
        labels=card.labels,
        skills=[
            agent_service_pb2.Skill(
                id=skill.id,
                name=skill.name,
                description=skill.description,
                tags=skill.tags,
                examples=skill.examples,
            )
            for skill in card.skills
        ],
    )
    if card.input_schema is not None:
        out.input_schema.CopyFrom(struct_to_pb(card.input_schema))
    if card.output_schema is not None:
        out.output_schema.CopyFrom(struct_to_pb(card.output_schema))
    return out


def task_from_pb(task: common_pb2.Task) -> Task:
    """The record of a call."""
    return Task.parse(_with_whole_numbers(MessageToDict(task)))


def _with_whole_numbers(value: Any) -> Any:
    """JSON whose numbers came as doubles."""
    match value:
        case float():
            return int(value) if value.is_integer() and abs(value) < 2**53 else value
        case dict():
            fields = cast("dict[str, Any]", value)
            return {key: _with_whole_numbers(item) for key, item in fields.items()}
        case list():
            return [_with_whole_numbers(item) for item in cast("list[Any]", value)]
        case _:
            return value


def to_message(value: Any) -> Message:
    """The message of whatever a run answers with.

    A message as it is, parts and text as a message of them, any other value as a part of data.
    """
    if isinstance(value, Message):
        return value
    parts: list[Part]
    if isinstance(value, str):
        parts = [Part(text=value)]
    elif isinstance(value, Part):
        parts = [value]
    elif _is_parts(value):
        parts = value
    else:
        parts = [Part(data=jsonable(value))]
    return Message(role="AGENT", parts=parts)


def _is_parts(value: object) -> TypeGuard[list[Part]]:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(part, Part) for part in cast("list[object]", value))
