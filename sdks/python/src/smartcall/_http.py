"""What both kinds of I/O know of httpx2."""

from __future__ import annotations

import ssl
from functools import cache

import httpx2

from ._flow import IoError


@cache
def tls() -> ssl.SSLContext:
    """What every client trusts, read once as that takes a while."""
    return httpx2.create_ssl_context()


def timeouts(timeout: float | None) -> httpx2.Timeout:
    """Each step of a request may take as long as the whole."""
    return httpx2.Timeout(timeout)


def lower_headers(response: httpx2.Response) -> dict[str, str]:
    """The headers of an answer, by names in small letters."""
    return {name.lower(): value for name, value in response.headers.items()}


def was_sent(error: Exception) -> bool:
    """Whether the gateway may have heard of a request that failed so."""
    return not isinstance(
        error,
        (
            httpx2.ConnectError,
            httpx2.ConnectTimeout,
            httpx2.PoolTimeout,
            httpx2.UnsupportedProtocol,
            httpx2.ProxyError,
        ),
    )


def io_error(error: Exception, timeout: float | None, *, was_sent: bool = True) -> IoError:
    """What the logic hears of a failure."""
    if isinstance(error, (httpx2.TimeoutException, TimeoutError)):
        within = "" if timeout is None else f" within {timeout:.3g} s"
        return IoError(f"no answer{within}", was_sent=was_sent, is_timeout=True)
    return IoError(f"{type(error).__name__}: {error}".rstrip(": "), was_sent=was_sent)
