"""Performs effects with an asynchronous client."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import anyio
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
from ._options import AsyncToken

Result = TypeVar("Result")


class AsyncIo:
    """The outside of one request or one stream."""

    def __init__(self, http: httpx2.AsyncClient, token: AsyncToken | None) -> None:
        self._http = http
        self._token = token
        self._response: httpx2.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None

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
        """Closes what is open, cancelled or not."""
        response, self._response, self._chunks = self._response, None, None
        if response is not None:
            with anyio.CancelScope(shield=True):
                await response.aclose()

    async def read_token(self) -> str | None:
        """The token as it is now."""
        if not callable(self._token):
            return self._token
        token = self._token()
        return await token if inspect.isawaitable(token) else token

    async def _perform(self, effect: Effect) -> Any:
        match effect:
            case ReadToken():
                return await self.read_token()
            case Send(request, timeout):
                return await self._send(request, timeout)
            case OpenBody(request, timeout):
                return await self._open(request, timeout)
            case ReadBody(timeout):
                return await self._read(timeout)
            case CloseBody():
                return await self.close()
            case Sleep(seconds):
                return await anyio.sleep(seconds)
            case _:
                raise NotImplementedError(effect)

    async def _send(self, request: HttpRequest, timeout: float | None) -> HttpAnswer:
        built = self._build(request, timeout)
        try:
            with anyio.fail_after(timeout):
                response = await self._http.send(built, follow_redirects=False)
        except (httpx2.RequestError, TimeoutError) as error:
            raise io_error(error, timeout, was_sent=was_sent(error)) from error
        return HttpAnswer(response.status_code, lower_headers(response), response.content)

    async def _open(self, request: HttpRequest, timeout: float | None) -> HttpAnswer:
        built = self._build(request, timeout)
        try:
            with anyio.fail_after(timeout):
                response = await self._http.send(built, stream=True, follow_redirects=False)
        except (httpx2.RequestError, TimeoutError) as error:
            raise io_error(error, timeout, was_sent=was_sent(error)) from error
        self._response = response
        self._chunks = response.aiter_bytes()
        headers = lower_headers(response)
        if response.status_code == 200:
            return HttpAnswer(response.status_code, headers, b"")
        body = b""
        while chunk := await self._read(timeout):
            body += chunk
        await self.close()
        return HttpAnswer(response.status_code, headers, body)

    async def _read(self, timeout: float | None) -> bytes:
        if self._chunks is None:
            return b""
        try:
            with anyio.fail_after(timeout):
                async for chunk in self._chunks:
                    if chunk:
                        return chunk
            return b""
        except (httpx2.RequestError, httpx2.StreamError, TimeoutError, OSError) as error:
            raise io_error(error, timeout) from error

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
