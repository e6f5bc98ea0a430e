"""Frames in JSON, as the subprotocol `smartcall.v1.json` has them. Payloads are JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from .._error import reason_from
from .frames import Cancellation, Closing, Frame, Hello, Outcome, broken

_CONTROLS = ("register", "ready", "capacity", "authenticate")
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()

_Json = dict[str, Any]


class JsonCodec:
    """Writes and reads frames in JSON."""

    def encode(self, frame: Frame) -> bytes:
        body = _to_json(frame)
        if frame.exchange:
            body = {"exchange": frame.exchange, **body}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    def pack(self, frames: list[bytes]) -> str:
        return f'{{"frames":[{",".join(frame.decode() for frame in frames)}]}}'

    def unpack(self, packet: bytes | str) -> Iterator[tuple[Frame, int]]:
        text = packet.decode() if isinstance(packet, bytes) else packet
        try:
            for value, size in split_packet(text):
                frame = _from_json(value)
                if frame is not None:
                    yield frame, size
        except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
            raise broken(f"A packet that is none: {error}") from error


def split_packet(text: str) -> Iterator[tuple[_Json, int]]:
    """The frames of a packet, each with the UTF-8 length of its text as it stands there."""
    at = _expect(text, 0, "{")
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _expect(text, at, ":")
        if key == "frames" and text[at] == "[":
            at = _skip(text, at + 1)
            while text[at] != "]":
                value, end = _DECODER.raw_decode(text, at)
                yield value, len(text[at:end].encode())
                at = _next(text, end, "]")
            at = _skip(text, at + 1)
        else:
            _, at = _DECODER.raw_decode(text, at)
            at = _skip(text, at)
        at = _next(text, at, "}")
    if _skip(text, at + 1) != len(text):
        raise ValueError("more after the end")


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _expect(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if text[at] != mark:
        raise ValueError(f"no {mark} at {at}")
    return _skip(text, at + 1)


def _next(text: str, at: int, end: str) -> int:
    at = _skip(text, at)
    return at if text[at] == end else _expect(text, at, ",")


def _to_json(frame: Frame) -> _Json:
    value = frame.value
    match frame.kind:
        case "open":
            return {"open": {**value, **({"halfClose": True} if frame.half_close else {})}}
        case "message" | "event":
            return {frame.kind: value}
        case "credit":
            return {"credit": {"bytes": value}}
        case "halfClose":
            return {"halfClose": {}}
        case "cancel":
            return {"cancel": _dense({"reason": value.reason, "message": value.message})}
        case "close":
            outcome: Outcome = value
            said = {
                "reason": outcome.reason,
                "message": outcome.message,
                "refused": outcome.refused,
                "details": outcome.details,
            }
            return {"close": {**_dense(said), "events": frame.events}}
        case "ping" | "pong":
            return {frame.kind: {"nonce": value}}
        case "drain":
            return {"drain": {"reason": value}}
        case "hello":
            hello: Hello = value
            said = {
                "version": hello.version,
                "implementation": hello.implementation,
                "windowBytes": hello.window_bytes,
                "token": hello.token,
                "instanceId": hello.instance_id,
                "maxFrameBytes": hello.max_frame_bytes,
            }
            return {"hello": _dense(said)}
        case "closing":
            said = {
                "reason": value.reason,
                "message": value.message,
                "retryAfterMs": value.retry_after_ms,
            }
            return {"closing": _dense(said)}
        case "control":
            name, payload = value
            return {name: payload}


def _dense(values: _Json) -> _Json:
    return {key: value for key, value in values.items() if value}


def _from_json(value: _Json) -> Frame | None:
    """None for a frame that this version does not know."""
    id: int = value.get("exchange", 0)
    kind = next((key for key in value if key != "exchange"), "")
    body: _Json = cast("_Json", value.get(kind) or {})
    match kind:
        case "event" | "message":
            return Frame(kind, body, id)
        case "open":
            return Frame("open", body, id, half_close=bool(body.get("halfClose")))
        case "credit":
            return Frame("credit", int(body.get("bytes", 0)), id)
        case "halfClose":
            return Frame("halfClose", None, id)
        case "close":
            return Frame("close", _outcome(body), id, events=int(body.get("events", 0)))
        case "cancel":
            reason = reason_from(body.get("reason"), "CANCELED")
            return Frame("cancel", Cancellation(reason, body.get("message", "")), id)
        case "ping" | "pong":
            return Frame(kind, int(body.get("nonce", 0)))
        case "drain":
            return Frame("drain", str(body.get("reason", "")))
        case "closing":
            return Frame(
                "closing",
                Closing(
                    reason_from(body.get("reason")),
                    body.get("message", ""),
                    int(body.get("retryAfterMs", 0)),
                ),
            )
        case "hello":
            return Frame(
                "hello",
                Hello(
                    body.get("implementation", ""),
                    int(body.get("windowBytes", 0)),
                    int(body.get("version", 0)),
                    body.get("token", ""),
                    body.get("instanceId", ""),
                    int(body.get("maxFrameBytes", 0)),
                ),
            )
        case _ if kind in _CONTROLS:
            return Frame("control", (kind, body))
        case _:
            return None


def _outcome(body: _Json) -> Outcome:
    reason: object = body.get("reason")
    return Outcome(
        reason_from(reason) if reason else None,
        body.get("message", ""),
        refused=bool(body.get("refused")),
        details=body.get("details") or {},
    )
