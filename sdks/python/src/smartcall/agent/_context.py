"""What a run sees of its attempt."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterable, Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .._error import SmartcallError
from .._gen.models import Message, Task
from .._gen.v1 import attempt_pb2, link_pb2
from .._input import CallInput
from ._caller import Caller, LinkCall, call_through_link
from ._convert import struct_from_pb
from ._events import AgentEvent, input_required
from ._inbox import Inbox

if TYPE_CHECKING:
    LoggerAdapter = logging.LoggerAdapter[logging.Logger]
else:
    LoggerAdapter = logging.LoggerAdapter


@dataclass(frozen=True)
class AttemptInfo:
    """The task, its conversation, and which dispatch of it this is, from 1."""

    id: str
    context_id: str
    attempt: int


class _TaskLog(LoggerAdapter):
    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, Any]:
        return f"{self.extra['agent']} {self.extra['task']}: {msg}", kwargs  # type: ignore[index]


@dataclass(kw_only=True)
class ContextSource:
    """What a context knows of the attempt that it belongs to."""

    request: attempt_pb2.ExecuteRequest
    open: link_pb2.Frame.Open
    message: Message
    deadline: float | None
    """In seconds of the loop's clock."""
    inbox: Inbox
    caller: Caller | None
    send: Callable[[AgentEvent], bool]
    canceled: threading.Event


class _Context:
    def __init__(self, source: ContextSource) -> None:
        self._source = source

    @property
    def message(self) -> Message:
        """What the caller said."""
        return self._source.message

    @cached_property
    def task(self) -> AttemptInfo:
        """The task, its conversation, and which dispatch of it this is, from 1."""
        request = self._source.request
        return AttemptInfo(request.task_id, request.context_id, request.attempt)

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """What the caller said about the call."""
        return struct_from_pb(self._source.request.metadata)

    @cached_property
    def deadline(self) -> datetime | None:
        """When the caller gives up; None when it never does."""
        at = self._source.deadline
        if at is None:
            return None
        return datetime.fromtimestamp(time.time() + at - time.monotonic(), timezone.utc)

    @cached_property
    def log(self) -> LoggerAdapter:
        """Writes log lines that name the task."""
        request = self._source.request
        extra = {"agent": request.agent, "task": request.task_id}
        return _TaskLog(logging.getLogger("smartcall.agent"), extra)

    @property
    def is_canceled(self) -> bool:
        """Whether the caller has canceled, the deadline is over or the gateway is lost."""
        return self._source.canceled.is_set()

    async def _ask(self, prompt: Any) -> Message:
        source = self._source
        if source.canceled.is_set():
            raise SmartcallError("CANCELED")
        asking = asyncio.ensure_future(source.inbox.ask())
        # The question leaves once the answer is waited for.
        await asyncio.sleep(0)
        if not asking.done():
            source.send(input_required(prompt))
        return await asking

    async def _call(
        self,
        agent: str,
        input: CallInput,
        timeout: float | None,
        idempotency_key: str | None,
        metadata: Mapping[str, Any] | None,
    ) -> Task:
        source = self._source
        limits = [timeout] if timeout is not None else []
        if source.deadline is not None:
            limits.append(max(0.001, source.deadline - time.monotonic()))
        return await call_through_link(
            source.caller,
            LinkCall(
                agent=agent,
                input=input,
                context_id=source.request.context_id,
                traceparent=source.request.traceparent
                or source.open.headers.get("traceparent", ""),
                hops=source.request.hops + 1,
                timeout=min(limits, default=None),
                idempotency_key=idempotency_key,
                metadata=metadata,
            ),
        )


class AgentContext(_Context):
    """What an asynchronous run knows of its call, and what it can do.

    A cancel, the deadline and the loss of the gateway cancel the run, as `asyncio` cancels tasks.
    """

    @property
    def messages(self) -> AsyncIterable[Message]:
        """Messages that the caller sends while the run goes on, until it says that none follows."""
        return self._source.inbox

    async def ask(self, prompt: Any) -> Message:
        """Asks the caller and answers its next message; the task is INPUT_REQUIRED until then.

        Raises `NOT_IMPLEMENTED` when the caller has no way to answer.
        """
        return await self._ask(prompt)

    async def call(
        self,
        agent: str,
        input: CallInput,
        *,
        timeout: float | None = None,
        idempotency_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Task:
        """Calls another agent through the same gateway, and answers its task once that has ended.

        In the same conversation and trace, and with what is left of the deadline. Raises
        `SmartcallError` when the gateway does not take the call, and `NOT_IMPLEMENTED` where no
        link leads back to a gateway (`Execute` over plain gRPC).
        """
        return await self._call(agent, input, timeout, idempotency_key, metadata)


class SyncAgentContext(_Context):
    """What a run in a thread of its own knows of its call, and what it can do.

    A thread cannot be stopped from outside: look at `is_canceled` now and then, or call
    `raise_if_canceled`. A generator is stopped where it yields.
    """

    def __init__(self, source: ContextSource, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(source)
        self._loop = loop

    def raise_if_canceled(self) -> None:
        """Raises `CANCELED` when the run is of no use any more."""
        if self.is_canceled:
            raise SmartcallError("CANCELED")

    def wait(self, seconds: float) -> None:
        """Sleeps, and raises `CANCELED` as soon as the run is of no use any more."""
        self._source.canceled.wait(seconds)
        self.raise_if_canceled()

    @property
    def messages(self) -> Iterator[Message]:
        """Messages that the caller sends while the run goes on, until it says that none follows."""
        messages = aiter_of(self._source.inbox)
        while True:
            message = asyncio.run_coroutine_threadsafe(_next(messages), self._loop).result()
            if message is None:
                return
            yield message

    def ask(self, prompt: Any) -> Message:
        """As `AgentContext.ask`."""
        return asyncio.run_coroutine_threadsafe(self._ask(prompt), self._loop).result()

    def call(
        self,
        agent: str,
        input: CallInput,
        *,
        timeout: float | None = None,
        idempotency_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Task:
        """As `AgentContext.call`."""
        calling = self._call(agent, input, timeout, idempotency_key, metadata)
        return asyncio.run_coroutine_threadsafe(calling, self._loop).result()


def aiter_of(inbox: Inbox) -> Any:
    """An iterator over the messages."""
    return inbox.__aiter__()


async def _next(messages: Any) -> Message | None:
    try:
        return await messages.__anext__()
    except StopAsyncIteration:
        return None
