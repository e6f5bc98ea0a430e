from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from .._error import SmartcallError
from .._gen.models import Message

MAX_UNREAD = 16


class Inbox:
    """The messages that a caller sends to a running call.

    A question takes the first message that arrives after it; a reader takes every other one. The
    sixteenth unread message holds the sender back until one is read.
    """

    def __init__(self) -> None:
        self._unread: deque[Message] = deque()
        self._questions: deque[asyncio.Future[Message]] = deque()
        self._arrived = asyncio.Event()
        self._is_ended = False
        self._error: SmartcallError | None = None
        self._held: asyncio.Future[None] | None = None

    def push(self, message: Message) -> asyncio.Future[None] | None:
        """A message has arrived; a future holds the next one back until it is done."""
        if self._is_ended:
            return None
        while self._questions:
            question = self._questions.popleft()
            if not question.done():
                question.set_result(message)
                return None
        self._unread.append(message)
        self._arrived.set()
        if len(self._unread) < MAX_UNREAD:
            return None
        self._held = asyncio.get_running_loop().create_future()
        return self._held

    async def ask(self) -> Message:
        """The next message that arrives from now on."""
        if self._is_ended:
            raise self._error or _no_answer()
        self._release()
        question: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._questions.append(question)
        return await question

    def end(self, error: SmartcallError | None = None) -> None:
        """No message follows, because of an error or because the caller says so."""
        if self._is_ended:
            return
        self._is_ended = True
        self._error = error
        self._arrived.set()
        self._release()
        for question in self._questions:
            if not question.done():
                question.set_exception(error or _no_answer())
        self._questions.clear()

    async def __aiter__(self) -> AsyncIterator[Message]:
        while True:
            if self._error is not None:
                raise self._error
            if self._unread:
                self._release()
                yield self._unread.popleft()
            elif self._is_ended:
                return
            else:
                self._arrived.clear()
                await self._arrived.wait()

    def _release(self) -> None:
        if self._held is not None and not self._held.done():
            self._held.set_result(None)
        self._held = None


def _no_answer() -> SmartcallError:
    message = "The caller has said that it sends no further message, so it cannot answer."
    return SmartcallError("NOT_IMPLEMENTED", message)
