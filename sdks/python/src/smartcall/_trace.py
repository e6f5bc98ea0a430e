"""The W3C trace context of whoever calls, where OpenTelemetry's API is installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module


@cache
def _injector() -> Callable[[dict[str, str]], None] | None:
    try:
        return import_module("opentelemetry.propagate").inject
    except ImportError:
        return None


def trace_headers() -> dict[str, str]:
    """`traceparent` and `tracestate` of the span that is current here; empty without one."""
    inject = _injector()
    if inject is None:
        return {}
    carrier: dict[str, str] = {}
    inject(carrier)
    return {name: carrier[name] for name in ("traceparent", "tracestate") if name in carrier}
