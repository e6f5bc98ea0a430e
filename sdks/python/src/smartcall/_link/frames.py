"""What the link says, before a codec has written it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

from .._error import SmartcallError
from .._gen.reasons import Reason, reasons

Kind = Literal[
    "hello",
    "control",
    "drain",
    "closing",
    "open",
    "message",
    "event",
    "credit",
    "halfClose",
    "close",
    "cancel",
    "ping",
    "pong",
]


@dataclass(frozen=True)
class Hello:
    """The first frame of each side."""

    implementation: str
    window_bytes: int
    version: int = 1
    token: str = ""
    instance_id: str = ""
    max_frame_bytes: int = 0
    """Bytes of the largest frame that the speaker takes; 3 MiB when 0."""


@dataclass(frozen=True)
class Outcome:
    """How an exchange ends: well when it has no reason."""

    reason: Reason | None = None
    message: str = ""
    refused: bool = False
    """Whether it never began."""
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    lost: bool = False
    """Whether it ended because the link did."""


@dataclass(frozen=True)
class Cancellation:
    """Why an exchange is given up."""

    reason: Reason
    message: str = ""


@dataclass(frozen=True)
class Closing:
    """Why a link is closed."""

    reason: Reason
    message: str = ""
    retry_after_ms: int = 0


@dataclass(frozen=True)
class Frame:
    """One step of the link (exchange 0) or of an exchange.

    `value` is a `Hello`, `Closing`, `Outcome` or `Cancellation`, a number of bytes or a nonce, a
    reason to drain, the codec's own payload of an `open`, `message` or `event`, or for a `control`
    the name and the payload of one.
    """

    kind: Kind
    value: Any = None
    exchange: int = 0
    half_close: bool = False
    events: int = 0


DEFAULT_MAX_FRAME_BYTES = 3 * 1024 * 1024


class LaneLimits(NamedTuple):
    """What the other side takes."""

    window_bytes: int
    """Bytes on each exchange before it grants more."""
    max_frame_bytes: int
    """Bytes of one frame."""


def assert_size(size: int, max_frame_bytes: int) -> None:
    """Refuses a frame that the other side would not take: `PAYLOAD_TOO_LARGE`."""
    if size > max_frame_bytes:
        message = (
            f"One frame of {size} bytes is larger than the {max_frame_bytes} that the other side "
            "takes."
        )
        raise SmartcallError("PAYLOAD_TOO_LARGE", message)


class Codec(Protocol):
    """Writes and reads frames."""

    def encode(self, frame: Frame) -> bytes:
        """One frame, as it lies in a packet: its length is what it costs."""
        ...

    def pack(self, frames: list[bytes]) -> bytes | str:
        """A packet of frames."""
        ...

    def unpack(self, packet: bytes | str) -> Iterable[tuple[Frame, int]]:
        """The frames of a packet, each with what it costs."""
        ...


def broken(message: str) -> SmartcallError:
    """The error of a link whose other side broke a rule."""
    return SmartcallError("LINK_BROKEN", message)


def refusal(reason: Reason) -> Outcome:
    """How an exchange ends that never began on the other side."""
    return Outcome(reason, reasons[reason].sentence, refused=True)


def lost_outcome(reason: Reason, message: str) -> Outcome:
    """How an exchange ends whose link did.

    A reason that promises that nothing has run holds for the link, not for what ran on it.
    """
    kept: Reason = "INSTANCE_LOST" if reasons[reason].retryable else reason
    return Outcome(kept, message, lost=True)
