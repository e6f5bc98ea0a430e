"""What the end of a WebSocket tells, and what the end of an exchange on it does."""

from __future__ import annotations

from .._error import SmartcallError, field_errors
from .._gen.reasons import Reason, reasons
from .._link.frames import Outcome
from .._stream.place import cut

# What codes stand for that are not Smartcall's (RFC 6455, section 7.4.1, and IANA's registry). Each
# is the reason whose own code says the same of whether and when to connect again.
_STANDARD: dict[int, Reason] = {
    1001: "DRAINING",
    1002: "LINK_BROKEN",
    1003: "LINK_BROKEN",
    1007: "LINK_BROKEN",
    1008: "PERMISSION_DENIED",
    1009: "PAYLOAD_TOO_LARGE",
    1010: "NOT_IMPLEMENTED",
    1011: "INTERNAL",
    1012: "DRAINING",
    1013: "GATEWAY_FULL",
    3000: "UNAUTHENTICATED",
    3003: "PERMISSION_DENIED",
    3008: "REQUEST_TIMEOUT",
}

# What says of a connection, not of a call, that it must not be made again, and may come of bytes
# that were garbled on the way or of a gateway that fell over: worth another try all the same.
_MENDABLE: frozenset[Reason] = frozenset(
    (
        "DATA_LOSS",
        "GATEWAY_UNREACHABLE",
        "INSTANCE_LOST",
        "INTERNAL",
        "INVALID_ARGUMENT",
        "LINK_BROKEN",
    )
)


def error_from_close(code: int, text: str) -> SmartcallError:
    """Makes an error of a WebSocket's close code and the text that came with it."""
    reason = _reason_of(code, text)
    if code == 1006:
        return SmartcallError(reason, "The connection was cut.")
    if reasons[reason].close_code == code and text in ("", reason):
        return SmartcallError(reason)
    more = f": {text}" if text else ""
    return SmartcallError(reason, f"The connection was closed with {code}{more}")


def _reason_of(code: int, text: str) -> Reason:
    with_code: list[Reason] = [r for r, info in reasons.items() if info.close_code == code]
    for reason in with_code:
        if reason == text:
            return reason
    if with_code:
        return with_code[0]
    if code in _STANDARD:
        return _STANDARD[code]
    # What a later version may say is understood by its class: never, after a while, at once.
    if 4200 <= code < 4300:
        return "DRAINING"
    return "INTERNAL" if 4000 <= code < 4100 else "GATEWAY_UNREACHABLE"


def error_from_loss(error: SmartcallError | None) -> SmartcallError:
    """What a reader hears when the connection under its exchange ended."""
    if error is None:
        return cut("the session was closed")
    if error.reason in _MENDABLE:
        told = cut(f"the connection was lost: {error.message}")
        told.__cause__ = error
        return told
    return error


def error_from_outcome(reason: Reason, outcome: Outcome) -> SmartcallError:
    """What a reader hears when the gateway ended its exchange badly."""
    if reason == "DATA_LOSS":
        return cut("fewer events arrived than were sent")
    details = outcome.details
    request_id, retry_after_ms = details.get("requestId"), details.get("retryAfterMs")
    return SmartcallError(
        reason,
        outcome.message or None,
        retryable=outcome.refused,
        request_id=request_id if isinstance(request_id, str) else None,
        retry_after=retry_after_ms / 1000 if isinstance(retry_after_ms, (int, float)) else None,
        errors=field_errors(details.get("errors")),
    )
