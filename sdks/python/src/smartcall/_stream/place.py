"""Where a reader is in a log, and what may come next."""

from __future__ import annotations

from typing import Literal

from .._error import SmartcallError
from .cursor import parse_cursor
from .wire_event import WireEvent, kind_of


def cut(message: str) -> SmartcallError:
    """A connection that stopped, or said what cannot be, before the stream's end."""
    return SmartcallError("STREAM_TRUNCATED", message)


class Place:
    """The place of a reader: the number after it may come next, or a snapshot after a gap.

    Whatever else arrives means that something was lost or garbled on the way. `snapshots` says
    whether one may move the reader without a gap before it, as in the registry's log.
    """

    def __init__(
        self, after: str, task_id: str | None, snapshots: Literal["after gap", "always"]
    ) -> None:
        self.cursor = after
        """The cursor of the last event; empty before the first."""
        self.task_id = task_id
        """The task, once an event has named it."""
        self._snapshots = snapshots
        self._gap: WireEvent | None = None

    def reconnected(self) -> None:
        """A new connection begins: what the one before it announced does not hold for it."""
        self._gap = None

    def take(self, event: WireEvent) -> list[WireEvent]:
        """Moves on by one event and answers what is new.

        That is nothing for a number that was seen before, and a gap together with its snapshot.
        Raises `STREAM_TRUNCATED` when an event before this one is missing.
        """
        task_id = event.get("taskId")
        if self.task_id is not None and task_id != self.task_id:
            raise cut(f"an event of {task_id or 'no task'} among those of {self.task_id}")
        kind = kind_of(event)
        events = self._take(event, kind)
        if events or kind == "gap":
            self.task_id = task_id
        return events

    def _take(self, event: WireEvent, kind: str) -> list[WireEvent]:
        match kind:
            case "snapshot":
                return self._take_snapshot(event)
            case "gap":
                self._gap = event
                return []
            case "error" | "end":
                if self._gap is not None or not self._is_here(event["cursor"]):
                    raise self._hole(event)
                return [event]
            case _:
                return self._take_numbered(event)

    def _take_snapshot(self, event: WireEvent) -> list[WireEvent]:
        gap, cursor = self._gap, event["cursor"]
        may_move = self._snapshots == "always" or gap is not None or self.cursor == ""
        if parse_cursor(cursor) is None or not (may_move or cursor == self.cursor):
            raise self._hole(event)
        self._gap = None
        self.cursor = cursor
        return [event] if gap is None else [gap, event]

    def _take_numbered(self, event: WireEvent) -> list[WireEvent]:
        upcoming = parse_cursor(event["cursor"])
        here = parse_cursor(self.cursor)
        if upcoming is None or self._gap is not None:
            raise self._hole(event)
        if here is not None and here.epoch != upcoming.epoch:
            raise self._hole(event)
        seq = here.seq if here is not None else 0
        if upcoming.seq <= seq:
            return []
        if upcoming.seq != seq + (event.get("merged") or 1):
            raise self._hole(event)
        self.cursor = event["cursor"]
        return [event]

    def _is_here(self, cursor: str) -> bool:
        """Events without a number repeat the place that the reader has come to."""
        if self.cursor:
            return cursor == self.cursor
        parsed = parse_cursor(cursor)
        return parsed is None or parsed.seq == 0

    def _hole(self, event: WireEvent) -> SmartcallError:
        place = f"one after {self.cursor}" if self.cursor else "the first event"
        return cut(f"{kind_of(event)} at {event['cursor']} came instead of {place}")
