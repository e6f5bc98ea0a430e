"""What a session leaves behind."""

from __future__ import annotations

import base64
import gc
import hashlib
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from smartcall import AsyncSmartcall, Smartcall

HELLO = b'{"frames":[{"hello":{"version":1,"implementation":"fake/1","windowBytes":65536}}]}'


class DeafGateway:
    """Takes one WebSocket, says hello, and never answers anything, not even a close."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.left = threading.Event()
        """The connection has ended."""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += connection.recv(4096)
            fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:-2])
            key = {name.lower(): value for name, value in fields.items()}["sec-websocket-key"]
            digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
            answer = (
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}\r\n"
                "Sec-WebSocket-Protocol: smartcall.v1.json\r\n\r\n"
            )
            connection.sendall(answer.encode() + bytes([0x81, len(HELLO)]) + HELLO)
            connection.settimeout(60)
            try:
                while connection.recv(4096):
                    pass
            except ConnectionResetError:
                pass
            self.left.set()


@contextmanager
def deaf_gateway() -> Generator[DeafGateway]:
    gateway = DeafGateway()
    # What only the collector closes would be left open for as long as it pleases.
    gc.disable()
    try:
        yield gateway
    finally:
        gc.enable()
        gateway.stop()


def test_a_closed_session_leaves_no_connection_open() -> None:
    with deaf_gateway() as gateway, Smartcall(url=gateway.url) as client:
        session = client.connect()
        session.open()
        session.close()
        assert gateway.left.wait(30)


@pytest.mark.anyio
async def test_a_closed_asynchronous_session_leaves_no_connection_open() -> None:
    with deaf_gateway() as gateway:
        async with AsyncSmartcall(url=gateway.url) as client:
            async with client.connect():
                pass
            assert gateway.left.wait(30)
