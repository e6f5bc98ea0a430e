"""Agents that wait for gateways to dial them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections import deque
from collections.abc import AsyncIterator, Sequence
from typing import Any

import grpc
import grpc.aio
from google.protobuf.any_pb2 import Any as PackedAny
from typing_extensions import Self

from .._gen.health import health_pb2
from .._gen.reasons import reasons
from .._gen.v1 import attempt_pb2, error_details_pb2, link_pb2, runtime_pb2, status_pb2
from .._link.frames import Cancellation, Outcome
from .._link.link import Link, LinkOptions
from .._link.protobuf_codec import ProtobufCodec
from .._link.queued_carrier import QueuedCarrier
from ._definition import Agent
from ._grpc import CHANNEL_OPTIONS, CLOSE_TIMEOUT, code_of
from ._host import AgentHost
from ._session import IMPLEMENTATION

log = logging.getLogger("smartcall.agent")

RUNTIME = "smartcall.v1.AgentRuntimeService"
MAX_QUEUED = 16


def serve(
    agents: Sequence[Agent[Any]],
    *,
    port: int = 0,
    host: str = "127.0.0.1",
    capacity: int | None = None,
    grace: float = 10,
) -> AgentServer:
    """Serves agents over gRPC in cleartext HTTP/2: the link, `Execute`, `Describe` and health.

    `serve(…).run()` runs until Ctrl-C or SIGTERM; `async with serve(…) as server` serves during its
    block. Port 0 is a free one, which `server.url` then names.
    """
    return AgentServer(agents, port, host, capacity, grace)


class AgentServer:
    """Agents that wait for gateways to dial them; made by `serve`."""

    def __init__(
        self,
        agents: Sequence[Agent[Any]],
        port: int,
        host: str,
        capacity: int | None,
        grace: float,
    ) -> None:
        self._agents = agents
        self._port = port
        self._address = f"[{host}]" if ":" in host else host
        self._capacity = capacity
        self._grace = grace
        self._links: set[Link] = set()
        self._server: grpc.aio.Server | None = None
        self._is_serving = False
        self.url = ""
        """`http://host:port`, once it serves."""

    def run(self) -> None:
        """Serves until Ctrl-C or SIGTERM, and lets running calls end."""
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(self.run_async())

    async def run_async(self) -> None:
        """As `run`, in a loop that runs already."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, stop.set)
        async with self:
            await stop.wait()

    async def start(self) -> None:
        """Serves from now on. Raises when the port is taken."""
        self._host = AgentHost(self._agents, self._capacity)
        server = grpc.aio.server(options=CHANNEL_OPTIONS)
        server.add_generic_rpc_handlers((self._handlers(), self._health()))
        port = server.add_insecure_port(f"{self._address}:{self._port}")
        await server.start()
        self._server = server
        self._is_serving = True
        self.url = f"http://{self._address}:{port}"
        log.info("serving %s at %s", self._host.names, self.url)

    async def close(self) -> None:
        """Takes no further calls, lets those that run end within the grace, and stops."""
        server, self._server = self._server, None
        if server is None:
            return
        self._is_serving = False
        reason = "the agent's process is going away"
        waiting = [
            asyncio.ensure_future(self._host.drain()),
            *(asyncio.ensure_future(link.drain(reason)) for link in self._links),
        ]
        _, late = await asyncio.wait(waiting, timeout=self._grace)
        for each in late:
            each.cancel()
        self._host.abort(Cancellation("INSTANCE_LOST", "The agent's process went away."))
        for link in list(self._links):
            link.close()
        await server.stop(CLOSE_TIMEOUT)
        self._host.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _handlers(self) -> grpc.GenericRpcHandler:
        return grpc.method_handlers_generic_handler(
            RUNTIME,
            {
                "Execute": grpc.unary_stream_rpc_method_handler(
                    self._execute,  # pyright: ignore[reportArgumentType]
                    attempt_pb2.ExecuteRequest.FromString,
                    attempt_pb2.AgentEvent.SerializeToString,
                ),
                "Describe": grpc.unary_unary_rpc_method_handler(
                    self._describe,  # pyright: ignore[reportArgumentType]
                    runtime_pb2.DescribeRequest.FromString,
                    runtime_pb2.DescribeResponse.SerializeToString,
                ),
                "Link": grpc.stream_stream_rpc_method_handler(self._link),  # pyright: ignore[reportArgumentType, reportUnknownArgumentType, reportUnknownMemberType]
            },
        )

    def _health(self) -> grpc.GenericRpcHandler:
        return grpc.method_handlers_generic_handler(
            "grpc.health.v1.Health",
            {
                "Check": grpc.unary_unary_rpc_method_handler(
                    self._check,  # pyright: ignore[reportArgumentType]
                    health_pb2.HealthCheckRequest.FromString,
                    health_pb2.HealthCheckResponse.SerializeToString,
                )
            },
        )

    async def _check(
        self, request: health_pb2.HealthCheckRequest, context: Any
    ) -> health_pb2.HealthCheckResponse:
        if request.service not in ("", RUNTIME):
            await context.abort(grpc.StatusCode.NOT_FOUND, f"no service {request.service}")
        status = "SERVING" if self._is_serving else "NOT_SERVING"
        return health_pb2.HealthCheckResponse(status=status)

    async def _describe(self, _request: Any, _context: Any) -> runtime_pb2.DescribeResponse:
        return runtime_pb2.DescribeResponse(cards=self._host.cards)

    async def _execute(
        self, request: attempt_pb2.ExecuteRequest, context: Any
    ) -> AsyncIterator[attempt_pb2.AgentEvent]:
        """Runs one attempt for a caller that has no link: its events, then the end of the RPC."""
        exchange = QueuedExchange()
        left: float | None = context.time_remaining()
        headers: dict[str, Any] = dict(context.invocation_metadata() or ())
        open = link_pb2.Frame.Open(execute=request, half_close=True)
        if left is not None and left < 2**31 / 1000:
            open.timeout_ms = max(1, int(left * 1000))
        if "traceparent" in headers:
            open.headers["traceparent"] = headers["traceparent"]
        attempt = self._host.accept(exchange, open, None)
        try:
            async for event in exchange.events():
                yield event
        finally:
            if attempt is not None:
                attempt.canceled(Cancellation("CANCELED"))
        if exchange.outcome is not None and exchange.outcome.reason is not None:
            await _abort(context, exchange.outcome)

    async def _link(self, _requests: Any, context: Any) -> None:
        carrier = QueuedCarrier(context.write)
        link = Link(
            LinkOptions(
                side="acceptor",
                codec=ProtobufCodec(),
                carrier=carrier,
                implementation=IMPLEMENTATION,
                accept=lambda exchange, open: self._host.accept(exchange, open, link),
                on_close=lambda _error: self._links.discard(link),
            )
        )
        self._links.add(link)
        register = link_pb2.Frame.Register(cards=self._host.cards, capacity=self._host.capacity)
        link.control("register", register)
        reading = asyncio.create_task(self._read_link(context, link))
        try:
            await carrier.write_all(link)
        finally:
            reading.cancel()
            link.carrier_lost(None)

    async def _read_link(self, context: Any, link: Link) -> None:
        try:
            while (packet := await context.read()) is not grpc.aio.EOF:
                link.receive(packet)
            link.carrier_lost(None)
        except Exception as error:
            link.carrier_lost(None, str(error))


async def _abort(context: Any, outcome: Outcome) -> None:
    """Ends an RPC with the code of a reason, and an ErrorInfo that names it."""
    reason = outcome.reason or "INTERNAL"
    message = outcome.message or reasons[reason].sentence
    code = code_of(reason)
    info = error_details_pb2.ErrorInfo(reason=reason, domain="smartcall")
    packed = PackedAny(
        type_url="type.googleapis.com/google.rpc.ErrorInfo", value=info.SerializeToString()
    )
    status = status_pb2.Status(code=code.value[0], message=message, details=[packed])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    await context.abort(code, message)


class QueuedExchange:
    """An exchange whose events are read from a queue, which bounds how far the run is ahead."""

    def __init__(self) -> None:
        self._queue: deque[attempt_pb2.AgentEvent] = deque()
        self.outcome: Outcome | None = None
        self._wake = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    def send(self, event: link_pb2.Frame.Event) -> bool:
        self._queue.append(event.agent)
        self._wake.set()
        if len(self._queue) >= MAX_QUEUED:
            self._room.clear()
        return self._room.is_set()

    async def ready(self) -> None:
        await self._room.wait()

    def close(self, outcome: Outcome | None = None) -> None:
        if self.outcome is None:
            self.outcome = outcome or Outcome()
        self._wake.set()
        self._room.set()

    async def events(self) -> AsyncIterator[attempt_pb2.AgentEvent]:
        """The events, until the exchange is closed."""
        while True:
            while self._queue:
                yield self._queue.popleft()
                self._room.set()
            if self.outcome is not None:
                return
            self._wake.clear()
            await self._wake.wait()
