"""What the logic of both clients asks of the outside.

All that this package knows of requests, retries and streams is written once, as generators that
yield effects and are sent their results; `_sync_io` and `_async_io` perform them.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class HttpRequest:
    """A request as it goes over the wire."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes | None = field(repr=False)


@dataclass(frozen=True)
class HttpAnswer:
    """An answer; one that is a stream has its body yet to be read."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class ReadToken:
    """Answers the token as it is now, or None."""


@dataclass(frozen=True)
class Send:
    """Sends a request and answers the whole answer."""

    request: HttpRequest
    timeout: float | None


@dataclass(frozen=True)
class OpenBody:
    """Sends a request and answers as soon as there are headers; of a failure the body too.

    `deadline` is in seconds from now: when it is over the connection is cut.
    """

    request: HttpRequest
    timeout: float | None
    deadline: float | None


@dataclass(frozen=True)
class ReadBody:
    """Answers the next bytes of the open body, empty at its end."""

    timeout: float | None


@dataclass(frozen=True)
class CloseBody:
    """Closes the open body, if there is one."""


@dataclass(frozen=True)
class Sleep:
    """Waits for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Emit:
    """Hands events to whoever reads the stream."""

    events: Sequence[Any]


Effect: TypeAlias = Any
"""One of the above, or one of a transport's own."""

Flow: TypeAlias = Generator[Effect, Any, Result]


@dataclass(frozen=True)
class Done:
    """A flow has ended, with what it answers."""

    result: Any


def advance(flow: Flow[Any], result: Any = None) -> Effect:
    """Sends a flow the result of its effect, and answers the next one, `Done` at last."""
    try:
        return flow.send(result)
    except StopIteration as stop:
        return Done(stop.value)


def fail(flow: Flow[Any], error: Exception) -> Effect:
    """Tells a flow that its effect failed, and answers the next one, `Done` at last."""
    try:
        return flow.throw(error)
    except StopIteration as stop:
        return Done(stop.value)


class IoError(Exception):
    """A request that got no answer, or a body that broke."""

    def __init__(self, message: str, *, was_sent: bool = True, is_timeout: bool = False) -> None:
        super().__init__(message)
        self.was_sent = was_sent
        """Whether the gateway may have heard of it."""
        self.is_timeout = is_timeout
