"""Webhooks hold, or are refused."""

from __future__ import annotations

import base64
import secrets
from typing import Any

import pytest

from smartcall import SmartcallError
from smartcall.webhooks import sign_webhook, verify_webhook

# The example of the specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PAYLOAD = '{"test": 2432232314}'
SENT = 1_614_265_330
HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
SIGNATURE = HEADERS["webhook-signature"]
GIVEN: dict[str, Any] = {"payload": PAYLOAD, "headers": HEADERS, "secret": SECRET, "now": SENT}


def test_the_example_of_standard_webhooks() -> None:
    assert verify_webhook(**GIVEN) == {"test": 2432232314}
    assert sign_webhook(HEADERS["webhook-id"], PAYLOAD, SECRET, timestamp=SENT) == HEADERS


@pytest.mark.parametrize(
    "given",
    [
        {"headers": {name.title(): value for name, value in HEADERS.items()}},
        {"headers": [*HEADERS.items(), ("host", "a"), ("host", "b")]},
        {"payload": PAYLOAD.encode()},
        {"secret": SECRET.removeprefix("whsec_")},
        {"secret": ["whsec_b2xk", SECRET]},
        {"headers": {**HEADERS, "webhook-signature": f"v1a,eA== v1,b2xk v1,%% {SIGNATURE}"}},
        {"now": SENT + 300},
        {"now": SENT - 300},
        {"now": SENT + 900, "tolerance": 900},
    ],
)
def test_a_webhook_that_holds(given: dict[str, Any]) -> None:
    assert verify_webhook(**{**GIVEN, **given}) == {"test": 2432232314}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"payload": PAYLOAD.replace("4", "5")}, "UNAUTHENTICATED"),
        ({"headers": {**HEADERS, "webhook-id": "msg_2"}}, "UNAUTHENTICATED"),
        ({"headers": {**HEADERS, "webhook-timestamp": "1614265331"}}, "UNAUTHENTICATED"),
        ({"headers": {**HEADERS, "webhook-timestamp": "١٦١٤٢٦٥٣٣٠"}}, "INVALID_ARGUMENT"),
        ({"headers": {**HEADERS, "webhook-timestamp": "-1"}}, "INVALID_ARGUMENT"),
        ({"headers": {**HEADERS, "webhook-signature": SIGNATURE[3:]}}, "UNAUTHENTICATED"),
        ({"headers": {**HEADERS, "webhook-signature": "v2" + SIGNATURE[2:]}}, "UNAUTHENTICATED"),
        ({"headers": {**HEADERS, "webhook-signature": "v1,"}}, "UNAUTHENTICATED"),
        (
            {"headers": {**HEADERS, "webhook-signature": "v1,b2xk " * 16 + SIGNATURE}},
            "UNAUTHENTICATED",
        ),
        ({"headers": {}}, "INVALID_ARGUMENT"),
        ({"headers": [*HEADERS.items(), ("webhook-id", "msg_2")]}, "INVALID_ARGUMENT"),
        ({"now": SENT + 301}, "UNAUTHENTICATED"),
        ({"now": SENT - 301}, "UNAUTHENTICATED"),
        ({"now": None}, "UNAUTHENTICATED"),
        ({"secret": "whsec_"}, "INVALID_ARGUMENT"),
        ({"secret": "whsec_%"}, "INVALID_ARGUMENT"),
        ({"secret": []}, "UNAUTHENTICATED"),
    ],
)
def test_a_webhook_that_does_not(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(SmartcallError) as raised:
        verify_webhook(**{**GIVEN, **given})
    assert raised.value.reason == reason
    assert "MfKQ9r8" not in str(raised.value)


def test_what_is_signed_holds_and_what_is_no_json_does_not() -> None:
    keys = [f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}" for _ in range(2)]
    headers = sign_webhook("m", "Grüße, {", keys)
    for key in keys:
        with pytest.raises(SmartcallError) as raised:
            verify_webhook("Grüße, {", headers, key)
        assert raised.value.reason == "INVALID_ARGUMENT"
