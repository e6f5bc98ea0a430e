"""Server-sent events, read from bytes that may be cut anywhere."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable

from .._error import SmartcallError, error_from_problem
from .place import cut
from .wire_event import WireEvent, is_wire_event

MAX_EVENT_LENGTH = 64 * 1024 * 1024
"""Characters of one event; more is no event of a gateway."""


class EventParser:
    """Reads the events of a body of server-sent events.

    What cannot be an event ends it: `feed` answers those before it, and raises from then on.
    """

    def __init__(self, on_retry: Callable[[float], None]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._on_retry = on_retry
        self._line: list[str] = []
        self._length = 0
        self._data: list[str] = []
        self._id = self._name = ""
        self._is_first = True
        self._after_return = False
        self._failure: SmartcallError | None = None

    def feed(self, chunk: bytes) -> list[WireEvent]:
        """The events that these bytes complete.

        Raises `STREAM_TRUNCATED` for what is no event, or the reason of a problem.
        """
        self.raise_failure()
        events: list[WireEvent] = []
        try:
            self._take(self._decoder.decode(chunk), events)
        except UnicodeDecodeError as error:
            self._take(error.object[: error.start].decode(), events)
            self._failure = cut("bytes that are no text")
            self._failure.__cause__ = error
        except SmartcallError as error:
            self._failure = error
        if not events and self._failure is not None:
            raise self._failure
        return events

    def raise_failure(self) -> None:
        """Raises what came after the events that `feed` answered, if it can be no event."""
        if self._failure is not None:
            raise self._failure

    def _take(self, text: str, events: list[WireEvent]) -> None:
        if self._is_first and text:
            self._is_first = False
            text = text.removeprefix("\ufeff")
        if self._after_return and text:
            self._after_return = False
            text = text.removeprefix("\n")
        if text.endswith("\r"):
            self._after_return = True
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in lines[:-1]:
            whole = "".join([*self._line, line])
            self._line.clear()
            self._take_line(whole, events)
        rest = lines[-1]
        if rest:
            self._line.append(rest)
            self._length += len(rest)
        if self._length > MAX_EVENT_LENGTH:
            raise cut("an event has no end")

    def _take_line(self, line: str, events: list[WireEvent]) -> None:
        if not line:
            self._length = 0
            data, id, name = self._data, self._id, self._name
            self._data, self._id, self._name = [], "", ""
            if data:
                event = parse_event("\n".join(data))
                # What is said twice has to be the same, else bytes were mixed up on the way.
                if id not in ("", event["cursor"]):
                    raise cut(f"{event['cursor']} came as {id}")
                if name and name not in event:
                    raise cut(f"{event['cursor']} is no {name}")
                events.append(event)
            return
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            self._data.append(value)
            self._length += len(value)
        elif field == "id":
            self._id = value
        elif field == "event":
            self._name = value
        elif field == "retry" and value.isascii() and value.isdigit():
            self._on_retry(int(value) / 1000)


def parse_event(data: str) -> WireEvent:
    """Reads an event from the data of a message."""
    try:
        event: object = json.loads(data)
    except ValueError as error:
        raise cut("an event that is no JSON") from error
    if is_wire_event(event):
        return event
    if isinstance(event, dict) and "reason" in event:
        status: object = event.get("status")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        raise error_from_problem(
            event,  # pyright: ignore[reportUnknownArgumentType]
            status=status if isinstance(status, int) else 500,
        )
    raise cut("an event without a place")
