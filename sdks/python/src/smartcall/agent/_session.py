"""One connection to a gateway."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import grpc
import grpc.aio

from .._error import SmartcallError
from .._gen.v1 import link_pb2
from .._link.frames import Closing
from .._link.link import Link, LinkOptions
from .._link.protobuf_codec import ProtobufCodec
from .._link.queued_carrier import QueuedCarrier
from ._caller import Caller
from ._grpc import CHANNEL_OPTIONS, CLOSE_TIMEOUT, error_from_status
from ._host import AgentHost

IMPLEMENTATION = "smartcall-agent-py/1"
CONNECT_TIMEOUT = 2.0

log = logging.getLogger("smartcall.agent")


@dataclass(frozen=True)
class Over:
    """Why the gateway sends no calls on a connection any more."""

    is_lost: bool
    reason: str
    error: SmartcallError | None = None


class Session:
    """One connection, and the link on it."""

    def __init__(self, host: AgentHost, caller_of: Callable[[Link], Caller]) -> None:
        loop = asyncio.get_running_loop()
        self._host = host
        self._caller_of = caller_of
        self._channel: grpc.aio.Channel | None = None
        self._ready: asyncio.Future[str] = loop.create_future()
        self.over: asyncio.Future[Over] = loop.create_future()
        """Done when the gateway takes no calls on it any more."""
        self.closed = asyncio.Event()
        """Set when it has ended."""
        self.link: Link | None = None
        self._running: asyncio.Task[None] | None = None

    async def open(
        self, gateway: str, token: str | None, instance_id: str, ready_timeout: float
    ) -> str:
        """Dials, and answers the id that the gateway knows the instance by.

        Raises `SmartcallError` when the gateway cannot be reached or refuses the agents.
        """
        channel = open_channel(gateway)
        self._channel = channel
        try:
            await asyncio.wait_for(channel.channel_ready(), CONNECT_TIMEOUT)
        except asyncio.TimeoutError:
            await channel.close()
            message = f"The gateway at {gateway} cannot be reached."
            raise SmartcallError("GATEWAY_UNREACHABLE", message) from None
        except BaseException:
            await channel.close()
            raise
        path = "/smartcall.v1.LinkService/Attach"
        call: Any = cast(Any, channel).stream_stream(path)()
        carrier = QueuedCarrier(call.write)
        link = Link(
            LinkOptions(
                side="dialer",
                codec=ProtobufCodec(),
                carrier=carrier,
                implementation=IMPLEMENTATION,
                token=token or "",
                instance_id=instance_id,
                accept=lambda exchange, open: self._host.accept(
                    exchange, open, self._caller_of(link)
                ),
                on_control=self._control,
                on_drain=lambda reason: self._end(Over(False, reason)),
                on_close=self._link_closed,
            )
        )
        self.link = link
        register = link_pb2.Frame.Register(cards=self._host.cards, capacity=self._host.capacity)
        link.control("register", register)
        self._running = asyncio.create_task(self._carry(call, carrier, link))
        try:
            return await asyncio.wait_for(asyncio.shield(self._ready), ready_timeout)
        except asyncio.TimeoutError:
            message = "The gateway did not say that it took the agents."
            link.close(Closing("LINK_BROKEN", message))
            raise SmartcallError("LINK_BROKEN", message) from None
        except BaseException:
            link.close()
            raise

    async def _carry(self, call: Any, carrier: QueuedCarrier, link: Link) -> None:
        reading = asyncio.create_task(self._read(call, link))
        try:
            await carrier.write_all(link)
            await call.done_writing()
            await asyncio.wait([reading], timeout=CLOSE_TIMEOUT)
        except (grpc.aio.AioRpcError, asyncio.InvalidStateError):
            # The reader knows why.
            await asyncio.wait([reading], timeout=CLOSE_TIMEOUT)
        finally:
            reading.cancel()
            call.cancel()
            link.carrier_lost(None)
            if self._channel is not None:
                await self._channel.close()
            self.closed.set()

    async def _read(self, call: Any, link: Link) -> None:
        try:
            async for packet in call:
                link.receive(packet)
            code = await call.code()
            ended = code is grpc.StatusCode.OK
            link.carrier_lost(None if ended else error_from_status(code, await call.details()))
        except grpc.aio.AioRpcError as error:
            link.carrier_lost(error_from_status(error.code(), error.details() or ""))
        except Exception as error:
            log.exception("the link could not be read")
            link.carrier_lost(None, str(error))

    def _control(self, name: str, value: Any) -> None:
        if name == "ready" and not self._ready.done():
            self._ready.set_result(value.instance_id)

    def _link_closed(self, error: SmartcallError | None) -> None:
        if not self._ready.done():
            self._ready.set_exception(error or SmartcallError("CANCELED"))
            # Whoever waits hears of it; it is no unhandled one where nobody does.
            self._ready.exception()
        self._end(Over(True, error.message if error is not None else "closed", error))

    def _end(self, over: Over) -> None:
        if not self.over.done():
            self.over.set_result(over)


def open_channel(gateway: str) -> grpc.aio.Channel:
    """A channel to the host of a URL, encrypted for https."""
    url = urlsplit(gateway)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError(f'"{gateway}" is no URL of a gateway.')
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    target = f"{host}:{url.port or (443 if url.scheme == 'https' else 80)}"
    options = list(CHANNEL_OPTIONS)
    # Each connection is its own, so that an old one is never handed out again.
    options.append(("grpc.use_local_subchannel_pool", 1))
    if url.hostname in ("localhost", "127.0.0.1", "::1"):
        options.append(("grpc.enable_http_proxy", 0))
    if url.scheme == "https":
        return grpc.aio.secure_channel(target, grpc.ssl_channel_credentials(), options=options)
    return grpc.aio.insecure_channel(target, options=options)
