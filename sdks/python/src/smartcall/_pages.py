"""Lists that come page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next_page_token: str
    """Asks for the next page; empty on the last one."""


class Pages(Generic[Item]):
    """All items of a list, each page asked for when the one before it has been read."""

    def __init__(self, read: Callable[[str], Page[Item]]) -> None:
        self._read = read

    def page(self, page_token: str = "") -> Page[Item]:
        """One page: the first, or the one that a token asks for."""
        return self._read(page_token)

    def pages(self) -> Iterator[Page[Item]]:
        """Page by page."""
        page = self._read("")
        yield page
        while page.next_page_token:
            page = self._read(page.next_page_token)
            yield page

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page.items


class AsyncPages(Generic[Item]):
    """All items of a list, each page asked for when the one before it has been read."""

    def __init__(self, read: Callable[[str], Awaitable[Page[Item]]]) -> None:
        self._read = read

    async def page(self, page_token: str = "") -> Page[Item]:
        """One page: the first, or the one that a token asks for."""
        return await self._read(page_token)

    async def pages(self) -> AsyncIterator[Page[Item]]:
        """Page by page."""
        page = await self._read("")
        yield page
        while page.next_page_token:
            page = await self._read(page.next_page_token)
            yield page

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page.items:
                yield item
