"""The synchronous client."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2
from typing_extensions import Self, Unpack

from ._client_options import environment_token, resolve_client_options
from ._event_stream import RegistryStream, TaskStream
from ._gen import operations
from ._gen.models import Task
from ._gen.resources import Agents, Tasks
from ._http import tls
from ._input import CallInput
from ._open import OnDisconnect, Opener
from ._operation import Operation
from ._options import ReconnectOptions, RequestOptions, Token
from ._request import perform
from ._stream.transport import OnGap
from ._sync_io import SyncIo

if TYPE_CHECKING:
    from ._session.blocking_session import Session

Answered = TypeVar("Answered")


class Smartcall:
    """A client of one gateway. Threads may share it.

    Args:
    - url: where the gateway is; `SMARTCALL_URL` by default, else `http://127.0.0.1:8080`.
    - token: the bearer token, or a function that answers it for each request;
      `SMARTCALL_API_KEY` by default.
    - headers: headers of every request.
    - timeout: seconds that a request may take, all its tries included; no limit by default.
    - attempt_timeout: seconds that one try may take; no limit by default.
    - max_retries: tries of a request after the first one.
    - idle_timeout: seconds after which a silent stream is held for lost; the gateway says something
      every 15 s.
    - reconnect: how streams come back.
    - http_client: sends the requests: with proxies, certificates or a transport of yours.
    """

    def __init__(
        self,
        *,
        url: str | None = None,
        token: Token | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        attempt_timeout: float | None = None,
        max_retries: int = 2,
        idle_timeout: float | None = 45,
        reconnect: ReconnectOptions | None = None,
        http_client: httpx2.Client | None = None,
    ) -> None:
        self._options = resolve_client_options(
            url=url,
            headers=headers,
            timeout=timeout,
            attempt_timeout=attempt_timeout,
            max_retries=max_retries,
            idle_timeout=idle_timeout,
            reconnect=reconnect,
        )
        self._token = token if token is not None else environment_token()
        self._is_own = http_client is None
        self._http = http_client or httpx2.Client(
            limits=httpx2.Limits(max_connections=None), verify=tls()
        )

    @cached_property
    def tasks(self) -> Tasks:
        """The records of calls."""
        return Tasks(self._send)

    @cached_property
    def agents(self) -> Agents:
        """The registry: which agents can be called."""
        return Agents(self._send)

    def call(
        self,
        agent: str,
        input: CallInput,
        *,
        context_id: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        on_disconnect: OnDisconnect | None = None,
        idempotency_key: str | None = None,
        respond_async: bool = False,
        **options: Unpack[RequestOptions],
    ) -> Task:
        """Calls an agent and answers the task when it has ended or asks for input.

        A task that FAILED is answered too, and says why in `error`; see its `state`.

        Args:
        - agent: the agent's name.
        - input: a text, `{"data": …}`, `{"message": …}` or a message.
        - context_id: the conversation to go on with; a new one by default.
        - metadata: whatever is to be kept with the task.
        - on_disconnect: what becomes of the task when this client goes away.
        - idempotency_key: a call with a key that was used before joins that call instead of running
          again. A random one by default, so that a call that is sent again runs once.
        - respond_async: answer the task as it was accepted instead of waiting for its end.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` when the call was refused, with the reason: `AGENT_NOT_FOUND`, …
        """
        operation = operations.call(
            agent,
            input,
            idempotency_key=idempotency_key or self._options.uuid(),
            prefer="respond-async" if respond_async else None,
            context_id=context_id,
            metadata=metadata,
            on_disconnect=on_disconnect,
        )
        return self._send(operation, options)

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
        """Calls an agent and answers the task's events as they happen.

        The call is made when the first event is asked for, and never runs twice, however often the
        connection breaks. The last event is an `end`: TERMINAL, or INTERRUPTED when the task asks
        for input. `on_gap` says what to do when events are no longer kept: `FAIL` raises
        `CURSOR_EXPIRED`, `SNAPSHOT` goes on with a `gap` and a `snapshot`.
        """
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
        """The events of a task, those that were and those to come, each number once.

        `after` is the cursor to begin after, as `epoch.seq`; the first event by default.
        """
        return TaskStream(
            self._opener.watch(task, after=after, on_gap=on_gap, options=options), self._io
        )

    def watch_agents(self, *, after: str = "", **options: Unpack[RequestOptions]) -> RegistryStream:
        """What changes in the registry: all agents, then each change; ends when it is left."""
        return RegistryStream(self._opener.watch_agents(after=after, options=options), self._io)

    def connect(self) -> Session:
        """One WebSocket for many calls: `with smartcall.connect() as session`.

        Threads may share it. Needs the extra `websocket` of this package.
        """
        from ._session.blocking_session import Session  # websockets is an extra

        return Session(self._options, self._token)

    def close(self) -> None:
        """Closes the connections, unless the `http_client` is the caller's."""
        if self._is_own:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _opener(self) -> Opener:
        return Opener(self._options)

    def _io(self) -> SyncIo:
        return SyncIo(self._http, self._token)

    def _send(self, operation: Operation[Answered], options: RequestOptions) -> Answered:
        return self._io().run(perform(self._options, operation, options))
