"""Webhooks as https://www.standardwebhooks.com has them, with nothing but the standard library."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from ._error import SmartcallError

__all__ = ["WebhookHeaders", "sign_webhook", "verify_webhook"]

WebhookHeaders: TypeAlias = "Mapping[str, str] | Iterable[tuple[str, str]]"
"""The headers of a request, whatever the case of their names."""

# Signatures are compared one by one, so that nobody has thousands of them tried.
_MAX_SIGNATURES = 16


def verify_webhook(
    payload: str | bytes,
    headers: WebhookHeaders,
    secret: str | Sequence[str],
    *,
    tolerance: float = 300,
    now: float | None = None,
) -> Any:
    """Makes sure that a webhook comes from who has the secret, and answers its payload from JSON.

    A message may come twice: remember its `webhook-id`.

    Args:
    - payload: the body as it came: parsed and written again it is not what was signed.
    - headers: those of the request.
    - secret: `whsec_…`, or several while one takes the place of another.
    - tolerance: how old a message may be, and how far ahead, in seconds.
    - now: the time, in seconds; `time.time()` by default.

    Raises `SmartcallError` `UNAUTHENTICATED` when no signature holds or the message is too old,
    `INVALID_ARGUMENT` when a header is missing or the payload is no JSON.
    """
    id, timestamp, signatures = (
        _read_header(headers, name)
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    )
    if re.fullmatch(r"[0-9]{1,12}", timestamp) is None:
        raise SmartcallError("INVALID_ARGUMENT", "webhook-timestamp: expected seconds since 1970")
    at = time.time() if now is None else now
    if abs(at - int(timestamp)) > tolerance:
        raise SmartcallError("UNAUTHENTICATED", "the webhook is too old, or from the future")
    content = _signed_content(id, timestamp, payload)
    given = [each[3:] for each in signatures.split(" ") if each.startswith("v1,")]
    is_signed = False
    for each in _secrets(secret):
        wanted = hmac.digest(_key(each), content, hashlib.sha256)
        for text in given[:_MAX_SIGNATURES]:
            signature = _decode(text)
            if signature is not None and hmac.compare_digest(signature, wanted):
                is_signed = True
    if not is_signed:
        raise SmartcallError("UNAUTHENTICATED", "no signature of the webhook holds")
    try:
        return json.loads(payload)
    except ValueError as error:
        raise SmartcallError("INVALID_ARGUMENT", "the payload is no JSON") from error


def sign_webhook(
    id: str, payload: str | bytes, secret: str | Sequence[str], *, timestamp: float | None = None
) -> dict[str, str]:
    """The headers that sign a webhook, for who sends them and for tests of who takes them.

    Args:
    - id: the id of the message, the same however often it is delivered.
    - payload: the body, as it is sent.
    - secret: `whsec_…`, or several while one takes the place of another: each signs.
    - timestamp: when it is sent, in seconds; now by default.
    """
    seconds = str(int(time.time() if timestamp is None else timestamp))
    content = _signed_content(id, seconds, payload)
    signed = [hmac.digest(_key(each), content, hashlib.sha256) for each in _secrets(secret)]
    return {
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(each).decode()}" for each in signed),
    }


def _signed_content(id: str, timestamp: str, payload: str | bytes) -> bytes:
    body = payload.encode() if isinstance(payload, str) else payload
    return f"{id}.{timestamp}.".encode() + body


def _secrets(secret: str | Sequence[str]) -> Sequence[str]:
    return [secret] if isinstance(secret, str) else secret


def _key(secret: str) -> bytes:
    key = _decode(secret.removeprefix("whsec_"))
    if not key:
        # What the secret is must not come into a log.
        raise SmartcallError(
            "INVALID_ARGUMENT", "the secret of the webhook is no whsec_ and base64"
        )
    return key


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _read_header(headers: WebhookHeaders, name: str) -> str:
    pairs: Iterable[tuple[str, str]] = (
        cast("Mapping[str, str]", headers).items() if isinstance(headers, Mapping) else headers
    )
    found = [value for key, value in pairs if key.lower() == name]
    if len(found) == 1 and found[0]:
        return found[0]
    raise SmartcallError("INVALID_ARGUMENT", f"{name}: expected one such header")
