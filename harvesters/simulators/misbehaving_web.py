"""Between the HTTP systems and the wire: each answer as it should be, or as its system was ordered to give it."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from types import MappingProxyType
from typing import Final

import numpy as np
import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harvesters.simulators.misbehaviour import Misbehaviour, Orders, Turn, cut, damaged, repeated, system_of

MOST_HELD: Final = 16 << 20
"""Of longer answers, which are given from a file, no more is held: this much is wounded or cut, or all passes."""
MOST_FORMER: Final = 64
RETRY_AFTER_S: Final = 1
PAUSE_S: Final = 0.4
PIECES: Final = 4
_ROUND: Final = "round"
"""Parameter of an address that leads to itself."""
_ELSEWHERE: Final = ("http://10.0.0.1/latest/meta-data/", "file:///etc/passwd")
"""A private address, and a file: a redirection to either must not be followed."""
_CONDITIONS: Final = frozenset({b"if-none-match", b"if-modified-since", b"if-range", b"range"})
_HEADS: Final = MappingProxyType({"text/csv": 1, "application/x-ndjson": 0})
"""Of what is given by lines, how many lines come before the first item."""
_OK: Final = 200
Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    headers: Headers
    body: bytes
    status: int = _OK

    def saying(self, **changed: str) -> "Answer":
        """Return the answer with other headers: `_` stands for `-`, an empty text takes one away."""
        names = {name.replace("_", "-").encode(): text.encode() for name, text in changed.items()}
        kept = tuple((name, text) for name, text in self.headers if name.lower() not in names)
        return replace(self, headers=(*kept, *((name, text) for name, text in names.items() if text)))

    def with_body(self, body: bytes) -> "Answer":
        """Return the answer with another body, whose length it says."""
        return replace(self, body=body).saying(content_length=str(len(body)))

    @property
    def media_type(self) -> str:
        """Return the media type, without its parameters."""
        return dict(self.headers).get(b"content-type", b"").decode().partition(";")[0]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that will be answered badly."""

    receive: Receive
    send: Send
    turn: Turn
    former: Answer
    """What the same address answered when it was late before."""


@dataclass(slots=True)
class MisbehavingWeb:
    """The systems' application, behind its orders."""

    app: ASGIApp
    orders: Orders
    now: Callable[[], datetime]
    _former: dict[str, Answer] = field(default_factory=dict)
    _free_at: dict[str, datetime] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ordered."""
        system = system_of(scope["path"])
        turn = self.orders.next_turn(system) if scope["method"] == "GET" else None
        if turn is None:
            await self.app(scope, receive, self._dated(send))
        elif turn.kind is Misbehaviour.RATE_LIMITED and self._is_too_soon(system):
            await _said(_limited(), send)
        elif turn.kind is Misbehaviour.REDIRECTED:
            await _said(_redirected(_address(scope), turn), send)
        else:
            await self._answered_badly(scope, receive, send, turn=turn)

    def _is_too_soon(self, system: str) -> bool:
        """Refuse the first visit and whoever comes before the second is over; then let one through."""
        now, free_at = self.now(), self._free_at.get(system)
        if free_at is not None and now >= free_at:
            del self._free_at[system]
            return False
        self._free_at.setdefault(system, now + timedelta(seconds=RETRY_AFTER_S))
        return True

    async def _answered_badly(self, scope: Scope, receive: Receive, send: Send, *, turn: Turn) -> None:
        asked = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in _CONDITIONS]}
        collecting = _Collecting(send, turn)
        await self.app(asked, receive, self._dated(collecting))
        answer = collecting.answer
        if answer is None:
            return
        way = _WAYS.get(turn.kind) if answer.status == _OK else None
        former = self._exchanged(_address(scope), answer) if way is _late else answer
        await (way(Visit(receive, send, turn, former), answer) if way else _said(answer, send))

    def _dated(self, send: Send) -> Send:
        """Return a wire that says when an answer was made: a late one keeps its date, as in a cache."""
        date = format_datetime(self.now(), usegmt=True).encode()

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"date", date)]}
            await send(message)

        return dated

    def _exchanged(self, address: str, answer: Answer) -> Answer:
        """Remember what an address answers now; return what it answered before."""
        former = self._former.pop(address, answer)
        self._former[address] = answer
        if len(self._former) > MOST_FORMER:
            del self._former[next(iter(self._former))]
        return former


@dataclass(slots=True)
class _Collecting:
    """Takes an answer in the place of the wire; lets it pass, as ordered, once it is too long to hold."""

    send: Send
    turn: Turn
    _held: list[Message] = field(default_factory=list)
    _size: int = 0

    async def __call__(self, message: Message) -> None:
        """Take what the application sends."""
        if self._size > MOST_HELD:
            await self._pass([] if self.turn.kind is Misbehaviour.TRUNCATED else [message])
            return
        self._size += len(message.get("body", b""))
        self._held.append(message)
        if self._size > MOST_HELD:
            await self._pass(self._spoilt())

    async def _pass(self, messages: Iterable[Message]) -> None:
        for message in messages:
            await self.send(message)

    def _spoilt(self) -> list[Message]:
        """Return what is held, and hold it no more: wounded, or cut, after which nothing comes."""
        held, self._held = self._held, []
        if (spoil := _LONG.get(self.turn.kind)) is None:
            return held
        start, *parts = held
        body = spoil(b"".join(part.get("body", b"") for part in parts), self.turn.draws)
        return [start, {**parts[-1], "body": body}]

    @property
    def answer(self) -> Answer | None:
        """Return the whole answer; None when it passed."""
        if self._size > MOST_HELD:
            return None
        start, *parts = self._held
        return Answer(tuple(start["headers"]), b"".join(part.get("body", b"") for part in parts), start["status"])


def _address(scope: Scope) -> str:
    return f"{scope['path']}?{scope['query_string'].decode()}"


def _limited() -> Answer:
    return Answer((), b"", 429).saying(retry_after=str(RETRY_AFTER_S), content_length="0")


def _redirected(address: str, turn: Turn) -> Answer:
    """Lead to a private address, to a file, to itself: one after the other; who goes round is led round."""
    where = (*_ELSEWHERE, address)[turn.number % (1 + len(_ELSEWHERE))]
    onward = f"{address}&{_ROUND}" if _ROUND in address or where == address else where
    return Answer((), b"", 302).saying(location=onward, content_length="0")


async def _said(answer: Answer, send: Send) -> None:
    await _begun(answer, send)
    await send({"type": "http.response.body", "body": answer.body})


async def _begun(answer: Answer, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": list(answer.headers)})


async def _late(visit: Visit, _answer: Answer) -> None:
    """Say what was so one late answer ago."""
    await _said(visit.former, visit.send)


async def _duplicate(visit: Visit, answer: Answer) -> None:
    """Say the same as if it were new; each second time with an item in it twice, where the format has items."""
    if visit.turn.number % 2:
        answer = answer.with_body(_one_twice(answer.body, answer.media_type))
    await _said(answer.saying(etag=f'"again-{visit.turn.number}"', last_modified=""), visit.send)


async def _malformed(visit: Visit, answer: Answer) -> None:
    """Say it with a wound in the middle, under the same ETag."""
    await _said(answer.with_body(damaged(answer.body, visit.turn.draws)), visit.send)


async def _slow(visit: Visit, answer: Answer) -> None:
    """Say it piece by piece, with silences."""
    await _begun(answer, visit.send)
    size = len(answer.body) // PIECES + 1
    for at in range(0, len(answer.body), size):
        await visit.send({"type": "http.response.body", "body": answer.body[at : at + size], "more_body": True})
        await asyncio.sleep(PAUSE_S)
    await visit.send({"type": "http.response.body", "body": b""})


async def _huge(visit: Visit, answer: Answer) -> None:
    """Say it again and again until the client hangs up."""
    gone = asyncio.create_task(_hung_up(visit.receive))
    await _begun(answer.saying(content_length=""), visit.send)
    await visit.send({"type": "http.response.body", "body": answer.body, "more_body": True})
    for block in repeated(answer.body):
        if gone.done():
            return
        await visit.send({"type": "http.response.body", "body": block, "more_body": True})
        await asyncio.sleep(0)


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _truncated(visit: Visit, answer: Answer) -> None:
    """Stop before the length that was said; each second time within gzip, whose own length is right."""
    if visit.turn.number % 2:
        packed = gzip.compress(answer.body, mtime=0)
        await _said(answer.with_body(cut(packed, visit.turn.draws)).saying(content_encoding="gzip"), visit.send)
        return
    await _begun(answer.with_body(answer.body), visit.send)
    part = cut(answer.body, visit.turn.draws)
    await visit.send({"type": "http.response.body", "body": part, "more_body": True})


_LONG: Final[Mapping[Misbehaviour, Callable[[bytes, np.random.Generator], bytes]]] = MappingProxyType(
    {Misbehaviour.MALFORMED: damaged, Misbehaviour.TRUNCATED: cut}
)
"""How the beginning of an answer goes wrong that is too long to hold."""
_Way = Callable[[Visit, Answer], Awaitable[None]]
_WAYS: Final[Mapping[Misbehaviour, _Way]] = MappingProxyType(
    {
        Misbehaviour.LATE: _late,
        Misbehaviour.DUPLICATE: _duplicate,
        Misbehaviour.MALFORMED: _malformed,
        Misbehaviour.SLOW: _slow,
        Misbehaviour.HUGE: _huge,
        Misbehaviour.TRUNCATED: _truncated,
    }
)
"""How an answer that there is goes wrong."""


def _one_twice(body: bytes, media_type: str) -> bytes:
    """Return a body whose last item stands twice: a line, an item of the first list of JSON; others as is."""
    if media_type in _HEADS:
        lines = body.splitlines(keepends=True)
        return b"".join([*lines, *lines[_HEADS[media_type] :][-1:]])
    if not media_type.endswith("json"):
        return body
    document = orjson.loads(body)
    items = _first_list(document)
    items += items[-1:]
    return orjson.dumps(document)


def _first_list(document: object) -> list[object]:
    """Return the first list of objects that is met, outermost first; an empty one when there is none."""
    waiting = [document]
    while waiting:
        match waiting.pop(0):
            case list() as found if found and isinstance(found[0], dict):
                return found
            case dict() as members:
                waiting += members.values()
            case _:
                continue
    return []
