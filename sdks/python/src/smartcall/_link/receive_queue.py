from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Protocol


class Receiver(Protocol):
    """Who takes what an exchange receives."""

    def deliver(self, payload: Any, size: int) -> asyncio.Future[None] | None:
        """The next payload; a pending future holds the following one back."""
        ...

    def delivered(self) -> None:
        """Everything before the end has been taken."""
        ...

    def failed(self, error: BaseException) -> None:
        """`deliver` raised; nothing is delivered any more."""
        ...

    def grant(self, count: int) -> None:
        """So many bytes may be granted to the other side."""
        ...


class ReceiveQueue:
    """What one exchange has received and not taken yet.

    Never more than a window of bytes, or a single larger payload.
    """

    def __init__(self, receiver: Receiver, window: int) -> None:
        self.count = 0
        """Payloads received so far."""
        self._receiver = receiver
        self._window = window
        self._available = window
        self._owed = 0
        self._is_starved = False
        self._is_busy = False
        self._is_ending = False
        self._is_stopped = False
        self._items: deque[tuple[Any, int]] = deque()

    def accept(self, payload: Any, size: int) -> bool:
        """Takes a payload in; False when the other side had no right to send it."""
        is_whole = self._available == self._window
        self._available -= size
        if (self._available < 0 and not is_whole) or self._is_ending:
            return False
        if self._is_stopped:
            return True
        self.count += 1
        self._items.append((payload, size))
        self._drain()
        return True

    def end(self) -> bool:
        """Nothing follows; False when that was said before."""
        if self._is_ending:
            return False
        self._is_ending = True
        self._drain()
        return True

    def stop(self) -> None:
        """Delivers nothing any more."""
        self._is_stopped = True
        self._items.clear()

    def starve(self) -> None:
        """The other side waits for more room than half a window."""
        self._is_starved = True
        self._settle()

    def _drain(self) -> None:
        while self._items and not self._is_busy and not self._is_stopped:
            self._run(*self._items.popleft())
        if self._is_ending and not self._is_busy and not self._is_stopped:
            self._is_stopped = True
            self._receiver.delivered()

    def _run(self, payload: Any, size: int) -> None:
        self._is_busy = True
        try:
            taken = self._receiver.deliver(payload, size)
        except Exception as error:
            self._fail(error)
            return
        if taken is None or taken.done():
            self._consumed(size)
            return

        def done(future: asyncio.Future[None]) -> None:
            error = None if future.cancelled() else future.exception()
            if error is not None:
                self._fail(error)
                return
            self._consumed(size)
            self._drain()

        taken.add_done_callback(done)

    def _consumed(self, size: int) -> None:
        self._is_busy = False
        self._owed += size
        self._settle()

    def _settle(self) -> None:
        """Grants what is owed once that is half a window, so that credit costs few frames."""
        if self._owed == 0 or self._is_ending or self._is_stopped:
            return
        is_idle = not self._is_busy and not self._items
        if self._owed * 2 < self._window and not (self._is_starved and is_idle):
            return
        if is_idle:
            self._is_starved = False
        owed, self._owed = self._owed, 0
        self._available += owed
        self._receiver.grant(owed)

    def _fail(self, error: BaseException) -> None:
        self._is_busy = False
        if not self._is_stopped:
            self.stop()
            self._receiver.failed(error)
