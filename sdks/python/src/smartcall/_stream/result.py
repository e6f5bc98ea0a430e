"""What the events of a task amount to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .._error import SmartcallError, reason_from
from .._gen.models import Artifact, Message, Task, TaskError, TaskState, Usage
from .._gen.reasons import Reason
from .events import ConnectionEvent, TaskStreamEvent

_FALLBACKS: dict[str, Reason] = {
    "FAILED": "AGENT_FAILED",
    "REJECTED": "AGENT_REJECTED",
    "CANCELED": "CANCELED",
}


@dataclass(kw_only=True)
class StreamResult:
    """What the events of a task amount to."""

    task_id: str = ""
    state: TaskState = "UNSPECIFIED"
    """The last state that was told; `UNSPECIFIED` when none was."""
    text: str = ""
    """The agent's answer so far: its parts of text joined."""
    message: Message | None = None
    """The agent's whole answer, once it was said as a message."""
    artifacts: list[Artifact] = field(default_factory=list[Artifact])
    """Results with names, pieces put together."""
    usage: Usage | None = None
    error: TaskError | None = None
    """Why the task failed or was rejected."""
    prompt: Message | None = None
    """What an INPUT_REQUIRED task asks."""

    def raise_for_state(self) -> None:
        """Raises the task's reason when it FAILED, was REJECTED or CANCELED."""
        fallback = _FALLBACKS.get(self.state)
        if fallback is None:
            return
        error = self.error
        raise SmartcallError(
            reason_from(error.reason, fallback) if error else fallback,
            (error.message or None) if error else None,
            retryable=error.retryable if error else None,
            task_id=self.task_id,
        )


class TaskFold:
    """Folds a task's events into what they amount to."""

    def __init__(self) -> None:
        self._result = StreamResult()
        self._told: set[str] = set()
        self.is_ended = False
        """Whether the stream's end was read."""

    @property
    def result(self) -> StreamResult:
        """A copy of what is known now."""
        return replace(self._result, artifacts=list(self._result.artifacts))

    def take(self, event: TaskStreamEvent) -> None:
        """Goes on by one event."""
        if isinstance(event, ConnectionEvent):
            return
        result = self._result
        result.task_id = event.task_id
        match event.type:
            case "snapshot":
                _take_task(result, event.task)
            case "status":
                result.state = event.state
                result.error = event.error or result.error
                if event.state == "WORKING":
                    result.prompt = None
            case "outputDelta":
                result.text += event.text
            case "outputCompleted":
                if event.message is not None:
                    result.message = event.message
                    result.text = event.message.text
            case "artifact":
                _take_artifact(result.artifacts, event.artifact, event.append)
            case "inputRequired":
                result.state = "INPUT_REQUIRED"
                result.prompt = event.prompt
            case "usage":
                result.usage = Usage(
                    input_tokens=event.input_tokens,
                    output_tokens=event.output_tokens,
                    cost_micros=event.cost_micros,
                )
            case "end":
                self.is_ended = True
            case _:
                pass

    def artifact_of(self, event: TaskStreamEvent) -> Artifact | None:
        """The artifact that an event makes whole."""
        if isinstance(event, ConnectionEvent) or event.type != "artifact" or not event.last_chunk:
            return None
        artifact_id = event.artifact.artifact_id
        self._told.add(artifact_id)
        return next(a for a in self._result.artifacts if a.artifact_id == artifact_id)

    def other_artifacts(self) -> Iterator[Artifact]:
        """What no event has made whole. Raises when the task ended without an answer."""
        self._result.raise_for_state()
        return (a for a in self._result.artifacts if a.artifact_id not in self._told)


def _take_task(result: StreamResult, task: Task) -> None:
    result.state = task.state
    result.message = task.output
    result.text = task.output_text
    result.artifacts = list(task.artifacts)
    result.usage = task.usage
    result.error = task.error
    result.prompt = task.prompt


def _take_artifact(artifacts: list[Artifact], piece: Artifact, is_appended: bool) -> None:
    for index, known in enumerate(artifacts):
        if known.artifact_id == piece.artifact_id:
            if is_appended:
                piece = known.model_copy(update={"parts": [*known.parts, *piece.parts]})
            artifacts[index] = piece
            return
    artifacts.append(piece)
