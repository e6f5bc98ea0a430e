"""What is read from bytes, without a connection."""

from __future__ import annotations

import random
from typing import Any

import pytest

from smartcall import SmartcallError
from smartcall._retry import backoff_delay, retry_after_of
from smartcall._stream.cursor import parse_cursor
from smartcall._stream.place import Place
from smartcall._stream.sse import EventParser

from .samples import WORKING, delta, end, event

BODY = (
    "\ufeff: hello\r\n\r\nretry: 1500\r\nid: e.1\rdata: "
    + '{"cursor": "e.1",\r\ndata: "taskId": "t-1", "x": "ü\u2028🎈"}\n\n'
    + 'event: y\ndata:{"cursor": "e.2", "y": 1}\nunknown\nretry: soon\n\n'
    + '\n\ndata: {"cursor": "lost"'
).encode()


def feed(pieces: list[bytes]) -> tuple[list[Any], list[float]]:
    retries: list[float] = []
    parser = EventParser(retries.append)
    return [event for piece in pieces for event in parser.feed(piece)], retries


def test_events_are_the_same_however_the_bytes_are_cut() -> None:
    want = feed([BODY])
    assert want == (
        [{"cursor": "e.1", "taskId": "t-1", "x": "ü\u2028🎈"}, {"cursor": "e.2", "y": 1}],
        [1.5],
    )
    for at in range(len(BODY)):
        assert feed([BODY[:at], BODY[at:]]) == want, at
    assert feed([BODY[at : at + 1] for at in range(len(BODY))]) == want


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"data: {\n\n", "STREAM_TRUNCATED"),
        (b"data: 7\n\n", "STREAM_TRUNCATED"),
        (b'data: {"cursor": 7}\n\n', "STREAM_TRUNCATED"),
        (b"data: \xff\n\n", "STREAM_TRUNCATED"),
        (b'data: {"reason": "DRAINING"}\n\n', "DRAINING"),
        (b'data: {"reason": "NEW", "status": 404}\n\n', "ROUTE_NOT_FOUND"),
    ],
)
def test_what_is_no_event_ends_the_reading_after_those_before_it(body: bytes, reason: str) -> None:
    parser = EventParser(lambda _: None)
    assert parser.feed(b'data: {"cursor": "e.1"}\n\n' + body) == [{"cursor": "e.1"}]
    for _ in range(2):
        with pytest.raises(SmartcallError) as raised:
            parser.feed(b'data: {"cursor": "e.2"}\n\n')
        assert raised.value.reason == reason


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("e.1", ("e", 1)),
        ("k3v9x2Qa.0", ("k3v9x2Qa", 0)),
        ("e.01", None),
        ("e.-1", None),
        ("e", None),
        ("e.1\n", None),
        (".1", None),
        (f"e.{2**53}", None),
    ],
)
def test_cursors(text: str, want: tuple[str, int] | None) -> None:
    assert parse_cursor(text) == want


def test_a_reader_gets_each_number_once_whatever_the_connections_do() -> None:
    """Random schedules: each connection begins anywhere, repeats, skips or swaps."""
    for seed in range(300):
        dice = random.Random(seed)
        log = [WORKING, *(delta(seq, str(seq)) for seq in range(2, 12)), end(11)]
        place = Place("", None, "after gap")
        seen: list[str] = []
        for _ in range(200):
            if place.cursor == "e.11":
                break
            place.reconnected()
            at = int(place.cursor.partition(".")[2] or 0)
            connection = log[max(0, at - dice.randrange(3)) :]
            if dice.random() < 0.5:
                connection.pop(dice.randrange(len(connection)))
            for received in connection[: dice.randrange(len(connection) + 1)]:
                try:
                    taken = place.take(received)
                except SmartcallError:
                    break
                seen += [each["cursor"] for each in taken if "end" not in each]
        assert seen == [f"e.{seq}" for seq in range(1, 12)], seed


def test_a_snapshot_moves_a_reader_only_after_a_gap() -> None:
    snapshot = event(7, "snapshot", {"task": {}})
    place = Place("e.3", "t-1", "after gap")
    with pytest.raises(SmartcallError):
        place.take(snapshot)
    gap = event(3, "gap", {"after": "e.3"})
    assert place.take(gap) == []
    with pytest.raises(SmartcallError):
        place.take(delta(4, "x"))
    # What a connection announced does not hold for the next one.
    place.reconnected()
    assert place.take(gap) == []
    assert place.take(snapshot) == [gap, snapshot]
    assert place.cursor == "e.7"
    assert Place("e.3", None, "always").take(snapshot) == [snapshot]


def test_full_jitter_stays_in_its_bounds() -> None:
    delays = [
        backoff_delay(attempt, base=0.25, longest=10, random=lambda: 1.0) for attempt in range(1, 9)
    ]
    assert delays == [0.25, 0.5, 1, 2, 4, 8, 10, 10]
    assert backoff_delay(9_999, base=0.25, longest=10, random=lambda: 0.5) == 5


@pytest.mark.parametrize(
    ("asked", "spread", "want"),
    [(1, 0.0, 1), (1, 0.5, 1.125), (1, 1.0, 1.25), (60, 1.0, 65), (0.1, 1.0, 0.25)],
)
def test_what_is_asked_for_is_waited_and_up_to_a_quarter_more(
    asked: float, spread: float, want: float
) -> None:
    delay = backoff_delay(1, base=0.25, longest=10, random=lambda: spread, asked=asked)
    assert delay == want


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after_of({}) is None
    assert retry_after_of({"retry-after": "2.5"}) == 2.5
    assert retry_after_of({"retry-after": "-1"}) == 0
    assert retry_after_of({"retry-after": "inf"}) is None
    assert retry_after_of({"retry-after": "soon"}) is None
    assert retry_after_of({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
