"""Where context brokers tell us: one port of this machine, an inbox a flow, a token each; nothing is kept here.

What is told is answered when who reads the inbox says so, after the durable write. What cannot be taken is refused
(408, 413, 503) and leaves word: the flow is then asked for all of it.
"""

import asyncio
import hmac
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from eclor.world import Secret
from harvesters.notice import TOKEN_HEADER
from harvesters.reach import MESSAGE_BYTES
from harvesters.source import Source

_MOST_WAITING: Final = 16
"""Notifications of one flow that wait for their write; a broker that says more at once is asked to wait."""
_MOST_CONNECTIONS: Final = 100
_READ_S: Final = 10.0
_WRITE_S: Final = 20.0
_BUSY: Final = {"Retry-After": "5"}
_NOT_TAKEN: Final = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.SERVICE_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One notification that waits for its answer."""

    body: bytes
    _answered: "Future[HTTPStatus]" = field(default_factory=Future)

    def answer(self, status: HTTPStatus) -> None:
        """Let the broker know, if it still waits."""
        if self._answered.set_running_or_notify_cancel():
            self._answered.set_result(status)

    async def answered(self) -> HTTPStatus:
        """Wait for the answer."""
        return await asyncio.wrap_future(self._answered)


@dataclass(slots=True)
class Inbox:
    """What a broker tells one flow."""

    token: Secret
    missed: Event = field(default_factory=Event)
    """Something was told that was not taken."""
    _waiting: "Queue[Told]" = field(default_factory=lambda: Queue(_MOST_WAITING))

    def gathered(self, first_s: float) -> list[Told]:
        """Return what waits, waiting for the first at most so long."""
        found: list[Told] = []
        try:
            found.append(self._waiting.get(timeout=first_s))
            while True:
                found.append(self._waiting.get_nowait())
        except Empty:
            return found

    def put(self, told: Told) -> bool:
        """Take a notification; say whether there was room."""
        try:
            self._waiting.put_nowait(told)
        except Full:
            return False
        return True

    def opens_to(self, token: str) -> bool:
        """Say whether that is the token, in a time that tells nothing of it."""
        return hmac.compare_digest(self.token.reveal(), token.encode("utf-8", "surrogateescape"))


@dataclass(slots=True)
class Door:
    """The port, and the inboxes behind it."""

    url: str
    """Where brokers find it, as they are told."""
    inboxes: dict[str, Inbox] = field(default_factory=dict)

    def url_of(self, source: Source) -> str:
        """Return where a flow is told."""
        return f"{self.url}{_path(source)}"

    @contextmanager
    def inbox(self, source: Source, token: Secret) -> Iterator[Inbox]:
        """Open the inbox of a flow while the block lasts: before and after, its address is that of nothing."""
        inbox = self.inboxes[_path(source)] = Inbox(token)
        try:
            yield inbox
        finally:
            del self.inboxes[_path(source)]
            for told in inbox.gathered(0):
                told.answer(HTTPStatus.SERVICE_UNAVAILABLE)

    async def receive(self, request: Request) -> Response:
        """Take one notification and answer what becomes of it."""
        inbox = self.inboxes.get(request.url.path)
        if inbox is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        if not inbox.opens_to(request.headers.get(TOKEN_HEADER, "")):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        status = await _taken(request, inbox)
        if status in _NOT_TAKEN:
            inbox.missed.set()
        return Response(status_code=status, headers=_BUSY if status is HTTPStatus.SERVICE_UNAVAILABLE else None)


@contextmanager
def opened(port: int, url: str) -> Iterator[Door]:
    """Open the door on a port of loopback (0: one that the kernel chooses) while the block lasts.

    `url` is where a proxy shows it to other machines; empty, it is for this machine alone.
    """
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen()
        door = Door(url.rstrip("/") or f"http://127.0.0.1:{listening.getsockname()[1]}")
        app = Starlette(routes=[Route("/{dataset}/{flow}", door.receive, methods=["POST"])])
        config = uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            lifespan="off",
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield door
        finally:
            server.should_exit = True
            thread.join()


async def _taken(request: Request, inbox: Inbox) -> HTTPStatus:
    try:
        async with asyncio.timeout(_READ_S):
            body = await _bounded(request)
    except (TimeoutError, ClientDisconnect):
        return HTTPStatus.REQUEST_TIMEOUT
    if body is None:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if not inbox.put(told := Told(body)):
        return HTTPStatus.SERVICE_UNAVAILABLE
    try:
        async with asyncio.timeout(_WRITE_S):
            return await told.answered()
    except TimeoutError:
        return HTTPStatus.SERVICE_UNAVAILABLE


async def _bounded(request: Request) -> bytes | None:
    """Return the body; None if it is too long, the rest unread."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MESSAGE_BYTES:
            return None
    return bytes(body)


def _path(source: Source) -> str:
    return f"/{source.dataset}/{source.flow}"
