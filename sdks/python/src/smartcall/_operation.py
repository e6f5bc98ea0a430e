"""One request of the REST face, before it has a token, limits and a gateway."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from ._error import FieldError, SmartcallError

Answered = TypeVar("Answered", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Operation(Generic[Answered]):
    """What is asked for, and how its answer is read."""

    method: str
    path: str
    parse: Callable[[object], Answered]
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Mapping[str, Any] | None = None

    @property
    def target(self) -> str:
        """The path with its query."""
        query = urlencode(self.query, doseq=True)
        return f"{self.path}?{query}" if query else self.path

    @property
    def content(self) -> bytes | None:
        """The body as it is sent."""
        if self.body is None:
            return None
        try:
            text = json.dumps(self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            return text.encode()
        except (TypeError, ValueError) as error:
            raise SmartcallError("INVALID_ARGUMENT", f"The request is no JSON: {error}") from error

    @property
    def has_answer(self) -> bool:
        """Whether an answer of success has something to say."""
        return self.parse is not nothing

    @property
    def is_keyed(self) -> bool:
        """Whether it may be sent again, as the gateway then joins the first one."""
        return self.method == "GET" or "Idempotency-Key" in self.headers


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was said. A body may say `data: None`, which is JSON's null."""
    return {key: value for key, value in values.items() if value is not None or key == "data"}


def path_segment(name: str, value: str) -> str:
    """A name or an id as it stands in a path.

    An empty one, `.` and `..` would be taken out of the URL, and ask for something else.
    """
    if value in ("", ".", ".."):
        detail = f"{value!r} names no {name}"
        raise SmartcallError(
            "INVALID_ARGUMENT", detail, errors=[FieldError(f"#/path/{name}", detail)]
        )
    return quote(value, safe="")


def seconds(value: float | None) -> str | None:
    """A duration as the contract writes it."""
    if value is None:
        return None
    return f"{value:.9f}".rstrip("0").rstrip(".") + "s"


def nothing(_body: Sequence[object] | object) -> None:
    """Reads an answer that says nothing."""
