from __future__ import annotations

import asyncio
import uuid
from typing import Any

from .._input import CallInput, to_input_body
from .._link.exchanges import Outgoing


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
        self._unanswered = 0
        self._lost = 0

    def begin(self, input: CallInput) -> None:
        """The first input."""
        self.first_body = to_input_body(input)
        self.has_first.set()

    async def send(self, exchange: Outgoing, input: CallInput) -> None:
        """Sends a further message; ends when the next one may be sent."""
        self._unanswered += 1
        if not exchange.send(_message(input)):
            await exchange.ready()

    def end(self) -> None:
        """No message follows, on this exchange and on those after it."""
        self._is_ended = True
        if self.exchange is not None:
            self.exchange.half_close()

    def connect(self, exchange: Outgoing) -> None:
        """There is an exchange."""
        self.exchange = exchange
        self.is_connected.set()
        if self._is_ended:
            exchange.half_close()

    def disconnect(self) -> None:
        """The exchange is gone, and with it, for all that is known, what nobody answered."""
        self.exchange = None
        self.is_connected.clear()
        self._lost += self._unanswered
        self._unanswered = 0

    def answered(self) -> None:
        """An event came: what was said before it has most likely arrived."""
        self._unanswered = 0

    def take_lost(self) -> int:
        """How many messages were lost that nobody was told of yet."""
        lost, self._lost = self._lost, 0
        return lost


def _message(input: CallInput) -> dict[str, Any]:
    body = to_input_body(input)
    message = body.get("message", {"parts": [body]})
    return {"messageId": str(uuid.uuid4()), **message}
