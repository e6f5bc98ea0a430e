"""Clients and agents at the real gateway. Skipped where it is not built."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import grpc.aio
import pytest
from pydantic import BaseModel

from smartcall import AsyncSmartcall, Smartcall, SmartcallError
from smartcall._gen.health import health_pb2
from smartcall._gen.v1 import attempt_pb2, common_pb2, runtime_pb2
from smartcall.agent import (
    AgentContext,
    Message,
    SyncAgentContext,
    agent,
    attach,
    progress,
    serve,
)

from .conftest import QUICK
from .real_gateway import CuttingProxy, RealGateway, missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")

begun: list[str] = []
heard: list[str] = []


class Sum(BaseModel):
    a: int
    b: int = 0


@agent(name="py-echo", description="Repeats.")
async def echo(message: Message) -> Any:
    return message.parts


@agent(name="py-sum", description="Adds.")
async def add(numbers: Sum) -> dict[str, int]:
    return {"sum": numbers.a + numbers.b}


@agent(name="py-clock", description="Ticks.")
async def clock(message: Message) -> AsyncIterator[Any]:
    for tick in range(20):
        yield f"{tick} "
        await asyncio.sleep(0.01)
    yield progress(1, "done")


@agent(name="py-waiter", description="Takes an order, in a thread.")
def waiter(message: Message, context: SyncAgentContext) -> Iterator[Any]:
    drink = context.ask("Coffee or tea?")
    yield f"One {drink.text}, "
    yield "coming up."


@agent(name="py-slow", description="Takes its time.")
async def slow(message: Message, context: AgentContext) -> None:
    begun.append(context.task.id)
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        heard.append(context.task.id)
        raise


@agent(name="py-big", description="Says much.")
async def big(message: Message) -> AsyncIterator[str]:
    for _ in range(100):
        yield "x" * 20_000


@agent(name="py-team", description="Calls another.")
async def team(message: Message, context: AgentContext) -> str:
    task = await context.call("py-sum", {"data": {"a": 40, "b": 2}})
    return f"{task.state} {task.output_data['sum']}"


@agent(name="py-fails", description="Fails.")
async def fails(message: Message) -> None:
    raise SmartcallError("AGENT_REJECTED", "never")


AGENTS = [echo, add, clock, waiter, slow, big, team, fails]


@pytest.fixture(scope="module")
def gateway() -> Iterator[RealGateway]:
    with RealGateway("--log-level", "info") as gateway:
        yield gateway


@pytest.fixture(scope="module")
def url(gateway: RealGateway) -> Iterator[str]:
    """The gateway with this module's agents attached, from a loop of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    attachment = attach(AGENTS, gateway=gateway.url, grace=1)
    asyncio.run_coroutine_threadsafe(attachment.ready(), loop).result(60)
    yield gateway.url
    asyncio.run_coroutine_threadsafe(attachment.close(), loop).result(60)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(test(), 90)

    asyncio.run(bounded())


async def eventually(holds: Callable[[], Any]) -> None:
    for _ in range(3000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never was so")


async def reaching(call: Callable[[float], Awaitable[None]]) -> None:
    """Calls py-slow with more and more time until its run has begun, and waits until it heard."""
    count, timeout = len(begun), 0.2
    while len(begun) == count:
        await call(timeout)
        timeout *= 2
    # A run that an earlier test left behind may begin as well, and hears nothing.
    await eventually(lambda: any(id in heard for id in begun[count:]))


def test_calls_of_python_agents(url: str) -> None:
    with Smartcall(url=url) as smartcall:
        task = smartcall.call("py-echo", "Grüße")
        assert (task.state, task.output_text) == ("COMPLETED", "Grüße")
        assert smartcall.call("py-sum", {"data": {"a": 40, "b": 2}}).output_data == {"sum": 42}
        refused = smartcall.call("py-sum", {"data": {"b": 2}})
        assert (refused.state, refused.error and refused.error.reason) == (
            "REJECTED",
            "AGENT_REJECTED",
        )
        assert smartcall.call("py-team", "go").output_text == "COMPLETED 42"
        assert smartcall.call("py-fails", "go").state == "REJECTED"
        card = smartcall.agents.card("py-sum")
        assert card.input_schema is not None
        assert card.input_schema["required"] == ["a"]
        [instance] = smartcall.agents.instances("py-sum").instances
        assert (instance.state, instance.upstream) == ("READY", "ATTACHED")


def test_a_key_runs_once(url: str) -> None:
    with Smartcall(url=url) as smartcall:
        tasks = [smartcall.call("py-echo", "once", idempotency_key="py-1") for _ in range(2)]
        assert tasks[0].id == tasks[1].id
        with pytest.raises(SmartcallError) as raised:
            smartcall.call("py-echo", "twice", idempotency_key="py-1")
        assert raised.value.reason == "IDEMPOTENCY_KEY_REUSED"


def test_not_waiting_and_looking_later(url: str) -> None:
    with Smartcall(url=url) as smartcall:
        accepted = smartcall.call("py-waiter", "hi", respond_async=True)
        asked = smartcall.tasks.get(accepted.id, wait=30)
        assert (asked.state, asked.prompt and asked.prompt.text) == (
            "INPUT_REQUIRED",
            "Coffee or tea?",
        )
        smartcall.tasks.send(accepted.id, "tea")
        done = smartcall.tasks.get(accepted.id, wait=30)
        while done.state not in ("COMPLETED", "FAILED"):
            done = smartcall.tasks.get(accepted.id, wait=30)
        assert done.output_text == "One tea, coming up."
        assert accepted.id in [task.id for task in smartcall.tasks.list(agent="py-waiter")]


def test_a_cancel_reaches_the_run(url: str) -> None:
    with Smartcall(url=url) as smartcall:
        accepted = smartcall.call("py-slow", "hi", respond_async=True)
        asyncio.run(eventually(lambda: accepted.id in begun))
        assert smartcall.tasks.cancel(accepted.id, reason="enough").state == "CANCELED"
        asyncio.run(eventually(lambda: accepted.id in heard))


def test_a_deadline_reaches_the_run(url: str) -> None:
    with Smartcall(url=url) as smartcall:

        async def call(timeout: float) -> None:
            try:
                # The gateway and this side watch the same time; either may be first.
                task = smartcall.call("py-slow", "hi", timeout=timeout)
                assert task.error is not None
                assert task.error.reason == "DEADLINE_EXCEEDED"
            except SmartcallError as error:
                assert error.reason == "DEADLINE_EXCEEDED"

        asyncio.run(reaching(call))


def test_a_stream_is_whole_however_often_it_is_cut(url: str, gateway: RealGateway) -> None:
    want = "".join(f"{tick} " for tick in range(20))
    with (
        CuttingProxy(gateway.port, [0, 300, 900, 700, 1200]) as proxy,
        Smartcall(url=proxy.url, reconnect=QUICK) as smartcall,
    ):
        stream = smartcall.stream("py-clock", "go")
        last = 0
        for event in stream:
            if event.type != "connection" and event.type != "end":
                # A reader that was away may get several pieces of text as one.
                assert event.cursor.endswith(f".{last + event.merged}")
                last += event.merged
        assert last > 20
        assert stream.text() == want
        assert proxy.connections >= 3


def test_the_same_over_a_websocket(url: str, gateway: RealGateway) -> None:
    async def test() -> None:
        want = "".join(f"{tick} " for tick in range(20))
        with CuttingProxy(gateway.port, [900, 1500, 600, 2000]) as proxy:
            async with (
                AsyncSmartcall(url=proxy.url, reconnect=QUICK) as smartcall,
                smartcall.connect() as session,
            ):
                streams = [session.stream("py-clock", "go") for _ in range(3)]
                texts = await asyncio.gather(*(stream.text() for stream in streams))
                assert texts == [want] * 3
                assert proxy.connections >= 2

    run(test)


def test_a_session(url: str) -> None:
    async def test() -> None:
        async with AsyncSmartcall(url=url) as smartcall, smartcall.connect() as session:
            task = await session.call("py-sum", {"data": {"a": 1}})
            assert task.output_data == {"sum": 1}
            assert len(await session.stream("py-big", "go").text()) == 2_000_000
            with pytest.raises(SmartcallError) as raised:
                await session.call("nobody", "hi")
            assert (raised.value.reason, raised.value.status) == ("AGENT_NOT_FOUND", 404)
            talk = session.converse("py-waiter")
            await talk.send("Good morning.")
            async for event in talk:
                if event.type == "inputRequired":
                    assert event.prompt.text == "Coffee or tea?"
                    await talk.send("tea")
            assert await talk.text() == "One tea, coming up."
            with pytest.raises(SmartcallError) as raised:
                await talk.send("more")
            assert raised.value.reason == "TASK_NOT_WAITING"
            stream = session.stream("py-slow", "hi")
            reading = asyncio.create_task(stream.result())
            await eventually(lambda: stream.task_id)
            await stream.cancel("enough")
            assert (await reading).state == "CANCELED"
            try:
                task = await session.call("py-slow", "hi", timeout=0.2)
                assert task.error is not None
                assert task.error.reason == "DEADLINE_EXCEEDED"
            except SmartcallError as error:
                assert error.reason == "DEADLINE_EXCEEDED"
            late = session.stream("py-slow", "hi")
            waiting = asyncio.create_task(late.text())
            await eventually(lambda: late.task_id)
        with pytest.raises(SmartcallError) as raised:
            await waiting
        assert raised.value.reason == "CANCELED"

    run(test)


def test_a_conversation_goes_on_over_cut_connections(url: str, gateway: RealGateway) -> None:
    @agent(name="py-parrot", description="Repeats what it is told, message by message.")
    async def parrot(message: Message, context: AgentContext) -> AsyncIterator[str]:
        for _ in range(5):
            yield (await context.ask("And?")).text

    async def test() -> None:
        with CuttingProxy(gateway.port, [700, 900, 800, 1000]) as proxy:
            async with (
                attach([parrot], gateway=url),
                AsyncSmartcall(url=proxy.url, reconnect=QUICK) as smartcall,
                smartcall.connect() as session,
            ):
                talk = session.converse("py-parrot")
                await talk.send("hello")
                words = iter("abcde")
                async for event in talk:
                    if event.type == "inputRequired":
                        await talk.send(next(words))
                assert await talk.text() == "abcde"
                assert proxy.connections >= 3

    run(test)


def test_a_reader_that_leaves_an_async_stream_in_the_middle(url: str) -> None:
    async def test() -> None:
        async with AsyncSmartcall(url=url) as smartcall:
            async with smartcall.stream("py-clock", "go") as stream:
                async for event in stream:
                    if event.type == "outputDelta":
                        break
            task_id, cursor = stream.task_id, stream.cursor
            assert task_id and cursor
            rest = smartcall.watch(task_id, after=cursor)
            assert (await rest.result()).state == "COMPLETED"
            # Cancelling whoever reads closes the connection too.
            reading = asyncio.create_task(smartcall.stream("py-slow", "hi").text())
            await asyncio.sleep(0.1)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading

    run(test)


def test_the_registry_says_who_comes_and_goes(url: str) -> None:
    @agent(name="py-guest", description="Comes and goes.")
    async def guest(message: Message) -> str:
        return "hello"

    async def test() -> None:
        async with AsyncSmartcall(url=url) as smartcall, smartcall.watch_agents() as events:
            told: list[str] = []

            async def read() -> None:
                async for event in events:
                    if event.type == "snapshot":
                        told.append("snapshot")
                    elif event.type == "agent" and event.name == "py-guest":
                        told.append("agent")
                    elif event.type == "removed" and event.agent == "py-guest":
                        told.append("removed")
                        return

            reading = asyncio.create_task(read())
            await eventually(lambda: told)
            async with attach([guest], gateway=url):
                await eventually(lambda: "agent" in told)
            await reading

    run(test)


def test_an_attachment_finishes_what_runs_before_it_leaves(url: str) -> None:
    @agent(name="py-leaver", description="Finishes.")
    async def leaver(message: Message) -> str:
        running.set()
        await asyncio.sleep(0.3)
        return "done"

    running = asyncio.Event()

    async def test() -> None:
        async with AsyncSmartcall(url=url) as smartcall:
            async with attach([leaver], gateway=url) as attachment:
                calling = asyncio.create_task(smartcall.call("py-leaver", "hi"))
                await running.wait()
            assert attachment.state == "closed"
            assert (await calling).output_text == "done"

    run(test)


def test_a_gateway_that_was_killed_is_dialled_again() -> None:
    async def test() -> None:
        first = RealGateway("--log-level", "info")
        async with attach([echo], gateway=first.url, grace=1) as attachment:
            first.kill()
            await eventually(lambda: attachment.state == "connecting")
            with RealGateway("--log-level", "info", port=first.port) as second:
                await eventually(lambda: attachment.state == "ready")
                async with AsyncSmartcall(url=second.url) as smartcall:
                    assert (await smartcall.call("py-echo", "again")).output_text == "again"

    run(test)


def test_a_gateway_that_goes_away_lets_calls_end() -> None:
    async def test() -> None:
        gateway = RealGateway("--log-level", "info")
        async with (
            attach([clock], gateway=gateway.url, grace=1),
            AsyncSmartcall(url=gateway.url) as smartcall,
        ):
            stream = smartcall.stream("py-clock", "go")
            reading = asyncio.create_task(stream.text())
            await eventually(lambda: stream.task_id)
            await asyncio.to_thread(gateway.stop)
            # It may end whole, or be cut and not come back, but never short.
            try:
                assert (await reading).split() == [str(tick) for tick in range(20)]
            except SmartcallError as error:
                assert error.reason == "STREAM_TRUNCATED"

    run(test)


def test_a_card_that_is_refused_ends_the_attachment(url: str) -> None:
    async def unreachable() -> None:
        attachment = attach([echo], gateway="http://127.0.0.1:1")
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(attachment.ready(), 0.5)
        assert attachment.state == "connecting"
        await attachment.close()

    async def refused() -> None:
        @agent(name="py-wrong", description="x" * 5000)
        async def wrong(message: Message) -> None: ...

        with pytest.raises(SmartcallError) as raised:
            await attach([wrong], gateway=url).ready()
        assert raised.value.reason == "INVALID_ARGUMENT"

    run(unreachable)
    run(refused)


AGENT_PROGRAM = """
    import asyncio, sys
    from smartcall.agent import Message, agent, attach

    @agent(name="py-process", description="In a process of its own.")
    async def process(message: Message):
        print("begun", flush=True)
        await asyncio.sleep(float(message.text))
        return "done"

    attachment = attach([process], gateway=sys.argv[1])
    attachment.run()
    print(attachment.state, flush=True)
"""


@pytest.mark.parametrize("way", ["terminated", "killed"])
def test_the_end_of_an_agents_process(url: str, way: str) -> None:
    program = textwrap.dedent(AGENT_PROGRAM)
    process = subprocess.Popen(
        [sys.executable, "-c", program, url], stdout=subprocess.PIPE, text=True
    )
    with Smartcall(url=url) as smartcall:
        asyncio.run(
            eventually(
                lambda: any(
                    each.name == "py-process" and each.ready_instances
                    for each in smartcall.agents.list()
                )
            )
        )
        works = "0.3" if way == "terminated" else "60"
        accepted = smartcall.call("py-process", works, respond_async=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGTERM if way == "terminated" else signal.SIGKILL)
        output, _ = process.communicate(timeout=60)
        task = smartcall.tasks.get(accepted.id, wait=30)
        if way == "terminated":
            assert (process.returncode, output) == (0, "closed\n")
            assert (task.state, task.output_text) == ("COMPLETED", "done")
        else:
            assert task.state == "FAILED"
            assert task.error is not None
            assert task.error.reason == "INSTANCE_LOST"


@pytest.mark.parametrize("protocol", ["LINK", "EXECUTE"])
def test_a_gateway_dials_what_is_served(url: str, protocol: str) -> None:
    @agent(name=f"py-served-{protocol.lower()}", description="Served.")
    async def served(message: Message, context: AgentContext) -> AsyncIterator[Any]:
        yield "served "
        yield message.text

    async def test() -> None:
        async with serve([served], grace=1) as server, AsyncSmartcall(url=url) as smartcall:
            endpoint = {"url": server.url, "protocol": protocol}
            await smartcall.agents.create(card={"name": served.card.name}, endpoints=[endpoint])
            task = await smartcall.call(served.card.name, "hi", timeout=60)
            assert (task.state, task.output_text) == ("COMPLETED", "served hi")
            await smartcall.agents.delete(served.card.name)

    run(test)


def test_what_is_served_to_stock_grpc() -> None:
    async def test() -> None:
        async with serve([echo, fails, slow], grace=0.2) as server:
            channel = grpc.aio.insecure_channel(server.url.removeprefix("http://"))
            base = "/smartcall.v1.AgentRuntimeService"
            describe: Any = channel.unary_unary(  # pyright: ignore[reportUnknownMemberType]
                f"{base}/Describe",
                request_serializer=runtime_pb2.DescribeRequest.SerializeToString,
                response_deserializer=runtime_pb2.DescribeResponse.FromString,
            )
            cards = (await describe(runtime_pb2.DescribeRequest())).cards
            assert [card.name for card in cards] == ["py-echo", "py-fails", "py-slow"]
            check: Any = channel.unary_unary(  # pyright: ignore[reportUnknownMemberType]
                "/grpc.health.v1.Health/Check",
                request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
                response_deserializer=health_pb2.HealthCheckResponse.FromString,
            )
            assert (await check(health_pb2.HealthCheckRequest())).status == 1
            execute: Any = channel.unary_stream(  # pyright: ignore[reportUnknownMemberType]
                f"{base}/Execute",
                request_serializer=attempt_pb2.ExecuteRequest.SerializeToString,
                response_deserializer=attempt_pb2.AgentEvent.FromString,
            )

            def request(name: str) -> attempt_pb2.ExecuteRequest:
                message = common_pb2.Message(parts=[common_pb2.Part(text="hi")])
                return attempt_pb2.ExecuteRequest(agent=name, task_id=name, message=message)

            events = [event async for event in execute(request("py-echo"))]
            assert events[0].output_completed.message.parts[0].text == "hi"
            for name, code in (
                ("py-fails", grpc.StatusCode.FAILED_PRECONDITION),
                ("nobody", grpc.StatusCode.NOT_FOUND),
            ):
                with pytest.raises(grpc.aio.AioRpcError) as raised:
                    _ = [event async for event in execute(request(name))]
                assert raised.value.code() is code
                trailers = dict(raised.value.trailing_metadata())
                assert b"smartcall" in trailers["grpc-status-details-bin"]  # type: ignore[operator]

            async def call(timeout: float) -> None:
                with pytest.raises(grpc.aio.AioRpcError) as raised:
                    _ = [event async for event in execute(request("py-slow"), timeout=timeout)]
                assert raised.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED

            await reaching(call)
            await channel.close()

    run(test)


def test_nothing_is_left_behind(url: str) -> None:
    async def test() -> None:
        before = asyncio.all_tasks()
        async with AsyncSmartcall(url=url) as smartcall:
            async with smartcall.connect() as session:
                for open_stream in (smartcall.stream, session.stream):
                    # Left in the middle, given up while it is waited for, never read at all.
                    async with open_stream("py-clock", "go") as stream:
                        async for _ in stream:
                            break
                    waiting = open_stream("py-slow", "hi")
                    reading = asyncio.create_task(waiting.text())
                    await eventually(lambda waiting=waiting: waiting.task_id)
                    reading.cancel()
                    with pytest.raises(asyncio.CancelledError):
                        await reading
                    open_stream("py-echo", "hi")
            async with attach([echo], gateway=url):
                pass
        await eventually(lambda: asyncio.all_tasks() <= before)

    run(test)


def test_a_session_without_asyncio(url: str, gateway: RealGateway) -> None:
    with Smartcall(url=url) as smartcall, smartcall.connect() as session:
        assert session.call("py-sum", {"data": {"a": 1}}).output_data == {"sum": 1}
        with pytest.raises(SmartcallError) as raised:
            session.call("nobody", "hi")
        assert raised.value.reason == "AGENT_NOT_FOUND"
        with ThreadPoolExecutor() as threads:
            words = [str(n) for n in range(20)]
            texts = [threads.submit(session.stream("py-echo", word).text) for word in words]
            assert [text.result() for text in texts] == words
        for event in (left := session.stream("py-clock", "go")):
            if event.type == "outputDelta":
                break
        assert session.watch(left.task_id or "", after=left.cursor or "").result().text
        talk = session.converse("py-waiter")
        talk.send("Good morning.")
        for event in talk:
            if event.type == "inputRequired":
                assert event.prompt.text == "Coffee or tea?"
                talk.send("tea")
        assert talk.text() == "One tea, coming up."
        with pytest.raises(SmartcallError) as raised:
            talk.send("more")
        assert raised.value.reason == "TASK_NOT_WAITING"
        slow = session.stream("py-slow", "hi")
        for event in slow:
            if event.type == "status":
                slow.cancel("enough")
        assert slow.result().state == "CANCELED"
        with ThreadPoolExecutor() as threads:
            late = session.stream("py-slow", "hi")
            reading = threads.submit(late.text)
            asyncio.run(eventually(lambda: late.task_id))
            session.close()
            with pytest.raises(SmartcallError) as raised:
                reading.result(60)
            assert raised.value.reason == "CANCELED"
        with pytest.raises(SmartcallError) as raised:
            session.call("py-sum", {"data": {"a": 1}})
        assert raised.value.reason == "CANCELED"


def test_a_session_without_asyncio_resumes(url: str, gateway: RealGateway) -> None:
    want = "".join(f"{tick} " for tick in range(20))
    with (
        CuttingProxy(gateway.port, [900, 700, 1500]) as proxy,
        Smartcall(url=proxy.url, reconnect=QUICK) as smartcall,
        smartcall.connect() as session,
    ):
        assert session.stream("py-clock", "go").text() == want
        assert proxy.connections >= 2


def test_nobody_to_have_a_session_with() -> None:
    threads = threading.active_count()
    with (
        Smartcall(url="http://127.0.0.1:1") as smartcall,
        pytest.raises(SmartcallError) as raised,
        smartcall.connect(),
    ):
        pass
    assert raised.value.reason == "GATEWAY_UNREACHABLE"
    assert threading.active_count() <= threads
