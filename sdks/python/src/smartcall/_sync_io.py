"""Performs effects with a synchronous client."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any, TypeVar

import httpx2

from ._flow import (
    CloseBody,
    Done,
    Effect,
    Flow,
    HttpAnswer,
    HttpRequest,
    IoError,
    OpenBody,
    ReadBody,
    ReadToken,
    Send,
    Sleep,
    advance,
    fail,
)
from ._http import io_error, lower_headers, timeouts, was_sent
from ._options import Token

Result = TypeVar("Result")


class SyncIo:
    """The outside of one request or one stream."""

    def __init__(self, http: httpx2.Client, token: Token | None) -> None:
        self._http = http
        self._token = token
        self._response: httpx2.Response | None = None
        self._chunks: Iterator[bytes] | None = None
        self._watchdog: threading.Timer | None = None

    def run(self, flow: Flow[Result]) -> Result:
        """Runs a flow to its end."""
        try:
            effect = advance(flow)
            while not isinstance(effect, Done):
                effect = self.step(flow, effect)
            return effect.result
        finally:
            flow.close()
            self.close()

    def step(self, flow: Flow[Any], effect: Effect) -> Effect:
        """Performs an effect, and answers the next one."""
        try:
            result = self._perform(effect)
        except Exception as error:
            return fail(flow, error)
        return advance(flow, result)

    def close(self) -> None:
        """Closes what is open."""
        if self._watchdog is not None:
            self._watchdog.cancel()
        if self._response is not None:
            self._response.close()
        self._watchdog = self._response = self._chunks = None

    def _perform(self, effect: Effect) -> Any:
        match effect:
            case ReadToken():
                return self._token() if callable(self._token) else self._token
            case Send(request, timeout):
                return self._send(request, timeout)
            case OpenBody(request, timeout, deadline):
                return self._open(request, timeout, deadline)
            case ReadBody():
                return self._read()
            case CloseBody():
                return self.close()
            case Sleep(seconds):
                return time.sleep(seconds)
            case _:
                raise NotImplementedError(effect)

    def _send(self, request: HttpRequest, timeout: float | None) -> HttpAnswer:
        built = self._build(request, timeout)
        until = None if timeout is None else time.monotonic() + timeout
        try:
            self._response = response = self._http.send(built, stream=True, follow_redirects=False)
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                # httpx2 bounds each piece, not the whole.
                if until is not None and time.monotonic() > until:
                    raise TimeoutError
        except (httpx2.RequestError, TimeoutError) as error:
            raise io_error(error, timeout, was_sent=was_sent(error)) from error
        finally:
            self.close()
        return HttpAnswer(response.status_code, lower_headers(response), bytes(body))

    def _open(
        self, request: HttpRequest, timeout: float | None, deadline: float | None
    ) -> HttpAnswer:
        built = self._build(request, timeout)
        try:
            response = self._http.send(built, stream=True, follow_redirects=False)
        except httpx2.RequestError as error:
            raise io_error(error, timeout, was_sent=was_sent(error)) from error
        self._response = response
        if deadline is not None:
            self._watch(response, deadline)
        if response.status_code != 200:
            self._chunks = response.iter_bytes()
            body = b"".join(iter(self._read, b""))
            self.close()
            return HttpAnswer(response.status_code, lower_headers(response), body)
        self._chunks = response.iter_bytes()
        return HttpAnswer(response.status_code, lower_headers(response), b"")

    def _read(self) -> bytes:
        if self._chunks is None:
            return b""
        try:
            return next((chunk for chunk in self._chunks if chunk), b"")
        except (httpx2.RequestError, httpx2.StreamError, OSError) as error:
            raise io_error(error, None) from error

    def _watch(self, response: httpx2.Response, deadline: float) -> None:
        """Cuts the connection when the time is over, whoever waits for it."""
        stream = response.extensions.get("network_stream")
        connection = stream.get_extra_info("socket") if stream is not None else None
        if not isinstance(connection, socket.socket):
            return

        def cut() -> None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

        self._watchdog = threading.Timer(deadline, cut)
        self._watchdog.daemon = True
        self._watchdog.start()

    def _build(self, request: HttpRequest, timeout: float | None) -> httpx2.Request:
        try:
            return self._http.build_request(
                request.method,
                request.url,
                headers=dict(request.headers),
                content=request.content,
                timeout=timeouts(timeout),
            )
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError) as error:
            raise IoError(str(error), was_sent=False) from error
