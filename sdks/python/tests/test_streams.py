"""Streams that resume, over both kinds of clients."""

from __future__ import annotations

import time
from typing import Any

import pytest

from smartcall import ReconnectOptions, SmartcallError, UnknownEvent

from .conftest import MakeClient
from .fake_gateway import FakeGateway, Reply, Request, problem, reply_json, sse, wire
from .samples import TASK, WORKING, delta, end, event, whole

EVENTS = whole("Grüße, ", "日本", " 🎈")


def resuming(events: list[dict[str, Any]], cuts: list[int]) -> Any:
    """A gateway that answers what follows a cursor, and is cut so many bytes on each time."""
    left = list(cuts)

    def script(request: Request) -> Reply:
        after = request.headers.get("last-event-id", "e.0")
        seq = int(after.partition(".")[2])
        rest = [e for e in events if "end" in e or int(e["cursor"].partition(".")[2]) > seq]
        return sse(*rest, cut=left.pop(0) if left else None)

    return script


def texts(events: list[Any]) -> str:
    return "".join(each.text for each in events if each.type == "outputDelta")


def kinds(events: list[Any]) -> list[str]:
    return [each.type for each in events]


def test_a_stream_has_each_event_and_what_they_amount_to(make_client: MakeClient) -> None:
    with FakeGateway(sse(*EVENTS)) as gateway:
        client = make_client(url=gateway.url, token="secret")
        stream = client.open("stream", "echo", "hi", context_id="c-1")
        assert stream.task_id is None
        events = client.events(stream)
        assert kinds(events) == ["status", *["outputDelta"] * 3, "outputCompleted", "status", "end"]
        assert texts(events) == "Grüße, 日本 🎈"
        assert (stream.task_id, stream.cursor) == ("t-1", "e.6")
        result = client.ask(stream, "result")
        assert (result.state, result.text) == ("COMPLETED", "Grüße, 日本 🎈")
        [request] = gateway.requests
        assert request.path == "/v1/agents/echo/calls/stream"
        assert request.headers["accept"] == "text/event-stream"
        assert request.headers["authorization"] == "Bearer secret"
        assert request.body == {"text": "hi", "contextId": "c-1"}
        with pytest.raises(TypeError):
            client.events(stream)


def test_nothing_is_sent_before_the_first_event_is_asked_for(make_client: MakeClient) -> None:
    with FakeGateway(sse(*EVENTS)) as gateway:
        client = make_client(url=gateway.url)
        stream = client.open("stream", "echo", "hi")
        client.ask(stream, "cancel")
        with pytest.raises(SmartcallError) as raised:
            client.ask(stream, "text")
        assert raised.value.reason == "CANCELED"
        assert gateway.requests == []


def test_a_body_that_comes_byte_by_byte(make_client: MakeClient) -> None:
    body = wire(*EVENTS).replace(b"\n", b"\r\n")
    pieces = [body[at : at + 1] for at in range(len(body))]
    reply = Reply(headers={"content-type": "text/event-stream"}, chunks=pieces)
    with FakeGateway(reply) as gateway:
        client = make_client(url=gateway.url)
        assert client.ask(client.open("stream", "echo", "hi"), "text") == "Grüße, 日本 🎈"


def test_a_body_that_is_cut_at_any_byte_is_resumed(make_client: MakeClient) -> None:
    size = len(wire(*EVENTS))
    with FakeGateway(resuming(EVENTS, [])) as gateway:
        client = make_client(url=gateway.url)
        # What is cut is put together by the same code, which here meets each byte once.
        for cut in range(client.kind == "async", size, 2):
            gateway.requests.clear()
            gateway.script(resuming(EVENTS, [cut]))
            events = client.events(client.open("stream", "echo", "hi"))
            numbered = [e.cursor for e in events if e.type not in ("end", "connection")]
            assert numbered == [f"e.{seq}" for seq in range(1, 7)], cut
            assert events[-1].type == "end"
            first, *rest = gateway.requests
            for request in rest:
                if request.method == "POST":
                    key = "idempotency-key"
                    assert request.headers[key] == first.headers[key]
                else:
                    assert request.path == "/v1/tasks/t-1/events"


def test_a_reader_hears_of_trouble(make_client: MakeClient) -> None:
    cut = len(wire(*EVENTS[:2]))
    with FakeGateway(resuming(EVENTS, [cut, 0])) as gateway:
        client = make_client(url=gateway.url)
        events = client.events(client.open("stream", "echo", "hi"))
        told = [(e.state, e.attempt) for e in events if e.type == "connection"]
        assert told == [
            ("reconnecting", 1),
            ("connected", 1),
            ("reconnecting", 2),
            ("connected", 2),
        ]
        assert texts(events) == "Grüße, 日本 🎈"
        seen = [request.headers.get("last-event-id") for request in gateway.requests]
        assert seen == [None, "e.2", "e.2"]


@pytest.mark.parametrize(
    ("name", "first", "want"),
    [
        ("a hole", [WORKING, delta(3, "x")], "ok"),
        ("another epoch", [WORKING, delta(2, "x", epoch="f")], "ok"),
        ("another task", [WORKING, {**delta(2, "x"), "taskId": "t-2"}], "ok"),
        ("an end at another place", [WORKING, end(7)], "ok"),
        ("draining", [WORKING, end(1, "DRAINING")], "ok"),
        ("slow", [WORKING, end(1, "SLOW_CONSUMER")], "ok"),
        ("expired", [WORKING, end(1, "AUTH_EXPIRED")], "ok"),
        ("a number that was seen", [WORKING, WORKING, delta(2, "o")], "ok"),
        ("no place", [WORKING, {"outputDelta": {"text": "x"}, "cursor": 7}], "ok"),
    ],
)
def test_what_cannot_come_next_is_asked_for_again(
    make_client: MakeClient, name: str, first: list[dict[str, Any]], want: str
) -> None:
    rest = resuming(whole("o", "k"), [])
    with FakeGateway(sse(*first), rest) as gateway:
        client = make_client(url=gateway.url)
        events = client.events(client.open("stream", "echo", "hi"))
        assert texts(events) == want, name
        assert [e.cursor for e in events if e.type not in ("end", "connection")] == [
            f"e.{seq}" for seq in range(1, 6)
        ]


def test_joined_pieces(make_client: MakeClient) -> None:
    events = [WORKING, delta(4, "all", merged=3), end(4)]
    with FakeGateway(sse(*events)) as gateway:
        client = make_client(url=gateway.url)
        read = client.events(client.open("watch", "t-1"))
        assert [(e.cursor, e.merged) for e in read] == [("e.1", 1), ("e.4", 3), ("e.4", 1)]


def test_a_stream_that_never_ends_well(make_client: MakeClient) -> None:
    with FakeGateway(sse(WORKING), resuming([WORKING], [])) as gateway:
        reconnect = ReconnectOptions(max_attempts=3, base_delay=0.001)
        client = make_client(url=gateway.url, reconnect=reconnect)
        stream = client.open("stream", "echo", "hi")
        with pytest.raises(SmartcallError) as raised:
            client.ask(stream, "text")
        error = raised.value
        assert (error.reason, error.task_id, error.cursor) == ("STREAM_TRUNCATED", "t-1", "e.1")
        assert isinstance(error.__cause__, SmartcallError)
        assert len(gateway.requests) == 4


@pytest.mark.parametrize(
    ("replies", "reason", "requests"),
    [
        ([problem("AGENT_NOT_FOUND", 404)], "AGENT_NOT_FOUND", 1),
        ([problem("UNAUTHENTICATED", 401)], "UNAUTHENTICATED", 1),
        ([problem("AGENT_BUSY", 503, retryable=True)], "AGENT_BUSY", 11),
        ([Reply(status=502, body=b"<html>")], "GATEWAY_UNREACHABLE", 3),
        ([reply_json(TASK)], "STREAM_TRUNCATED", 11),
        ([problem("TASK_NOT_FOUND", 404)], "TASK_NOT_FOUND", 1),
    ],
)
def test_a_stream_that_is_refused(
    make_client: MakeClient, replies: list[Reply], reason: str, requests: int
) -> None:
    with FakeGateway(*replies) as gateway:
        client = make_client(url=gateway.url)
        with pytest.raises(SmartcallError) as raised:
            client.ask(client.open("stream", "echo", "hi"), "text")
        assert raised.value.reason == reason
        assert len(gateway.requests) == requests


def test_a_problem_in_the_stream(make_client: MakeClient) -> None:
    body = wire(WORKING) + b'event: error\ndata: {"reason": "TASK_NOT_FOUND", "status": 404}\n\n'
    reply = Reply(headers={"content-type": "text/event-stream"}, body=body)
    with FakeGateway(reply) as gateway:
        client = make_client(url=gateway.url)
        with pytest.raises(SmartcallError) as raised:
            client.ask(client.open("stream", "echo", "hi"), "text")
        assert raised.value.reason == "STREAM_TRUNCATED"
        assert raised.value.__cause__.reason == "TASK_NOT_FOUND"  # type: ignore[union-attr]


def test_a_place_that_is_no_longer_kept(make_client: MakeClient) -> None:
    with FakeGateway(problem("CURSOR_EXPIRED", 410)) as gateway:
        client = make_client(url=gateway.url)
        with pytest.raises(SmartcallError) as raised:
            client.ask(client.open("watch", "t-1", after="e.3"), "text")
        error = raised.value
        assert (error.reason, error.task_id, error.cursor) == ("CURSOR_EXPIRED", "t-1", "e.3")


def test_a_gap_with_its_snapshot(make_client: MakeClient) -> None:
    task = {**TASK, "state": "WORKING", "output": {"role": "AGENT", "parts": [{"text": "so "}]}}
    gap = event(3, "gap", {"after": "e.3"})
    events = [gap, event(9, "snapshot", {"task": task}), delta(10, "far"), end(10)]
    with FakeGateway(sse(*events)) as gateway:
        client = make_client(url=gateway.url)
        stream = client.open("watch", "t-1", after="e.3", on_gap="SNAPSHOT")
        assert kinds(client.events(stream)) == ["gap", "snapshot", "outputDelta", "end"]
        assert client.ask(stream, "result").text == "so far"
        request = gateway.requests[0]
        assert request.path == "/v1/tasks/t-1/events?onGap=SNAPSHOT"
        assert request.headers["last-event-id"] == "e.3"


def test_a_silent_connection_is_lost(make_client: MakeClient) -> None:
    held = sse(WORKING, holds_open=True)
    with FakeGateway(held, resuming(EVENTS, [])) as gateway:
        client = make_client(url=gateway.url, idle_timeout=0.2)
        assert client.ask(client.open("stream", "echo", "hi"), "text") == "Grüße, 日本 🎈"


def test_a_stream_ends_with_its_time(make_client: MakeClient) -> None:
    with FakeGateway(sse(WORKING, holds_open=True)) as gateway:
        client = make_client(url=gateway.url)
        timeout, task_id = 0.25, None
        # More time for a machine on which the first event had not even arrived.
        while task_id is None:
            timeout *= 2
            begin = time.monotonic()
            with pytest.raises(SmartcallError) as raised:
                client.ask(client.open("stream", "echo", "hi", timeout=timeout), "text")
            assert raised.value.reason == "DEADLINE_EXCEEDED"
            assert timeout * 0.9 < time.monotonic() - begin < timeout + 25
            assert float(gateway.requests[-1].headers["request-timeout"]) <= timeout
            task_id = raised.value.task_id
        assert task_id == "t-1"


def test_leaving_and_going_on_elsewhere(make_client: MakeClient) -> None:
    with FakeGateway(resuming(EVENTS, [])) as gateway:
        client = make_client(url=gateway.url)
        stream = client.open("stream", "echo", "hi")
        client.events(stream, count=2)
        # The place of the last event that was read, whatever has arrived.
        assert stream.cursor == "e.2"
        rest = client.events(client.open("watch", stream.task_id, after=stream.cursor))
        assert [e.cursor for e in rest] == ["e.3", "e.4", "e.5", "e.6", "e.6"]
        with pytest.raises(SmartcallError) as raised:
            client.ask(stream, "result")
        assert raised.value.reason == "CANCELED"


def test_cancel(make_client: MakeClient) -> None:
    def script(request: Request) -> Reply:
        if request.path.endswith("/cancel"):
            return reply_json({**TASK, "state": "CANCELED"})
        return sse(WORKING, holds_open=True)

    with FakeGateway(script) as gateway:
        client = make_client(url=gateway.url)
        stream = client.open("stream", "echo", "hi")
        if client.kind == "sync":
            iterator = iter(stream)
            next(iterator)
            stream.cancel("enough")
            iterator.close()
        else:

            async def read() -> None:
                async with stream:
                    async for _ in stream:
                        await stream.cancel("enough")
                        break

            client._run(read)
        request = next(r for r in gateway.requests if r.path.endswith("/cancel"))
        assert (request.path, request.body) == ("/v1/tasks/t-1/cancel", {"reason": "enough"})


@pytest.mark.parametrize(
    ("state", "error", "reason"),
    [
        ("FAILED", {"reason": "INSTANCE_LOST", "message": "gone"}, "INSTANCE_LOST"),
        ("FAILED", {"reason": "OF_A_NEWER_GATEWAY", "message": "new"}, "AGENT_FAILED"),
        ("REJECTED", None, "AGENT_REJECTED"),
        ("CANCELED", None, "CANCELED"),
    ],
)
def test_a_task_that_ended_badly(
    make_client: MakeClient, state: str, error: Any, reason: str
) -> None:
    status = {"state": state} if error is None else {"state": state, "error": error}
    with FakeGateway(sse(WORKING, event(2, "status", status), end(2))) as gateway:
        client = make_client(url=gateway.url)
        assert client.ask(client.open("watch", "t-1"), "result").state == state
        with pytest.raises(SmartcallError) as raised:
            client.ask(client.open("watch", "t-1"), "text")
        assert (raised.value.reason, raised.value.task_id) == (reason, "t-1")


def test_artifacts_and_the_rest_of_a_result(make_client: MakeClient) -> None:
    def piece(seq: int, id: str, text: str, **more: Any) -> dict[str, Any]:
        artifact = {"artifactId": id, "name": id, "parts": [{"text": text}]}
        return event(seq, "artifact", {"artifact": artifact, **more})

    events = [
        WORKING,
        piece(2, "a", "1"),
        piece(3, "b", "whole", lastChunk=True),
        piece(4, "a", "2", append=True, lastChunk=True),
        piece(5, "c", "open"),
        event(6, "usage", {"inputTokens": 2, "outputTokens": 3}),
        event(7, "toolCall", {"callId": "x", "name": "look", "arguments": {"q": 1}}),
        event(8, "moonPhase", {"full": True}),
        event(9, "inputRequired", {"prompt": {"parts": [{"text": "more?"}]}}),
        end(9, "INTERRUPTED"),
    ]
    with FakeGateway(sse(*events)) as gateway:
        client = make_client(url=gateway.url)
        artifacts = client.ask(client.open("watch", "t-1"), "artifacts")
        told = [(a.artifact_id, [part.text for part in a.parts]) for a in artifacts]
        assert told == [("b", ["whole"]), ("a", ["1", "2"]), ("c", ["open"])]
        stream = client.open("watch", "t-1")
        read = client.events(stream)
        [moon] = [e for e in read if isinstance(e, UnknownEvent)]
        assert (moon.type, moon.model_extra) == ("moonPhase", {"full": True})
        result = client.ask(stream, "result")
        assert (result.state, result.prompt.text) == ("INPUT_REQUIRED", "more?")
        assert (result.usage.input_tokens, result.usage.output_tokens) == (2, 3)


def test_the_registry_is_watched(make_client: MakeClient) -> None:
    agent = {"name": "a", "card": {"name": "a"}, "createTime": TASK["createTime"]}
    time_ = TASK["createTime"]
    events: list[dict[str, Any]] = [
        {"cursor": "e.4", "time": time_, "snapshot": {"agents": [agent]}},
        {"cursor": "e.5", "time": time_, "removed": {"agent": "a"}},
        {"cursor": "e.5", "time": time_, "end": {"reason": "DRAINING"}},
    ]
    more = [{"cursor": "e.6", "time": time_, "agent": agent}]
    with FakeGateway(sse(*events), sse(*more, holds_open=True)) as gateway:
        client = make_client(url=gateway.url)
        stream = client.open("watch_agents")
        read = client.events(stream, count=5)
        assert kinds(read) == ["snapshot", "removed", "connection", "connection", "agent"]
        assert read[-1].card.name == "a"
        assert gateway.requests[1].headers["last-event-id"] == "e.5"


def test_a_token_that_cannot_be_had_is_asked_for_again(make_client: MakeClient) -> None:
    tries: list[int] = []

    def token() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no network")
        return "t"

    with FakeGateway(sse(*EVENTS)) as gateway:
        client = make_client(url=gateway.url, token=token)
        assert client.ask(client.open("stream", "echo", "hi"), "text") == "Grüße, 日本 🎈"
