from __future__ import annotations

import asyncio
from collections.abc import Callable

from .._async_event_stream import AsyncTaskStream, StreamIo
from .._error import SmartcallError
from .._input import CallInput
from .._stream.resume import Source
from .outbox import MessageOutbox


class AsyncConversation(AsyncTaskStream):
    """A task that its caller talks with: events come while messages go.

    The first message makes the call. A task that asks for input goes on with the next message,
    without an `end`; the last `end` comes when the task has ended.
    """

    def __init__(
        self, source: Source, make_io: Callable[[], StreamIo], outbox: MessageOutbox
    ) -> None:
        super().__init__(source, make_io)
        self._outbox = outbox
        self._fetches: set[asyncio.Future[bool]] = set()

    async def send(self, input: CallInput) -> None:
        """Sends a message, waiting for a connection and for room on it.

        An `inputReceived` event says that the agent was given it, an `error` event with its
        `message_id` that the task did not take it. One that was on its way when the connection
        broke is sent again, and given to the agent once. Raises `TASK_NOT_WAITING` when the task
        has ended.
        """
        outbox = self._outbox
        is_first = not outbox.has_first.is_set()
        if is_first:
            outbox.begin(input)
        while outbox.exchange is None and not self._fold.is_ended:
            if not await self._connected():
                break
        if self._fold.is_ended or outbox.exchange is None:
            raise SmartcallError("TASK_NOT_WAITING", task_id=self.task_id)
        if not is_first:
            await outbox.send(input)

    async def _connected(self) -> bool:
        """Waits for an exchange, or for something new; False at the end."""
        fetching = asyncio.ensure_future(self._fetch_more())
        waiting = asyncio.ensure_future(self._outbox.is_connected.wait())
        await asyncio.wait([fetching, waiting], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if fetching.done():
            return fetching.result()
        # What it fetches is kept for the iterator, and what it fails with told there.
        self._fetches.add(fetching)
        fetching.add_done_callback(self._fetched)
        return True

    def _fetched(self, fetching: asyncio.Future[bool]) -> None:
        self._fetches.discard(fetching)
        if not fetching.cancelled():
            fetching.exception()

    def end(self) -> None:
        """Says that no message follows: a task that asks for more ends the stream, INTERRUPTED."""
        self._outbox.end()
