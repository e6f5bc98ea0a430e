"""Events as their readers see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast

from .._error import SmartcallError
from .._gen.events import RegistryLogEvent, TaskLogEvent, registry_events, task_events
from .._model import EventModel, TaskEventModel
from .wire_event import WireEvent, kind_of


@dataclass(frozen=True)
class ConnectionEvent:
    """The connection was lost, or is there again; nothing of the stream is missing."""

    state: Literal["reconnecting", "connected"]
    attempt: int
    """Tries since the last event, from 1."""
    delay: float | None = None
    """Seconds until the next try, when it is reconnecting."""
    error: SmartcallError | None = None
    """What happened, when it is reconnecting."""
    type: Literal["connection"] = "connection"


TaskStreamEvent: TypeAlias = TaskLogEvent | ConnectionEvent
"""What happens in a task, by `type`. A newer gateway may send further types: they are handed on as
an `UnknownEvent`, so leave a last `case _` to a `match`."""

RegistryStreamEvent: TypeAlias = RegistryLogEvent | ConnectionEvent
"""What changes in the registry, by `type`."""


class UnknownEvent(TaskEventModel):
    """An event of a newer gateway, with its fields as they are."""

    type: str


class UnknownRegistryEvent(EventModel):
    """A change of a newer gateway's registry, with its fields as they are."""

    type: str


def to_task_event(event: WireEvent) -> TaskStreamEvent:
    """The event of a task with what happened laid beside its place."""
    return _flattened(event, task_events, UnknownEvent)


def to_registry_event(event: WireEvent) -> RegistryStreamEvent:
    """The event of the registry with what happened laid beside its place."""
    return _flattened(event, registry_events, UnknownRegistryEvent)


def _flattened(event: WireEvent, known: dict[str, Any], unknown: type[EventModel]) -> Any:
    kind = kind_of(event)
    payload: object = event.get(kind)
    fields = cast("dict[str, Any]", payload) if isinstance(payload, dict) else {"value": payload}
    place = {key: value for key, value in event.items() if key != kind}
    return known.get(kind, unknown).parse({**fields, **place, "type": kind})
