"""When to try again, and after how long."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Literal

from ._error import SmartcallError
from ._gen.reasons import reasons

MAX_RETRY_AFTER = 60.0
"""A request is not held back for longer than that, in seconds; its caller hears of it instead."""


MAX_SPREAD = 5.0
"""The most that is added to what the other side asks for, in seconds."""


def backoff_delay(
    attempt: int, *, base: float, longest: float, random: Callable[[], float], asked: float = 0.0
) -> float:
    """Seconds to wait before the try with this number, from 1: full jitter.

    What the other side asked for is waited at least, and up to a quarter more, so that not all who
    heard the same come back at the same instant.
    """
    spread = random()
    jitter = spread * min(longest, base * 2 ** min(attempt - 1, 30))
    return max(jitter, asked + spread * min(asked / 4, MAX_SPREAD))


def retry_after_of(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait that an answer asks for; a date of RFC 9110 will do."""
    text = headers.get("retry-after")
    if text is None:
        return None
    try:
        value = float(text)
        return max(0.0, value) if math.isfinite(value) else None
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(timezone.utc)).total_seconds())


def may_retry(error: SmartcallError, headers: Mapping[str, str]) -> bool:
    """Whether the gateway says that nothing has run, so that the request may be sent again."""
    said = headers.get("x-should-retry")
    if said in ("true", "false"):
        return said == "true"
    is_busy = error.status in (408, 429) or error.status >= 500
    return is_busy and error.retryable


def when_to_reconnect(error: SmartcallError) -> Literal["never", "later", "at once"]:
    """What the class of a reason's close code says: 40xx never, 41xx later, 42xx at once."""
    code = reasons[error.reason].close_code
    return "at once" if code >= 4200 else "later" if code >= 4100 else "never"
