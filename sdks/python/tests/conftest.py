"""Clients of both kinds behind one face, so that one spec runs over both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from smartcall import AsyncSmartcall, ReconnectOptions, Smartcall

QUICK = ReconnectOptions(base_delay=0.001, max_delay=0.002)

MakeClient = Callable[..., Any]


class SyncSubject:
    """A synchronous client."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("reconnect", QUICK)
        self.client = Smartcall(**options)
        self.kind = "sync"

    def call(self, *args: Any, **more: Any) -> Any:
        return self.client.call(*args, **more)

    def do(self, resource: str, method: str, *args: Any, **more: Any) -> Any:
        return getattr(getattr(self.client, resource), method)(*args, **more)

    def items(self, resource: str, **more: Any) -> list[Any]:
        return list(getattr(self.client, resource).list(**more))

    def pages(self, resource: str, **more: Any) -> list[Any]:
        return list(getattr(self.client, resource).list(**more).pages())

    def open(self, method: str, *args: Any, **more: Any) -> Any:
        return getattr(self.client, method)(*args, **more)

    def events(self, stream: Any, count: int | None = None) -> list[Any]:
        events: list[Any] = []
        for event in stream:
            events.append(event)
            if len(events) == count:
                break
        return events

    def ask(self, stream: Any, method: str, *args: Any) -> Any:
        result = getattr(stream, method)(*args)
        return list(result) if method == "artifacts" else result

    def close(self) -> None:
        self.client.close()


class AsyncSubject:
    """An asynchronous client, run from outside."""

    def __init__(self, portal: BlockingPortal, **options: Any) -> None:
        self._portal = portal
        options.setdefault("reconnect", QUICK)
        self.client = AsyncSmartcall(**options)
        self.kind = "async"

    def call(self, *args: Any, **more: Any) -> Any:
        return self._run(lambda: self.client.call(*args, **more))

    def do(self, resource: str, method: str, *args: Any, **more: Any) -> Any:
        return self._run(lambda: getattr(getattr(self.client, resource), method)(*args, **more))

    def items(self, resource: str, **more: Any) -> list[Any]:
        async def read() -> list[Any]:
            return [item async for item in getattr(self.client, resource).list(**more)]

        return self._run(read)

    def pages(self, resource: str, **more: Any) -> list[Any]:
        async def read() -> list[Any]:
            return [page async for page in getattr(self.client, resource).list(**more).pages()]

        return self._run(read)

    def open(self, method: str, *args: Any, **more: Any) -> Any:
        async def open() -> Any:
            return getattr(self.client, method)(*args, **more)

        return self._run(open)

    def events(self, stream: Any, count: int | None = None) -> list[Any]:
        events: list[Any] = []

        async def read() -> None:
            async with stream:
                async for event in stream:
                    events.append(event)
                    if len(events) == count:
                        break

        self._run(read)
        return events

    def ask(self, stream: Any, method: str, *args: Any) -> Any:
        async def ask() -> Any:
            result = getattr(stream, method)(*args)
            return [item async for item in result] if method == "artifacts" else await result

        return self._run(ask)

    def close(self) -> None:
        self._run(self.client.aclose)

    def _run(self, run: Callable[[], Any]) -> Any:
        return self._portal.call(run)


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(params=["sync", "async"])
def make_client(request: pytest.FixtureRequest, portal: BlockingPortal) -> Iterator[MakeClient]:
    """Makes clients of both kinds."""
    made: list[SyncSubject | AsyncSubject] = []

    def make(**options: Any) -> SyncSubject | AsyncSubject:
        is_sync = request.param == "sync"
        made.append(SyncSubject(**options) if is_sync else AsyncSubject(portal, **options))
        return made[-1]

    yield make
    for client in made:
        client.close()
