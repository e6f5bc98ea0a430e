"""One run of an agent on one exchange."""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Protocol, cast

from .._error import SmartcallError
from .._gen.v1 import common_pb2, link_pb2
from .._link.frames import Cancellation, Outcome
from ._caller import Caller
from ._context import AgentContext, ContextSource, SyncAgentContext
from ._convert import message_from_pb
from ._definition import Agent
from ._events import AgentEvent, answer, output_delta, output_whole
from ._inbox import Inbox

log = logging.getLogger("smartcall.agent")


class Exchange(Protocol):
    """Where a run sends its events."""

    def send(self, event: Any) -> bool: ...
    async def ready(self) -> None: ...
    def close(self, outcome: Outcome | None = None) -> None: ...


@dataclass(frozen=True, kw_only=True)
class AttemptInit:
    """What an attempt is made of."""

    agent: Agent[Any]
    open: link_pb2.Frame.Open
    exchange: Exchange
    caller: Caller | None
    executor: Executor
    on_stop: Callable[[Attempt], None]
    """Hears once, when the run has really stopped."""


class Attempt:
    """One run. Whatever it does, its exchange is closed exactly once, and nothing is sent then."""

    def __init__(self, init: AttemptInit) -> None:
        self._init = init
        self._request = init.open.execute
        self._loop = asyncio.get_running_loop()
        self._inbox = Inbox()
        self._canceled = threading.Event()
        self._is_ended = False
        self._has_text = False
        self._has_answer = False
        if init.open.half_close:
            self._inbox.end()
        timeout_ms = init.open.timeout_ms or self._request.timeout_ms
        self._deadline = time.monotonic() + timeout_ms / 1000 if timeout_ms else None
        self._timer = (
            self._loop.call_later(
                timeout_ms / 1000, self.canceled, Cancellation("DEADLINE_EXCEEDED")
            )
            if timeout_ms
            else None
        )
        self._task = self._loop.create_task(self._run())
        # One that is canceled before its first step runs nothing of its own, not even a `finally`.
        self._task.add_done_callback(lambda _: init.on_stop(self))

    def message(self, payload: common_pb2.Message, _size: int) -> asyncio.Future[None] | None:
        return self._inbox.push(message_from_pb(payload))

    def half_closed(self) -> None:
        self._inbox.end()

    def canceled(self, cancellation: Cancellation) -> None:
        """The caller gave up, the deadline is over or the link is lost: the run is stopped."""
        if self._is_ended:
            return
        self._end(SmartcallError(cancellation.reason, cancellation.message or None))
        self._task.cancel()

    async def _run(self) -> None:
        agent = self._init.agent
        try:
            message = message_from_pb(self._request.message)
            value = agent.read_input(message)
            source = ContextSource(
                request=self._request,
                open=self._init.open,
                message=message,
                deadline=self._deadline,
                inbox=self._inbox,
                caller=self._init.caller,
                send=self._send,
                canceled=self._canceled,
            )
            await self._finish(await self._answer_of(value, source))
        except asyncio.CancelledError:
            self._end(SmartcallError("CANCELED"))
        except SmartcallError as error:
            self._end(error)
        except Exception as error:
            log.exception("%s %s: the run failed", agent.card.name, self._request.task_id)
            self._end(SmartcallError("AGENT_FAILED", str(error) or type(error).__name__))

    async def _answer_of(self, value: Any, source: ContextSource) -> Any:
        """Runs the function, whatever it is, and answers what it answers."""
        agent = self._init.agent
        run = agent.run
        if inspect.iscoroutinefunction(run) or inspect.isasyncgenfunction(run):
            context: Any = AgentContext(source)
        else:
            context = SyncAgentContext(source, self._loop)
        arguments = (value, context) if agent.takes_context else (value,)
        if inspect.isasyncgenfunction(run):
            return await self._drive(run(*arguments))
        if inspect.iscoroutinefunction(run):
            return await run(*arguments)
        if inspect.isgeneratorfunction(run):
            return await self._drive_in_threads(run(*arguments))
        result = await self._in_thread(lambda: run(*arguments))
        return await result if inspect.isawaitable(result) else result

    async def _drive(self, generator: AsyncGenerator[Any, None]) -> None:
        try:
            async for step in generator:
                await self._yielded(step)
        finally:
            await generator.aclose()

    async def _drive_in_threads(self, generator: Generator[Any, None, Any]) -> Any:
        def step() -> tuple[bool, Any]:
            try:
                return False, next(generator)
            except StopIteration as stop:
                return True, stop.value

        try:
            while True:
                is_over, value = await self._in_thread(step)
                if is_over:
                    return value
                await self._yielded(value)
        finally:
            await self._in_thread(generator.close)

    async def _in_thread(self, run: Callable[[], Any]) -> Any:
        """Waits for a thread to the end, as it cannot be stopped, and then hears of a cancel."""
        future = self._loop.run_in_executor(self._init.executor, run)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait([future])
            if not future.cancelled():
                future.exception()
            raise

    async def _yielded(self, step: Any) -> None:
        if isinstance(step, str):
            if not step:
                return
            self._has_text = True
            event = output_delta(step)
        elif isinstance(step, AgentEvent):
            event = step
            self._has_answer = self._has_answer or step.kind == "output_completed"
        else:
            raise TypeError(
                "A run yields text or what answer(), artifact(), progress(), tool_call() or "
                f"usage() made, not {type(step).__name__}."
            )
        if not self._send(event) and not self._is_ended:
            await self._init.exchange.ready()

    async def _finish(self, value: Any) -> None:
        if value is not None:
            self._send(answer(self._init.agent.check_output(value)))
        elif self._has_text and not self._has_answer:
            self._send(output_whole())
        self._end(None)

    def _send(self, event: AgentEvent) -> bool:
        if self._is_ended:
            return False
        return self._init.exchange.send(link_pb2.Frame.Event(agent=event.message))

    def _end(self, error: SmartcallError | None) -> None:
        if self._is_ended:
            return
        self._is_ended = True
        if self._timer is not None:
            self._timer.cancel()
        self._init.exchange.close(None if error is None else outcome_of(error))
        self._canceled.set()
        self._inbox.end(error or SmartcallError("CANCELED", "The run has already ended."))


def outcome_of(error: SmartcallError) -> Outcome:
    """How an exchange ends because of an error; the stack stays here."""
    errors = [{"pointer": place.pointer, "detail": place.detail} for place in error.errors]
    details = cast("dict[str, Any]", {"errors": errors} if errors else {})
    return Outcome(error.reason, error.message, details=details)
