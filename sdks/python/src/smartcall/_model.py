"""What the generated models are made of."""

from __future__ import annotations

import base64
import types
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PrivateAttr,
    ValidationError,
)
from pydantic.alias_generators import to_camel
from typing_extensions import Self


def _decode(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4))


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode()


Base64 = Annotated[
    bytes, BeforeValidator(_decode), PlainSerializer(_encode, return_type=str, when_used="json")
]
"""Bytes, which are base64 in JSON."""


class ResponseInfo(BaseModel):
    """What an answer said beside its body."""

    status: int
    headers: dict[str, str]

    @property
    def request_id(self) -> str | None:
        """The id of the request, for logs and reports."""
        return self.headers.get("x-request-id")


class Model(BaseModel):
    """What a gateway answers. Fields and enum values of a newer gateway are kept."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="allow", defer_build=True
    )
    _response: ResponseInfo | None = PrivateAttr(default=None)

    @property
    def response(self) -> ResponseInfo | None:
        """What the answer said beside its body; None for what is part of another model."""
        return self._response

    @classmethod
    def parse(cls, value: object) -> Self:
        """Reads JSON; what does not fit the contract is handed on as it is."""
        try:
            return cls.model_validate(value)
        except ValidationError:
            if not isinstance(value, dict):
                raise
            return cast(Self, construct(cls, cast(object, value)))

    def to_json(self) -> dict[str, Any]:
        """The JSON of the contract, with the fields that are set."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class InputModel(BaseModel):
    """What a caller says; a field that the contract does not know is an error."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", defer_build=True
    )


class EventModel(Model):
    """Where and when something happened; the subclasses say what."""

    cursor: str
    """The place in the log, as `epoch.seq`: hand it on as `after` to go on from here."""
    time: datetime
    """When it was appended."""


class TaskEventModel(EventModel):
    """One event of a task."""

    task_id: str
    """The task."""
    merged: int = 1
    """How many events of the log it stands for."""


class MessageText:
    """What every message has."""

    @property
    def text(self) -> str:
        """The parts of text, joined."""
        return "".join(part.text or "" for part in cast(Any, self).parts)

    @property
    def data(self) -> Any:
        """The value of the first part of data; None when there is none."""
        return next(
            (part.data for part in cast(Any, self).parts if "data" in part.model_fields_set), None
        )


class TaskText:
    """What every task has."""

    @property
    def output_text(self) -> str:
        """The text of the agent's answer so far; empty when there is none."""
        output: MessageText | None = cast(Any, self).output
        return output.text if output is not None else ""

    @property
    def output_data(self) -> Any:
        """The value of the first part of data of the agent's answer; None when there is none."""
        output: MessageText | None = cast(Any, self).output
        return output.data if output is not None else None


_ZEROS: Mapping[object, Any] = {str: "", int: 0, float: 0.0, bool: False, bytes: b""}


def construct(annotation: Any, value: object) -> Any:
    """The value as the annotation would have it, as far as it fits."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        options = [each for each in arguments if each is not type(None)]
        return construct(options[0], value) if value is not None else None
    if origin is list and isinstance(value, list):
        return [construct(arguments[0], item) for item in cast("list[object]", value)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if isinstance(value, dict):
            return _construct_model(annotation, cast("dict[str, object]", value))
        return value
    if annotation is datetime and isinstance(value, str):
        try:
            return datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return value
    return value


def _construct_model(model: type[BaseModel], value: dict[str, object]) -> BaseModel:
    fields: dict[str, Any] = {}
    known: set[str] = set()
    # What the fields refer to may have been defined after them.
    model.model_rebuild()
    for name, field in model.model_fields.items():
        alias = field.alias or name
        known.add(alias)
        if alias in value:
            fields[name] = construct(field.annotation, value[alias])
        elif field.is_required():
            fields[name] = _zero(field.annotation)
    more = {key: item for key, item in value.items() if key not in known}
    return model.model_construct(None, **fields, **more)


def _zero(annotation: Any) -> Any:
    """What protobuf says of a field that is absent."""
    if get_origin(annotation) is list:
        return []
    if get_origin(annotation) in (Literal, Union, types.UnionType):
        return "UNSPECIFIED"
    return _ZEROS.get(annotation)
