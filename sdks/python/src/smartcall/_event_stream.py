"""Streams as a synchronous program reads them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from typing_extensions import Self

from ._error import SmartcallError
from ._flow import Done, Effect, Emit, Flow, advance
from ._gen.models import Artifact
from ._stream.events import RegistryStreamEvent, TaskStreamEvent
from ._stream.result import StreamResult, TaskFold
from ._stream.resume import Source, read_resuming

Event = TypeVar("Event")


Result = TypeVar("Result")


class BlockingIo(Protocol):
    """Performs the effects of a stream."""

    def run(self, flow: Flow[Result]) -> Result: ...
    def step(self, flow: Flow[Any], effect: Effect) -> Effect: ...
    def close(self) -> None: ...


def left_error() -> SmartcallError:
    """What a stream that was closed is told as."""
    return SmartcallError("CANCELED", "The stream was left before its end.")


class EventStream(Generic[Event]):
    """Events as they happen, to be iterated over once.

    Nothing is sent before the first one is asked for, and nothing is fetched that is not read.
    Leaving the loop closes the connection.
    """

    def __init__(self, source: Source, make_io: Callable[[], BlockingIo]) -> None:
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

    @property
    def cursor(self) -> str | None:
        """The place of the last event that was read, as `epoch.seq`; None before the first."""
        return self._cursor or None

    def __iter__(self) -> Iterator[Event]:
        if self._is_iterated or (self._is_begun and self._is_over):
            raise TypeError("A stream is read once, and this one is being read or was.")
        self._is_iterated = True
        return self._iterate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection; a task goes on unless its `on_disconnect` says otherwise."""
        if not self._is_over:
            self._finish(left_error())

    def _take(self, event: Event) -> None:
        """Hears of every event before the iterator does."""

    def _iterate(self) -> Iterator[Event]:
        try:
            while self._unread or self._fetch():
                while self._unread:
                    event = self._unread.popleft()
                    self._cursor = getattr(event, "cursor", self._cursor)
                    yield event
            if self._failure is not None:
                raise self._failure
        finally:
            self.close()

    def _read_all(self) -> None:
        """Reads to the end unless somebody else did."""
        if not self._is_over and self._is_iterated:
            raise TypeError("Leave the loop over this stream first.")
        while self._fetch():
            self._unread.clear()
        self._cursor = self._source.place.cursor
        if self._failure is not None:
            raise self._failure

    def _fetch(self) -> bool:
        """Fetches further events; False at the end."""
        if self._is_over:
            return False
        try:
            events = self._next_batch()
        except BaseException as error:
            self._finish(error)
            raise
        if events is None:
            self._finish(None)
            return False
        for event in events:
            self._take(event)
        self._unread.extend(events)
        return True

    def _next_batch(self) -> Sequence[Event] | None:
        self._is_begun = True
        effect = advance(self._flow)
        while not isinstance(effect, (Emit, Done)):
            effect = self._io.step(self._flow, effect)
        return effect.events if isinstance(effect, Emit) else None

    def _finish(self, failure: BaseException | None) -> None:
        self._is_over = True
        self._failure = failure
        self._flow.close()
        self._io.close()


class RegistryStream(EventStream[RegistryStreamEvent]):
    """What changes in the registry; it ends when it is left."""


class TaskStream(EventStream[TaskStreamEvent]):
    """The events of a task as they happen: iterate over them once, or ask what they amount to.

    Nothing is sent before the first event is asked for. The stream resumes by itself; leaving the
    loop closes the connection, and the task goes on unless its `on_disconnect` says otherwise.
    """

    def __init__(self, source: Source, make_io: Callable[[], BlockingIo]) -> None:
        super().__init__(source, make_io)
        self._fold = TaskFold()

    @property
    def task_id(self) -> str | None:
        """The task's id; None before the first event."""
        return self._source.place.task_id

    def text(self) -> str:
        """The agent's answer as text, once the task has ended or asks for input.

        Raises `SmartcallError` with the task's reason when it FAILED, was REJECTED or CANCELED.
        """
        result = self.result()
        result.raise_for_state()
        return result.text

    def result(self) -> StreamResult:
        """What the events amount to, once the task has ended or asks for input."""
        self._read_all()
        return self._fold.result

    def artifacts(self) -> Iterator[Artifact]:
        """Reads the stream for its artifacts alone: each when it is whole.

        Raises `SmartcallError` with the task's reason when it FAILED, was REJECTED or CANCELED.
        """
        for event in self:
            artifact = self._fold.artifact_of(event)
            if artifact is not None:
                yield artifact
        yield from self._fold.other_artifacts()

    def cancel(self, reason: str | None = None) -> None:
        """Cancels the task: the agent is told at once, and the stream ends with CANCELED.

        A stream that was not read yet sends nothing; a task that has ended is left as it is.
        """
        if self._fold.is_ended or self._is_over:
            return
        if not self._is_begun:
            self._finish(SmartcallError("CANCELED", reason))
            return
        while self.task_id is None and self._fetch():
            pass
        if self.task_id is not None and not self._fold.is_ended:
            self._make_io().run(self._source.transport.cancel_task(self.task_id, reason))

    def _take(self, event: TaskStreamEvent) -> None:
        self._fold.take(event)
