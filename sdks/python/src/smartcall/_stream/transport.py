"""The ways to the gateway: one connection, one answer. They know nothing of resuming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from .._error import SmartcallError
from .._flow import CloseBody, Flow, HttpAnswer, HttpRequest, IoError, OpenBody, ReadBody, ReadToken
from .._gen import operations
from .._operation import Operation
from .._options import ClientOptions, RequestOptions
from .._request import Deadline, error_from_refusal, log_request, perform, request_headers
from .place import cut
from .sse import EventParser
from .wire_event import WireEvent

OnGap = Literal["FAIL", "SNAPSHOT"]


@dataclass(frozen=True)
class NewCall:
    """The events of a new call, or of the one with the same key."""

    agent: str
    operation: Operation[None]


@dataclass(frozen=True)
class Watch:
    """The events of a task after a cursor."""

    task: str
    after: str
    on_gap: OnGap


@dataclass(frozen=True)
class WatchAgents:
    """What changes in the registry after a cursor."""

    after: str


StreamRequest = NewCall | Watch | WatchAgents


class StreamTransport(Protocol):
    """One way to the gateway, for one stream."""

    retry_after: float | None
    """Seconds to wait before the next connection, where the gateway said so."""

    def open(self, request: StreamRequest, deadline: Deadline) -> Flow[None]:
        """Makes a connection; ends when it stands."""
        ...

    def read(self, deadline: Deadline) -> Flow[Sequence[WireEvent] | None]:
        """The next events; None when the connection has ended, with the stream or without."""
        ...

    def close(self) -> Flow[None]:
        """Gives the connection up."""
        ...

    def cancel_task(self, task: str, reason: str | None) -> Flow[None]:
        """Cancels a task."""
        ...


def operation_of(request: StreamRequest) -> Operation[None]:
    """The request of the REST face."""
    match request:
        case NewCall(_, operation):
            return operation
        case Watch(task, after, on_gap):
            gap = None if on_gap == "FAIL" else on_gap
            return operations.watch_task(task, on_gap=gap, last_event_id=after or None)
        case WatchAgents(after):
            return operations.watch_agents(last_event_id=after or None)


class SseTransport:
    """Server-sent events."""

    def __init__(self, client: ClientOptions, options: RequestOptions) -> None:
        self._client = client
        self._options = options
        self._parser = EventParser(self._set_retry)
        self.retry_after: float | None = None

    def open(self, request: StreamRequest, deadline: Deadline) -> Flow[None]:
        operation = operation_of(request)
        token = yield from read_token()
        headers = request_headers(self._client, operation, self._options, token, deadline.left)
        headers["Accept"] = "text/event-stream"
        built = HttpRequest(
            operation.method, self._client.url + operation.target, headers, operation.content
        )
        idle = self._client.idle_timeout
        log_request(built, operation)
        try:
            answer: HttpAnswer = yield OpenBody(built, deadline.within(idle), deadline.left)
        except IoError as failure:
            raise self._failed(failure) from failure
        if answer.status != 200:
            raise error_from_refusal(self._client, answer)
        kind = answer.headers.get("content-type", "")
        if not kind.startswith("text/event-stream"):
            yield CloseBody()
            raise cut(f"the answer is no stream of events, but {kind or 'nothing'}")
        self._parser = EventParser(self._set_retry)

    def read(self, deadline: Deadline) -> Flow[Sequence[WireEvent] | None]:
        self._parser.raise_failure()
        while True:
            try:
                chunk: bytes = yield ReadBody(deadline.within(self._client.idle_timeout))
            except IoError as failure:
                if failure.is_timeout:
                    raise self._silent() from failure
                raise cut(f"the connection broke: {failure}") from failure
            if not chunk:
                return None
            events = self._parser.feed(chunk)
            if events:
                return events

    def close(self) -> Flow[None]:
        yield CloseBody()

    def cancel_task(self, task: str, reason: str | None) -> Flow[None]:
        yield from perform(self._client, operations.cancel_task(task, reason=reason), self._options)

    def _set_retry(self, delay: float) -> None:
        self.retry_after = delay

    def _silent(self) -> SmartcallError:
        return cut(f"nothing was heard for {self._client.idle_timeout} s")

    def _failed(self, failure: IoError) -> SmartcallError:
        if failure.is_timeout and failure.was_sent:
            return self._silent()
        message = f"The gateway at {self._client.url} cannot be reached, or went away: {failure}"
        return SmartcallError("GATEWAY_UNREACHABLE", message)


def read_token() -> Flow[str | None]:
    """The token as it is now.

    One that cannot be had may be there at the next try: when the network is gone, it is so for
    whoever issues tokens too.
    """
    try:
        token: Any = yield ReadToken()
    except SmartcallError:
        raise
    except Exception as error:
        message = f"The token cannot be had: {error}"
        raise SmartcallError("GATEWAY_UNREACHABLE", message) from error
    return token
