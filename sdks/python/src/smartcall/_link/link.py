"""The link: tables of exchanges, and the rules of the frames that concern them all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from .._error import SmartcallError
from .._gen.reasons import Reason, reasons
from .exchanges import Incoming, IncomingHandlers, Outgoing, OutgoingHandlers
from .frames import (
    DEFAULT_MAX_FRAME_BYTES,
    Cancellation,
    Closing,
    Codec,
    Frame,
    Hello,
    LaneLimits,
    Outcome,
    assert_size,
    broken,
    lost_outcome,
    refusal,
)
from .outbox import Carrier, Outbox
from .send_lane import SendLane

log = logging.getLogger("smartcall.link")

MAX_INCOMING = 65_536


class Acceptor(Protocol):
    """Takes the exchanges that the other side opens."""

    def __call__(self, exchange: Incoming, open: Any) -> IncomingHandlers | None: ...


def _ignore(*_: Any) -> None:
    pass


@dataclass(kw_only=True)
class LinkOptions:
    """What a link is made of."""

    side: Literal["dialer", "acceptor"]
    codec: Codec
    carrier: Carrier
    implementation: str
    token: str = ""
    instance_id: str = ""
    window_bytes: int = 128 * 1024
    """Bytes that this side takes on each exchange before it grants more."""
    ping_interval: float = 10
    """Seconds of silence before a ping; three silent intervals end the link. 0 for never."""
    accept: Acceptor | None = None
    on_hello: Callable[[Hello], None] = field(default=_ignore)
    on_control: Callable[[str, Any], None] = field(default=_ignore)
    on_drain: Callable[[str], None] = field(default=_ignore)
    on_close: Callable[[SmartcallError | None], None] = field(default=_ignore)


class Link:
    """Many exchanges on one carrier."""

    def __init__(self, options: LinkOptions) -> None:
        self._options = options
        self._loop = asyncio.get_running_loop()
        self._next_id = 1 if options.side == "dialer" else 2
        self._last_incoming = 0
        self._outgoing: dict[int, Outgoing] = {}
        self._incoming: dict[int, Incoming] = {}
        self._outbox = Outbox(options.carrier, options.codec.pack)
        self._limits: LaneLimits | None = None
        self._peer_drains = False
        self._is_ended = False
        self._nonce = 0
        self._drain_nonce: int | None = None
        self._is_drain_heard = False
        self._drained: asyncio.Future[None] = self._loop.create_future()
        self._silent_ticks = 0
        self._timer: asyncio.TimerHandle | None = None
        hello = Hello(
            options.implementation,
            options.window_bytes,
            token=options.token,
            instance_id=options.instance_id,
            max_frame_bytes=DEFAULT_MAX_FRAME_BYTES,
        )
        self._urgent(Frame("hello", hello))
        self._tick_later()

    @property
    def size(self) -> int:
        """Exchanges that run."""
        return len(self._outgoing) + len(self._incoming)

    @property
    def is_usable(self) -> bool:
        """Whether exchanges may be opened."""
        return not self._is_ended and not self._peer_drains

    def open(self, open: Any, handlers: OutgoingHandlers, *, half_close: bool) -> Outgoing:
        """Opens an exchange; a link that is not usable refuses it."""
        id = self._next_id
        exchange = Outgoing(id, self, handlers, self._options.window_bytes, self._limits)
        if not self.is_usable:
            exchange.refuse(refusal("AGENT_UNAVAILABLE" if self._is_ended else "DRAINING"))
            self._loop.call_soon(exchange.conclude)
            return exchange
        frame = self._encode_whole(Frame("open", open, id, half_close=half_close))
        self._next_id += 2
        self._outgoing[id] = exchange
        exchange.begin(frame, half_close)
        return exchange

    def control(self, name: str, value: Any) -> None:
        """Sends a frame of the link that is none of its own."""
        if not self._is_ended:
            self._outbox.urgent(self._encode_whole(Frame("control", (name, value))))

    def receive(self, packet: bytes | str) -> None:
        """A packet has come."""
        if self._is_ended:
            return
        self._silent_ticks = 0
        try:
            for frame, size in self._options.codec.unpack(packet):
                self._dispatch(frame, size)
                if self._is_ended:
                    return
        except Exception as error:
            told = error if isinstance(error, SmartcallError) else SmartcallError("INTERNAL")
            if told is not error:
                log.error("the link failed", exc_info=error)
            self._urgent(Frame("closing", Closing(told.reason, told.message)))
            self._end(told, lost_outcome(told.reason, told.message), told.reason)

    def carrier_ready(self) -> None:
        """The carrier takes packets again."""
        if not self._is_ended:
            self._outbox.unblock()

    def carrier_lost(self, error: SmartcallError | None, message: str = "") -> None:
        """The carrier has ended."""
        text = error.message if error is not None else message or "The link was lost."
        self._outbox.abandon()
        told = error or SmartcallError("INSTANCE_LOST", text)
        self._end(told, lost_outcome("INSTANCE_LOST", text))

    async def drain(self, reason: str) -> None:
        """Asks the other side to open no more; waits until nothing runs."""
        if not self._is_ended and self._drain_nonce is None:
            self._urgent(Frame("drain", reason))
            # What the other side opened before it heard of the drain comes before its pong.
            self._drain_nonce = self._ping()
        if not self._is_ended:
            await asyncio.shield(self._drained)

    def close(self, why: Closing | None = None) -> None:
        """Ends the link after what was said."""
        if self._is_ended:
            return
        sentence = reasons[why.reason].sentence if why is not None else "The link was closed."
        message = (why.message if why is not None else "") or sentence
        self._refuse_unsent("AGENT_UNAVAILABLE")
        self._outbox.flush()
        if why is not None:
            self._urgent(Frame("closing", Closing(why.reason, message, why.retry_after_ms)))
        reason: Reason = why.reason if why is not None else "INSTANCE_LOST"
        self._end(None, lost_outcome(reason, message), why.reason if why is not None else None)

    def encode(self, frame: Frame) -> bytes:
        return self._options.codec.encode(frame)

    def wake(self, lane: SendLane) -> None:
        self._outbox.wake(lane)

    def credit(self, exchange: int, count: int) -> None:
        self._urgent(Frame("credit", count, exchange))

    def forget(self, exchange: int) -> None:
        (self._outgoing if self._is_own(exchange) else self._incoming).pop(exchange, None)
        self._settle_drain()

    def _dispatch(self, frame: Frame, size: int) -> None:
        if (self._limits is None) != (frame.kind == "hello"):
            raise broken("The first frame, and no other, is a hello.")
        if size > DEFAULT_MAX_FRAME_BYTES:
            raise broken(f"A frame of {size} bytes, where {DEFAULT_MAX_FRAME_BYTES} are taken.")
        id = frame.exchange
        match frame.kind:
            case "open":
                self._accept(frame)
            case "event":
                outgoing = self._find_outgoing(id)
                _assert_right(outgoing is None or outgoing.take_event(frame.value, size))
            case "close":
                outgoing = self._find_outgoing(id)
                _assert_right(outgoing is None or outgoing.take_close(frame.value, frame.events))
            case "message":
                incoming = self._find_incoming(id)
                _assert_right(incoming is None or incoming.take_message(frame.value, size))
            case "halfClose":
                incoming = self._find_incoming(id)
                _assert_right(incoming is None or incoming.take_half_close())
            case "cancel":
                incoming = self._find_incoming(id)
                if incoming is not None:
                    incoming.take_cancel(frame.value)
            case "credit":
                either = self._find_outgoing(id) if self._is_own(id) else self._find_incoming(id)
                if either is not None:
                    either.take_credit(frame.value)
            case _:
                self._dispatch_own(frame)

    def _dispatch_own(self, frame: Frame) -> None:
        """Takes a frame that speaks of the link as a whole."""
        match frame.kind:
            case "hello":
                self._meet(frame.value)
            case "control":
                self._options.on_control(*frame.value)
            case "drain":
                self._peer_drains = True
                self._refuse_unsent("DRAINING")
                self._options.on_drain(frame.value)
            case "closing":
                why: Closing = frame.value
                after = why.retry_after_ms / 1000 if why.retry_after_ms else None
                error = SmartcallError(why.reason, why.message or None, retry_after=after)
                self._end(error, lost_outcome(why.reason, why.message))
            case "ping":
                self._urgent(Frame("pong", frame.value))
            case "pong":
                if self._drain_nonce is not None and frame.value >= self._drain_nonce:
                    self._is_drain_heard = True
                self._settle_drain()
            case _:
                pass

    def _meet(self, hello: Hello) -> None:
        if hello.version != 1 or hello.window_bytes < 1:
            raise broken(
                f"Version {hello.version}, a window of {hello.window_bytes}: not understood."
            )
        self._limits = LaneLimits(
            hello.window_bytes, hello.max_frame_bytes or DEFAULT_MAX_FRAME_BYTES
        )
        self._options.on_hello(hello)
        for exchange in list(self._outgoing.values()):
            exchange.learn_limits(self._limits)

    def _accept(self, frame: Frame) -> None:
        id = frame.exchange
        if id <= self._last_incoming or self._is_own(id):
            raise broken(f"Exchange {id} cannot be opened now.")
        self._last_incoming = id
        obstacle: Reason | None = None
        if self._drain_nonce is not None:
            obstacle = "DRAINING"
        elif len(self._incoming) >= MAX_INCOMING:
            obstacle = "AGENT_BUSY"
        if self._options.accept is None or obstacle is not None:
            self._urgent(Frame("close", refusal(obstacle or "NOT_IMPLEMENTED"), id))
            return
        limits = self._limits or LaneLimits(0, DEFAULT_MAX_FRAME_BYTES)
        exchange = Incoming(id, self, self._options.window_bytes, limits)
        self._incoming[id] = exchange
        exchange.handle(self._options.accept(exchange, frame.value))
        if frame.half_close:
            exchange.take_half_close()

    def _find_outgoing(self, id: int) -> Outgoing | None:
        if not self._is_own(id) or id >= self._next_id:
            raise broken(f"Exchange {id} was never opened.")
        return self._outgoing.get(id)

    def _find_incoming(self, id: int) -> Incoming | None:
        if self._is_own(id) or id > self._last_incoming or id == 0:
            raise broken(f"Exchange {id} was never opened.")
        return self._incoming.get(id)

    def _is_own(self, id: int) -> bool:
        return id % 2 == self._next_id % 2

    def _refuse_unsent(self, reason: Reason) -> None:
        for exchange in list(self._outgoing.values()):
            if not exchange.is_begun:
                exchange.refuse(refusal(reason))
                exchange.conclude()

    def _settle_drain(self) -> None:
        if self._is_drain_heard and self.size == 0 and not self._drained.done():
            self._drained.set_result(None)

    def _end(
        self, error: SmartcallError | None, outcome: Outcome, reason: Reason | None = None
    ) -> None:
        if self._is_ended:
            return
        self._is_ended = True
        if self._timer is not None:
            self._timer.cancel()
        self._outbox.close(reason)
        self._refuse_unsent("AGENT_UNAVAILABLE")
        for outgoing in list(self._outgoing.values()):
            outgoing.lost(outcome)
        for incoming in list(self._incoming.values()):
            incoming.take_cancel(Cancellation("CANCELED", outcome.message))
        if not self._drained.done():
            self._drained.set_result(None)
        self._options.on_close(error)

    def _encode_whole(self, frame: Frame) -> bytes:
        encoded = self.encode(frame)
        if self._limits is not None:
            assert_size(len(encoded), self._limits.max_frame_bytes)
        return encoded

    def _urgent(self, frame: Frame) -> None:
        self._outbox.urgent(self.encode(frame))
        # A peer that makes this side answer and never reads is not to fill its memory.
        if self._outbox.urgent_count > MAX_INCOMING + 1024 and not self._is_ended:
            self.carrier_lost(broken("The other side does not read its answers."))

    def _ping(self) -> int:
        self._nonce += 1
        self._urgent(Frame("ping", self._nonce))
        return self._nonce

    def _tick_later(self) -> None:
        if self._options.ping_interval > 0:
            self._timer = self._loop.call_later(self._options.ping_interval, self._tick)

    def _tick(self) -> None:
        self._silent_ticks += 1
        # The first tick may come right after a frame: three whole intervals are over at the fourth.
        if self._silent_ticks > 3:
            self.carrier_lost(None, "The other side was silent for too long.")
        else:
            self._ping()
            self._tick_later()


def _assert_right(is_allowed: bool) -> None:
    if not is_allowed:
        raise broken("More than was granted, or after the end.")
