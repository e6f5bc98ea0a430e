from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from .frames import LaneLimits, assert_size


class SendLane:
    """What one exchange has yet to send, in order and within the other side's window."""

    def __init__(
        self,
        limits: LaneLimits | None,
        *,
        sent_last: Callable[[], None],
        starved: Callable[[], None],
    ) -> None:
        self.is_waiting = False
        """Whether the outbox will come to this lane by itself."""
        self._sent_last = sent_last
        self._starved = starved
        self._first: bytes | None = None
        self._data: deque[bytes] = deque()
        self._last: bytes | None = None
        # Unknown before the other side's hello.
        self._limits = limits
        self._window = limits.window_bytes if limits is not None else 0
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
        if self._limits is not None:
            assert_size(len(frame), self._limits.max_frame_bytes)
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

    def learn_limits(self, limits: LaneLimits) -> None:
        """The other side's hello has come."""
        self._limits = limits
        largest = max(map(len, [self._first or b"", *self._data]))
        assert_size(largest, limits.max_frame_bytes)
        self.grant(limits.window_bytes)

    def next(self) -> bytes | None:
        """The next frame that may leave; None when there is none now."""
        if self._first is not None:
            frame, self._first = self._first, None
            return frame
        if self._data:
            if len(self._data[0]) > self._window and not self._is_whole:
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

    @property
    def _is_whole(self) -> bool:
        """Whether the other side has consumed everything, so that it takes even a larger frame."""
        return self._limits is not None and self._window >= self._limits.window_bytes

    def _settle(self) -> None:
        self._is_settled = True
        self._release()

    def _release(self) -> None:
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(None)
        self._ready = None

    def _ask(self, size: int) -> None:
        """Half a window is granted unasked; only a frame larger than that can wait in vain."""
        if self._has_asked or self._limits is None or size * 2 <= self._limits.window_bytes:
            return
        self._has_asked = True
        self._starved()
