from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from .._error import SmartcallError
from .realtime_link import RealtimeLink


class LinkPool:
    """The link that all exchanges of a session share: dialled when it is needed, and again."""

    def __init__(self, dial: Callable[[], Awaitable[RealtimeLink]]) -> None:
        self._dial = dial
        self._current: asyncio.Task[RealtimeLink] | None = None
        self.closed: SmartcallError | None = None
        """Why nothing runs any more."""

    async def connected(self) -> RealtimeLink:
        """The link, once it stands and takes exchanges; several that ask at once share it."""
        while True:
            if self.closed is not None:
                raise self.closed
            is_own = self._current is None
            current = self._current or asyncio.create_task(self._begin())
            self._current = current
            try:
                link = await asyncio.shield(current)
            except asyncio.CancelledError:
                if current.cancelled() and self.closed is not None:
                    raise self.closed from None
                raise
            except BaseException:
                self._forget(current)
                raise
            if link.link.is_usable:
                return link
            self._forget(current)
            if is_own:
                raise SmartcallError("DRAINING")

    async def close(self, reason: SmartcallError) -> None:
        """Ends the link, and with it all that runs on it; returns when its connection is closed."""
        self.closed = reason
        current, self._current = self._current, None
        if current is None:
            return
        if not current.done():
            current.cancel()
            await asyncio.wait([current])
        elif not current.cancelled() and current.exception() is None:
            link = current.result()
            link.link.close()
            # A loop may end right after this, and what is not closed by then is left open.
            await asyncio.wait([link.carried])

    async def _begin(self) -> RealtimeLink:
        return await self._dial()

    def _forget(self, current: asyncio.Task[RealtimeLink]) -> None:
        if self._current is current:
            self._current = None
