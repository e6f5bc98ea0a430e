"""The agents of the vectors, attached to a gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from smartcall import SmartcallError
from smartcall.agent import Agent, AgentContext, Message, agent, attach


async def run_agent(told: dict[str, Any], closing: asyncio.Event) -> dict[str, Any]:
    """Attaches the agents until it is to close, and answers what became of it."""
    runs: list[dict[str, str]] = []
    said = told["attach"]
    attachment = attach(
        create_agents(runs),
        gateway=told["url"],
        token=said.get("token"),
        capacity=said.get("capacity"),
        instance_id=said.get("instanceId", ""),
        grace=1,
    )
    attachment._base_delay, attachment._max_delay = 0.05, 0.2  # pyright: ignore
    result: dict[str, Any] = {"runs": runs}
    ready = asyncio.ensure_future(attachment.ready())
    closed = asyncio.ensure_future(closing.wait())
    await asyncio.wait([ready, closed], return_when=asyncio.FIRST_COMPLETED)
    if ready.done() and (error := ready.exception()) is not None:
        result["error"] = {"reason": getattr(error, "reason", str(error))}
    else:
        await closed
    result["instanceId"] = attachment.instance_id
    await attachment.close()
    ready.cancel()
    return result


def create_agents(runs: list[dict[str, str]]) -> list[Agent[Any]]:
    """All agents that the vectors speak of."""

    @agent(name="echo", description="Answers the text it is sent.")
    async def echo(message: Message) -> str:
        return message.text

    @agent(name="words", description="Streams the words of the text it is sent.")
    async def words(message: Message) -> AsyncIterator[str]:
        for word in message.text.split(" "):
            yield f"{word} "

    @agent(name="count", description="Streams so many pieces of so many bytes.")
    async def count(message: Message) -> AsyncIterator[str]:
        for _ in range(int(message.data["pieces"])):
            yield "x" * int(message.data["bytes"])
        runs.append({"agent": "count", "outcome": "answered"})

    @agent(name="fail", description="Fails.")
    async def fail(message: Message) -> None:
        raise RuntimeError("on purpose")

    @agent(name="reject", description="Rejects.")
    async def reject(message: Message) -> None:
        raise SmartcallError("AGENT_REJECTED", "not this")

    @agent(name="wait", description="Waits until it is canceled.")
    async def wait(message: Message) -> AsyncIterator[str]:
        yield "waiting"
        try:
            await asyncio.Event().wait()
        finally:
            runs.append({"agent": "wait", "outcome": "canceled"})

    @agent(name="ask", description="Asks, and answers what it hears.")
    async def ask(message: Message, context: AgentContext) -> str:
        return (await context.ask("Which?")).text

    @agent(name="slow", description="Answers after a tenth of a second.")
    async def slow(message: Message) -> str:
        await asyncio.sleep(0.1)
        return message.text

    return [echo, words, count, fail, reject, wait, ask, slow]
