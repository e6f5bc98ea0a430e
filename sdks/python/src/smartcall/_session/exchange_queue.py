from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from .._error import SmartcallError
from .._link.frames import Outcome
from .._stream.place import cut
from .._stream.wire_event import WireEvent, is_wire_event
from .close_error import error_from_outcome

MAX_WAITING_BYTES = 64 * 1024


class ExchangeQueue:
    """What has arrived on an exchange and was not read yet; held back when its reader is slow."""

    def __init__(self, loss: Callable[[], SmartcallError]) -> None:
        self._loss = loss
        self._events: list[WireEvent] = []
        self._size = 0
        self._error: SmartcallError | None = None
        self._is_lost = False
        self.is_ended = False
        """Whether the exchange has ended."""
        self._arrived = asyncio.Event()
        self._taken: asyncio.Future[None] | None = None

    def event(self, payload: dict[str, Any], size: int) -> asyncio.Future[None] | None:
        received: object = payload.get("task") or payload.get("registry")
        if not is_wire_event(received):
            self._end(cut("an event without a place"))
            return None
        self._events.append(received)
        self._size += size
        self._arrived.set()
        if self._size < MAX_WAITING_BYTES:
            return None
        if self._taken is None:
            self._taken = asyncio.get_running_loop().create_future()
        return self._taken

    def closed(self, outcome: Outcome) -> None:
        if outcome.lost:
            # Why is known when the link has told all of its exchanges.
            self._is_lost = True
            self._end(None)
        elif outcome.reason is None:
            self._end(None)
        else:
            self._end(error_from_outcome(outcome.reason, outcome))

    async def take(self) -> list[WireEvent] | None:
        """All that is there, waiting for something; None after the end."""
        await self._arrived.wait()
        if not self._events:
            if self._is_lost:
                raise self._loss()
            if self._error is not None:
                raise self._error
            return None
        events, self._events, self._size = self._events, [], 0
        if not self.is_ended:
            self._arrived.clear()
        if self._taken is not None and not self._taken.done():
            self._taken.set_result(None)
        self._taken = None
        return events

    def _end(self, error: SmartcallError | None) -> None:
        if self.is_ended:
            return
        self.is_ended = True
        self._error = error
        self._arrived.set()
