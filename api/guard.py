"""What stands before every address: limits on what a request may weigh, on how often a client asks, and preflights.

A client that asks too much is refused alone, before any work is done for it. This machine itself is not counted: a
proxy on it must say for whom it asks (`X-Forwarded-For`, which the server believes from loopback only).
"""

from asyncio import timeout
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Message, Receive, Scope, Send

from api.answers import RawHeaders, raw
from api.cors import preflight
from api.parts import Parts
from api.problems import problem_of, respond
from api.rates import Rates, client_of
from api.refusals import WithHeaders
from eclor.errors import RequestRefused

MOST_ADDRESS_BYTES: Final = 8_192
MOST_HEADER_BYTES: Final = 32_768
MOST_BODY_BYTES: Final = 1_000_000
MOST_BODY_S: Final = 30.0
MOST_AT_ONCE: Final = 100
"""Answers under way for one client, live listeners among them."""
_SHARED: Final = b"public"
Answering = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    """The limits of one worker."""

    def __init__(self, parts: Parts, routes: Sequence[BaseRoute]) -> None:
        self._parts = parts
        self._routes = routes
        self._rates = Rates(parts.settings.rate) if parts.settings.rate else None
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send, answering: Answering) -> None:
        """Let a request through, or refuse it."""
        client = client_of(scope["client"][0] if scope.get("client") else "")
        said: Mapping[str, str] = {}
        try:
            _refuse_heavy(scope)
            if client is not None and self._rates is not None:
                said = self._counted(client, self._rates)
        except RequestRefused as refusal:
            headers = {**(refusal.headers if isinstance(refusal, WithHeaders) else {}), "Connection": "close"}
            await respond(Request(scope), problem_of(refusal, headers), self._parts)(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and (methods := self._methods(scope)):
            await Response(status_code=204, headers=preflight(methods))(scope, receive, send)
            return
        if client is None:
            await answering(scope, _bounded(scope, receive), send)
            return
        telling = _telling(send, raw(said)) if said else send
        await self._let_through(client, answering(scope, _bounded(scope, receive), telling))

    async def _let_through(self, client: str, answer: Awaitable[None]) -> None:
        self._under_way[client] += 1
        try:
            await answer
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]

    def _counted(self, client: str, rates: Rates) -> Mapping[str, str]:
        """Count a request. Refuses (429) one too many."""
        if self._under_way[client] >= MOST_AT_ONCE:
            raise WithHeaders("api.too-many-at-once", {"Retry-After": "1"}, most=MOST_AT_ONCE)
        taken = rates.take(client)
        said = rates.said(taken)
        if taken.wait_s:
            raise WithHeaders("api.too-many", {**said, "Retry-After": str(taken.wait_s)}, most=rates.most)
        return said

    def _methods(self, scope: Scope) -> str:
        """Return the methods of an address, as `Allow` lists them; empty where nothing is."""
        found = {"OPTIONS"}
        for route in self._routes:
            match, _ = route.matches({**scope, "method": "GET"})
            if match is not Match.NONE:
                found |= getattr(route, "methods", None) or {"GET", "HEAD"}
        return ", ".join(sorted(found)) if len(found) > 1 else ""


def _refuse_heavy(scope: Scope) -> None:
    """Refuse (414, 431, 413) what is too long to be read."""
    if len(scope["raw_path"] or b"") + len(scope["query_string"]) > MOST_ADDRESS_BYTES:
        raise RequestRefused("api.address-too-long", most=MOST_ADDRESS_BYTES)
    weight = 0
    for name, value in scope["headers"]:
        weight += len(name) + len(value)
        if name == b"content-length" and value.isdigit() and int(value[:20]) > MOST_BODY_BYTES:
            raise RequestRefused("api.body-too-large", most=MOST_BODY_BYTES)
    if weight > MOST_HEADER_BYTES:
        raise RequestRefused("api.headers-too-large", most=MOST_HEADER_BYTES)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """Return a `receive` that refuses (413, 408) a body that is too long or too slow, as it comes."""
    if scope["method"] in {"GET", "HEAD"}:
        return receive
    got, whole = 0, False

    async def bounded() -> Message:
        nonlocal got, whole
        if whole:
            return await receive()
        try:
            async with timeout(MOST_BODY_S):
                message = await receive()
        except TimeoutError as late:
            raise RequestRefused("api.body-too-slow") from late
        got, whole = got + len(message.get("body", b"")), not message.get("more_body", False)
        if got > MOST_BODY_BYTES:
            raise RequestRefused("api.body-too-large", most=MOST_BODY_BYTES)
        return message

    return bounded


def _telling(send: Send, said: RawHeaders) -> Send:
    """Return a `send` that adds headers, save to what shared caches keep: it is nobody's in particular."""

    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message["headers"]
            if not any(name == b"cache-control" and value.startswith(_SHARED) for name, value in headers):
                message = {**message, "headers": [*headers, *said]}
        await send(message)

    return telling
