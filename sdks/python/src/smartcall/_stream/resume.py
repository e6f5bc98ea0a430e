"""Reads a log to its end over as many connections as it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .._error import SmartcallError
from .._flow import Emit, Flow, Sleep
from .._gen.reasons import Reason
from .._log import log
from .._options import ClientOptions
from .._request import Deadline
from .._retry import backoff_delay, when_to_reconnect
from .events import ConnectionEvent
from .place import Place, cut
from .transport import StreamRequest, StreamTransport
from .wire_event import WireEvent, kind_of

# Ends after which the stream goes on elsewhere; any other is for the reader.
RESUMED_ENDS: dict[str, Reason] = {
    "DRAINING": "DRAINING",
    "SLOW_CONSUMER": "SLOW_CONSUMER",
    "AUTH_EXPIRED": "CREDENTIAL_EXPIRED",
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is read, and how."""

    client: ClientOptions
    transport: StreamTransport
    place: Place
    request: Callable[[Place], StreamRequest]
    """What to ask for at a place: a call whose task is known is never made again."""
    to_event: Callable[[WireEvent], Any]
    timeout: float | None


@dataclass
class _Tries:
    """What is known of the connections so far."""

    attempt: int = 0
    has_events: bool = False
    is_heard: bool = False


def read_resuming(source: Source) -> Flow[None]:
    """Emits each event once and in order, and ends with the stream.

    Raises what the gateway refused before the first event, `STREAM_TRUNCATED` when the stream could
    not be resumed, `CURSOR_EXPIRED` when its place is no longer kept, `DEADLINE_EXCEEDED`.
    """
    client, transport, place = source.client, source.transport, source.place
    deadline = Deadline(source.timeout, client)
    tries = _Tries()
    while True:
        try:
            if (yield from _read_connection(source, deadline, tries)):
                return
            error = cut("the connection ended before the stream did")
        except SmartcallError as raised:
            error = raised
        yield from transport.close()
        if deadline.is_over:
            raise _final(_because("DEADLINE_EXCEEDED", error), place, tries)
        tries.attempt += 1
        tries.is_heard = tries.is_heard or error.reason != "GATEWAY_UNREACHABLE"
        when = when_to_reconnect(error)
        limits = client.reconnect
        most = limits.max_attempts
        if not tries.is_heard:
            most = min(limits.max_first_attempts, most)
        if when == "never" or tries.attempt > most:
            raise _final(error, place, tries)
        delay = _delay(client, tries.attempt, when == "at once", error, transport.retry_after)
        log.warning("%s: %s, again in %.3f s", place.task_id or "a stream", error, delay)
        yield Emit([ConnectionEvent("reconnecting", tries.attempt, delay, error)])
        yield Sleep(delay if deadline.left is None else min(delay, deadline.left))
        if deadline.is_over:
            raise _final(_because("DEADLINE_EXCEEDED", error), place, tries)


def _read_connection(source: Source, deadline: Deadline, tries: _Tries) -> Flow[bool]:
    """Reads one connection; whether the stream has ended with it."""
    transport, place = source.transport, source.place
    place.reconnected()
    yield from transport.open(source.request(place), deadline)
    tries.is_heard = True
    if tries.attempt > 0:
        yield Emit([ConnectionEvent("connected", tries.attempt)])
    while True:
        batch = yield from transport.read(deadline)
        if batch is None:
            return False
        before = place.cursor
        events, is_ended, error = _take(source, batch)
        if events:
            tries.has_events = True
            yield Emit(events)
        # An event without a number is no way forward: it may come on every connection.
        if place.cursor != before:
            tries.attempt = 0
        if is_ended:
            return True
        if error is not None:
            raise error
        if deadline.is_over:
            raise SmartcallError("DEADLINE_EXCEEDED")


def _take(
    source: Source, batch: Sequence[WireEvent]
) -> tuple[list[Any], bool, SmartcallError | None]:
    """The new events of a batch, up to the end of the stream or to what makes it a cut."""
    events: list[Any] = []
    try:
        for received in batch:
            for event in source.place.take(received):
                if kind_of(event) != "end":
                    events.append(source.to_event(event))
                    continue
                reason = RESUMED_ENDS.get(_end_reason(event))
                if reason is not None:
                    raise SmartcallError(reason)
                events.append(source.to_event(event))
                return events, True, None
    except SmartcallError as error:
        return events, False, error
    return events, False, None


def _end_reason(event: WireEvent) -> str:
    end = event["end"]
    return str(end.get("reason")) if isinstance(end, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def _delay(
    client: ClientOptions,
    attempt: int,
    at_once: bool,
    error: SmartcallError,
    asked: float | None,
) -> float:
    """Full jitter, and at least what the gateway asked for; the first one may be at once."""
    limits = client.reconnect
    retry_after = asked if error.retry_after is None else error.retry_after
    return backoff_delay(
        attempt,
        base=limits.base_delay,
        longest=0.0 if at_once and attempt == 1 else limits.max_delay,
        random=client.random,
        asked=retry_after or 0.0,
    )


def _because(reason: Reason, cause: SmartcallError) -> SmartcallError:
    error = SmartcallError(reason)
    error.__cause__ = cause
    return error


def _final(error: SmartcallError, place: Place, tries: _Tries) -> SmartcallError:
    """What the reader hears when the stream is given up."""
    cursor = place.cursor or None
    if error.reason in ("CURSOR_EXPIRED", "DEADLINE_EXCEEDED", "CANCELED"):
        told = SmartcallError(
            error.reason,
            error.message,
            status=error.status,
            request_id=error.request_id,
            task_id=place.task_id,
            cursor=cursor,
        )
    elif not tries.has_events and error.reason != "STREAM_TRUNCATED":
        return error
    else:
        where = "before its first event" if cursor is None else f"after {cursor}"
        told = SmartcallError(
            "STREAM_TRUNCATED",
            f"The stream stopped {where} and could not be resumed: {error.message}",
            task_id=place.task_id,
            cursor=cursor,
        )
    told.__cause__ = error
    return told
