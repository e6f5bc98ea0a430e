"""The gateway of this repository, when it is built, and a proxy that cuts connections."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path

from typing_extensions import Self

ROOT = Path(__file__).resolve().parents[3]
MAIN = ROOT / "apps" / "gateway" / "dist" / "main.js"


def find_node() -> str | None:
    """The Node that the workspace brings, else the machine's."""
    own = ROOT / "node_modules" / ".bin" / "node"
    return str(own) if own.exists() else shutil.which("node")


def missing() -> str | None:
    """Why there is no gateway; None when there is one."""
    if not MAIN.exists():
        return "the gateway is not built (pnpm run build)"
    return None if find_node() else "there is no Node"


class RealGateway:
    """A gateway in a process of its own."""

    def __init__(self, *arguments: str, port: int = 0) -> None:
        command = [find_node() or "node", str(MAIN), "serve", "--log-format", "json"]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SMARTCALL_")}
        self.process = subprocess.Popen(
            [*command, "--port", str(port), *arguments],
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = ""
        for line in self.process.stdout:
            self.url = json.loads(line).get("url", "")
            if self.url:
                break
        # What it says further is of no use, and must not fill its pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class CuttingProxy:
    """Passes bytes on, and cuts each connection after so many from the gateway."""

    def __init__(self, port: int, cuts: list[int]) -> None:
        self._port = port
        self._cuts = cuts
        self.connections = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # A listener that is only closed goes on for as long as somebody waits for a connection.
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._accepting.join()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            left = self._cuts.pop(0) if self._cuts else None
            far = socket.create_connection(("127.0.0.1", self._port))
            for source, sink, limit in ((near, far, None), (far, near, left)):
                threading.Thread(target=self._pass, args=(source, sink, limit), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, left: int | None) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if left is not None:
                    data = data[:left]
                    left -= len(data)
                sink.sendall(data)
                if left == 0:
                    break
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
