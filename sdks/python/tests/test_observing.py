"""What is logged and traced of calls, and what never is."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Iterator

import pytest

from smartcall import AsyncSmartcall, Smartcall, SmartcallError
from smartcall._trace import trace_headers
from smartcall.agent import Message, agent, attach

from .conftest import MakeClient
from .fake_gateway import FakeGateway, Reply, reply_json, sse
from .samples import TASK, whole

SECRET = "sk-very-secret"
CUT = Reply(is_cut_at_once=True)
OK = reply_json(TASK)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Leaves the loggers as they were."""
    log = logging.getLogger("smartcall")
    level, handlers = log.level, list(log.handlers)
    yield
    log.setLevel(level)
    log.handlers[:] = handlers


@pytest.mark.usefixtures("quiet")
def test_what_is_logged_has_no_secret(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SMARTCALL_LOG", "debug")
    events = sse(*whole("private"))
    with FakeGateway(CUT, OK, events) as gateway:
        client = make_client(url=gateway.url, token=SECRET, headers={"X-Api-Key": SECRET})
        client.call("echo", "private")
        client.ask(client.open("stream", "echo", "private"), "text")
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    told = [(level, text) for level, text in told if "/v1/agents/echo" in text]
    assert [level for level, _ in told] == ["DEBUG", "WARNING", "DEBUG", "INFO", "DEBUG"]
    everything = "\n".join(text for _, text in told)
    assert "idempotency-key" in everything.lower()
    assert SECRET not in everything
    assert "private" not in everything


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    ("said", "level"), [("debug", 10), (" Info", 20), ("warn", 30), ("loud", 0), ("", 0)]
)
def test_the_environment_says_how_much(
    monkeypatch: pytest.MonkeyPatch, said: str, level: int
) -> None:
    log = logging.getLogger("smartcall")
    log.setLevel(0)
    monkeypatch.setenv("SMARTCALL_LOG", said)
    Smartcall().close()
    assert log.level == level


def test_no_text_of_a_client_has_its_token(make_client: MakeClient) -> None:
    client = make_client(url="http://127.0.0.1:1", token=SECRET, headers={"Cookie": SECRET})
    with pytest.raises(SmartcallError) as raised:
        client.call("echo", "hi", max_retries=0)
    frame, texts = raised.value.__traceback__, [repr(raised.value), str(raised.value)]
    texts += [repr(client.client), repr(client.client._options)]
    while frame is not None:
        # As reports of crashes show what was at hand.
        local = frame.tb_frame.f_locals
        texts += [repr(local[name]) for name in ("request", "operation", "client") if name in local]
        frame = frame.tb_next
    assert SECRET not in "\n".join(texts)


def test_the_trace_goes_along() -> None:
    trace = pytest.importorskip("opentelemetry.trace", reason="OpenTelemetry is not installed")
    context = pytest.importorskip("opentelemetry.context")
    span = trace.SpanContext(0xA, 0xB, is_remote=False, trace_flags=trace.TraceFlags(1))
    here = trace.set_span_in_context(trace.NonRecordingSpan(span))
    token = context.attach(here)
    try:
        assert trace_headers()["traceparent"] == f"00-{0xA:032x}-{0xB:016x}-01"
        with FakeGateway(OK) as gateway, Smartcall(url=gateway.url) as client:
            client.call("echo", "hi")
            client.call("echo", "hi", headers={"Traceparent": "mine"})
            parents = [each.headers["traceparent"] for each in gateway.requests]
            assert parents == [trace_headers()["traceparent"], "mine"]
    finally:
        context.detach(token)
    assert trace_headers() == {}


def test_a_body_that_drips_is_no_way_around_a_timeout(make_client: MakeClient) -> None:
    drip = Reply(headers={"content-type": "application/json"}, drip=0.05, body=b" " * 2000)
    with FakeGateway(drip) as gateway:
        client = make_client(url=gateway.url, max_retries=0)
        with pytest.raises(SmartcallError) as raised:
            client.call("echo", "hi", timeout=0.5)
        assert raised.value.reason == "DEADLINE_EXCEEDED"


@pytest.mark.parametrize(
    "url",
    [
        "http://user:pa55@127.0.0.1:1",
        "https://pa55@127.0.0.1:1",
        "http://user:pa55 @127.0.0.1:1",
        "http://user:/pa55@127.0.0.1:1",
        "user:pa55@h",
    ],
)
@pytest.mark.parametrize("how", ["a call", "a stream", "a session", "an attachment"])
def test_a_url_with_credentials_is_refused_and_nowhere_said(
    make_client: MakeClient, caplog: pytest.LogCaptureFixture, url: str, how: str
) -> None:
    caplog.set_level(logging.DEBUG)

    @agent(name="echo", description="")
    async def echo(message: Message) -> str:
        return message.text

    async def attached() -> None:
        async with attach([echo], gateway=url):
            pass

    async def in_session() -> None:
        async with AsyncSmartcall(url=url) as smartcall, smartcall.connect():
            pass

    with pytest.raises(SmartcallError) as raised:
        if how == "a call":
            make_client(url=url).call("echo", "hi")
        elif how == "a stream":
            client = make_client(url=url)
            client.ask(client.open("stream", "echo", "hi"), "text")
        else:
            asyncio.run(attached() if how == "an attachment" else in_session())
    assert raised.value.reason == "INVALID_ARGUMENT"
    told = "".join(traceback.format_exception(raised.value, limit=0)) + caplog.text
    assert "pa55" not in told
