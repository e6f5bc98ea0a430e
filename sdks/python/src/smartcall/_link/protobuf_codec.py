"""Frames as `smartcall.v1.LinkPacket` has them. Payloads are the generated messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import DecodeError

from .._error import reason_from
from .._gen.v1 import link_pb2 as pb
from .frames import Cancellation, Closing, Frame, Hello, Outcome, broken

_TAG = b"\x0a"
_CONTROLS = ("register", "ready", "capacity", "authenticate")


class ProtobufCodec:
    """Writes and reads frames in protobuf."""

    def encode(self, frame: Frame) -> bytes:
        message = _to_message(frame)
        if frame.exchange:
            message.exchange = frame.exchange
        content = message.SerializeToString()
        return _TAG + _varint(len(content)) + content

    def pack(self, frames: list[bytes]) -> bytes:
        return b"".join(frames)

    def unpack(self, packet: bytes | str) -> Iterator[tuple[Frame, int]]:
        data = packet.encode() if isinstance(packet, str) else packet
        at = 0
        try:
            while at < len(data):
                begin = at
                tag, at = _read_varint(data, at)
                size, at = _read_varint(data, at)
                if tag & 7 != 2 or at + size > len(data):
                    raise broken("A packet that is cut short, or none.")
                content = data[at : at + size]
                at += size
                if tag != 0x0A:
                    continue
                frame = _from_message(pb.Frame.FromString(content))
                if frame is not None:
                    yield frame, at - begin
        except (DecodeError, IndexError) as error:
            raise broken(f"A packet that is none: {error}") from error


def _to_message(frame: Frame) -> pb.Frame:
    value = frame.value
    match frame.kind:
        case "event":
            return pb.Frame(event=value)
        case "message":
            return pb.Frame(message=value)
        case "close":
            return pb.Frame(close=_close(value, frame.events))
        case "credit":
            return pb.Frame(credit=pb.Frame.Credit(bytes=value))
        case "open":
            value.half_close = frame.half_close
            return pb.Frame(open=value)
        case "halfClose":
            return pb.Frame(half_close=pb.Frame.HalfClose())
        case "cancel":
            return pb.Frame(cancel=pb.Frame.Cancel(reason=value.reason, message=value.message))
        case "ping":
            return pb.Frame(ping=pb.Frame.Ping(nonce=value))
        case "pong":
            return pb.Frame(pong=pb.Frame.Pong(nonce=value))
        case "drain":
            return pb.Frame(drain=pb.Frame.Drain(reason=value))
        case "hello":
            return pb.Frame(
                hello=pb.Frame.Hello(
                    version=value.version,
                    implementation=value.implementation,
                    window_bytes=value.window_bytes,
                    token=value.token,
                    instance_id=value.instance_id,
                    max_frame_bytes=value.max_frame_bytes,
                )
            )
        case "closing":
            return pb.Frame(
                closing=pb.Frame.Closing(
                    reason=value.reason,
                    message=value.message,
                    retry_after_ms=value.retry_after_ms,
                )
            )
        case "control":
            name, payload = value
            return pb.Frame(**{name: payload})


def _close(outcome: Outcome, events: int) -> pb.Frame.Close:
    close = pb.Frame.Close(
        reason=outcome.reason or "",
        message=outcome.message,
        events=events,
        refused=outcome.refused,
    )
    if outcome.details:
        ParseDict(dict(outcome.details), close.details)
    return close


def _from_message(message: pb.Frame) -> Frame | None:
    """None for a frame that this version does not know."""
    id = message.exchange
    body: Any
    match message.WhichOneof("body"):
        case "open":
            body = message.open
            return Frame("open", body, id, half_close=body.half_close)
        case "message":
            return Frame("message", message.message, id)
        case "event":
            return Frame("event", message.event, id)
        case "credit":
            return Frame("credit", message.credit.bytes, id)
        case "half_close":
            return Frame("halfClose", None, id)
        case "close":
            return Frame("close", _outcome(message.close), id, events=message.close.events)
        case "cancel":
            body = message.cancel
            return Frame(
                "cancel", Cancellation(reason_from(body.reason, "CANCELED"), body.message), id
            )
        case "ping":
            return Frame("ping", message.ping.nonce)
        case "pong":
            return Frame("pong", message.pong.nonce)
        case "drain":
            return Frame("drain", message.drain.reason)
        case "closing":
            body = message.closing
            return Frame(
                "closing", Closing(reason_from(body.reason), body.message, body.retry_after_ms)
            )
        case "hello":
            body = message.hello
            return Frame(
                "hello",
                Hello(
                    body.implementation,
                    body.window_bytes,
                    body.version,
                    body.token,
                    body.instance_id,
                    body.max_frame_bytes,
                ),
            )
        case str() as name if name in _CONTROLS:
            return Frame("control", (name, getattr(message, name)))
        case _:
            return None


def _outcome(close: pb.Frame.Close) -> Outcome:
    return Outcome(
        reason_from(close.reason) if close.reason else None,
        close.message,
        refused=close.refused,
        details=MessageToDict(close.details) if close.HasField("details") else {},
    )


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise broken("A packet that is none.")
