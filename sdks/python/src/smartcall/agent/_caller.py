"""How an agent calls another one, through the gateway that it is attached to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import anyio
from pydantic import BaseModel

from .._error import SmartcallError
from .._gen.models import Message, Task
from .._gen.v1 import communication_pb2, link_pb2
from .._input import CallInput, to_input_body
from .._link.exchanges import Outgoing, OutgoingHandlers
from .._link.frames import Cancellation, Outcome
from ._convert import message_to_pb, struct_to_pb, task_from_pb, value_to_pb


class Caller(Protocol):
    """The part of a link through which agents call agents."""

    def open(self, open: Any, handlers: OutgoingHandlers, *, half_close: bool) -> Outgoing: ...


@dataclass(frozen=True, kw_only=True)
class LinkCall:
    """One call of an agent by an agent."""

    agent: str
    input: CallInput
    context_id: str
    traceparent: str
    hops: int
    """How many agents have called one another to come here."""
    timeout: float | None
    idempotency_key: str | None
    metadata: Mapping[str, Any] | None


class _Answer:
    """Waits for the one snapshot that answers a call."""

    def __init__(self) -> None:
        self.task: asyncio.Future[Task] = asyncio.get_running_loop().create_future()
        self._last: Task | None = None

    def event(self, payload: link_pb2.Frame.Event, _size: int) -> None:
        if payload.WhichOneof("kind") == "task" and payload.task.WhichOneof("kind") == "snapshot":
            self._last = task_from_pb(payload.task.snapshot.task)

    def closed(self, outcome: Outcome) -> None:
        if self.task.done():
            return
        if outcome.reason is not None:
            error = SmartcallError(
                outcome.reason, outcome.message or None, retryable=outcome.refused
            )
            self.task.set_exception(error)
        elif self._last is None:
            message = "The gateway ended the call without the task."
            self.task.set_exception(SmartcallError("LINK_BROKEN", message))
        else:
            self.task.set_result(self._last)


async def call_through_link(caller: Caller | None, call: LinkCall) -> Task:
    """The task of a call, once it has ended, well or not.

    Raises `SmartcallError` when the gateway does not take the call. A wait that is
    cancelled cancels the call.
    """
    if caller is None:
        message = "This call came without a link, so that no way leads back to a gateway."
        raise SmartcallError("NOT_IMPLEMENTED", message)
    waiting = _Answer()
    exchange = caller.open(_open_of(call), waiting, half_close=True)
    try:
        with anyio.fail_after(call.timeout):
            return await waiting.task
    except TimeoutError:
        exchange.cancel(Cancellation("DEADLINE_EXCEEDED"))
        raise SmartcallError("DEADLINE_EXCEEDED") from None
    except asyncio.CancelledError:
        exchange.cancel(Cancellation("CANCELED"))
        raise


def _open_of(call: LinkCall) -> link_pb2.Frame.Open:
    headers = {"smartcall-hops": str(call.hops)}
    if call.traceparent:
        headers["traceparent"] = call.traceparent
    if call.idempotency_key:
        headers["idempotency-key"] = call.idempotency_key
    request = communication_pb2.CallRequest(agent=call.agent, context_id=call.context_id)
    if call.metadata is not None:
        request.metadata.CopyFrom(struct_to_pb(call.metadata))
    if isinstance(call.input, BaseModel):
        said: dict[str, Any] = {"message": call.input.model_dump(by_alias=True)}
    else:
        said = to_input_body(call.input)
    if "text" in said:
        request.text = said["text"]
    elif "data" in said:
        request.data.CopyFrom(value_to_pb(said["data"]))
    else:
        message = Message.parse(said["message"])
        if message.role == "UNSPECIFIED":
            message = message.model_copy(update={"role": "USER"})
        request.message.CopyFrom(message_to_pb(message))
    timeout_ms = 0 if call.timeout is None else max(1, round(call.timeout * 1000))
    return link_pb2.Frame.Open(call=request, headers=headers, timeout_ms=timeout_ms)
