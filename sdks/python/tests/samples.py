"""What gateways say."""

from __future__ import annotations

from typing import Any

TIME = "2026-11-23T09:30:00.250Z"

TASK: dict[str, Any] = {
    "id": "t-1",
    "agent": "echo",
    "contextId": "c-1",
    "state": "COMPLETED",
    "createTime": TIME,
    "updateTime": TIME,
    "output": {"role": "AGENT", "parts": [{"text": "Hello "}, {"text": "you"}]},
}


def event(seq: int, kind: str, payload: Any, *, epoch: str = "e", **more: Any) -> dict[str, Any]:
    return {"taskId": "t-1", "cursor": f"{epoch}.{seq}", "time": TIME, kind: payload, **more}


def delta(seq: int, text: str, **more: Any) -> dict[str, Any]:
    return event(seq, "outputDelta", {"text": text}, **more)


def end(seq: int, reason: str = "TERMINAL") -> dict[str, Any]:
    return event(seq, "end", {"reason": reason})


WORKING = event(1, "status", {"state": "WORKING", "attempt": 1})


def whole(*texts: str) -> list[dict[str, Any]]:
    """The events of a task that answers these texts."""
    deltas = [delta(2 + index, text) for index, text in enumerate(texts)]
    last = 2 + len(texts)
    return [
        WORKING,
        *deltas,
        event(last, "outputCompleted", {}),
        event(last + 1, "status", {"state": "COMPLETED", "attempt": 1}),
        end(last + 1),
    ]
