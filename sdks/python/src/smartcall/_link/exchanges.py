"""Both ends of an exchange."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Protocol

from .._error import SmartcallError
from .frames import Cancellation, Frame, LaneLimits, Outcome
from .receive_queue import ReceiveQueue
from .send_lane import SendLane

log = logging.getLogger("smartcall.link")

HANDLER_FAILURE = Cancellation("INTERNAL", "The handler of the exchange failed.")


class ExchangeHost(Protocol):
    """What an exchange needs of its link."""

    def encode(self, frame: Frame) -> bytes: ...
    def wake(self, lane: SendLane) -> None: ...
    def credit(self, exchange: int, count: int) -> None: ...
    def forget(self, exchange: int) -> None: ...


class IncomingHandlers(Protocol):
    """The called end hears of these."""

    def message(self, payload: Any, size: int, /) -> asyncio.Future[None] | None: ...
    def half_closed(self) -> None: ...
    def canceled(self, cancellation: Cancellation, /) -> None: ...


class OutgoingHandlers(Protocol):
    """The calling end hears of these."""

    def event(self, payload: Any, size: int, /) -> asyncio.Future[None] | None: ...
    def closed(self, outcome: Outcome, /) -> None: ...


class Incoming:
    """The called end of an exchange."""

    def __init__(self, id: int, host: ExchangeHost, window_bytes: int, limits: LaneLimits) -> None:
        self.id = id
        self._host = host
        self._handlers: IncomingHandlers | None = None
        self._lane = SendLane(limits, sent_last=self._sent_last, starved=self._starved)
        self._received = ReceiveQueue(self, window_bytes)
        # Why it was given up before there was anybody to tell.
        self._untold: Cancellation | None = None
        self._events = 0
        self._is_ended = False

    def handle(self, handlers: IncomingHandlers | None) -> None:
        self._handlers = handlers
        if self._untold is not None and handlers is not None:
            handlers.canceled(self._untold)

    def send(self, event: Any) -> bool:
        """Sends an event; False when the window is used up, or nobody listens any more."""
        if self._is_ended:
            return False
        room = self._lane.push(self._host.encode(Frame("event", event, self.id)))
        self._events += 1
        self._host.wake(self._lane)
        return room

    async def ready(self) -> None:
        """Waits until another event may be sent."""
        await self._lane.ready()

    def close(self, outcome: Outcome | None = None) -> None:
        """Ends the exchange after what was sent."""
        if self._is_ended:
            return
        self._is_ended = True
        self._received.stop()
        frame = Frame("close", outcome or Outcome(), self.id, events=self._events)
        self._lane.finish(self._host.encode(frame))
        self._host.wake(self._lane)

    def take_message(self, payload: Any, size: int) -> bool:
        return self._received.accept(payload, size)

    def take_half_close(self) -> bool:
        return self._received.end()

    def take_cancel(self, cancellation: Cancellation) -> None:
        """The other side gave up, or the link has ended."""
        self._lane.end()
        self._host.forget(self.id)
        if self._is_ended:
            return
        self._is_ended = True
        self._received.stop()
        if self._handlers is not None:
            self._handlers.canceled(cancellation)
        else:
            self._untold = cancellation

    def take_credit(self, count: int) -> None:
        if count == 0:
            self._received.starve()
            return
        self._lane.grant(count)
        self._host.wake(self._lane)

    def deliver(self, payload: Any, size: int) -> asyncio.Future[None] | None:
        return self._handlers.message(payload, size) if self._handlers is not None else None

    def delivered(self) -> None:
        if self._handlers is not None:
            self._handlers.half_closed()

    def failed(self, error: BaseException) -> None:
        log.error("the handler of an exchange failed", exc_info=error)
        handlers, was_ended = self._handlers, self._is_ended
        self.close(Outcome(HANDLER_FAILURE.reason, HANDLER_FAILURE.message))
        if handlers is not None and not was_ended:
            handlers.canceled(HANDLER_FAILURE)

    def grant(self, count: int) -> None:
        self._host.credit(self.id, count)

    def _sent_last(self) -> None:
        self._lane.end()
        self._host.forget(self.id)

    def _starved(self) -> None:
        self._host.credit(self.id, 0)


class Outgoing:
    """The calling end of an exchange."""

    def __init__(
        self,
        id: int,
        host: ExchangeHost,
        handlers: OutgoingHandlers,
        window_bytes: int,
        limits: LaneLimits | None,
    ) -> None:
        self.id = id
        self._host = host
        self._handlers = handlers
        self._lane = SendLane(limits, sent_last=lambda: None, starved=self._starved)
        self._received = ReceiveQueue(self, window_bytes)
        # How it ends once everything received is delivered.
        self._outcome: Outcome | None = None
        self._is_half_closed = False
        self._is_ended = False

    @property
    def is_begun(self) -> bool:
        """Whether the other side may know of it."""
        return self._lane.is_begun

    def begin(self, frame: bytes, half_close: bool) -> None:
        self._is_half_closed = half_close
        self._lane.begin(frame)
        self._host.wake(self._lane)

    def refuse(self, outcome: Outcome) -> None:
        """Ends it before it began; `conclude` then tells."""
        self._outcome = outcome
        self._lane.end()

    def conclude(self) -> None:
        self._received.end()

    def send(self, message: Any) -> bool:
        """Sends a message; False when the window is used up, or nobody listens any more."""
        if self._is_deaf or self._is_half_closed:
            return False
        room = self._lane.push(self._host.encode(Frame("message", message, self.id)))
        self._host.wake(self._lane)
        return room

    async def ready(self) -> None:
        """Waits until another message may be sent."""
        await self._lane.ready()

    def half_close(self) -> None:
        """No message follows."""
        if self._is_deaf or self._is_half_closed:
            return
        self._is_half_closed = True
        self._lane.finish(self._host.encode(Frame("halfClose", None, self.id)))
        self._host.wake(self._lane)

    def cancel(self, cancellation: Cancellation) -> None:
        """Gives the exchange up."""
        if self._is_ended:
            return
        is_told = self._lane.is_begun and self._outcome is None
        self._lane.end()
        if is_told:
            self._lane.finish(self._host.encode(Frame("cancel", cancellation, self.id)))
            self._host.wake(self._lane)
        self._received.stop()
        self._finish(Outcome(cancellation.reason, cancellation.message))

    def take_event(self, payload: Any, size: int) -> bool:
        return self._received.accept(payload, size)

    def take_close(self, outcome: Outcome, events: int) -> bool:
        if self._outcome is not None:
            return False
        count = self._received.count
        if count != events and not self._is_ended:
            message = f"{events} events were sent and {count} arrived."
            outcome = Outcome("DATA_LOSS", message)
        return self._end_with(outcome)

    def lost(self, outcome: Outcome) -> None:
        """The link has ended; what has arrived is still delivered."""
        if self._outcome is None:
            self._end_with(outcome)

    def take_credit(self, count: int) -> None:
        if count == 0:
            self._received.starve()
            return
        self._lane.grant(count)
        self._host.wake(self._lane)

    def learn_limits(self, limits: LaneLimits) -> None:
        try:
            self._lane.learn_limits(limits)
            self._host.wake(self._lane)
        except SmartcallError as error:
            self.cancel(Cancellation(error.reason, error.message))

    def deliver(self, payload: Any, size: int) -> asyncio.Future[None] | None:
        return self._handlers.event(payload, size)

    def delivered(self) -> None:
        self._finish(self._outcome or Outcome())

    def failed(self, error: BaseException) -> None:
        log.error("the handler of an exchange failed", exc_info=error)
        self.cancel(HANDLER_FAILURE)

    def grant(self, count: int) -> None:
        self._host.credit(self.id, count)

    @property
    def _is_deaf(self) -> bool:
        return self._is_ended or self._outcome is not None

    def _starved(self) -> None:
        self._host.credit(self.id, 0)

    def _end_with(self, outcome: Outcome) -> bool:
        self._outcome = outcome
        self._lane.end()
        return self._received.end()

    def _finish(self, outcome: Outcome) -> None:
        if self._is_ended:
            return
        self._is_ended = True
        self._host.forget(self.id)
        self._handlers.closed(outcome)
