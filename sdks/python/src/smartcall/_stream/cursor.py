from __future__ import annotations

import re
from typing import NamedTuple

_PATTERN = re.compile(r"([A-Za-z0-9_-]{1,32})\.(0|[1-9][0-9]{0,15})", re.ASCII)
_MAX_SAFE = 2**53 - 1


class Cursor(NamedTuple):
    """The place of an event in a log, written `epoch.seq`."""

    epoch: str
    """Changes exactly when a log was lost."""
    seq: int
    """Begins at 1 and grows by 1 with each event, so 0 is the place before the first."""


def parse_cursor(text: str) -> Cursor | None:
    """Reads `epoch.seq`; None when the text is anything else."""
    match = _PATTERN.fullmatch(text)
    if match is None or int(match[2]) > _MAX_SAFE:
        return None
    return Cursor(match[1], int(match[2]))
