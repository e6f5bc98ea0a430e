from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from .._gen.reasons import Reason
from .link import Link

MAX_QUEUED_BYTES = 1024 * 1024


class QueuedCarrier:
    """Queues packets in front of whatever writes them."""

    def __init__(self, write: Callable[[bytes | str], Awaitable[None]]) -> None:
        self._write = write
        self._packets: deque[bytes | str] = deque()
        self._size = 0
        self._is_full = False
        self._is_closed = False
        self._wake = asyncio.Event()
        self.reason: Reason | None = None
        """Why it was closed."""

    def send(self, packet: bytes | str) -> bool:
        self._packets.append(packet)
        self._size += len(packet)
        self._wake.set()
        self._is_full = self._size >= MAX_QUEUED_BYTES
        return not self._is_full

    def close(self, reason: Reason | None) -> None:
        self.reason = reason
        self._is_closed = True
        self._wake.set()

    async def write_all(self, link: Link) -> None:
        """Writes what is queued, until it is closed and everything has left."""
        while True:
            while self._packets:
                packet = self._packets.popleft()
                await self._write(packet)
                self._size -= len(packet)
                if self._is_full and self._size < MAX_QUEUED_BYTES // 2:
                    self._is_full = False
                    link.carrier_ready()
            if self._is_closed:
                return
            self._wake.clear()
            await self._wake.wait()
