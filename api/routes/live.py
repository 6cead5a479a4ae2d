"""`/api/v1/live/{slug}`: server-sent events, the latest state at once, then each new version as it is published."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from orjson import dumps
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.cors import CORS
from api.links import Links
from api.live import Broadcast
from api.parts import Parts
from api.rendering import records
from api.rows import Question, page
from catalog.views import VersionView
from eclor.errors import RequestRefused

LIVE: Final = "live"
HEARTBEAT_S: Final = 15
_SEND_TIMEOUT_S: Final = 20
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

    async def listen(self, request: Request) -> Response:
        """Open the stream. Refuses a dataset that is not live (404, with those that are), and a withdrawn one (410)."""
        dataset = await self.parts.shelf.dataset(request.path_params["slug"])
        if dataset.kind != LIVE:
            live = [view.slug for view in (await self.parts.shelf.datasets()).values() if view.kind == LIVE]
            raise RequestRefused("api.not-live", dataset=dataset.slug, live=", ".join(live) or "—")
        if dataset.current is not None:
            await self.parts.shelf.latest(dataset.slug)
        return EventSourceResponse(
            self._events(dataset.slug, _event_id(request)),
            ping=HEARTBEAT_S,
            send_timeout=_SEND_TIMEOUT_S,
            headers={**CORS, "Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )

    async def _events(self, slug: str, last_id: int | None) -> AsyncIterator[ServerSentEvent]:
        async with self.broadcast.listening(slug) as listener:
            sent = last_id or 0
            for version in await self.broadcast.missed(slug, last_id):
                sent = version.id
                if await self.broadcast.may_leave(version):
                    yield await self._event(version)
            async for version in listener.versions():
                if version.id > sent and await self.broadcast.may_leave(version):
                    sent = version.id
                    yield await self._event(version)

    async def _event(self, version: VersionView) -> ServerSentEvent:
        """Return a version as an event: the same bytes for all its listeners."""
        question = (LIVE, version.id)
        made = self.parts.answers.get(question)
        if made is None:
            made = self.parts.answers.keep(question, answer(await self._state(version), "application/json"))
        return ServerSentEvent(made.body.decode(), event="version", id=str(version.id), retry=_RETRY_MS)

    async def _state(self, version: VersionView) -> bytes:
        """Return a version's rows, the first thousand of them, and where the rest is."""
        asked = Question(tuple(column.name for column in version.columns), _MOST_ROWS)
        (rows,) = await self.parts.rows.patiently(version, [page(asked)])
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
