from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from .._error import SmartcallError


class SendLane:
    """What one exchange has yet to send, in order and within the other side's window."""

    def __init__(
        self, limit: int | None, *, sent_last: Callable[[], None], starved: Callable[[], None]
    ) -> None:
        self.is_waiting = False
        """Whether the outbox will come to this lane by itself."""
        self._sent_last = sent_last
        self._starved = starved
        self._first: bytes | None = None
        self._data: deque[bytes] = deque()
        self._last: bytes | None = None
        self._limit = limit
        self._window = limit or 0
        # What of the window no queued frame has spoken for.
        self._room = self._window
        self._has_asked = False
        self._is_settled = False
        self._ready: asyncio.Future[None] | None = None

    @property
    def is_begun(self) -> bool:
        """Whether the frame that opens the exchange has left."""
        return self._first is None

    def begin(self, frame: bytes) -> None:
        """Queues the frame that opens the exchange; it needs no window."""
        self._first = frame

    def push(self, frame: bytes) -> bool:
        """Queues a frame that costs window; False when the window is used up by now."""
        if self._limit is not None and len(frame) > self._limit:
            raise _too_large(len(frame), self._limit)
        self._data.append(frame)
        self._room -= len(frame)
        return self._room > 0

    def finish(self, frame: bytes) -> None:
        """Queues the frame after which nothing follows; it needs no window."""
        self._last = frame
        self._settle()

    def end(self) -> None:
        """Forgets what is queued, and lets whoever waits for room go on."""
        self._first = self._last = None
        self._data.clear()
        self._settle()

    def grant(self, count: int) -> None:
        """The other side takes so many bytes more."""
        self._window += count
        self._room += count
        self._has_asked = False
        if self._room > 0:
            self._release()

    def learn_limit(self, limit: int) -> None:
        """The other side's hello has come."""
        self._limit = limit
        largest = max(map(len, self._data), default=0)
        if largest > limit:
            raise _too_large(largest, limit)
        self.grant(limit)

    def next(self) -> bytes | None:
        """The next frame that may leave; None when there is none now."""
        if self._first is not None:
            frame, self._first = self._first, None
            return frame
        if self._data:
            if len(self._data[0]) > self._window:
                self._ask(len(self._data[0]))
                return None
            frame = self._data.popleft()
            self._window -= len(frame)
            return frame
        frame, self._last = self._last, None
        if frame is not None:
            self._sent_last()
        return frame

    async def ready(self) -> None:
        """Waits for room; not at all when nothing more will be pushed."""
        while not self._is_settled and self._room <= 0:
            if self._ready is None:
                self._ready = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._ready)

    def _settle(self) -> None:
        self._is_settled = True
        self._release()

    def _release(self) -> None:
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(None)
        self._ready = None

    def _ask(self, size: int) -> None:
        """Half a window is granted unasked; only a frame larger than that can wait in vain."""
        if self._has_asked or self._limit is None or size * 2 <= self._limit:
            return
        self._has_asked = True
        self._starved()


def _too_large(size: int, limit: int) -> SmartcallError:
    message = f"One frame of {size} bytes does not fit the other side's window of {limit} bytes."
    return SmartcallError("PAYLOAD_TOO_LARGE", message)
