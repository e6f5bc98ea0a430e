"""Calls of the asynchronous client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable
from typing import Any

from said import make_client, tell, to_json_error, to_options

from smartcall import AsyncSmartcall, SmartcallError
from smartcall.webhooks import verify_webhook


async def run(told: dict[str, Any], result: dict[str, Any]) -> None:
    """Makes the call of a vector, and tells what came of it."""
    async with make_client(AsyncSmartcall, told["url"], told["client"]) as smartcall:
        call = told["call"]
        if told["client"].get("transport") != "websocket" and call["operation"] != "converse":
            await operate(smartcall, smartcall, call, result)
            return
        session = smartcall.connect()
        try:
            await operate(smartcall, session, call, result)
        finally:
            await session.aclose()


async def operate(
    smartcall: AsyncSmartcall, streams: Any, call: dict[str, Any], result: dict[str, Any]
) -> None:
    """Makes one call."""
    options = to_options(call.get("options", {}))
    agent, task = call.get("agent", ""), call.get("task", "")
    input: Any = call.get("input")
    match call["operation"]:
        case "call":
            tell(result, await smartcall.call(agent, input, **options))
        case "tasks.get":
            tell(result, await smartcall.tasks.get(task, **options))
        case "tasks.cancel":
            tell(result, await smartcall.tasks.cancel(task, **options))
        case "tasks.send":
            tell(result, await smartcall.tasks.send(task, input, **options))
        case "agents.get":
            result["agent"] = (await smartcall.agents.get(agent, **options)).to_json()
        case "tasks.list":
            await collect(smartcall.tasks.list(**options), call, result)
        case "agents.list":
            await collect(smartcall.agents.list(**options), call, result)
        case "stream":
            await follow(streams.stream(agent, input, **options), call, result)
        case "watch":
            await follow(streams.watch(task, **options), call, result)
        case "converse":
            await follow(streams.converse(agent, **options), call, result, input)
        case "session":
            await in_session(smartcall, call["calls"], result)
        case "watchAgents":
            async with streams.watch_agents(**options) as stream:
                await collect_events(stream, call, result)
        case "webhooks.verify":
            said = call["webhook"]
            result["verified"] = verify_webhook(said["body"], said["headers"], said["secret"])
        case operation:
            raise NotImplementedError(operation)


async def in_session(
    smartcall: AsyncSmartcall, calls: list[dict[str, Any]], result: dict[str, Any]
) -> None:
    """Makes calls on one session, each once the one before has begun, or has ended."""

    async def make(call: dict[str, Any], own: dict[str, Any], begun: asyncio.Event) -> None:
        try:
            if call["operation"] == "call":
                tell(own, await session.call(call["agent"], call["input"]))
            else:
                stream = session.stream(call["agent"], call["input"])
                await follow(stream, call, own, on_event=begun.set)
        except SmartcallError as error:
            own["error"] = to_json_error(error)
        finally:
            begun.set()

    made: list[dict[str, Any]] = []
    running: list[asyncio.Task[None]] = []
    async with smartcall.connect() as session:
        for call in calls:
            begun = asyncio.Event()
            made.append({})
            running.append(asyncio.create_task(make(call, made[-1], begun)))
            await begun.wait()
        await asyncio.gather(*running)
    result["calls"] = made


async def collect(items: AsyncIterable[Any], call: dict[str, Any], result: dict[str, Any]) -> None:
    """Keeps what all pages hold."""
    kept: list[Any] = []
    result["items"] = kept
    async for item in items:
        kept.append(item.to_json())
        if len(kept) == call.get("leaveAfter"):
            return


async def follow(
    stream: Any,
    call: dict[str, Any],
    result: dict[str, Any],
    first: Any = None,
    on_event: Callable[[], None] = lambda: None,
) -> None:
    """Reads a task's events, and what they amount to."""
    try:
        async with stream:
            if first is not None:
                await stream.send(first)
            if await collect_events(stream, call, result, on_event):
                return
            whole = await stream.result()
            result.update(state=whole.state, text=whole.text)
    finally:
        result.update(taskId=stream.task_id, cursor=stream.cursor)


async def collect_events(
    stream: Any,
    call: dict[str, Any],
    result: dict[str, Any],
    on_event: Callable[[], None] = lambda: None,
) -> bool:
    """Keeps all events but those of the connection; true when the loop was left."""
    kept: list[Any] = []
    result["events"] = kept
    messages = iter(call.get("messages", []))
    async for event in stream:
        if event.type == "connection":
            continue
        kept.append(event.to_json())
        if len(kept) == call.get("cancelAfter"):
            await stream.cancel("enough")
        on_event()
        if event.type == "inputRequired" and (message := next(messages, None)) is not None:
            await stream.send(message)
        if len(kept) == call.get("leaveAfter"):
            return True
    return False
