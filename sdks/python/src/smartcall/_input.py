"""What an agent is to do, as callers write it and as a request says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pydantic import BaseModel, ValidationError
from typing_extensions import TypedDict

from ._error import FieldError, SmartcallError
from ._model import InputModel

if TYPE_CHECKING:
    from ._gen.models import Message, MessageInput


class TextInput(TypedDict):
    """Short for a message with one part of text."""

    text: str


class DataInput(TypedDict):
    """Short for a message with one part of data."""

    data: Any


class WholeInput(TypedDict):
    """A whole message, or its JSON."""

    message: MessageInput | Message | Mapping[str, Any]


CallInput: TypeAlias = "str | TextInput | DataInput | WholeInput | MessageInput | Message"
"""A text for short; one of `text`, `data` and `message`; or a message."""


def to_input_body(value: CallInput) -> dict[str, Any]:
    """The input as the body of a request says it."""
    from ._gen.models import MessageInput  # the models are heavy

    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, BaseModel):
        return {"message": to_body(value, MessageInput)}
    said = cast("Mapping[str, Any]", value)
    if "message" in said:
        return {**said, "message": to_body(said["message"], MessageInput)}
    return dict(said)


def to_body(value: Any, model: type[InputModel] | None) -> Any:
    """JSON of a value; of a mapping too that is written with this package's names.

    Raises `SmartcallError` `INVALID_ARGUMENT` when it does not fit the contract.
    """
    if isinstance(value, (list, tuple)):
        return [to_body(item, model) for item in cast("list[Any]", value)]
    if isinstance(value, Mapping) and model is not None:
        try:
            value = model.model_validate(value)
        except ValidationError as error:
            raise _misfit(error) from error
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return cast(Any, value)


def _misfit(error: ValidationError) -> SmartcallError:
    places = [
        FieldError("".join(f"/{key}" for key in each["loc"]), each["msg"])
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return SmartcallError("INVALID_ARGUMENT", errors=places)
