"""Many calls on one WebSocket, and an agent to talk with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from typing_extensions import Self, Unpack

from .._async_event_stream import AsyncRegistryStream, AsyncTaskStream
from .._error import SmartcallError
from .._flow import Flow, IoError
from .._gen import operations
from .._gen.models import Task
from .._input import CallInput
from .._open import OnDisconnect, Opener
from .._operation import Operation
from .._options import ClientOptions, RequestOptions
from .._request import Deadline
from .._stream.place import cut
from .._stream.transport import OnGap
from .._stream.wire_event import WireEvent
from .._trace import trace_headers
from .conversation import AsyncConversation
from .outbox import MessageOutbox
from .pool import LinkPool
from .realtime_link import RealtimeLink, dial
from .session_io import SessionIo
from .transport import OpenExchange, TakeEvents, WebSocketTransport


class AsyncSession:
    """Many calls on one WebSocket, each with its own flow: a slow reader holds up nobody else.

    Made by `AsyncSmartcall.connect`, and connected when its `async with` begins. When the
    connection is lost it is made again as soon as a stream needs it; streams go on where they were.
    """

    def __init__(
        self, client: ClientOptions, read_token: Callable[[], Awaitable[str | None]]
    ) -> None:
        self._client = of_session(client)
        self._read_token = read_token
        self._pool = LinkPool(self._dial)
        self._opener = Opener(self._client, WebSocketTransport)

    async def open(self) -> None:
        """Connects, and ends when the gateway has said hello.

        Raises `GATEWAY_UNREACHABLE`, or the reason of a refusal.
        """
        await self._pool.connected()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Ends the session; streams on it end with `CANCELED`, their tasks go on."""
        await self._pool.close(SmartcallError("CANCELED", "The session was closed."))

    def stream(
        self,
        agent: str,
        input: CallInput,
        *,
        context_id: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        on_disconnect: OnDisconnect | None = None,
        idempotency_key: str | None = None,
        on_gap: OnGap = "FAIL",
        **options: Unpack[RequestOptions],
    ) -> AsyncTaskStream:
        """As `AsyncSmartcall.stream`, on this session."""
        source = self._opener.call(
            agent,
            input,
            context_id=context_id,
            metadata=metadata,
            on_disconnect=on_disconnect,
            idempotency_key=idempotency_key,
            on_gap=on_gap,
            options=options,
        )
        return AsyncTaskStream(source, self._io)

    def watch(
        self,
        task: str,
        *,
        after: str = "",
        on_gap: OnGap = "FAIL",
        **options: Unpack[RequestOptions],
    ) -> AsyncTaskStream:
        """As `AsyncSmartcall.watch`, on this session."""
        source = self._opener.watch(task, after=after, on_gap=on_gap, options=options)
        return AsyncTaskStream(source, self._io)

    def watch_agents(
        self, *, after: str = "", **options: Unpack[RequestOptions]
    ) -> AsyncRegistryStream:
        """As `AsyncSmartcall.watch_agents`, on this session."""
        source = self._opener.watch_agents(after=after, options=options)
        return AsyncRegistryStream(source, self._io)

    def converse(
        self,
        agent: str,
        *,
        context_id: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        on_disconnect: OnDisconnect | None = None,
        idempotency_key: str | None = None,
        on_gap: OnGap = "FAIL",
        **options: Unpack[RequestOptions],
    ) -> AsyncConversation:
        """Talks with an agent: `send` says something, iterating hears it."""
        outbox = MessageOutbox()
        opener = Opener(self._client, lambda client, said: WebSocketTransport(client, said, outbox))
        source = opener.call(
            agent,
            {"text": ""},
            context_id=context_id,
            metadata=metadata,
            on_disconnect=on_disconnect,
            idempotency_key=idempotency_key,
            on_gap=on_gap,
            options=options,
        )
        return AsyncConversation(source, self._io, outbox)

    async def call(
        self,
        agent: str,
        input: CallInput,
        *,
        context_id: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        on_disconnect: OnDisconnect | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> Task:
        """Calls an agent and answers the task when it has ended or asks for input.

        Not repeated by itself. Raises the reason of a refusal, and `STREAM_TRUNCATED` when the
        connection was lost and it is not known what became of the call.
        """
        flow = call_flow(
            self._client,
            operations.call(
                agent,
                input,
                idempotency_key=idempotency_key,
                context_id=context_id,
                metadata=metadata,
                on_disconnect=on_disconnect,
            ),
            agent,
            options,
        )
        return await self._io().run(flow)

    async def authenticate(self) -> None:
        """Hands a fresh token to the gateway, so that the session outlives the one before it."""
        connected = await self._pool.connected()
        token = await self._read_token()
        if token is not None:
            connected.link.control("authenticate", {"token": token})

    def _io(self) -> SessionIo:
        return SessionIo(self._pool)

    async def _dial(self) -> Any:
        return await dial_with(self._client, self._read_token)


def of_session(client: ClientOptions) -> ClientOptions:
    """Options of what runs on a session: the gateway was there when it began."""
    limits = client.reconnect
    return replace(client, reconnect=replace(limits, max_first_attempts=limits.max_attempts))


async def dial_with(
    client: ClientOptions, read_token: Callable[[], Awaitable[str | None]]
) -> RealtimeLink:
    """Dials with the token as it is now."""
    try:
        token = await read_token()
    except SmartcallError:
        raise
    except Exception as error:
        message = f"The token cannot be had: {error}"
        raise SmartcallError("GATEWAY_UNREACHABLE", message) from error
    return await dial(client, token)


def call_flow(
    client: ClientOptions, operation: Operation[Task], agent: str, options: RequestOptions
) -> Flow[Task]:
    """Makes a call on an exchange of its own."""
    headers = {**trace_headers(), **client.headers, **options.get("headers", {})}
    headers = {name.lower(): value for name, value in headers.items()}
    key = operation.headers.get("Idempotency-Key")
    if key is not None:
        headers["idempotency-key"] = key
    said: dict[str, Any] = {"call": {"agent": agent, **(operation.body or {})}}
    if headers:
        said["headers"] = headers
    return _answer(said, Deadline(options.get("timeout", client.timeout), client))


def _answer(said: dict[str, Any], deadline: Deadline) -> Flow[Task]:
    """The one snapshot that answers a call."""
    try:
        if deadline.left is not None:
            said = {**said, "timeoutMs": max(1, round(deadline.left * 1000))}
        yield OpenExchange(said, deadline.left, None)
        while True:
            events: list[WireEvent] | None = yield TakeEvents(deadline.left)
            if events is None:
                raise cut("the answer has no task")
            for event in events:
                if "snapshot" in event:
                    return Task.parse(event["snapshot"]["task"])
    except IoError as failure:
        raise SmartcallError("DEADLINE_EXCEEDED") from failure
