"""Calls of the synchronous client."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from said import make_client, tell, to_json_error, to_options

from smartcall import Smartcall, SmartcallError
from smartcall.webhooks import verify_webhook


def run(told: dict[str, Any]) -> dict[str, Any]:
    """Makes the call of a vector, and answers what came of it."""
    result: dict[str, Any] = {}
    try:
        with make_client(Smartcall, told["url"], told["client"]) as smartcall:
            call = told["call"]
            if told["client"].get("transport") != "websocket" and call["operation"] != "converse":
                operate(smartcall, smartcall, call, result)
                return result
            session = smartcall.connect()
            try:
                operate(smartcall, session, call, result)
            finally:
                session.close()
    except Exception as error:
        result["error"] = to_json_error(error)
    return result


def operate(
    smartcall: Smartcall, streams: Any, call: dict[str, Any], result: dict[str, Any]
) -> None:
    """Makes one call."""
    options = to_options(call.get("options", {}))
    agent, task = call.get("agent", ""), call.get("task", "")
    input: Any = call.get("input")
    match call["operation"]:
        case "call":
            tell(result, smartcall.call(agent, input, **options))
        case "tasks.get":
            tell(result, smartcall.tasks.get(task, **options))
        case "tasks.cancel":
            tell(result, smartcall.tasks.cancel(task, **options))
        case "tasks.send":
            tell(result, smartcall.tasks.send(task, input, **options))
        case "agents.get":
            result["agent"] = smartcall.agents.get(agent, **options).to_json()
        case "tasks.list":
            collect(smartcall.tasks.list(**options), call, result)
        case "agents.list":
            collect(smartcall.agents.list(**options), call, result)
        case "stream":
            follow(streams.stream(agent, input, **options), call, result)
        case "watch":
            follow(streams.watch(task, **options), call, result)
        case "converse":
            follow(streams.converse(agent, **options), call, result, input)
        case "session":
            in_session(smartcall, call["calls"], result)
        case "watchAgents":
            with streams.watch_agents(**options) as stream:
                collect_events(stream, stream, call, result)
        case "webhooks.verify":
            said = call["webhook"]
            result["verified"] = verify_webhook(said["body"], said["headers"], said["secret"])
        case operation:
            raise NotImplementedError(operation)


def in_session(smartcall: Smartcall, calls: list[dict[str, Any]], result: dict[str, Any]) -> None:
    """Makes calls on one session, each once the one before has begun, or has ended."""

    def make(call: dict[str, Any], own: dict[str, Any], begun: threading.Event) -> None:
        try:
            if call["operation"] == "call":
                tell(own, session.call(call["agent"], call["input"]))
            else:
                stream = session.stream(call["agent"], call["input"])
                follow(stream, call, own, on_event=begun.set)
        except SmartcallError as error:
            own["error"] = to_json_error(error)
        finally:
            begun.set()

    made: list[dict[str, Any]] = []
    with smartcall.connect() as session, ThreadPoolExecutor(len(calls)) as threads:
        running: list[Future[None]] = []
        for call in calls:
            begun = threading.Event()
            made.append({})
            running.append(threads.submit(make, call, made[-1], begun))
            begun.wait()
        for each in running:
            each.result()
    result["calls"] = made


def collect(items: Iterable[Any], call: dict[str, Any], result: dict[str, Any]) -> None:
    """Keeps what all pages hold."""
    kept: list[Any] = []
    result["items"] = kept
    for item in items:
        kept.append(item.to_json())
        if len(kept) == call.get("leaveAfter"):
            return


def follow(
    stream: Any,
    call: dict[str, Any],
    result: dict[str, Any],
    first: Any = None,
    on_event: Callable[[], None] = lambda: None,
) -> None:
    """Reads a task's events, and what they amount to."""
    try:
        with stream:
            if first is not None:
                stream.send(first)
            if collect_events(stream, stream, call, result, on_event):
                return
            whole = stream.result()
            result.update(state=whole.state, text=whole.text)
    finally:
        result.update(taskId=stream.task_id, cursor=stream.cursor)


def collect_events(
    stream: Any,
    events: Any,
    call: dict[str, Any],
    result: dict[str, Any],
    on_event: Callable[[], None] = lambda: None,
) -> bool:
    """Keeps all events but those of the connection; true when the loop was left."""
    kept: list[Any] = []
    result["events"] = kept
    messages = iter(call.get("messages", []))
    for event in events:
        if event.type == "connection":
            continue
        kept.append(event.to_json())
        if len(kept) == call.get("cancelAfter"):
            stream.cancel("enough")
        on_event()
        if event.type == "inputRequired" and (message := next(messages, None)) is not None:
            stream.send(message)
        if len(kept) == call.get("leaveAfter"):
            return True
    return False
