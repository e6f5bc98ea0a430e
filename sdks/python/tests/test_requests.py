"""Calls and resources, over both kinds of clients."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest

from smartcall import MessageInput, PartInput, SmartcallError

from .conftest import MakeClient
from .fake_gateway import FakeGateway, Reply, Request, problem, reply_json
from .samples import TASK

BUSY = problem("AGENT_BUSY", 503, retryable=True)
CUT = Reply(is_cut_at_once=True)
OK = reply_json(TASK, x_request_id="r-1")


def test_a_call_says_its_input_and_answers_the_task(make_client: MakeClient) -> None:
    with FakeGateway(OK) as gateway:
        client = make_client(url=gateway.url, token="secret", headers={"x-team": "a"})
        task = client.call(
            "echo",
            {"data": {"n": 2**63 + 1}},
            context_id="c-1",
            metadata={"camelCase": {"snake_case": 1}},
            on_disconnect="CONTINUE",
            timeout=60,
            headers={"X-Mine": "1"},
        )
        assert (task.state, task.output_text, task.context_id) == ("COMPLETED", "Hello you", "c-1")
        assert task.response.request_id == "r-1"
        [request] = gateway.requests
        assert (request.method, request.path) == ("POST", "/v1/agents/echo/calls")
        assert request.body == {
            "data": {"n": 2**63 + 1},
            "contextId": "c-1",
            "metadata": {"camelCase": {"snake_case": 1}},
            "onDisconnect": "CONTINUE",
        }
        assert request.headers["authorization"] == "Bearer secret"
        assert request.headers["x-team"] == "a"
        assert request.headers["x-mine"] == "1"
        assert 30 < float(request.headers["request-timeout"]) <= 60
        assert len(request.headers["idempotency-key"]) == 36


@pytest.mark.parametrize(
    ("input", "want"),
    [
        ("hi", {"text": "hi"}),
        ({"text": "hi"}, {"text": "hi"}),
        ({"data": None}, {"data": None}),
        (
            {"message": {"parts": [{"text": "a", "media_type": "text/plain"}]}},
            {"message": {"parts": [{"text": "a", "mediaType": "text/plain"}]}},
        ),
        (
            MessageInput(parts=[PartInput(raw=b"\xff\xfe"), PartInput(data=None)]),
            {"message": {"parts": [{"raw": "//4="}, {"data": None}]}},
        ),
    ],
)
def test_inputs(make_client: MakeClient, input: Any, want: Any) -> None:
    with FakeGateway(OK) as gateway:
        make_client(url=gateway.url).call("echo", input)
        assert gateway.requests[0].body == want


@pytest.mark.parametrize(
    ("name", "replies", "options", "requests", "reason"),
    [
        ("busy, then there", [BUSY, OK], {}, 2, None),
        ("busy for good", [BUSY], {}, 3, "AGENT_BUSY"),
        ("busy, and told not to wait", [BUSY], {"max_retries": 0}, 1, "AGENT_BUSY"),
        ("limited", [problem("RATE_LIMITED", 429, retryable=True), OK], {}, 2, None),
        ("slow to arrive", [problem("REQUEST_TIMEOUT", 408, retryable=True), OK], {}, 2, None),
        ("has perhaps run", [problem("INSTANCE_LOST", 502)], {}, 1, "INSTANCE_LOST"),
        ("a fault", [problem("INTERNAL", 500)], {}, 1, "INTERNAL"),
        ("refused", [problem("AGENT_NOT_FOUND", 404)], {}, 1, "AGENT_NOT_FOUND"),
        (
            "told to retry",
            [problem("INTERNAL", 500, headers={"x-should-retry": "true"}), OK],
            {},
            2,
            None,
        ),
        (
            "told not to retry",
            [problem("AGENT_BUSY", 503, retryable=True, headers={"x-should-retry": "false"})],
            {},
            1,
            "AGENT_BUSY",
        ),
        ("cut", [CUT, OK], {}, 2, None),
        ("cut for good", [CUT], {}, 3, "GATEWAY_UNREACHABLE"),
        ("cut in the answer", [Reply(body=b'{"id": "t-1"}', cut=5), OK], {}, 2, None),
        (
            "asked to wait for longer than anybody wants",
            [problem("RATE_LIMITED", 429, retryable=True, headers={"retry-after": "3600"})],
            {},
            1,
            "RATE_LIMITED",
        ),
        (
            "asked to wait for longer than there is time",
            [problem("RATE_LIMITED", 429, retryable=True, headers={"retry-after": "50"})],
            {"timeout": 40},
            1,
            "RATE_LIMITED",
        ),
    ],
)
def test_retries(
    make_client: MakeClient,
    name: str,
    replies: list[Reply],
    options: dict[str, Any],
    requests: int,
    reason: str | None,
) -> None:
    with FakeGateway(*replies) as gateway:
        client = make_client(url=gateway.url)
        if reason is None:
            assert client.call("echo", "hi", **options).id == "t-1"
        else:
            with pytest.raises(SmartcallError) as raised:
                client.call("echo", "hi", **options)
            assert raised.value.reason == reason
        assert len(gateway.requests) == requests
        keys = {request.headers["idempotency-key"] for request in gateway.requests}
        assert len(keys) == 1


def test_what_has_no_key_is_sent_again_only_when_it_changes_nothing(
    make_client: MakeClient,
) -> None:
    with FakeGateway(CUT, OK) as gateway:
        client = make_client(url=gateway.url)
        with pytest.raises(SmartcallError) as raised:
            client.do("tasks", "send", "t-1", "more")
        assert raised.value.reason == "GATEWAY_UNREACHABLE"
    with FakeGateway(CUT, OK) as gateway:
        assert make_client(url=gateway.url).do("tasks", "get", "t-1", wait=1.5).id == "t-1"
        assert [each.path for each in gateway.requests] == ["/v1/tasks/t-1?wait=1.5s"] * 2


def test_retry_after_is_waited(make_client: MakeClient) -> None:
    limited = problem("RATE_LIMITED", 429, retryable=True, headers={"retry-after": "0.2"})
    with FakeGateway(limited, OK) as gateway:
        begin = time.monotonic()
        make_client(url=gateway.url).call("echo", "hi")
        assert time.monotonic() - begin >= 0.2


def test_a_redirect_is_refused_and_takes_no_credential_along(make_client: MakeClient) -> None:
    with FakeGateway(OK) as other, FakeGateway(OK) as gateway:
        location = f"{other.url}/v1/agents/echo/calls"
        gateway.script(Reply(status=307, headers={"location": location}))
        with pytest.raises(SmartcallError) as raised:
            make_client(url=gateway.url, token="secret").call("echo", "hi")
        assert (raised.value.reason, raised.value.status) == ("INTERNAL", 307)
        assert other.requests == []


@pytest.mark.parametrize(
    ("reply", "reason", "status"),
    [
        (problem("AGENT_NOT_FOUND", 404), "AGENT_NOT_FOUND", 404),
        (problem("OF_A_NEWER_GATEWAY", 404), "ROUTE_NOT_FOUND", 404),
        (Reply(status=502, body=b"<html>"), "GATEWAY_UNREACHABLE", 502),
        (Reply(status=401, body=b""), "UNAUTHENTICATED", 401),
        (
            Reply(status=504, headers={"content-type": "application/json"}, body=b"[1"),
            "GATEWAY_UNREACHABLE",
            504,
        ),
        (reply_json([1, 2], 413), "PAYLOAD_TOO_LARGE", 413),
        (reply_json("no task"), "INTERNAL", 200),
        (Reply(headers={"content-type": "application/json"}, body=b"{"), "INTERNAL", 200),
    ],
)
def test_answers_that_are_none(
    make_client: MakeClient, reply: Reply, reason: str, status: int
) -> None:
    with FakeGateway(reply) as gateway, pytest.raises(SmartcallError) as raised:
        make_client(url=gateway.url).call("echo", "hi")
    assert (raised.value.reason, raised.value.status) == (reason, status)


def test_an_error_says_all_that_the_problem_does(make_client: MakeClient) -> None:
    places = [{"pointer": "/text", "detail": "a string", "more": 1}, "none", {}]
    reply = problem("INVALID_ARGUMENT", 400, requestId="r-7", errors=places)
    reply.headers["retry-after"] = "7"
    with FakeGateway(reply) as gateway, pytest.raises(SmartcallError) as raised:
        make_client(url=gateway.url).call("echo", "hi")
    error = raised.value
    assert str(error) == "INVALID_ARGUMENT: d of INVALID_ARGUMENT"
    assert (error.request_id, error.retryable, error.retry_after) == ("r-7", False, 7)
    assert error.errors == (("/text", "a string"), ("", ""))
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.reason, copy.errors, copy.request_id) == (error.reason, error.errors, "r-7")


def test_a_request_that_takes_too_long(make_client: MakeClient) -> None:
    with FakeGateway(Reply(silence=120)) as gateway:
        client = make_client(url=gateway.url)
        begin = time.monotonic()
        with pytest.raises(SmartcallError) as raised:
            client.call("echo", "hi", timeout=0.2)
        assert raised.value.reason == "DEADLINE_EXCEEDED"
        assert time.monotonic() - begin < 100


def test_a_try_that_takes_too_long_is_made_again(make_client: MakeClient) -> None:
    with FakeGateway(Reply(silence=120), OK) as gateway:
        # Long enough for the second one to be answered, however slow the machine is.
        assert make_client(url=gateway.url, attempt_timeout=2).call("echo", "hi").id == "t-1"
        assert len(gateway.requests) == 2
        assert "request-timeout" not in gateway.requests[0].headers


def test_nobody_is_there(make_client: MakeClient) -> None:
    with pytest.raises(SmartcallError) as raised:
        make_client(url="http://127.0.0.1:1").call("echo", "hi")
    assert raised.value.reason == "GATEWAY_UNREACHABLE"
    assert "127.0.0.1:1" in raised.value.message


def test_a_token_is_read_for_each_try(make_client: MakeClient) -> None:
    tokens = iter(["a", "b"])
    with FakeGateway(BUSY, OK) as gateway:
        make_client(url=gateway.url, token=lambda: next(tokens)).call("echo", "hi")
        said = [request.headers["authorization"] for request in gateway.requests]
        assert said == ["Bearer a", "Bearer b"]


def test_the_environment_says_where_and_who(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeGateway(OK) as gateway:
        monkeypatch.setenv("SMARTCALL_URL", gateway.url + "/")
        monkeypatch.setenv("SMARTCALL_API_KEY", "from-outside")
        make_client().call("echo", "hi")
        assert gateway.requests[0].headers["authorization"] == "Bearer from-outside"


def test_what_a_newer_gateway_says_is_kept(make_client: MakeClient) -> None:
    newer = {**TASK, "state": "DREAMING", "moonPhase": {"full": True}}
    with FakeGateway(reply_json(newer)) as gateway:
        task = make_client(url=gateway.url).call("echo", "hi")
        assert task.state == "DREAMING"
        assert task.model_extra == {"moonPhase": {"full": True}}
        assert task.to_json()["moonPhase"] == {"full": True}


def test_what_an_answer_lacks_is_what_protobuf_says(make_client: MakeClient) -> None:
    with FakeGateway(reply_json({"id": "t-1", "output": {"parts": [{"data": 1}]}})) as gateway:
        task = make_client(url=gateway.url).call("echo", "hi")
        assert (task.id, task.state, task.agent, task.artifacts) == ("t-1", "UNSPECIFIED", "", [])
        assert (task.output_data, task.create_time) == (1, None)


def test_pages(make_client: MakeClient) -> None:
    def pages(request: Request) -> Reply:
        token = request.path.partition("pageToken=")[2]
        items = [{**TASK, "id": f"t-{token or 0}"}]
        return reply_json({"tasks": items, "nextPageToken": {"": "1", "1": "2"}.get(token, "")})

    with FakeGateway(pages) as gateway:
        client = make_client(url=gateway.url)
        listed = client.items("tasks", agent="a&b", states=["FAILED", "REJECTED"], page_size=1)
        assert [task.id for task in listed] == ["t-0", "t-1", "t-2"]
        query = "?agent=a%26b&states=FAILED&states=REJECTED&pageSize=1"
        assert gateway.requests[0].path == f"/v1/tasks{query}"
        assert [page.next_page_token for page in client.pages("tasks")] == ["1", "2", ""]


def test_names_in_paths(make_client: MakeClient) -> None:
    with FakeGateway(OK) as gateway:
        client = make_client(url=gateway.url)
        client.call("größe/ä", "hi")
        assert gateway.requests[0].path == "/v1/agents/gr%C3%B6%C3%9Fe%2F%C3%A4/calls"
        for name in ("", ".", ".."):
            with pytest.raises(SmartcallError) as raised:
                client.call(name, "hi")
            assert raised.value.errors[0].pointer == "#/path/agent"
        assert len(gateway.requests) == 1


def test_the_registry(make_client: MakeClient) -> None:
    agent = {"name": "a", "card": {"name": "a"}, "createTime": TASK["createTime"]}
    with FakeGateway(reply_json(agent)) as gateway:
        client = make_client(url=gateway.url)
        card = {"name": "a", "input_schema": {"type": "object", "x_y": 1}}
        made = client.do(
            "agents", "create", card=card, endpoints=[{"url": "http://h:1", "protocol": "EXECUTE"}]
        )
        assert made.card.name == "a"
        client.do("agents", "update", "a", card=card, update_mask=["description", "version"])
        assert [(r.method, r.path, r.body) for r in gateway.requests] == [
            (
                "POST",
                "/v1/agents",
                {
                    "card": {"name": "a", "inputSchema": {"type": "object", "x_y": 1}},
                    "endpoints": [{"url": "http://h:1", "protocol": "EXECUTE"}],
                },
            ),
            (
                "PATCH",
                "/v1/agents/a?updateMask=description%2Cversion",
                {"name": "a", "inputSchema": {"type": "object", "x_y": 1}},
            ),
        ]
    for empty in (Reply(status=204), reply_json({})):
        with FakeGateway(empty) as gateway:
            assert make_client(url=gateway.url).do("agents", "delete", "a") is None


@pytest.mark.parametrize(
    "input",
    [{"message": {"parts": [{"txt": "a"}]}}, {"data": float("nan")}, {"data": object()}],
)
def test_what_does_not_fit_is_never_sent(make_client: MakeClient, input: Any) -> None:
    with FakeGateway(OK) as gateway:
        with pytest.raises(SmartcallError) as raised:
            make_client(url=gateway.url).call("echo", input)
        assert raised.value.reason == "INVALID_ARGUMENT"
        assert gateway.requests == []
