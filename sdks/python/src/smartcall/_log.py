"""What is logged of requests, and how much: no token, no body."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping

log = logging.getLogger("smartcall")

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warn": logging.WARNING}
_SECRET = ("authorization", "cookie", "token", "secret", "api-key", "signature", "password")


def log_as_told() -> None:
    """Logs as `SMARTCALL_LOG` says: `debug`, `info` or `warn`; else as the program set it up."""
    level = _LEVELS.get(os.environ.get("SMARTCALL_LOG", "").strip().lower())
    if level is None:
        return
    log.setLevel(level)
    if not log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        log.addHandler(handler)


def redacted(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers as they may be logged."""
    return {
        name: "…" if any(word in name.lower() for word in _SECRET) else value
        for name, value in headers.items()
    }
