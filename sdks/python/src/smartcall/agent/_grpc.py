"""How gRPC says what the link says."""

from __future__ import annotations

import grpc

from .._error import SmartcallError
from .._gen.reasons import Reason, reasons

CLOSE_TIMEOUT = 1.0

CHANNEL_OPTIONS: list[tuple[str, int]] = [
    ("grpc.max_receive_message_length", 4 * 1024 * 1024),
    ("grpc.max_send_message_length", -1),
]

# By gRPC status; what is not here says nothing but that the link is gone.
_REASONS: dict[grpc.StatusCode, Reason] = {
    grpc.StatusCode.CANCELLED: "CANCELED",
    grpc.StatusCode.INVALID_ARGUMENT: "INVALID_ARGUMENT",
    grpc.StatusCode.PERMISSION_DENIED: "PERMISSION_DENIED",
    grpc.StatusCode.RESOURCE_EXHAUSTED: "RATE_LIMITED",
    grpc.StatusCode.UNIMPLEMENTED: "NOT_IMPLEMENTED",
    grpc.StatusCode.UNAUTHENTICATED: "UNAUTHENTICATED",
}
_CODES = {code.value[0]: code for code in grpc.StatusCode}


def error_from_status(code: grpc.StatusCode, details: str) -> SmartcallError:
    """The error that the end of a stream tells of."""
    text = f": {details}" if details else ""
    return SmartcallError(
        _REASONS.get(code, "INSTANCE_LOST"),
        f"The other side ended the link with gRPC status {code.name}{text}",
    )


def code_of(reason: Reason) -> grpc.StatusCode:
    """The gRPC code of a reason."""
    return _CODES[reasons[reason].code]
