"""What the source systems answer, recorded once, and said again with something in it that should not be there."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from threading import Lock, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.e2e.gates.relay import GIVEN_BACK

LAMPS_A_DAY = "/eclairage/historique.ndjson"
LAMPS = 800
"""Messages that are enough of a day: one of each of so many lamps."""
TAKEN_OVER = ("Content-Type", "Link", "X-Total-Count", "NGSILD-Results-Count")
Planting = Callable[[str, bytes], bytes]
"""Gives the bytes to answer, of a path and of the bytes that would have been."""


def nothing(_path: str, content: bytes) -> bytes:
    """Plant nothing."""
    return content


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass
class Recorded:
    """Systems that answer the same to the same question, until told to plant something."""

    upstream: str
    url: str = ""
    answers: dict[tuple[str, bytes | None], Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    planting: Planting = field(default=nothing)
    lock: Lock = field(default_factory=Lock)

    def answer(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        with self.lock:
            self.asked.append(path)
            key = (path, body)
            if key not in self.answers:
                self.answers[key] = self._fetched(path, body, headers)
            kept = self.answers[key]
            content = self.planting(path, kept.content) if kept.status == 200 else kept.content
            return Answer(kept.status, kept.headers, content)

    def _fetched(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        try:
            with urlopen(Request(self.upstream + path, body, dict(headers))) as said:
                content = said.read() if path != LAMPS_A_DAY else b"".join(islice(said, LAMPS))
                answer = Answer(said.status, dict(said.headers), content)
        except HTTPError as refused:
            answer = Answer(refused.code, dict(refused.headers), refused.read())
        return Answer(answer.status, answer.headers, _unsealed(answer.content))


def _unsealed(content: bytes) -> bytes:
    """A Data Package without the digests of its files: a source that says another thing states another digest."""
    if b'"resources"' not in content[:100_000]:
        return content
    package = json.loads(content)
    for resource in package["resources"]:
        resource.pop("hash", None)
        resource.pop("bytes", None)
    return json.dumps(package).encode()


@contextmanager
def recorded(upstream: str) -> Iterator[Recorded]:
    systems = Recorded(upstream)

    class Relay(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(None)

        def do_POST(self) -> None:
            self._say(self.rfile.read(int(self.headers["Content-Length"])))

        def _say(self, body: bytes | None) -> None:
            given = {name: self.headers[name] for name in GIVEN_BACK if self.headers[name]}
            said = systems.answer(self.path, body, given)
            self.send_response(said.status)
            for name in TAKEN_OVER:
                if name in said.headers:
                    self.send_header(name, said.headers[name])
            self.send_header("Content-Length", str(len(said.content)))
            self.end_headers()
            self.wfile.write(said.content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Relay) as server:
        systems.url = f"http://127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield systems
        finally:
            server.shutdown()
