"""Lists that come page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ._error import SmartcallError

Item = TypeVar("Item")


def next_token(page: Page[Any], token: str) -> str:
    """The token of the page after this one, which was asked for with a token.

    Raises `SmartcallError` when it is the same again, as the list would go round for ever.
    """
    if page.next_page_token and page.next_page_token == token:
        raise SmartcallError("INTERNAL", "The gateway names a page as the one after itself.")
    return page.next_page_token


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
        token = ""
        while token := next_token(page, token):
            page = self._read(token)
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
        token = ""
        while token := next_token(page, token):
            page = await self._read(token)
            yield page

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page.items:
                yield item
