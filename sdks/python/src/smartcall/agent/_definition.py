"""What makes a function an agent."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from .._error import FieldError, SmartcallError
from .._gen.models import AgentCard, Message, Skill
from .._gen.reasons import Reason

Run = TypeVar("Run", bound=Callable[..., Any])

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


class Agent(Generic[Run]):
    """A capability that can be attached to a gateway or served; made by `agent`.

    Calling it calls the function, as a test of it may.
    """

    def __init__(
        self,
        run: Run,
        card: AgentCard,
        input: TypeAdapter[Any] | None,
        output: TypeAdapter[Any] | None,
    ) -> None:
        self.run = run
        self.card = card
        self._input = input
        self._output = output
        self._takes_text = input is None and _first_annotation(run) is str
        self.takes_context = _takes_context(run)

    @property
    def __call__(self) -> Run:
        return self.run

    def read_input(self, message: Message) -> Any:
        """What the function gets: the message, its text, or its data once it was validated."""
        if self._takes_text:
            return message.text
        if self._input is None:
            return message
        candidates = [part.data for part in message.parts if "data" in part.model_fields_set][:1]
        if not candidates:
            candidates = [{"text": message.text}, message.text]
        failure: ValidationError | None = None
        for candidate in candidates:
            try:
                return self._input.validate_python(candidate)
            except ValidationError as error:
                failure = failure or error
        raise _misfit("AGENT_REJECTED", "The input does not fit.", failure)

    def check_output(self, value: Any) -> Any:
        """What the function answered, as the schema of its output has it."""
        if self._output is None or isinstance(value, Message):
            return value
        try:
            checked = self._output.validate_python(value)
        except ValidationError as error:
            raise _misfit("AGENT_FAILED", "The answer does not fit.", error) from error
        return self._output.dump_python(checked, mode="json", by_alias=True)


def agent(
    *,
    name: str | None = None,
    description: str | None = None,
    version: str = "",
    skills: Sequence[Skill] = (),
    labels: Mapping[str, str] | None = None,
    input: Any = None,
    output: Any = None,
    streaming: bool | None = None,
) -> Callable[[Run], Agent[Run]]:
    """Makes a function an agent that `attach` and `serve` take.

    The function takes the input, and the context if it has a second parameter. It may be
    asynchronous or not, and answers with text, data, parts or a message; a generator yields its
    answer in pieces, and events beside it. One that raises fails its task: a `SmartcallError` with
    its reason, anything else with `AGENT_FAILED`.

    Args:
    - name: the agent's address: lower-case letters, digits and hyphens, 63 at most; the function's
      name by default.
    - description: what it does, for people and for models that choose; the docstring by default.
    - version: the version of the agent.
    - skills: what it can do.
    - labels: words by which a target or an operator picks agents.
    - input: the type of the data it takes, anything that pydantic knows. By default what the first
      parameter is annotated with: nothing or `Message` for the message, `str` for its text. What
      does not fit is REJECTED with `AGENT_REJECTED` and a line for each place that is wrong.
    - output: the type of the data it answers with; by default the annotation, where it is a model.
    - streaming: whether the answer comes in pieces; by default whether it is a generator.
    """

    def define(run: Run) -> Agent[Run]:
        address = name or run.__name__.replace("_", "-")
        if not _NAME.fullmatch(address):
            raise ValueError(
                f"An agent's name is of lower-case letters, digits and hyphens, 63 at most; "
                f'"{address}" is not.'
            )
        takes = _adapter(input if input is not None else _input_annotation(run))
        gives = _adapter(output if output is not None else _output_annotation(run))
        is_generator = inspect.isgeneratorfunction(run) or inspect.isasyncgenfunction(run)
        card = AgentCard(
            name=address,
            description=description or inspect.getdoc(run) or "",
            version=version,
            skills=list(skills),
            labels=dict(labels or {}),
            streaming=is_generator if streaming is None else streaming,
            input_schema=takes.json_schema() if takes is not None else None,
            output_schema=gives.json_schema(mode="serialization") if gives is not None else None,
        )
        return Agent(run, card, takes, gives)

    return define


def _adapter(annotation: Any) -> TypeAdapter[Any] | None:
    return None if annotation is None else TypeAdapter(annotation)


def _hints(run: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(run, include_extras=True)
    except (NameError, TypeError):
        return {}


def _parameters(run: Callable[..., Any]) -> list[inspect.Parameter]:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p for p in inspect.signature(run).parameters.values() if p.kind in kinds]


def _takes_context(run: Callable[..., Any]) -> bool:
    return len(_parameters(run)) > 1


def _first_annotation(run: Callable[..., Any]) -> Any:
    parameters = _parameters(run)
    return _hints(run).get(parameters[0].name) if parameters else None


def _input_annotation(run: Callable[..., Any]) -> Any:
    annotation = _first_annotation(run)
    return None if annotation in (None, str, Message, Any) else annotation


def _output_annotation(run: Callable[..., Any]) -> Any:
    annotation: Any = _hints(run).get("return")
    if annotation is Message or not isinstance(annotation, type):
        return None
    return annotation if issubclass(annotation, BaseModel) else None


def _misfit(reason: Reason, sentence: str, error: ValidationError | None) -> SmartcallError:
    errors = error.errors(include_url=False, include_context=False) if error is not None else []
    places = [FieldError("".join(f"/{key}" for key in each["loc"]), each["msg"]) for each in errors]
    lines = [sentence, *(f"{place.pointer}: {place.detail}" for place in places)]
    return SmartcallError(reason, "\n".join(lines), errors=places)
