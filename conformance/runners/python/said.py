"""What a vector says in the words of the SDK, and what comes of it in those of the vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from smartcall import AsyncSmartcall, ReconnectOptions, Smartcall, SmartcallError

SECONDS = {"timeoutMs": "timeout", "attemptTimeoutMs": "attempt_timeout", "waitMs": "wait"}
NAMES = {
    "maxRetries": "max_retries",
    "idempotencyKey": "idempotency_key",
    "contextId": "context_id",
    "respondAsync": "respond_async",
    "onDisconnect": "on_disconnect",
    "onGap": "on_gap",
    "pageSize": "page_size",
}


def to_options(said: dict[str, Any]) -> dict[str, Any]:
    """The options of an operation."""
    options: dict[str, Any] = {}
    for name, value in said.items():
        if name in SECONDS:
            options[SECONDS[name]] = value / 1000
        else:
            options[NAMES.get(name, name)] = value
    return options


def make_client(
    kind: type[Smartcall] | type[AsyncSmartcall], url: str, said: dict[str, Any]
) -> Any:
    """A client as a vector wants it."""
    options: dict[str, Any] = {}
    for name, value in said.items():
        if name == "idleTimeoutMs":
            options["idle_timeout"] = value / 1000
        elif name == "tokens":
            options["token"] = in_turn(value)
        elif name not in ("delays", "transport"):
            options.update(to_options({name: value}))
    delays = said.get("delays", {})
    reconnect = {
        "base_delay": delays.get("baseDelayMs", 250) / 1000,
        "max_delay": delays.get("maxDelayMs", 10_000) / 1000,
        "max_attempts": delays.get("maxAttempts", 10),
        "max_first_attempts": delays.get("maxFirstAttempts", 2),
    }
    client: Any = kind(url=url, reconnect=ReconnectOptions(**reconnect), **options)
    if "random" in delays:
        client._options = replace(client._options, random=lambda: delays["random"])
    return client


def in_turn(tokens: list[str]) -> Callable[[], str]:
    """Answers these in turn, and the last one from then on."""
    left: Iterator[str] = iter(tokens[:-1])
    return lambda: next(left, tokens[-1])


def tell(result: dict[str, Any], task: Any) -> None:
    """What a task is told as."""
    result["task"] = task.to_json()
    result["outputText"] = task.output_text


def to_json_error(error: Exception) -> dict[str, Any]:
    """What a failure is told as."""
    if not isinstance(error, SmartcallError):
        return {"unexpected": f"{type(error).__name__}: {error}"}
    told: dict[str, Any] = {
        "reason": error.reason,
        "status": error.status,
        "retryable": error.retryable,
        "message": error.message,
        "errors": [{"pointer": each.pointer, "detail": each.detail} for each in error.errors],
        "requestId": error.request_id,
        "retryAfterMs": None if error.retry_after is None else error.retry_after * 1000,
        "taskId": error.task_id,
        "cursor": error.cursor,
    }
    return {name: value for name, value in told.items() if value is not None}
