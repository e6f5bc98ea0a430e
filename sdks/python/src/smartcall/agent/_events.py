"""What a generator may yield beside text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._gen.models import Artifact, Part
from .._gen.v1 import attempt_pb2, common_pb2
from ._convert import artifact_to_pb, message_to_pb, struct_to_pb, to_message, value_to_pb


@dataclass(frozen=True)
class AgentEvent:
    """One event of a run; made by the functions beside it."""

    message: attempt_pb2.AgentEvent

    @property
    def kind(self) -> str:
        """What it is, such as `progress`."""
        return self.message.WhichOneof("kind") or ""


def artifact(
    artifact_id: str,
    parts: Sequence[Part],
    *,
    name: str = "",
    description: str = "",
    append: bool = False,
    last_chunk: bool | None = None,
) -> AgentEvent:
    """An artifact, or with `append` a further piece of one; whole unless it is appended."""
    whole = Artifact(artifact_id=artifact_id, name=name, description=description, parts=list(parts))
    update = common_pb2.TaskEvent.ArtifactUpdate(
        artifact=artifact_to_pb(whole),
        append=append,
        last_chunk=not append if last_chunk is None else last_chunk,
    )
    return AgentEvent(attempt_pb2.AgentEvent(artifact=update))


def progress(fraction: float, message: str = "") -> AgentEvent:
    """How far the agent is, from 0 to 1, and what it is doing."""
    if not 0 <= fraction <= 1:
        raise ValueError(f"progress is from 0 to 1, not {fraction}")
    said = common_pb2.TaskEvent.Progress(fraction=fraction, message=message)
    return AgentEvent(attempt_pb2.AgentEvent(progress=said))


def usage(*, input_tokens: int = 0, output_tokens: int = 0, cost_micros: int = 0) -> AgentEvent:
    """What the call has used up so far, in all."""
    said = common_pb2.Usage(
        input_tokens=input_tokens, output_tokens=output_tokens, cost_micros=cost_micros
    )
    return AgentEvent(attempt_pb2.AgentEvent(usage=said))


_NO_RESULT: Any = object()


def tool_call(
    call_id: str,
    name: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    result: Any = _NO_RESULT,
) -> AgentEvent:
    """A tool that is called, and again with the same `call_id` what came of it."""
    said = common_pb2.TaskEvent.ToolCall(call_id=call_id, name=name)
    if arguments is not None:
        said.arguments.CopyFrom(struct_to_pb(arguments))
    if result is not _NO_RESULT:
        said.result.CopyFrom(value_to_pb(result))
    return AgentEvent(attempt_pb2.AgentEvent(tool_call=said))


def answer(value: Any) -> AgentEvent:
    """The whole answer, for an asynchronous generator, which cannot return one."""
    said = common_pb2.TaskEvent.OutputCompleted(message=message_to_pb(to_message(value)))
    return AgentEvent(attempt_pb2.AgentEvent(output_completed=said))


def output_delta(text: str) -> AgentEvent:
    """A further piece of the answer."""
    said = common_pb2.TaskEvent.OutputDelta(text=text)
    return AgentEvent(attempt_pb2.AgentEvent(output_delta=said))


def output_whole() -> AgentEvent:
    """The pieces sent so far are the whole answer."""
    return AgentEvent(
        attempt_pb2.AgentEvent(output_completed=common_pb2.TaskEvent.OutputCompleted())
    )


def input_required(prompt: Any) -> AgentEvent:
    """A question to the caller."""
    said = common_pb2.TaskEvent.InputRequired(prompt=message_to_pb(to_message(prompt)))
    return AgentEvent(attempt_pb2.AgentEvent(input_required=said))
