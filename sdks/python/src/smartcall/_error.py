"""The one error of this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from ._gen.reasons import Reason, reasons


class FieldError(NamedTuple):
    """One place of a request that is wrong."""

    pointer: str
    """JSON Pointer (RFC 6901) into the body, or `#/query/…`, `#/path/…` for a parameter."""
    detail: str
    """What was expected there."""


class SmartcallError(Exception):
    """Everything that this package raises: a closed `reason`, and what the table says of it."""

    reason: Reason
    """Why; one of a closed list."""
    status: int
    """The HTTP status of the answer, where there was one; else the table's."""
    request_id: str | None
    """The id to report the error with."""
    retryable: bool
    """Whether the call has not run, so that it may be repeated as it is."""
    errors: tuple[FieldError, ...]
    """Each place of the request that is wrong."""
    retry_after: float | None
    """Seconds to wait before the next try, where the other side said so."""
    task_id: str | None
    """The task that it speaks of, where one is known."""
    cursor: str | None
    """The place in that task's events that a reader had come to."""

    def __init__(
        self,
        reason: Reason,
        message: str | None = None,
        *,
        status: int | None = None,
        request_id: str | None = None,
        retryable: bool | None = None,
        errors: Sequence[FieldError] = (),
        retry_after: float | None = None,
        task_id: str | None = None,
        cursor: str | None = None,
    ) -> None:
        info = reasons[reason]
        super().__init__(message or info.sentence)
        self.reason = reason
        self.status = info.http_status if status is None else status
        self.request_id = request_id
        self.retryable = info.retryable if retryable is None else retryable
        self.errors = tuple(errors)
        self.retry_after = retry_after
        self.task_id = task_id
        self.cursor = cursor

    @property
    def message(self) -> str:
        """What is wrong this time."""
        return str(self.args[0])

    def __str__(self) -> str:
        return f"{self.reason}: {self.message}"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (self.reason, self.message, dict(self.__dict__)))


def _rebuild(reason: Reason, message: str, state: dict[str, Any]) -> SmartcallError:
    error = SmartcallError(reason, message)
    error.__dict__.update(state)
    return error


def reason_from(text: object, fallback: Reason = "INTERNAL") -> Reason:
    """The reason of a wire text, the fallback when this version does not know it."""
    return text if isinstance(text, str) and text in reasons else fallback


# What a status stands for that came without a reason, as from a proxy on the way.
_REASON_BY_STATUS: Mapping[int, Reason] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "ROUTE_NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    408: "REQUEST_TIMEOUT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMITED",
    431: "HEADERS_TOO_LARGE",
    501: "NOT_IMPLEMENTED",
    504: "DEADLINE_EXCEEDED",
}


def error_from_problem(
    body: object,
    *,
    status: int,
    request_id: str | None = None,
    retry_after: float | None = None,
) -> SmartcallError:
    """Reads a problem (RFC 9457), whole or in part, as an error.

    A body that is no problem, or has a reason that this version does not know, becomes the reason
    that its status stands for, INTERNAL at last.
    """
    problem = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    retryable = problem.get("retryable")
    return SmartcallError(
        reason_from(problem.get("reason"), _REASON_BY_STATUS.get(status, "INTERNAL")),
        _text(problem.get("detail")) or _text(problem.get("title")),
        status=status,
        request_id=_text(problem.get("requestId")) or request_id,
        retryable=retryable if isinstance(retryable, bool) else None,
        errors=field_errors(problem.get("errors")),
        retry_after=retry_after,
    )


def field_errors(value: object) -> list[FieldError]:
    """The places that a problem names."""
    items = cast("list[object]", value) if isinstance(value, list) else []
    places = [cast("dict[str, Any]", item) for item in items if isinstance(item, dict)]
    return [
        FieldError(_text(item.get("pointer")) or "", _text(item.get("detail")) or "")
        for item in places
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
