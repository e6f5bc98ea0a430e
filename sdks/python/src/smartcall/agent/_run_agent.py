"""Runs an agent without any gateway, as a test of it does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .._error import SmartcallError
from .._gen.models import Message, Part
from .._gen.v1 import attempt_pb2, link_pb2
from .._input import CallInput, to_input_body
from .._link.frames import Cancellation, Outcome
from ._attempt import Attempt
from ._convert import message_from_pb, message_to_pb
from ._definition import Agent
from ._events import AgentEvent
from ._host import AgentHost


@dataclass(kw_only=True)
class AgentRun:
    """What a run came to."""

    output: Message | None = None
    """What the agent answered; None when it did not."""
    events: list[AgentEvent] = field(default_factory=list[AgentEvent])
    """Every event, the answer included."""
    error: SmartcallError | None = None
    """Why it did not end well; None when it did."""

    @property
    def text(self) -> str:
        """The text of the answer; empty when it has none."""
        return self.output.text if self.output is not None else ""

    @property
    def data(self) -> Any:
        """The value of the answer's first part of data."""
        return self.output.data if self.output is not None else None


class _Recorder:
    """An exchange that keeps what is sent on it, and answers questions."""

    def __init__(self, answers: Sequence[CallInput]) -> None:
        self.run = AgentRun()
        self.attempt: Attempt | None = None
        self.closed = asyncio.Event()
        self._answers = list(answers)
        self._pieces: list[str] = []

    def send(self, event: link_pb2.Frame.Event) -> bool:
        said = event.agent
        self.run.events.append(AgentEvent(said))
        kind = said.WhichOneof("kind")
        if kind == "output_delta":
            self._pieces.append(said.output_delta.text)
        elif kind == "output_completed" and said.output_completed.HasField("message"):
            self.run.output = message_from_pb(said.output_completed.message)
        elif kind == "output_completed":
            self.run.output = Message(role="AGENT", parts=[Part(text="".join(self._pieces))])
        elif kind == "input_required":
            asyncio.get_running_loop().call_soon(self._answer)
        return True

    async def ready(self) -> None:
        pass

    def close(self, outcome: Outcome | None = None) -> None:
        if outcome is not None and outcome.reason is not None:
            self.run.error = SmartcallError(outcome.reason, outcome.message or None)
        self.closed.set()

    def _answer(self) -> None:
        if self.attempt is None:
            return
        if self._answers:
            self.attempt.message(message_to_pb(_user_message(self._answers.pop(0))), 0)
        if not self._answers:
            self.attempt.half_closed()


async def run_agent(
    agent: Agent[Any],
    input: CallInput,
    *,
    answers: Sequence[CallInput] = (),
    timeout: float | None = None,
) -> AgentRun:
    """Runs an agent once, without a gateway and in this process.

    `answers` is what the caller answers to the agent's questions, in turn.
    """
    recorder = _Recorder(answers)
    host = AgentHost([agent], 1)
    open = link_pb2.Frame.Open(
        execute=attempt_pb2.ExecuteRequest(
            task_id="task",
            context_id="context",
            agent=agent.card.name,
            attempt=1,
            message=message_to_pb(_user_message(input)),
        ),
        half_close=not answers,
        timeout_ms=0 if timeout is None else max(1, round(timeout * 1000)),
    )
    recorder.attempt = host.accept(recorder, open, None)
    try:
        await recorder.closed.wait()
        await host.drain()
    except asyncio.CancelledError:
        host.abort(Cancellation("CANCELED"))
        raise
    finally:
        host.close()
    return recorder.run


def _user_message(value: CallInput) -> Message:
    said = to_input_body(value)
    if "message" in said:
        return Message.parse(said["message"])
    return Message.parse({"role": "USER", "parts": [said]})
