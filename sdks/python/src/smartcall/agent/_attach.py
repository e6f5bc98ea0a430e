"""Agents that dial a gateway."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import os
import random
import signal
import time
from collections.abc import Sequence
from typing import Any, Literal

from typing_extensions import Self

from .._error import SmartcallError
from .._gen.reasons import Reason
from .._link.exchanges import Outgoing, OutgoingHandlers
from .._link.frames import Cancellation
from .._link.link import Link
from .._options import AsyncToken, resolve_url
from .._retry import backoff_delay
from ._definition import Agent
from ._host import AgentHost
from ._session import Session

log = logging.getLogger("smartcall.agent")

BASE_DELAY, MAX_DELAY = 0.1, 5.0
# The longest, in seconds, that a gateway is heeded which says when to come back.
MAX_RETRY_AFTER = 300.0
# A gateway that hangs up sooner, in seconds, is no better than one that cannot be reached.
LASTING = 5.0

# What to do about a refusal that no waiting cures; other reasons are worth another try.
ADVICE: dict[Reason, str] = {
    "UNAUTHENTICATED": "pass a token that the gateway knows: attach(…, token=…) or SMARTCALL_TOKEN",
    "PERMISSION_DENIED": "let the token attach these agents, or pass another one",
    "INVALID_ARGUMENT": "correct what the message names in the agents' cards",
    "AGENT_EXISTS": "give the agent another name, or remove the one that has it",
    "NOT_IMPLEMENTED": "see whether a Smartcall gateway stands at that URL",
    "UNSUPPORTED_MEDIA_TYPE": "see whether a Smartcall gateway stands at that URL",
}

AttachmentState = Literal["connecting", "ready", "draining", "closed"]


def attach(
    agents: Sequence[Agent[Any]],
    *,
    gateway: str | None = None,
    token: AsyncToken | None = None,
    capacity: int | None = None,
    instance_id: str = "",
    grace: float = 10,
    ready_timeout: float = 5,
) -> Attachment:
    """Agents that dial a gateway and take its calls, behind NAT too.

    `attach(…).run()` runs until Ctrl-C or SIGTERM; `async with attach(…)` is ready when its block
    begins and closed when it ends. A lost connection is dialled again with full jitter, for ever; a
    gateway that drains keeps its connection until the calls on it have ended, while the next one is
    dialled. A first connection that is refused for a reason that no waiting cures (a credential, a
    card) ends the attachment; a later one is tried again, as the gateway once took the same.

    Args:
    - agents: what `agent` made of functions.
    - gateway: its URL; `SMARTCALL_URL` by default, else `http://127.0.0.1:8080`.
    - token: the credential, or a function that answers it; `SMARTCALL_TOKEN` or `SMARTCALL_API_KEY`
      by default.
    - capacity: calls that run at once, 4,096 by default; more are refused.
    - instance_id: the id to be known by; the gateway gives one by default.
    - grace: seconds that running calls have to end when it closes.
    - ready_timeout: seconds that the gateway has to take the agents once it is connected.
    """
    return Attachment(agents, gateway, token, capacity, instance_id, grace, ready_timeout)


class Attachment:
    """Agents that stand behind a gateway which they dialled; made by `attach`."""

    def __init__(
        self,
        agents: Sequence[Agent[Any]],
        gateway: str | None,
        token: AsyncToken | None,
        capacity: int | None,
        instance_id: str,
        grace: float,
        ready_timeout: float,
    ) -> None:
        self.gateway = resolve_url(gateway)
        self.instance_id = instance_id
        """The id that the gateway knows the instance by; empty before it is ready."""
        self.state: AttachmentState = "connecting"
        self._agents = agents
        self._token = token
        self._capacity = capacity
        self._own_id = instance_id
        self._grace = grace
        self._ready_timeout = ready_timeout
        self._base_delay, self._max_delay = BASE_DELAY, MAX_DELAY
        self._sessions: list[Session] = []
        self._was_ready = False
        self._logged = ""
        self._keeping: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Runs until Ctrl-C or SIGTERM, and lets running calls end.

        Raises `SmartcallError` when the gateway refuses the agents for a reason that no waiting
        cures.
        """
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(self.run_async())

    async def run_async(self) -> None:
        """As `run`, in a loop that runs already."""
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        handled: list[signal.Signals] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, stop.set)
                handled.append(number)
        self._start()
        stopped = asyncio.create_task(stop.wait())
        failed = asyncio.create_task(self._failed.wait())
        try:
            await asyncio.wait([stopped, failed], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            failed.cancel()
            await self.close()
            for number in handled:
                loop.remove_signal_handler(number)
        if self._failed.is_set():
            await self.ready()

    async def ready(self) -> None:
        """Waits until the gateway has taken the agents for the first time.

        Raises `SmartcallError` when it refuses them for a reason that no waiting cures.
        """
        self._start()
        await asyncio.shield(self._ready)

    async def close(self) -> None:
        """Takes no further calls, lets those that run end within the grace, and hangs up."""
        if self._keeping is None:
            self.state = "closed"
            return
        if self._closing is None:
            self._closing = asyncio.create_task(self._drain())
        await asyncio.shield(self._closing)

    async def __aenter__(self) -> Self:
        try:
            await self.ready()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _start(self) -> None:
        if self._keeping is not None:
            return
        self._host = AgentHost(self._agents, self._capacity)
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._failed = asyncio.Event()
        self._keeping = asyncio.create_task(self._keep_connected())

    async def _keep_connected(self) -> None:
        failures = 0
        while True:
            retry_after: float | None = None
            try:
                session = await self._connect()
                since = time.monotonic()
                retry_after = await self._while_usable(session)
                if time.monotonic() - since > LASTING:
                    failures = -1
            except SmartcallError as error:
                retry_after = error.retry_after
                advice = ADVICE.get(error.reason)
                self._log_trouble(error, advice)
                if advice is not None and not self._was_ready:
                    self._give_up(error)
                    return
            except Exception as error:
                log.exception("no connection to %s", self.gateway)
                if not self._was_ready and isinstance(error, ValueError):
                    self._give_up(SmartcallError("INVALID_ARGUMENT", str(error)))
                    return
            failures += 1
            delay = backoff_delay(
                max(1, failures),
                base=self._base_delay,
                longest=self._max_delay,
                random=random.random,
                asked=min(retry_after or 0.0, MAX_RETRY_AFTER),
            )
            await asyncio.sleep(delay)

    async def _connect(self) -> Session:
        session = Session(self._host, lambda own: _BestLink(own, self._sessions))
        token = await self._read_token()
        self.instance_id = await session.open(
            self.gateway, token, self._own_id, self._ready_timeout
        )
        self._sessions = [each for each in self._sessions if not each.closed.is_set()]
        self._sessions.append(session)
        return session

    async def _while_usable(self, session: Session) -> float | None:
        """Ends when the gateway sends no calls on this connection any more.

        Answers how many seconds it asks to stay away, where it does.
        """
        self._was_ready = True
        self._logged = ""
        self.state = "ready"
        log.info("attached to %s as %s: %s", self.gateway, self.instance_id, self._host.names)
        if not self._ready.done():
            self._ready.set_result(None)
        over = await asyncio.shield(session.over)
        self.state = "connecting"
        if over.is_lost:
            log.warning("lost the gateway at %s: %s", self.gateway, over.reason)
            return None if over.error is None else over.error.retry_after
        log.info("the gateway drains (%s); dialling again while its calls end", over.reason)
        link = session.link
        if link is not None:
            draining = asyncio.create_task(link.drain("the gateway drains"))
            draining.add_done_callback(lambda _: link.close())
        return None

    async def _read_token(self) -> str | None:
        if self._token is None:
            variables = os.environ
            return variables.get("SMARTCALL_TOKEN") or variables.get("SMARTCALL_API_KEY") or None
        if not callable(self._token):
            return self._token
        token = self._token()
        return await token if inspect.isawaitable(token) else token

    def _log_trouble(self, error: SmartcallError, advice: str | None) -> None:
        if error.message == self._logged:
            return
        self._logged = error.message
        if advice is not None:
            log.error("%s refuses the agents: %s (%s)", self.gateway, error, advice)
        else:
            log.warning("no gateway at %s yet, trying again: %s", self.gateway, error)

    def _give_up(self, error: SmartcallError) -> None:
        if not self._ready.done():
            self._ready.set_exception(error)
            self._ready.exception()
        self._failed.set()

    async def _drain(self) -> None:
        self.state = "draining"
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
        if not self._ready.done():
            self._ready.set_exception(SmartcallError("CANCELED", "It was closed."))
            self._ready.exception()
        sessions = [session for session in self._sessions if not session.closed.is_set()]
        links = [session.link for session in sessions if session.link is not None]
        reason = "the agent's process is going away"
        waiting = [
            asyncio.ensure_future(self._host.drain()),
            *(asyncio.ensure_future(link.drain(reason)) for link in links),
        ]
        _, late = await asyncio.wait(waiting, timeout=self._grace)
        for each in late:
            each.cancel()
        self._host.abort(Cancellation("INSTANCE_LOST", "The agent's process went away."))
        for link in links:
            link.close()
        for session in sessions:
            await session.closed.wait()
        self._host.close()
        self.state = "closed"
        if sessions:
            log.info("detached from %s", self.gateway)


class _BestLink:
    """Calls of agents go out where a link takes them: on that of the call, else on the newest."""

    def __init__(self, own: Link, sessions: list[Session]) -> None:
        self._own = own
        self._sessions = sessions

    def open(self, open: Any, handlers: OutgoingHandlers, *, half_close: bool) -> Outgoing:
        links = [self._own, *(session.link for session in reversed(self._sessions))]
        best = next((link for link in links if link is not None and link.is_usable), self._own)
        return best.open(open, handlers, half_close=half_close)
