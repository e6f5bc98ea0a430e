"""An HTTP server that says what a test tells it to, byte by byte where it matters."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import Self


@dataclass
class Request:
    """What a client sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass(kw_only=True)
class Reply:
    """What is answered. `cut` ends the connection after so many bytes of the body."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    chunks: Sequence[bytes] | None = None
    cut: int | None = None
    is_cut_at_once: bool = False
    silence: float = 0
    """Seconds to wait before the answer."""
    drip: float = 0
    """Seconds between the bytes of the body."""
    holds_open: bool = False
    """Whether the connection stays after the body, which then never ends."""


Script = Callable[[Request], Reply]


def reply_json(value: Any, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    named.setdefault("content-type", "application/json")
    return Reply(status=status, headers=named, body=json.dumps(value).encode())


def problem(reason: str, status: int, **more: Any) -> Reply:
    headers: dict[str, str] = more.pop("headers", {})
    body = {"type": f"urn:smartcall:reason:{reason}", "title": "t", "detail": f"d of {reason}"}
    reply = reply_json({**body, "status": status, "reason": reason, "retryable": False, **more})
    reply.status = status
    reply.headers = {"content-type": "application/problem+json", **headers}
    return reply


def sse(*events: dict[str, Any], cut: int | None = None, **more: Any) -> Reply:
    return Reply(headers={"content-type": "text/event-stream"}, body=wire(*events), cut=cut, **more)


def wire(*events: dict[str, Any]) -> bytes:
    """Events as a gateway writes them."""
    out = ""
    for event in events:
        kind = next(key for key in event if key not in ("taskId", "cursor", "time", "merged"))
        id = "" if kind in ("end", "error") else f"id: {event['cursor']}\n"
        out += f"{id}event: {kind}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
    return out.encode()


class FakeGateway:
    """Answers requests by a script, each on a connection of its own."""

    def __init__(self, *scripts: Script | Reply) -> None:
        """Each request takes the next script; the last one stays."""
        self.requests: list[Request] = []
        self._scripts = list(scripts)
        self._released = threading.Event()
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def script(self, *scripts: Script | Reply) -> None:
        """What is answered from now on."""
        with self._lock:
            self._scripts = list(scripts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        # A listener that is only closed goes on for as long as somebody waits for a connection.
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._accepting.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                request = read_request(connection)
                if request is None:
                    return
                with self._lock:
                    self.requests.append(request)
                    many = len(self._scripts) > 1
                    script = self._scripts.pop(0) if many else self._scripts[0]
                self._answer(connection, script(request) if callable(script) else script)
            except OSError:
                pass

    def _answer(self, connection: socket.socket, reply: Reply) -> None:
        if reply.silence and self._released.wait(reply.silence):
            return
        if reply.is_cut_at_once:
            return
        headers = {"connection": "close", **reply.headers}
        if "text/event-stream" not in headers.get("content-type", ""):
            headers["content-length"] = str(len(reply.body))
        else:
            headers["transfer-encoding"] = "chunked"
        lines = [f"HTTP/1.1 {reply.status} X", *(f"{k}: {v}" for k, v in headers.items())]
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        body = reply.body if reply.cut is None else reply.body[: reply.cut]
        if reply.drip:
            for at in range(len(body)):
                connection.sendall(body[at : at + 1])
                if self._released.wait(reply.drip):
                    return
        elif "transfer-encoding" not in headers:
            connection.sendall(body)
            return
        for chunk in reply.chunks if reply.chunks is not None else [body]:
            if chunk:
                connection.sendall(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        if reply.holds_open:
            self._released.wait(30)
        elif reply.cut is None:
            connection.sendall(b"0\r\n\r\n")


def read_request(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    pairs: Iterator[tuple[str, str, str]] = (line.partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Request(method, path, headers, json.loads(body) if body else None)
