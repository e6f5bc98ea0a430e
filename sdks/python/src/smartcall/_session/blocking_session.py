"""Many calls on one WebSocket, for programs that are not asynchronous."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from typing import Any, TypeVar

import anyio.to_thread
from anyio.from_thread import BlockingPortal, start_blocking_portal
from typing_extensions import Self, Unpack

from .._error import SmartcallError
from .._event_stream import BlockingIo, RegistryStream, TaskStream
from .._flow import Effect, Flow
from .._gen import operations
from .._gen.models import Task
from .._input import CallInput
from .._open import OnDisconnect, Opener
from .._options import ClientOptions, RequestOptions, Token
from .._stream.resume import Source
from .._stream.transport import OnGap
from .outbox import MessageOutbox
from .pool import LinkPool
from .realtime_link import RealtimeLink
from .session import call_flow, dial_with, of_session
from .session_io import SessionIo
from .transport import WebSocketTransport

Result = TypeVar("Result")


class PortalIo:
    """Performs effects on the loop of a session, which has a thread of its own."""

    def __init__(self, portal: BlockingPortal, pool: LinkPool) -> None:
        self._portal = portal
        self._pool = pool
        self._io = SessionIo(pool)

    def run(self, flow: Flow[Result]) -> Result:
        """Runs a flow to its end."""
        with self._while_open():
            return self._portal.call(self._io.run, flow)

    def step(self, flow: Flow[Any], effect: Effect) -> Effect:
        """Performs an effect, and answers the next one."""
        with self._while_open():
            return self._portal.call(self._io.step, flow, effect)

    def close(self) -> None:
        """Gives the open exchange up; a session that is closed has done so."""
        with suppress(SmartcallError), self._while_open():
            self._portal.call(self._io.close)

    @contextmanager
    def _while_open(self) -> Generator[None, None, None]:
        try:
            yield
        except RuntimeError:
            # The loop is gone with its session.
            if self._pool.closed is None:
                raise
            raise self._pool.closed from None


class Conversation(TaskStream):
    """A task that its caller talks with: `send` says something, iterating hears what is answered.

    The first message makes the call. A task that asks for input goes on with the next message,
    without an `end`; the last `end` comes when the task has ended.
    """

    def __init__(
        self,
        source: Source,
        make_io: Callable[[], BlockingIo],
        outbox: MessageOutbox,
        portal: BlockingPortal,
    ) -> None:
        super().__init__(source, make_io)
        self._outbox = outbox
        self._portal = portal

    def send(self, input: CallInput) -> None:
        """Sends a message, waiting for a connection and for room on it.

        An `inputReceived` event says that the agent was given it, an `error` event with its
        `message_id` that the task did not take it. One that was on its way when the connection
        broke is sent again, and given to the agent once. Raises `TASK_NOT_WAITING` when the task
        has ended.
        """
        outbox = self._outbox
        if not outbox.has_first.is_set():
            self._portal.call(outbox.begin, input)
            return
        while outbox.exchange is None and not self._fold.is_ended and self._fetch():
            pass
        if self._fold.is_ended or outbox.exchange is None:
            raise SmartcallError("TASK_NOT_WAITING", task_id=self.task_id)
        self._portal.call(outbox.send, input)

    def end(self) -> None:
        """Says that no message follows: a task that asks for more ends the stream, INTERRUPTED."""
        self._portal.call(self._outbox.end)


class Session:
    """Many calls on one WebSocket, each with its own flow: a slow reader holds up nobody else.

    Made by `Smartcall.connect`, and connected when its `with` begins. When the connection is lost
    it is made again as soon as a stream needs it; streams go on where they were.
    """

    def __init__(self, client: ClientOptions, token: Token | None) -> None:
        self._client = of_session(client)
        self._token = token
        self._pool = LinkPool(self._dial)
        self._opener = Opener(self._client, WebSocketTransport)
        self._stack = ExitStack()

    def open(self) -> None:
        """Connects, and ends when the gateway has said hello.

        Raises `GATEWAY_UNREACHABLE`, or the reason of a refusal.
        """
        try:
            self._portal.call(self._pool.connected)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the session; streams on it end with `CANCELED`, their tasks go on."""
        if "_portal" not in self.__dict__ or self._pool.closed is not None:
            return
        self._portal.call(self._pool.close, SmartcallError("CANCELED", "The session was closed."))
        self._stack.close()

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
    ) -> TaskStream:
        """As `Smartcall.stream`, on this session."""
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
        return TaskStream(source, self._io)

    def watch(
        self,
        task: str,
        *,
        after: str = "",
        on_gap: OnGap = "FAIL",
        **options: Unpack[RequestOptions],
    ) -> TaskStream:
        """As `Smartcall.watch`, on this session."""
        source = self._opener.watch(task, after=after, on_gap=on_gap, options=options)
        return TaskStream(source, self._io)

    def watch_agents(self, *, after: str = "", **options: Unpack[RequestOptions]) -> RegistryStream:
        """As `Smartcall.watch_agents`, on this session."""
        return RegistryStream(self._opener.watch_agents(after=after, options=options), self._io)

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
    ) -> Conversation:
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
        return Conversation(source, self._io, outbox, self._portal)

    def call(
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
        operation = operations.call(
            agent,
            input,
            idempotency_key=idempotency_key,
            context_id=context_id,
            metadata=metadata,
            on_disconnect=on_disconnect,
        )
        return self._io().run(call_flow(self._client, operation, agent, options))

    @cached_property
    def _portal(self) -> BlockingPortal:
        return self._stack.enter_context(start_blocking_portal("asyncio"))

    def _io(self) -> PortalIo:
        return PortalIo(self._portal, self._pool)

    async def _read_token(self) -> str | None:
        token = self._token
        # What waits for a token holds up nothing that runs on the session.
        return await anyio.to_thread.run_sync(token) if callable(token) else token

    async def _dial(self) -> RealtimeLink:
        return await dial_with(self._client, self._read_token)
