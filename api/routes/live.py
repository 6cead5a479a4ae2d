"""`/api/v1/live/{slug}`: server-sent events, the latest state at once, then each new version as it is published."""

from asyncio import Lock
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from orjson import dumps
from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import event_stream
from api.answers import answer
from api.asking import rows_of
from api.dating import UNDATED
from api.event_stream import EventStream
from api.links import Links
from api.live import Broadcast, Listener
from api.parts import Parts
from api.rendering import records
from api.rows import Question
from catalog.views import VersionView
from eclor.errors import RequestRefused

LIVE: Final = "live"
_RETRY_MS: Final = 3000
_MOST_ROWS: Final = 1000
_LONGEST_ID: Final = 15


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the route of live datasets."""
    return [Route("/api/v1/live/{slug}", _Live(parts, parts.broadcast, Links(parts.settings.origin)).listen)]


@dataclass(frozen=True, slots=True)
class _Live:
    parts: Parts
    broadcast: Broadcast
    links: Links
    turn: Lock = field(default_factory=Lock)

    async def listen(self, request: Request) -> Response:
        """Open the stream. Refuses a dataset that is not live (404, with those that are), and a withdrawn one (410)."""
        dataset = await self.parts.shelf.dataset(request.path_params["slug"])
        if dataset.kind != LIVE:
            live = [view.slug for view in (await self.parts.shelf.datasets()).values() if view.kind == LIVE]
            raise RequestRefused("api.not-live", dataset=dataset.slug, live=", ".join(live) or "—")
        if dataset.current is not None:
            await self.parts.shelf.latest(dataset.slug)
        last_id = _event_id(request)
        listening = self.broadcast.listening(dataset.slug)
        return EventStream(listening, lambda listener: self._events(listener, last_id))

    async def _events(self, listener: Listener, last_id: int | None) -> AsyncIterator[bytes | None]:
        """Give what was missed, then what comes; None is a silence."""
        sent = 0
        for version in await self.broadcast.missed(listener.slug, last_id):
            sent = version.id
            if (event := await self._event(version)) is not None:
                yield event
        async for told in listener.versions(event_stream.HEARTBEAT_S):
            if told is None:
                yield None
            elif told.id > sent and (event := await self._event(told)) is not None:
                sent = told.id
                yield event

    async def _event(self, version: VersionView) -> bytes | None:
        """Return a version as an event, the same bytes for all its listeners; None if it may not leave.

        One at a time: those that wait find what the first one read.
        """
        question = (LIVE, version.id)
        async with self.turn:
            if not await self.broadcast.may_leave(version):
                return None
            made = self.parts.answers.get(question)
            if made is None:
                state = (await self._state(version)).decode()
                event = ServerSentEvent(state, event="version", id=str(version.id), retry=_RETRY_MS, sep="\n")
                one = answer(event.encode(), "text/event-stream", modified=UNDATED)  # part of an answer, never one
                made = self.parts.answers.keep(question, one)
                if not await self.broadcast.may_leave(version):
                    return None
        return made.body

    async def _state(self, version: VersionView) -> bytes:
        """Return a version's rows, the first thousand of them, and where the rest is."""
        asked = Question(tuple(column.name for column in version.columns), _MOST_ROWS)
        rows = await rows_of(self.parts, version, asked)
        return dumps(
            {
                "dataset": version.dataset,
                "version": version.number,
                "published_at": version.published_at.isoformat(),
                "rows": version.rows,
                "masked": version.masked,
                "url": self.links.version_file(version.dataset, version.number, "data.json"),
                "records": records(rows, version.columns),
            }
        )


def _event_id(request: Request) -> int | None:
    """Return the last event that the reader has, by its header or, for a first request, by `last_event_id`."""
    text = request.headers.get("last-event-id") or request.query_params.get("last_event_id") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID else None
