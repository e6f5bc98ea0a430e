"""What clients and requests take."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from typing_extensions import TypedDict

from ._error import SmartcallError

Token: TypeAlias = "str | Callable[[], str]"
"""The bearer token, or a function that answers it freshly for each request."""

AsyncToken: TypeAlias = "str | Callable[[], str | Awaitable[str]]"
"""As `Token`; the function may be asynchronous."""

DEFAULT_URL = "http://127.0.0.1:8080"


class RequestOptions(TypedDict, total=False):
    """What every request takes."""

    timeout: float | None
    """Seconds until the request is given up with `DEADLINE_EXCEEDED`, all tries included; the
    gateway is told and stops the agent. The client's by default, None for no limit."""
    attempt_timeout: float | None
    """Seconds until one try is given up, and the next one made where that is safe."""
    max_retries: int
    """Tries after the first one; the client's by default."""
    headers: Mapping[str, str]
    """Further headers."""


@dataclass(frozen=True, kw_only=True)
class ReconnectOptions:
    """How a stream comes back."""

    max_attempts: int = 10
    """Tries in a row without a new event before the stream gives up with `STREAM_TRUNCATED`."""
    max_first_attempts: int = 2
    """Tries to reach a gateway that nothing was heard of yet."""
    base_delay: float = 0.25
    """The first try waits for a random time below so many seconds, each further one below twice as
    much; what the gateway asks for is waited at least, and up to a quarter more, at most 5 s."""
    max_delay: float = 10
    """The longest that is waited for a try, unless the gateway asks for more, in seconds."""


@dataclass(frozen=True, kw_only=True)
class ClientOptions:
    """Options with their defaults filled in."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    timeout: float | None
    attempt_timeout: float | None
    max_retries: int
    idle_timeout: float | None
    reconnect: ReconnectOptions
    random: Callable[[], float]
    now: Callable[[], float]
    uuid: Callable[[], str] = field(repr=False)


def resolve_url(url: str | None) -> str:
    """Where the gateway is: as said, else `SMARTCALL_URL`, else this machine.

    Raises `INVALID_ARGUMENT` for what cannot be one. A URL with credentials is refused, and not
    said: it would stand in errors and logs.
    """
    told = url or os.environ.get("SMARTCALL_URL") or DEFAULT_URL
    if "@" in told:
        message = "url: The URL of a gateway has no credentials; use token or headers."
        raise SmartcallError("INVALID_ARGUMENT", message)
    if re.match(r"https?://[^/]", told, re.IGNORECASE) is None:
        raise SmartcallError("INVALID_ARGUMENT", f'url: "{told}" is no URL of a gateway.')
    return told.rstrip("/")
