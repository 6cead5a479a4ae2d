"""`/dataset/{slug}/quality.json`: how good what is published is. It changes with the clock, so caches ask each time."""

import asyncio
from dataclasses import dataclass
from typing import Final

from orjson import OPT_APPEND_NEWLINE, OPT_INDENT_2, dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.links import Links
from api.pages.library import Library
from api.parts import Parts
from api.quality import sheet
from api.sending import send_answer
from api.shelf import Kept
from catalog.freshness import Freshness, Tried, freshness_of, promised_by
from eclor.errors import RequestRefused

_FRESH: Final = {"Cache-Control": "no-cache"}


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the route of the quality sheets."""
    return [Route("/dataset/{slug}/quality.json", _Sheets(parts, Library(parts), Links(parts.settings.origin)).of)]


@dataclass(frozen=True, slots=True)
class _Sheets:
    parts: Parts
    library: Library
    links: Links

    async def of(self, request: Request) -> Response:
        """Send the sheet of what is served now. Refuses (404, 410) a dataset of which nothing is."""
        shelf = self.parts.shelf
        kept = await shelf.latest(request.path_params["slug"])
        tried = (await shelf.tried()).get(kept.dataset.slug, Tried())
        moment = await self.parts.moments.begun()
        fresh = freshness_of(kept.dataset, tried, moment.now)
        body = await asyncio.to_thread(self._body, kept, fresh)
        return send_answer(request.scope, answer(body, "application/json", _FRESH, modified=moment.modified))

    def _body(self, kept: Kept, fresh: Freshness) -> bytes:
        history = self.library.history(kept)
        if not history:
            raise RequestRefused("api.no-version", dataset=kept.dataset.slug)
        plain = sheet(
            kept.version,
            gates=self.library.proof(kept.version).proof.gates,
            history=history,
            freshness=fresh,
            promised=promised_by(kept.dataset),
            links=self.links,
        )
        return dumps(plain, option=OPT_INDENT_2 | OPT_APPEND_NEWLINE)
