"""Agents without any transport."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .._gen.reasons import Reason
from .._gen.v1 import link_pb2
from .._link.frames import Cancellation, Outcome
from ._attempt import Attempt, AttemptInit, Exchange
from ._caller import Caller
from ._convert import card_to_pb
from ._definition import Agent

DEFAULT_CAPACITY = 4_096
MAX_THREADS = 64


class AgentHost:
    """Runs the attempts that links and RPCs bring."""

    def __init__(self, agents: Sequence[Agent[Any]], capacity: int | None) -> None:
        self._agents = {agent.card.name: agent for agent in agents}
        if len(self._agents) < len(agents):
            names = [agent.card.name for agent in agents]
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f'Two agents have the name "{twice}".')
        self.capacity = capacity or DEFAULT_CAPACITY
        self.cards = [card_to_pb(agent.card) for agent in agents]
        # Runs that are not asynchronous have a thread each.
        threads = min(self.capacity, MAX_THREADS)
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="smartcall-agent")
        self._attempts: set[Attempt] = set()
        self._is_draining = False
        self._drained = asyncio.Event()

    @property
    def names(self) -> list[str]:
        return list(self._agents)

    def accept(
        self, exchange: Exchange, open: link_pb2.Frame.Open, caller: Caller | None
    ) -> Attempt | None:
        """Runs an attempt, or closes its exchange with why not."""
        refusal = self._refusal(open)
        if refusal is not None:
            exchange.close(refusal)
            return None
        attempt = Attempt(
            AttemptInit(
                agent=self._agents[open.execute.agent],
                open=open,
                exchange=exchange,
                caller=caller,
                executor=self._executor,
                on_stop=self._stopped,
            )
        )
        self._attempts.add(attempt)
        return attempt

    async def drain(self) -> None:
        """Refuses every further call with DRAINING; waits until none runs any more."""
        self._is_draining = True
        if self._attempts:
            await self._drained.wait()

    def abort(self, cancellation: Cancellation) -> None:
        """Ends what still runs."""
        for attempt in list(self._attempts):
            attempt.canceled(cancellation)

    def close(self) -> None:
        """Lets go of the threads."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _stopped(self, attempt: Attempt) -> None:
        self._attempts.discard(attempt)
        if self._is_draining and not self._attempts:
            self._drained.set()

    def _refusal(self, open: link_pb2.Frame.Open) -> Outcome | None:
        if open.WhichOneof("request") != "execute":
            return _refused("NOT_IMPLEMENTED", "An agent takes only attempts of tasks.")
        name = open.execute.agent
        if self._is_draining:
            return _refused("DRAINING", "The agent's process is going away.")
        if name not in self._agents:
            return _refused("AGENT_NOT_FOUND", f'No agent "{name}" stands here.')
        if len(self._attempts) >= self.capacity:
            message = f"The instance runs {self.capacity} calls, as many as it may."
            return _refused("AGENT_BUSY", message)
        return None


def _refused(reason: Reason, message: str) -> Outcome:
    return Outcome(reason, message, refused=True)
