"""A real HTTP server whose answers a test scripts, down to the bytes on the wire."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event, Thread

import pytest

Script = Callable[[socket.socket, bytes], None]
"""Answers one request, whose head is given."""


@dataclass(slots=True)
class Scripted:
    """A server that answers each request as told; the last script goes on."""

    listening: socket.socket
    scripts: list[Script] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    released: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def says(self, *scripts: Script) -> None:
        self.scripts = list(scripts)

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (more := connection.recv(65536)):
                    return
                head += more
            self.heads.append(head.decode())
            script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
            try:
                script(connection, head)
            except OSError:
                return


def answer(
    body: bytes = b"", *, status: str = "200 OK", length: int | None = None, kind: str = "text/csv", **headers: str
) -> Script:
    """Script an answer; `length` is what it says of its body."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close"]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    content = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
    return lambda connection, _: connection.sendall(content)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        scripted = Scripted(listening)
        thread = Thread(target=scripted.serve, daemon=True)
        thread.start()
        yield scripted
        scripted.released.set()
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)
