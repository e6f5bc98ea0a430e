"""Streams as an asynchronous program reads them."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

import anyio
from typing_extensions import Self

from ._error import SmartcallError
from ._event_stream import left_error
from ._flow import Done, Effect, Emit, Flow, advance
from ._gen.models import Artifact
from ._stream.events import RegistryStreamEvent, TaskStreamEvent
from ._stream.result import StreamResult, TaskFold
from ._stream.resume import Source, read_resuming

Event = TypeVar("Event")
Result = TypeVar("Result")


class StreamIo(Protocol):
    """Performs the effects of a stream."""

    async def run(self, flow: Flow[Result]) -> Result: ...
    async def step(self, flow: Flow[Any], effect: Effect) -> Effect: ...
    async def close(self) -> None: ...


class AsyncEventStream(Generic[Event]):
    """Events as they happen, to be iterated over once.

    Nothing is sent before the first one is asked for, and nothing is fetched that is not read.
    Leave a loop early inside `async with`, so that the connection is closed at once.
    """

    def __init__(self, source: Source, make_io: Callable[[], StreamIo]) -> None:
        self._source = source
        self._make_io = make_io
        self._io = make_io()
        self._flow: Flow[None] = read_resuming(source)
        self._is_begun = False
        self._is_iterated = False
        self._is_over = False
        self._failure: BaseException | None = None
        self._unread: deque[Event] = deque()
        self._cursor = source.place.cursor
        self._fetching = anyio.Lock()
        self._settled = anyio.Event()

    @property
    def cursor(self) -> str | None:
        """The place of the last event that was read, as `epoch.seq`; None before the first."""
        return self._cursor or None

    def __aiter__(self) -> AsyncIterator[Event]:
        if self._is_iterated or (self._is_begun and self._is_over):
            raise TypeError("A stream is read once, and this one is being read or was.")
        self._is_iterated = True
        return self._iterate()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connection; a task goes on unless its `on_disconnect` says otherwise."""
        if not self._is_over:
            await self._finish(left_error())

    def _take(self, event: Event) -> None:
        """Hears of every event before the iterator does."""

    async def _iterate(self) -> AsyncGenerator[Event, None]:
        try:
            while self._unread or await self._fetch():
                while self._unread:
                    event = self._unread.popleft()
                    self._cursor = getattr(event, "cursor", self._cursor)
                    yield event
            if self._failure is not None:
                raise self._failure
        finally:
            await self.aclose()

    async def _when_ended(self) -> None:
        """Waits for the end, reading the stream if nobody else does."""
        if not self._is_iterated:
            while await self._fetch():
                self._unread.clear()
            self._cursor = self._source.place.cursor
        await self._settled.wait()
        if self._failure is not None:
            raise self._failure

    async def _fetch(self) -> bool:
        """Fetches further events, once for all who ask meanwhile; False at the end."""
        async with self._fetching:
            return bool(self._unread) or await self._fetch_alone()

    async def _fetch_alone(self) -> bool:
        if self._is_over:
            return False
        try:
            events = await self._next_batch()
        except BaseException as error:
            # Closed by somebody else in the middle of a step.
            if self._is_over and isinstance(error, Exception):
                raise (self._failure or left_error()) from None
            await self._finish(error)
            raise
        if events is None:
            await self._finish(None)
            return False
        for event in events:
            self._take(event)
        self._unread.extend(events)
        return True

    async def _fetch_more(self) -> bool:
        """Waits for something new, whoever reads it; False at the end."""
        async with self._fetching:
            return await self._fetch_alone()

    async def _next_batch(self) -> Sequence[Event] | None:
        self._is_begun = True
        effect = advance(self._flow)
        while not isinstance(effect, (Emit, Done)):
            effect = await self._io.step(self._flow, effect)
        return effect.events if isinstance(effect, Emit) else None

    async def _finish(self, failure: BaseException | None) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._failure = failure
        self._settled.set()
        self._flow.close()
        await self._io.close()


class AsyncRegistryStream(AsyncEventStream[RegistryStreamEvent]):
    """What changes in the registry; it ends when it is left."""


class AsyncTaskStream(AsyncEventStream[TaskStreamEvent]):
    """The events of a task as they happen: iterate over them, ask what they amount to, or both.

    Nothing is sent before the first event is asked for. The stream resumes by itself; closing it
    leaves the task to go on, unless its `on_disconnect` says otherwise.
    """

    def __init__(self, source: Source, make_io: Callable[[], StreamIo]) -> None:
        super().__init__(source, make_io)
        self._fold = TaskFold()

    @property
    def task_id(self) -> str | None:
        """The task's id; None before the first event."""
        return self._source.place.task_id

    async def text(self) -> str:
        """The agent's answer as text, once the task has ended or asks for input.

        Raises `SmartcallError` with the task's reason when it FAILED, was REJECTED or CANCELED.
        """
        result = await self.result()
        result.raise_for_state()
        return result.text

    async def result(self) -> StreamResult:
        """What the events amount to, once the task has ended or asks for input."""
        await self._when_ended()
        return self._fold.result

    async def artifacts(self) -> AsyncIterator[Artifact]:
        """Reads the stream for its artifacts alone: each when it is whole.

        Raises `SmartcallError` with the task's reason when it FAILED, was REJECTED or CANCELED.
        """
        async for event in self:
            artifact = self._fold.artifact_of(event)
            if artifact is not None:
                yield artifact
        for artifact in self._fold.other_artifacts():
            yield artifact

    async def cancel(self, reason: str | None = None) -> None:
        """Cancels the task: the agent is told at once, and the stream ends with CANCELED.

        A stream that was not read yet sends nothing; a task that has ended is left as it is.
        """
        if self._fold.is_ended or self._is_over:
            return
        if not self._is_begun:
            await self._finish(SmartcallError("CANCELED", reason))
            return
        while self.task_id is None and await self._fetch():
            pass
        if self.task_id is not None and not self._fold.is_ended:
            await self._make_io().run(self._source.transport.cancel_task(self.task_id, reason))

    def _take(self, event: TaskStreamEvent) -> None:
        self._fold.take(event)
