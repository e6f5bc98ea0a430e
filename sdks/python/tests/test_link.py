"""The link, both ends in one loop."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from smartcall import SmartcallError
from smartcall._gen.reasons import Reason
from smartcall._gen.v1 import attempt_pb2, common_pb2, link_pb2
from smartcall._link.exchanges import Incoming
from smartcall._link.frames import Cancellation, Closing, Codec, Outcome
from smartcall._link.json_codec import JsonCodec, split_packet
from smartcall._link.link import Link, LinkOptions
from smartcall._link.protobuf_codec import ProtobufCodec

CODECS = [JsonCodec, ProtobufCodec]
LONG_EVENT = '{"exchange":1,"event":{"task":"' + "x" * 200 + '"}}'


class Wire:
    """Carries packets to the other side, a turn later."""

    def __init__(self) -> None:
        self.other: Link | None = None
        self.packets: list[bytes | str] = []
        self.closed: list[Reason | None] = []

    def send(self, packet: bytes | str) -> bool:
        self.packets.append(packet)
        asyncio.get_running_loop().call_soon(self._deliver, packet)
        return True

    def close(self, reason: Reason | None) -> None:
        self.closed.append(reason)

    def _deliver(self, packet: bytes | str) -> None:
        if self.other is not None:
            self.other.receive(packet)


class Caller:
    """The calling end."""

    def __init__(self, hold: bool = False) -> None:
        self.events: list[Any] = []
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.hold = hold
        self.held: asyncio.Future[None] | None = None

    def event(self, payload: Any, _size: int) -> asyncio.Future[None] | None:
        self.events.append(payload)
        if not self.hold:
            return None
        self.held = asyncio.get_running_loop().create_future()
        return self.held

    def closed(self, outcome: Outcome) -> None:
        self.outcome.set_result(outcome)


class Called:
    """The called end."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.is_half_closed = asyncio.Event()
        self.cancellation: asyncio.Future[Cancellation] = asyncio.get_running_loop().create_future()

    def message(self, payload: Any, _size: int) -> None:
        self.messages.append(payload)

    def half_closed(self) -> None:
        self.is_half_closed.set()

    def canceled(self, cancellation: Cancellation) -> None:
        self.cancellation.set_result(cancellation)


class Pair:
    """A dialer and an acceptor."""

    def __init__(
        self, codec: Callable[[], Codec], run: Callable[[Incoming, Called], None], window: int = 256
    ) -> None:
        self.is_protobuf = codec is ProtobufCodec
        self.wires = Wire(), Wire()
        self.called: list[Called] = []
        self.ends: list[SmartcallError | None] = []

        def accept(exchange: Incoming, open: Any) -> Called:
            called = Called()
            self.called.append(called)
            asyncio.get_running_loop().call_soon(run, exchange, called)
            return called

        more: dict[str, Any] = {"implementation": "test/1", "window_bytes": window}
        self.dialer = Link(
            LinkOptions(
                side="dialer",
                codec=codec(),
                carrier=self.wires[0],
                on_close=self.ends.append,
                **more,
            )
        )
        self.acceptor = Link(
            LinkOptions(
                side="acceptor", codec=codec(), carrier=self.wires[1], accept=accept, **more
            )
        )
        self.wires[0].other, self.wires[1].other = self.acceptor, self.dialer

    def open_payload(self) -> Any:
        return link_pb2.Frame.Open() if self.is_protobuf else {"stream": {"agent": "a"}}

    def event(self, text: str) -> Any:
        if not self.is_protobuf:
            return {"task": {"text": text}}
        delta = common_pb2.TaskEvent.OutputDelta(text=text)
        return link_pb2.Frame.Event(agent=attempt_pb2.AgentEvent(output_delta=delta))

    def message(self, text: str) -> Any:
        if not self.is_protobuf:
            return {"parts": [{"text": text}]}
        return common_pb2.Message(parts=[common_pb2.Part(text=text)])

    def text_of(self, event: Any) -> str:
        return event.agent.output_delta.text if self.is_protobuf else event["task"]["text"]


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(test(), 60)

    asyncio.run(bounded())


async def settled() -> None:
    """Comes back when all that can happen without time passing has happened."""
    for _ in range(100):
        await asyncio.sleep(0)


@pytest.mark.parametrize("codec", CODECS)
def test_events_arrive_in_order_within_their_window(codec: Any) -> None:
    async def test() -> None:
        texts = [str(n) * random.Random(n).randrange(1, 60) for n in range(200)]
        most = 0

        def answer(exchange: Incoming, _: Called) -> None:
            async def send() -> None:
                for text in texts:
                    if not exchange.send(pair.event(text)):
                        await exchange.ready()
                exchange.close()

            tasks.append(asyncio.create_task(send()))

        tasks: list[asyncio.Task[None]] = []
        pair = Pair(codec, answer)
        caller = Caller()
        pair.dialer.open(pair.open_payload(), caller, half_close=True)
        outcome = await caller.outcome
        assert (outcome.reason, most) == (None, 0)
        assert [pair.text_of(event) for event in caller.events] == texts
        assert pair.dialer.size == pair.acceptor.size == 0

    run(test)


@pytest.mark.parametrize("codec", CODECS)
def test_a_reader_that_takes_nothing_holds_its_own_exchange_alone(codec: Any) -> None:
    async def test() -> None:
        sent = [0, 0]

        def answer(exchange: Incoming, _: Called) -> None:
            index = len(pair.called) - 1

            async def send() -> None:
                for _number in range(50):
                    if not exchange.send(pair.event("x" * 40)):
                        await exchange.ready()
                    sent[index] += 1
                exchange.close()

            tasks.append(asyncio.create_task(send()))

        tasks: list[asyncio.Task[None]] = []
        pair = Pair(codec, answer)
        slow, quick = Caller(hold=True), Caller()
        pair.dialer.open(pair.open_payload(), slow, half_close=True)
        await asyncio.sleep(0)
        pair.dialer.open(pair.open_payload(), quick, half_close=True)
        assert (await quick.outcome).reason is None
        assert len(quick.events) == 50
        assert len(slow.events) == 1
        assert sent[0] < 10
        slow.hold = False
        assert slow.held is not None
        slow.held.set_result(None)
        assert (await slow.outcome).reason is None
        assert len(slow.events) == 50

    run(test)


@pytest.mark.parametrize("codec", CODECS)
def test_a_frame_larger_than_half_a_window_asks_for_room(codec: Any) -> None:
    async def test() -> None:
        def answer(exchange: Incoming, _called: Called) -> None:
            for _ in range(3):
                exchange.send(pair.event("x" * 20))
                exchange.send(pair.event("y" * 180))
            # Larger than the window: it leaves when all of that is free.
            exchange.send(pair.event("z" * 900))
            with pytest.raises(SmartcallError) as raised:
                exchange.send(pair.event("z" * (3 * 1024 * 1024 + 1)))
            assert raised.value.reason == "PAYLOAD_TOO_LARGE"
            exchange.close()

        pair = Pair(codec, answer)
        caller = Caller()
        pair.dialer.open(pair.open_payload(), caller, half_close=True)
        assert (await caller.outcome).reason is None
        assert len(caller.events) == 7

    run(test)


@pytest.mark.parametrize("codec", CODECS)
def test_messages_cancel_and_half_close(codec: Any) -> None:
    async def test() -> None:
        pair = Pair(codec, lambda exchange, called: None)
        caller = Caller()
        exchange = pair.dialer.open(pair.open_payload(), caller, half_close=False)
        for text in "abc":
            exchange.send(pair.message(text))
        exchange.half_close()
        await settled()
        [called] = pair.called
        assert len(called.messages) == 3
        assert called.is_half_closed.is_set()
        exchange.cancel(Cancellation("DEADLINE_EXCEEDED", "late"))
        assert await called.cancellation == Cancellation("DEADLINE_EXCEEDED", "late")
        assert (await caller.outcome).reason == "DEADLINE_EXCEEDED"
        assert pair.dialer.size == pair.acceptor.size == 0

    run(test)


@pytest.mark.parametrize("codec", CODECS)
def test_a_drain_waits_for_what_runs_and_refuses_what_comes(codec: Any) -> None:
    async def test() -> None:
        release = asyncio.Event()

        def answer(exchange: Incoming, _: Called) -> None:
            async def later() -> None:
                await release.wait()
                exchange.close(Outcome("AGENT_FAILED", "no", details={"errors": [{"x": 1}]}))

            tasks.append(asyncio.create_task(later()))

        tasks: list[asyncio.Task[None]] = []
        pair = Pair(codec, answer)
        first, second = Caller(), Caller()
        pair.dialer.open(pair.open_payload(), first, half_close=True)
        await settled()
        draining = asyncio.create_task(pair.acceptor.drain("going"))
        await settled()
        assert not pair.dialer.is_usable
        pair.dialer.open(pair.open_payload(), second, half_close=True)
        refused = await second.outcome
        assert (refused.reason, refused.refused) == ("DRAINING", True)
        assert not draining.done()
        release.set()
        failed = await first.outcome
        assert (failed.reason, failed.message) == ("AGENT_FAILED", "no")
        assert failed.details == {"errors": [{"x": 1}]}
        await draining

    run(test)


@pytest.mark.parametrize("codec", CODECS)
def test_the_end_of_a_link_ends_what_runs_on_it(codec: Any) -> None:
    async def test() -> None:
        pair = Pair(codec, lambda exchange, called: None)
        caller = Caller()
        pair.dialer.open(pair.open_payload(), caller, half_close=True)
        await settled()
        pair.acceptor.close(Closing("DRAINING", "bye", 1500))
        outcome = await caller.outcome
        assert (outcome.reason, outcome.lost) == ("INSTANCE_LOST", True)
        [error] = pair.ends
        assert error is not None
        assert (error.reason, error.message, error.retry_after) == ("DRAINING", "bye", 1.5)
        [called] = pair.called
        assert (await called.cancellation).reason == "CANCELED"
        assert pair.wires[1].closed == ["DRAINING"]

    run(test)


def test_events_that_were_lost_are_no_clean_end() -> None:
    async def test() -> None:
        pair = Pair(JsonCodec, lambda exchange, called: None)
        caller = Caller()
        pair.dialer.open(pair.open_payload(), caller, half_close=True)
        await settled()
        pair.dialer.receive('{"frames":[{"exchange":1,"close":{"events":3}}]}')
        assert (await caller.outcome).reason == "DATA_LOSS"

    run(test)


@pytest.mark.parametrize(
    "packet",
    [
        '{"frames":[{"hello":{"version":1,"windowBytes":9}}]}',
        '{"frames":[{"exchange":3,"close":{"events":0}}]}',
        '{"frames":['
        + ",".join(['{"exchange":1,"event":{"task":"' + "x" * 200 + '"}}'] * 2)
        + "]}",
        '{"frames":[{"exchange":2,"event":{}}]}',
        '{"frames":[',
        "7",
        "",
        b"\xff",
    ],
)
def test_whoever_breaks_the_rules_ends_the_link(packet: Any) -> None:
    async def test() -> None:
        pair = Pair(JsonCodec, lambda exchange, called: None)
        caller = Caller(hold=True)
        pair.dialer.open(pair.open_payload(), caller, half_close=True)
        await settled()
        pair.dialer.receive(packet)
        [error] = pair.ends
        assert error is not None
        assert error.reason in ("LINK_BROKEN", "INTERNAL")
        assert pair.wires[0].closed == [error.reason]

    run(test)


def test_a_frame_in_json_costs_the_length_of_its_text_as_it_stands() -> None:
    texts = ['{"exchange": 1, "event": {"task": {"a": "ü🎈"}}}', '{"ping":{ }}']
    packet = f' {{ "more": [1], "frames" : [ {texts[0]} ,\n{texts[1]} ] }} '
    found = list(split_packet(packet))
    assert found == [(json.loads(text), len(text.encode())) for text in texts]
    assert list(split_packet('{"frames":[]}')) == []


def test_a_silent_link_is_lost() -> None:
    async def test() -> None:
        ended: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        wire = Wire()
        Link(
            LinkOptions(
                side="dialer",
                codec=JsonCodec(),
                carrier=wire,
                implementation="test/1",
                ping_interval=0.01,
                on_close=ended.set_result,
            )
        )
        error = await ended
        assert error.reason == "INSTANCE_LOST"
        assert sum('"ping"' in str(packet) for packet in wire.packets) == 3

    run(test)
