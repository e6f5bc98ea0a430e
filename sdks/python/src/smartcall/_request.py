"""How one request becomes an answer: token, limits, tries, errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from ._error import SmartcallError, error_from_problem
from ._flow import Flow, HttpAnswer, HttpRequest, IoError, ReadToken, Send, Sleep
from ._log import log, redacted
from ._model import Model, ResponseInfo
from ._operation import Operation
from ._options import ClientOptions, RequestOptions
from ._retry import MAX_RETRY_AFTER, backoff_delay, may_retry, retry_after_of
from ._trace import trace_headers

Answered = TypeVar("Answered")


class Deadline:
    """The end of a request or a stream, all its tries included."""

    def __init__(self, timeout: float | None, options: ClientOptions) -> None:
        self._now = options.now
        self._at = None if timeout is None else options.now() + timeout

    @property
    def left(self) -> float | None:
        """Seconds that are left, at least one thousandth; None when there is no limit."""
        return None if self._at is None else max(0.001, self._at - self._now())

    @property
    def is_over(self) -> bool:
        return self._at is not None and self._now() >= self._at

    def within(self, limit: float | None) -> float | None:
        """The shorter of what is left and a limit."""
        left = self.left
        return limit if left is None else left if limit is None else min(left, limit)


def perform(
    client: ClientOptions, operation: Operation[Answered], options: RequestOptions
) -> Flow[Answered]:
    """Sends a request until it is answered, and reads the answer.

    Tried again is what the gateway says never ran, and what may have been lost on the way where
    that is safe: with an idempotency key, which stays the same, or when nothing changes by it.
    """
    deadline = Deadline(options.get("timeout", client.timeout), client)
    attempt_timeout = options.get("attempt_timeout", client.attempt_timeout)
    max_retries = options.get("max_retries", client.max_retries)
    content = operation.content
    attempt = 0
    token: str | None = yield ReadToken()
    is_refreshed = False
    while True:
        attempt += 1
        request = HttpRequest(
            operation.method,
            client.url + operation.target,
            request_headers(client, operation, options, token, deadline.left),
            content,
        )
        try:
            log_request(request, operation)
            answer: HttpAnswer = yield Send(request, deadline.within(attempt_timeout))
            log.info("%s %s: %s", operation.method, operation.path, answer.status)
            if 200 <= answer.status < 300:
                return read_answer(answer, operation)
            error = error_from_refusal(client, answer)
            is_lost = error.reason == "GATEWAY_UNREACHABLE"
            again = operation.is_keyed if is_lost else may_retry(error, answer.headers)
        except IoError as failure:
            error = error_from_failure(client, failure, deadline)
            again = operation.is_keyed or not failure.was_sent
        if deadline.is_over and error.reason == "GATEWAY_UNREACHABLE":
            error = SmartcallError("DEADLINE_EXCEEDED")
        if attempt > max_retries or deadline.is_over:
            raise error
        if error.reason == "UNAUTHENTICATED" and not again and not is_refreshed:
            # The token may have ended on its way; another one is tried, once.
            is_refreshed, refused, token = True, token, (yield ReadToken())
            if token != refused:
                continue
        if not again:
            raise error
        delay = delay_before(client, attempt, error)
        left = deadline.left
        if delay is None or (left is not None and delay >= left):
            raise error
        log.warning("%s %s: %s, again in %.3f s", operation.method, operation.path, error, delay)
        yield Sleep(delay)
        token = yield ReadToken()


def log_request(request: HttpRequest, operation: Operation[Any]) -> None:
    """Logs what is about to be sent, but no secret of it."""
    if log.isEnabledFor(10):
        log.debug("%s %s %s", request.method, operation.path, redacted(request.headers))


def delay_before(client: ClientOptions, attempt: int, error: SmartcallError) -> float | None:
    """Seconds to wait; None when the gateway asks for longer than anybody wants to wait."""
    asked = error.retry_after or 0.0
    if asked > MAX_RETRY_AFTER:
        return None
    reconnect = client.reconnect
    return backoff_delay(
        attempt,
        base=reconnect.base_delay,
        longest=reconnect.max_delay,
        random=client.random,
        asked=asked,
    )


def request_headers(
    client: ClientOptions,
    operation: Operation[Any],
    options: RequestOptions,
    token: str | None,
    left: float | None,
) -> dict[str, str]:
    """A fresh bearer token, how long the gateway may take, what the client and the caller add."""
    headers = {"Accept": "application/json", **trace_headers()}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if left is not None:
        headers["Request-Timeout"] = f"{left:.3f}"
    if operation.body is not None:
        headers["Content-Type"] = "application/json"
    headers.update(operation.headers)
    for more in (client.headers, options.get("headers", {})):
        known = {name.lower(): name for name in headers}
        headers.update({known.get(name.lower(), name): value for name, value in more.items()})
    return headers


def read_answer(answer: HttpAnswer, operation: Operation[Answered]) -> Answered:
    """The data of an answer of success."""
    try:
        body: object = json.loads(answer.body) if operation.has_answer else None
        data = operation.parse(body)
    except ValueError as error:
        message = f"The answer of {operation.path} is not what the contract says: {error}"
        raise SmartcallError("INTERNAL", message, status=answer.status) from error
    if isinstance(data, Model):
        info = ResponseInfo(status=answer.status, headers=dict(answer.headers))
        data._response = info  # pyright: ignore[reportPrivateUsage]
    return data


def error_from_answer(answer: HttpAnswer) -> SmartcallError:
    """The error that an answer without success stands for."""
    if 300 <= answer.status < 400:
        location = answer.headers.get("location", "nowhere")
        message = f"The gateway redirects to {location}; credentials do not follow."
        return SmartcallError("INTERNAL", message, status=answer.status, retryable=False)
    return error_from_problem(
        problem_of(answer),
        status=answer.status,
        request_id=answer.headers.get("x-request-id"),
        retry_after=retry_after_of(answer.headers),
    )


def error_from_refusal(client: ClientOptions, answer: HttpAnswer) -> SmartcallError:
    """As `error_from_answer`; a failure without JSON is the word of a proxy on the way."""
    error = error_from_answer(answer)
    if answer.status < 500 or is_json(answer):
        return error
    return SmartcallError(
        "GATEWAY_UNREACHABLE",
        f"{client.url} answers {answer.status}: {error.message}",
        status=answer.status,
        retry_after=error.retry_after,
    )


def is_json(answer: HttpAnswer) -> bool:
    """Whether the body is JSON, as all that the gateway itself says is."""
    try:
        json.loads(answer.body)
    except ValueError:
        return False
    return True


def problem_of(answer: HttpAnswer) -> Mapping[str, Any] | None:
    """The JSON object that an answer has for a body; None when it has another one."""
    if "json" not in answer.headers.get("content-type", ""):
        return None
    try:
        body: object = json.loads(answer.body)
    except ValueError:
        return None
    return cast("dict[str, Any]", body) if isinstance(body, dict) else None


def error_from_failure(
    client: ClientOptions, failure: IoError, deadline: Deadline
) -> SmartcallError:
    """What a request that got no answer is told as."""
    if deadline.is_over:
        error = SmartcallError("DEADLINE_EXCEEDED")
    else:
        message = f"The gateway at {client.url} cannot be reached, or went away: {failure}"
        error = SmartcallError("GATEWAY_UNREACHABLE", message)
    error.__cause__ = failure
    return error
