"""What a stream is opened with, for both kinds of clients."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ._gen import operations
from ._input import CallInput
from ._options import ClientOptions, RequestOptions
from ._stream.events import to_registry_event, to_task_event
from ._stream.place import Place
from ._stream.resume import Source
from ._stream.transport import (
    NewCall,
    OnGap,
    SseTransport,
    StreamRequest,
    StreamTransport,
    Watch,
    WatchAgents,
)
from ._stream.wire_event import WireEvent

OnDisconnect: TypeAlias = Literal["CONTINUE", "CANCEL", "CANCEL_AFTER_GRACE"]
"""What becomes of a task when nobody waits for it or reads its events any more."""

MakeTransport: TypeAlias = Callable[[ClientOptions, RequestOptions], StreamTransport]


@dataclass(frozen=True)
class Opener:
    """Makes the sources of streams."""

    client: ClientOptions
    transport: MakeTransport = SseTransport

    def call(
        self,
        agent: str,
        input: CallInput,
        *,
        context_id: str | None,
        metadata: Mapping[str, Any] | None,
        on_disconnect: OnDisconnect | None,
        idempotency_key: str | None,
        on_gap: OnGap,
        options: RequestOptions,
    ) -> Source:
        """A stream of a new call."""
        operation = operations.stream_call(
            agent,
            input,
            idempotency_key=idempotency_key or self.client.uuid(),
            context_id=context_id,
            metadata=metadata,
            on_disconnect=on_disconnect,
        )
        first = NewCall(agent, operation)
        return self._source(
            Place("", None, "after gap"),
            lambda place: (
                first if place.task_id is None else Watch(place.task_id, place.cursor, on_gap)
            ),
            to_task_event,
            options,
        )

    def watch(self, task: str, *, after: str, on_gap: OnGap, options: RequestOptions) -> Source:
        """A stream of a task that runs already, or has run."""
        return self._source(
            Place(after, task, "after gap"),
            lambda place: Watch(task, place.cursor, on_gap),
            to_task_event,
            options,
        )

    def watch_agents(self, *, after: str, options: RequestOptions) -> Source:
        """A stream of what changes in the registry."""
        return self._source(
            Place(after, None, "always"),
            lambda place: WatchAgents(place.cursor),
            to_registry_event,
            options,
        )

    def _source(
        self,
        place: Place,
        request: Callable[[Place], StreamRequest],
        to_event: Callable[[WireEvent], Any],
        options: RequestOptions,
    ) -> Source:
        return Source(
            client=self.client,
            transport=self.transport(self.client, options),
            place=place,
            request=request,
            to_event=to_event,
            timeout=options.get("timeout", self.client.timeout),
        )
