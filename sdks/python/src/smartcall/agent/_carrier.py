"""Carries a link on a gRPC stream."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

import grpc

from .._error import SmartcallError
from .._gen.reasons import Reason, reasons
from .._link.link import Link

MAX_QUEUED_BYTES = 1024 * 1024
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


class Stream(Protocol):
    """Either end of a bidirectional RPC whose messages are bytes."""

    write: Callable[[bytes], Awaitable[None]]


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


class GrpcCarrier:
    """Queues packets in front of a stream."""

    def __init__(self, write: Callable[[bytes], Awaitable[None]]) -> None:
        self._write = write
        self._packets: deque[bytes] = deque()
        self._size = 0
        self._is_full = False
        self._is_closed = False
        self._wake = asyncio.Event()
        self.reason: Reason | None = None
        """Why it was closed."""

    def send(self, packet: bytes | str) -> bool:
        data = packet.encode() if isinstance(packet, str) else packet
        self._packets.append(data)
        self._size += len(data)
        self._wake.set()
        self._is_full = self._size >= MAX_QUEUED_BYTES
        return not self._is_full

    def close(self, reason: Reason | None) -> None:
        self.reason = reason
        self._is_closed = True
        self._wake.set()

    async def write_all(self, link: Link) -> None:
        """Writes what is queued, until it is closed and everything has left."""
        while True:
            while self._packets:
                packet = self._packets.popleft()
                await self._write(packet)
                self._size -= len(packet)
                if self._is_full and self._size < MAX_QUEUED_BYTES // 2:
                    self._is_full = False
                    link.carrier_ready()
            if self._is_closed:
                return
            self._wake.clear()
            await self._wake.wait()
