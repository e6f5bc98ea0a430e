"""Performs the effects of streams on a session."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

from .._error import SmartcallError
from .._flow import Done, Effect, Flow, IoError, Sleep, advance, fail
from .._link.exchanges import Outgoing
from .._link.frames import Cancellation
from .close_error import error_from_loss
from .exchange_queue import ExchangeQueue
from .outbox import MessageOutbox
from .pool import LinkPool
from .realtime_link import RealtimeLink
from .transport import CloseExchange, OpenExchange, TakeEvents, WaitForFirst

Result = TypeVar("Result")


class SessionIo:
    """The outside of one stream: one exchange at a time."""

    def __init__(self, pool: LinkPool) -> None:
        self._pool = pool
        self._link: RealtimeLink | None = None
        self._exchange: Outgoing | None = None
        self._queue: ExchangeQueue | None = None
        self._outbox: MessageOutbox | None = None

    async def run(self, flow: Flow[Result]) -> Result:
        """Runs a flow to its end."""
        try:
            effect = advance(flow)
            while not isinstance(effect, Done):
                effect = await self.step(flow, effect)
            return effect.result
        finally:
            flow.close()
            await self.close()

    async def step(self, flow: Flow[Any], effect: Effect) -> Effect:
        """Performs an effect, and answers the next one."""
        try:
            result = await self._perform(effect)
        except Exception as error:
            return fail(flow, error)
        return advance(flow, result)

    async def close(self) -> None:
        """Gives the open exchange up."""
        exchange, queue, link = self._exchange, self._queue, self._link
        self._exchange = self._queue = self._link = None
        if self._outbox is not None:
            self._outbox.disconnect()
        if exchange is not None and queue is not None and not queue.is_ended:
            exchange.cancel(Cancellation("CANCELED"))
        # A link that drains is of no use to anybody else.
        if link is not None and not link.link.is_usable and link.link.size == 0:
            link.link.close()

    async def _perform(self, effect: Effect) -> Any:
        match effect:
            case OpenExchange(open, timeout, outbox):
                return await _within(timeout, self._open(open, outbox))
            case TakeEvents(timeout):
                if self._queue is None:
                    return None
                return await _within(timeout, self._queue.take())
            case CloseExchange():
                return await self.close()
            case WaitForFirst(outbox, timeout):
                return await _within(timeout, outbox.has_first.wait())
            case Sleep(seconds):
                return await asyncio.sleep(seconds)
            case _:
                raise NotImplementedError(effect)

    async def _open(self, open: dict[str, Any], outbox: MessageOutbox | None) -> None:
        link = await self._pool.connected()
        queue = ExchangeQueue(lambda: self._loss(link))
        self._link, self._queue, self._outbox = link, queue, outbox
        self._exchange = link.link.open(open, queue, half_close=outbox is None)
        if outbox is not None:
            outbox.connect(self._exchange)

    def _loss(self, link: RealtimeLink) -> SmartcallError:
        return self._pool.closed or error_from_loss(link.loss)


async def _within(timeout: float | None, waiting: Any) -> Any:
    try:
        return await asyncio.wait_for(waiting, timeout)
    except asyncio.TimeoutError:
        raise IoError(f"nothing within {timeout:.3g} s", is_timeout=True) from None
