from __future__ import annotations

import asyncio
import uuid
from typing import Any

from .._input import CallInput, to_input_body
from .._link.exchanges import Outgoing
from .._stream.wire_event import WireEvent


class MessageOutbox:
    """What a conversation says: its first input, then messages on whatever exchange there is."""

    def __init__(self) -> None:
        self.first_body: dict[str, Any] = {}
        """The input of the call, once something was sent."""
        self.has_first = asyncio.Event()
        self.exchange: Outgoing | None = None
        """The exchange, while there is one."""
        self.is_connected = asyncio.Event()
        self._is_ended = False
        # What the gateway has not said that it took, by id, in order.
        self._sent: dict[str, dict[str, Any]] = {}

    def begin(self, input: CallInput) -> None:
        """The first input."""
        self.first_body = to_input_body(input)
        self.has_first.set()

    async def send(self, input: CallInput) -> None:
        """Sends a further message; ends when the next one may be sent."""
        message = _message(input)
        self._sent[message["messageId"]] = message
        if self.exchange is not None and not self.exchange.send(message):
            await self.exchange.ready()

    def end(self) -> None:
        """No message follows, on this exchange and on those after it."""
        self._is_ended = True
        if self.exchange is not None:
            self.exchange.half_close()

    def connect(self, exchange: Outgoing) -> None:
        """Goes on on an exchange; what was not said to be taken is sent again, and taken once."""
        self.exchange = exchange
        self.is_connected.set()
        for message in self._sent.values():
            exchange.send(message)
        if self._is_ended:
            exchange.half_close()

    def hear(self, event: WireEvent) -> bool:
        """An event came; False when it says again what is known."""
        received, error = event.get("inputReceived"), event.get("error")
        if received is not None:
            self._sent.pop(received.get("message", {}).get("messageId", ""), None)
        refused = error.get("messageId") if error is not None else None
        # One that was repeated in vain had been taken, or refused, before.
        return refused is None or self._sent.pop(refused, None) is not None

    def disconnect(self) -> None:
        """The exchange is gone."""
        self.exchange = None
        self.is_connected.clear()


def _message(input: CallInput) -> dict[str, Any]:
    body = to_input_body(input)
    message = body.get("message", {"parts": [body]})
    return {"messageId": str(uuid.uuid4()), **message}
