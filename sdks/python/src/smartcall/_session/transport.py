"""Events on exchanges of a link: one WebSocket for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .._error import SmartcallError
from .._flow import Flow, IoError
from .._options import ClientOptions, RequestOptions
from .._request import Deadline
from .._stream.place import cut
from .._stream.transport import NewCall, StreamRequest, Watch, WatchAgents
from .._stream.wire_event import WireEvent
from .._trace import trace_headers
from .outbox import MessageOutbox


@dataclass(frozen=True)
class OpenExchange:
    """Opens an exchange; one with an outbox stays open for messages."""

    open: dict[str, Any]
    timeout: float | None
    outbox: MessageOutbox | None


@dataclass(frozen=True)
class TakeEvents:
    """Answers events of the open exchange; None after its end."""

    timeout: float | None


@dataclass(frozen=True)
class CloseExchange:
    """Gives the open exchange up."""


@dataclass(frozen=True)
class WaitForFirst:
    """Waits until somebody has said something."""

    outbox: MessageOutbox
    timeout: float | None


class WebSocketTransport:
    """Reads events on exchanges."""

    retry_after: float | None = None

    def __init__(
        self,
        client: ClientOptions,
        options: RequestOptions,
        outbox: MessageOutbox | None = None,
    ) -> None:
        headers = {**client.headers, **options.get("headers", {})}
        self._headers = {name.lower(): value for name, value in headers.items()}
        self._outbox = outbox

    def open(self, request: StreamRequest, deadline: Deadline) -> Flow[None]:
        outbox = self._outbox
        if outbox is not None and isinstance(request, NewCall):
            try:
                yield WaitForFirst(outbox, deadline.left)
            except IoError:
                raise SmartcallError("DEADLINE_EXCEEDED") from None
        try:
            said = self._said(request, deadline.left)
            yield OpenExchange(said, deadline.left, outbox)
        except IoError as failure:
            raise SmartcallError("GATEWAY_UNREACHABLE", str(failure)) from failure

    def read(self, deadline: Deadline) -> Flow[Sequence[WireEvent] | None]:
        try:
            events: list[WireEvent] | None = yield TakeEvents(deadline.left)
        except IoError as failure:
            raise cut(str(failure)) from failure
        if events and self._outbox is not None:
            return [event for event in events if self._outbox.hear(event)]
        return events

    def close(self) -> Flow[None]:
        yield CloseExchange()

    def cancel_task(self, task: str, reason: str | None) -> Flow[None]:
        cancel = {"task": task} if reason is None else {"task": task, "reason": reason}
        yield OpenExchange({"cancel": cancel, **self._extra(None)}, None, None)
        while (yield TakeEvents(None)) is not None:
            pass

    def _said(self, request: StreamRequest, left: float | None) -> dict[str, Any]:
        match request:
            case NewCall(agent, operation):
                key = {"idempotency-key": operation.headers["Idempotency-Key"]}
                body = {**(operation.body or {})}
                if self._outbox is not None:
                    body.update(self._outbox.first_body)
                return {"stream": {"agent": agent, **body}, **self._extra(left, key)}
            case Watch(task, after, on_gap):
                watch = {"task": task, "after": after, "onGap": on_gap}
                return {"watch": watch, **self._extra(left)}
            case WatchAgents(after):
                return {"watchAgents": {"after": after}, **self._extra(left)}

    def _extra(self, left: float | None, more: dict[str, str] | None = None) -> dict[str, Any]:
        """The credential is the session's, and the deadline a field of its own."""
        headers = {**trace_headers(), **self._headers, **(more or {})}
        extra: dict[str, Any] = {"headers": headers} if headers else {}
        if left is not None:
            extra["timeoutMs"] = max(1, round(left * 1000))
        return extra
