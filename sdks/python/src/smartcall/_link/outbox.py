from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from .._gen.reasons import Reason
from .send_lane import SendLane


class Carrier(Protocol):
    """What carries packets to the other side."""

    def send(self, packet: bytes | str) -> bool:
        """Takes a packet; False when it is full until it calls the link's `carrier_ready`."""
        ...

    def close(self, reason: Reason | None) -> None:
        """Ends, once everything that it took has left."""
        ...


class Outbox:
    """Gathers the frames of one turn into packets.

    Frames of the link itself and credit go first; exchanges take turns, a frame each, so that one
    with much to say holds up nobody.
    """

    def __init__(
        self,
        carrier: Carrier,
        pack: Callable[[list[bytes]], bytes | str],
        *,
        max_packet_bytes: int = 64 * 1024,
    ) -> None:
        self._carrier = carrier
        self._pack = pack
        self._max_packet_bytes = max_packet_bytes
        self._urgent: deque[bytes] = deque()
        self._lanes: deque[SendLane] = deque()
        # Taken from its lane, but too large for the packet before.
        self._held: bytes | None = None
        self._is_scheduled = False
        self._is_blocked = False
        self._is_closed = False

    @property
    def urgent_count(self) -> int:
        """Frames queued that need no window and no turn."""
        return len(self._urgent)

    def urgent(self, frame: bytes) -> None:
        """Queues a frame before those of any exchange."""
        if not self._is_closed:
            self._urgent.append(frame)
            self._schedule()

    def wake(self, lane: SendLane) -> None:
        """Comes to the lane in its turn; called whenever it may have something to send."""
        if self._is_closed or lane.is_waiting:
            return
        lane.is_waiting = True
        self._lanes.append(lane)
        self._schedule()

    def unblock(self) -> None:
        """The carrier takes packets again."""
        self._is_blocked = False
        if self._held is not None or self._urgent or self._lanes:
            self._schedule()

    def flush(self) -> None:
        """Sends what may be sent now."""
        self._is_scheduled = False
        while not self._is_blocked and not self._is_closed:
            frames = self._gather()
            if not frames:
                return
            self._is_blocked = not self._carrier.send(self._pack(frames))

    def close(self, reason: Reason | None = None) -> None:
        """Sends the urgent frames whatever the carrier says, then ends it; lanes are given up."""
        if self._is_closed:
            return
        frames = [*([self._held] if self._held is not None else []), *self._urgent]
        if frames:
            self._carrier.send(self._pack(frames))
        self.abandon(reason)

    def abandon(self, reason: Reason | None = None) -> None:
        """Ends the carrier and sends nothing any more."""
        if self._is_closed:
            return
        self._is_closed = True
        self._held = None
        self._urgent.clear()
        self._lanes.clear()
        self._carrier.close(reason)

    def _gather(self) -> list[bytes]:
        frames: list[bytes] = []
        size = 0
        while (frame := self._next()) is not None:
            if frames and size + len(frame) > self._max_packet_bytes:
                self._held = frame
                break
            frames.append(frame)
            size += len(frame)
        return frames

    def _next(self) -> bytes | None:
        if self._held is not None:
            frame, self._held = self._held, None
            return frame
        if self._urgent:
            return self._urgent.popleft()
        while self._lanes:
            lane = self._lanes.popleft()
            frame = lane.next()
            if frame is not None:
                self._lanes.append(lane)
                return frame
            lane.is_waiting = False
        # A lane that cannot go on may have asked for credit.
        return self._urgent.popleft() if self._urgent else None

    def _schedule(self) -> None:
        if not self._is_scheduled and not self._is_blocked:
            self._is_scheduled = True
            asyncio.get_running_loop().call_soon(self.flush)
