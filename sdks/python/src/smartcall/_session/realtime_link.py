"""Dials the WebSocket of a gateway."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI
from websockets.typing import Subprotocol

from .._error import SmartcallError, error_from_problem
from .._flow import HttpAnswer
from .._gen.reasons import reasons
from .._link.json_codec import JsonCodec
from .._link.link import Link, LinkOptions
from .._link.queued_carrier import QueuedCarrier
from .._options import ClientOptions
from .._request import problem_of
from .close_error import error_from_close

SUBPROTOCOL = Subprotocol("smartcall.v1.json")
IMPLEMENTATION = "smartcall-py/1"
MAX_MESSAGE_BYTES = 4 * 1024 * 1024
HELLO_TIMEOUT = 10.0
CLOSE_TIMEOUT = 1.0


@dataclass(kw_only=True)
class RealtimeLink:
    """One WebSocket to the gateway, and what became of it."""

    link: Link
    ended: asyncio.Event
    carried: asyncio.Task[None]
    """Done when its connection is closed."""
    loss: SmartcallError | None = None
    """Why it was lost."""


async def dial(client: ClientOptions, token: str | None) -> RealtimeLink:
    """Answers when the gateway has said hello.

    Raises `GATEWAY_UNREACHABLE` when nobody is there, or the reason of a refusal.
    """
    base = urlsplit(client.url)
    # As a request does it: what is escaped stays so.
    path = quote(f"{base.path}/v1/realtime", safe="/%:@!$&'()*+,;=~")
    url = urlunsplit((base.scheme.replace("http", "ws"), base.netloc, path, "", ""))
    timeout = min(HELLO_TIMEOUT, client.idle_timeout or HELLO_TIMEOUT)
    socket = await _open_socket(url, client, timeout)
    loop = asyncio.get_running_loop()
    met: asyncio.Future[None] = loop.create_future()
    carrier = QueuedCarrier(socket.send)

    def closed(error: SmartcallError | None) -> None:
        made.loss = error
        made.ended.set()
        if not met.done():
            met.set_exception(error or SmartcallError("CANCELED"))
            met.exception()

    def drained(_reason: str) -> None:
        loop.call_soon(_close_when_done, made.link)

    def hello(_: Any) -> None:
        if not met.done():
            met.set_result(None)

    link = Link(
        LinkOptions(
            side="dialer",
            codec=JsonCodec(),
            carrier=carrier,
            implementation=IMPLEMENTATION,
            token=token or "",
            # Held for lost after three silent intervals.
            ping_interval=client.idle_timeout / 3 if client.idle_timeout else 0,
            on_hello=hello,
            # What runs goes on; the link is of no use after that.
            on_drain=drained,
            on_close=closed,
        )
    )
    carried = asyncio.create_task(_carry(socket, carrier, link))
    # A task that nobody holds may be collected.
    _running.add(carried)
    carried.add_done_callback(_running.discard)
    made = RealtimeLink(link=link, ended=asyncio.Event(), carried=carried)
    try:
        await asyncio.wait_for(asyncio.shield(met), timeout)
    except asyncio.TimeoutError:
        link.close()
        message = f"The gateway at {client.url} said no hello within {timeout} s."
        raise SmartcallError("GATEWAY_UNREACHABLE", message) from None
    except BaseException:
        link.close()
        raise
    return made


_running: set[asyncio.Task[None]] = set()


def _close_when_done(link: Link) -> None:
    """The gateway ends a link that it drains; one that nothing runs on needs no waiting."""
    if link.size == 0:
        link.close()


async def _open_socket(url: str, client: ClientOptions, timeout: float) -> ClientConnection:
    try:
        return await connect(
            url,
            subprotocols=[SUBPROTOCOL],
            additional_headers=dict(client.headers),
            compression=None,
            open_timeout=timeout,
            ping_interval=None,
            close_timeout=CLOSE_TIMEOUT,
            max_size=MAX_MESSAGE_BYTES,
        )
    except InvalidStatus as error:
        raise _refused(error) from error
    except (OSError, InvalidHandshake, InvalidURI, TimeoutError, asyncio.TimeoutError) as error:
        message = f"The gateway at {client.url} cannot be reached: {error or type(error).__name__}"
        raise SmartcallError("GATEWAY_UNREACHABLE", message) from error


def _refused(error: InvalidStatus) -> SmartcallError:
    response = error.response
    headers = {name.lower(): value for name, value in response.headers.raw_items()}
    problem = problem_of(HttpAnswer(response.status_code, headers, bytes(response.body or b"")))
    if problem is None and response.status_code >= 500:
        return SmartcallError("GATEWAY_UNREACHABLE", str(error))
    return error_from_problem(problem, status=response.status_code)


async def _carry(socket: ClientConnection, carrier: QueuedCarrier, link: Link) -> None:
    reading = asyncio.create_task(_read(socket, link))
    code, text = 1000, ""
    try:
        await carrier.write_all(link)
        if carrier.reason is not None:
            code, text = reasons[carrier.reason].close_code, carrier.reason
    except ConnectionClosed:
        # The reader knows why.
        await reading
    finally:
        try:
            await socket.close(code, text)
        except asyncio.CancelledError:
            # Its loop ends: nobody would close the socket any more.
            socket.transport.abort()
            raise
        reading.cancel()
        link.carrier_lost(None)


async def _read(socket: ClientConnection, link: Link) -> None:
    try:
        while True:
            link.receive(await socket.recv())
    except ConnectionClosed as closed:
        received = closed.rcvd
        code, text = (received.code, received.reason) if received is not None else (1006, "")
        link.carrier_lost(error_from_close(code, text))
