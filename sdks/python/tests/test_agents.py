"""Agents, run without a gateway."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import BaseModel, Field

from smartcall._gen.v1 import attempt_pb2, link_pb2
from smartcall._link.frames import Cancellation, Outcome
from smartcall.agent import (
    Agent,
    AgentContext,
    AgentRun,
    Message,
    Part,
    SmartcallError,
    SyncAgentContext,
    agent,
    answer,
    artifact,
    progress,
    run_agent,
    tool_call,
    usage,
)
from smartcall.agent._host import AgentHost


class Order(BaseModel):
    name: str
    times: int = Field(default=1, ge=1, le=3)


@dataclass
class Half:
    half: int


def play(which: Agent[Any], input: Any = "hi", **more: Any) -> AgentRun:
    return asyncio.run(asyncio.wait_for(run_agent(which, input, **more), 60))


def kinds(run: AgentRun) -> list[str]:
    return [event.kind for event in run.events]


@agent(name="shout", description="Says it louder.")
def shout(text: str) -> str:
    return text.upper()


@agent(name="repeat")
async def repeat(message: Message) -> list[Part]:
    """Repeats what it is told."""
    return message.parts


@agent(name="greet", description="Greets.")
async def greet(order: Order, context: AgentContext) -> str:
    return f"Hello {order.name}. " * order.times


@agent(name="half", description="Halves.", input=int, output=Half)
def half(n: int) -> dict[str, int]:
    return {"half": n // 2} if n % 2 == 0 else {"whole": n}


@agent(name="poet", description="Writes two lines.")
async def poet(message: Message, context: AgentContext) -> AsyncIterator[Any]:
    yield progress(0.1, "looking for a rhyme")
    mood = (await context.ask("In what mood?")).text
    for word in ("Roses ", "", "are ", "red,\n", f"I am {mood}."):
        yield word
    yield artifact("poem", [Part(text="Roses are red")], name="poem.txt")
    yield tool_call("1", "look", {"q": 1})
    yield tool_call("1", "look", result=None)
    yield usage(output_tokens=7)


@agent(name="thread", description="Runs in a thread.")
def thread(message: Message, context: SyncAgentContext) -> Iterator[Any]:
    yield "one "
    more = context.ask({"question": "more?"})
    yield more.text
    for message in context.messages:
        yield f" {message.text}"


@pytest.mark.parametrize(
    ("which", "input", "text", "data"),
    [
        (shout, "hi", "HI", None),
        (repeat, {"data": {"a": [1, 2.5, None, True, "ü"]}}, "", {"a": [1, 2.5, None, True, "ü"]}),
        (repeat, {"data": 2**53}, "", 2**53),
        (greet, {"data": {"name": "Ann", "times": 2}}, "Hello Ann. Hello Ann. ", None),
        (half, {"data": 4}, "", {"half": 2}),
    ],
)
def test_what_a_run_answers(which: Agent[Any], input: Any, text: str, data: Any) -> None:
    run = play(which, input)
    assert (run.error, run.text, run.data) == (None, text, data)
    assert kinds(run) == ["output_completed"]


def test_a_generator_answers_in_pieces_and_says_more() -> None:
    run = play(poet, answers=["blue"])
    assert run.text == "Roses are red,\nI am blue."
    assert kinds(run) == [
        "progress",
        "input_required",
        *["output_delta"] * 4,
        "artifact",
        "tool_call",
        "tool_call",
        "usage",
        "output_completed",
    ]


def test_a_generator_in_a_thread_asks_and_hears() -> None:
    assert play(thread, answers=["two"]).error is None


def test_who_cannot_answer_is_not_asked() -> None:
    run = play(poet)
    assert run.error is not None
    assert run.error.reason == "NOT_IMPLEMENTED"
    assert kinds(run) == ["progress"]


@pytest.mark.parametrize(
    ("which", "input", "reason", "message"),
    [
        (greet, {"data": {"times": 9}}, "AGENT_REJECTED", "/name: Field required\n/times: "),
        (greet, "hi", "AGENT_REJECTED", "The input does not fit.\n/name: Field required"),
        (half, {"data": 5}, "AGENT_FAILED", "The answer does not fit.\n/half: Field required"),
    ],
)
def test_what_does_not_fit(which: Agent[Any], input: Any, reason: str, message: str) -> None:
    error = play(which, input).error
    assert error is not None
    assert error.reason == reason
    assert message in error.message


def test_a_run_that_raises_fails_its_task() -> None:
    @agent(name="boom", description="")
    async def boom(message: Message) -> None:
        raise RuntimeError("boom")

    @agent(name="own", description="")
    def own(message: Message) -> Iterator[str]:
        yield "so far"
        raise SmartcallError("AGENT_BUSY", "not now")

    @agent(name="odd", description="")
    async def odd(message: Message) -> AsyncIterator[Any]:
        yield 7

    @agent(name="unsayable", description="")
    def unsayable(message: Message) -> Any:
        return object()

    told = [play(which).error for which in (boom, own, odd, unsayable)]
    reasons = [error.reason for error in told if error is not None]
    assert reasons == ["AGENT_FAILED", "AGENT_BUSY", "AGENT_FAILED", "AGENT_FAILED"]
    assert told[0] is not None and told[0].message == "boom"


def test_the_deadline_reaches_a_run() -> None:
    stopped: list[str] = []

    @agent(name="slow", description="")
    async def slow(message: Message, context: AgentContext) -> None:
        assert context.deadline is not None
        try:
            await asyncio.sleep(50)
        except asyncio.CancelledError:
            stopped.append("slow")
            raise

    @agent(name="deaf", description="")
    def deaf(message: Message, context: SyncAgentContext) -> None:
        try:
            context.wait(50)
        except SmartcallError as error:
            stopped.append(error.reason)
            raise

    @agent(name="tick", description="")
    def tick(message: Message) -> Iterator[str]:
        try:
            while True:
                time.sleep(0.02)
                yield "tick"
        finally:
            stopped.append("tick")

    for count, which in enumerate((slow, deaf, tick)):
        timeout = 0.1
        # More time for a machine on which the run had not even begun.
        while len(stopped) == count:
            assert timeout < 20, "the run does not hear of its deadline"
            error = play(which, timeout=timeout).error
            assert error is not None
            assert error.reason == "DEADLINE_EXCEEDED"
            timeout *= 2
    assert stopped == ["slow", "CANCELED", "tick"]


def test_cards() -> None:
    assert (repeat.card.name, repeat.card.description) == ("repeat", "Repeats what it is told.")
    assert (repeat.card.streaming, poet.card.streaming, thread.card.streaming) == (
        False,
        True,
        True,
    )
    assert repeat.card.input_schema is None
    assert greet.card.input_schema is not None
    assert greet.card.input_schema["required"] == ["name"]
    assert half.card.output_schema is not None
    assert half.card.output_schema["properties"]["half"]["type"] == "integer"
    # The function stays one.
    assert shout("a") == "A"


@pytest.mark.parametrize("name", ["", "Big", "a_b", "-a", "a" * 64, "a\n"])
def test_names_that_are_no_address(name: str) -> None:
    with pytest.raises(ValueError):

        @agent(name=name or "-", description="")
        def nobody(message: Message) -> None: ...


def test_an_answer_is_said_once() -> None:
    @agent(name="whole", description="")
    async def whole(message: Message) -> AsyncIterator[Any]:
        yield "thinking "
        yield answer({"n": 1})

    run = play(whole)
    assert (run.data, kinds(run)) == ({"n": 1}, ["output_delta", "output_completed"])


def test_a_run_that_is_canceled_before_it_began_holds_no_place() -> None:
    class Silent:
        def __init__(self) -> None:
            self.outcomes: list[Outcome | None] = []

        def send(self, event: Any) -> bool:
            return True

        async def ready(self) -> None: ...

        def close(self, outcome: Outcome | None = None) -> None:
            self.outcomes.append(outcome)

    async def test() -> None:
        host = AgentHost([repeat], 1)
        request = attempt_pb2.ExecuteRequest(task_id="t", agent="repeat", attempt=1)
        open = link_pb2.Frame.Open(execute=request, half_close=True)
        for _ in range(2):
            exchange = Silent()
            attempt = host.accept(exchange, open, None)
            # The open and the cancel came in one packet.
            assert attempt is not None
            attempt.canceled(Cancellation("CANCELED"))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            [outcome] = exchange.outcomes
            assert outcome is not None
            assert outcome.reason == "CANCELED"
        await asyncio.wait_for(host.drain(), 30)
        host.close()

    asyncio.run(test())
