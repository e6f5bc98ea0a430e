"""An event as its JSON is."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeGuard, cast

WireEvent: TypeAlias = "dict[str, Any]"
"""The place, and beside it one field that is named after the kind and holds what happened."""

_COMMON = frozenset({"taskId", "cursor", "time", "merged"})


def is_wire_event(value: object) -> TypeGuard[WireEvent]:
    """Whether a JSON value has the shape of an event."""
    if not isinstance(value, dict):
        return False
    event = cast("dict[str, object]", value)
    merged = event.get("merged")
    return (
        isinstance(event.get("cursor"), str)
        and isinstance(event.get("taskId", ""), str)
        and (merged is None or (isinstance(merged, (int, float)) and merged >= 1))
    )


def kind_of(event: WireEvent) -> str:
    """The name of what happened; `unknown` when the event does not say."""
    return next(
        (key for key, value in event.items() if key not in _COMMON and value is not None), "unknown"
    )
