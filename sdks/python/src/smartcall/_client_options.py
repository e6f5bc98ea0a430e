"""Fills in the defaults of both kinds of clients."""

from __future__ import annotations

import os
import random
import time
import uuid
from collections.abc import Mapping

from ._log import log_as_told
from ._options import ClientOptions, ReconnectOptions, resolve_url


def resolve_client_options(
    *,
    url: str | None,
    headers: Mapping[str, str] | None,
    timeout: float | None,
    attempt_timeout: float | None,
    max_retries: int,
    idle_timeout: float | None,
    reconnect: ReconnectOptions | None,
) -> ClientOptions:
    """Options with their defaults."""
    log_as_told()
    return ClientOptions(
        url=resolve_url(url),
        headers=headers or {},
        timeout=timeout,
        attempt_timeout=attempt_timeout,
        max_retries=max_retries,
        idle_timeout=idle_timeout,
        reconnect=reconnect or ReconnectOptions(),
        random=random.random,
        now=time.monotonic,
        uuid=lambda: str(uuid.uuid4()),
    )


def environment_token() -> str | None:
    """The bearer token that the environment has."""
    return os.environ.get("SMARTCALL_API_KEY") or None
