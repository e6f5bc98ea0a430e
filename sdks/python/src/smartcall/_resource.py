"""What the generated resources stand on."""

from __future__ import annotations

from typing import Protocol, TypeVar

from ._operation import Operation
from ._options import RequestOptions

Answered = TypeVar("Answered")


class Sender(Protocol):
    """Sends a request and answers its data."""

    def __call__(self, operation: Operation[Answered], options: RequestOptions) -> Answered: ...


class AsyncSender(Protocol):
    """Sends a request and answers its data."""

    async def __call__(
        self, operation: Operation[Answered], options: RequestOptions
    ) -> Answered: ...


class Resource:
    """A noun of the REST face."""

    def __init__(self, send: Sender) -> None:
        self._send = send


class AsyncResource:
    """A noun of the REST face."""

    def __init__(self, send: AsyncSender) -> None:
        self._send = send
