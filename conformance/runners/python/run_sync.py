"""Calls of the synchronous client."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from said import make_client, tell, to_json_error, to_options

from smartcall import Smartcall
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
        case "watchAgents":
            with streams.watch_agents(**options) as stream:
                collect_events(stream, stream, call, result)
        case "webhooks.verify":
            said = call["webhook"]
            result["verified"] = verify_webhook(said["body"], said["headers"], said["secret"])
        case operation:
            raise NotImplementedError(operation)


def collect(items: Iterable[Any], call: dict[str, Any], result: dict[str, Any]) -> None:
    """Keeps what all pages hold."""
    kept: list[Any] = []
    result["items"] = kept
    for item in items:
        kept.append(item.to_json())
        if len(kept) == call.get("leaveAfter"):
            return


def follow(stream: Any, call: dict[str, Any], result: dict[str, Any], first: Any = None) -> None:
    """Reads a task's events, and what they amount to."""
    try:
        with stream:
            if first is not None:
                stream.send(first)
            if collect_events(stream, stream, call, result):
                return
            whole = stream.result()
            result.update(state=whole.state, text=whole.text)
    finally:
        result.update(taskId=stream.task_id, cursor=stream.cursor)


def collect_events(stream: Any, events: Any, call: dict[str, Any], result: dict[str, Any]) -> bool:
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
        if event.type == "inputRequired" and (message := next(messages, None)) is not None:
            stream.send(message)
        if len(kept) == call.get("leaveAfter"):
            return True
    return False
