"""The pages: home, search, charter, journal, documentation; those of datasets are put beside them."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.pages.cards import card, newest, theme_tiles
from api.pages.documentation import Documentation
from api.pages.heads import Heads
from api.pages.journal import journal_page
from api.pages.library import Library
from api.pages.mosaic import Mosaic, mosaic
from api.pages.searching import CARDS, search_page
from api.pages.site import Site
from api.parts import Parts
from api.refusals import bad_parameter
from api.routes.dataset_pages import DatasetPages
from api.routes.files import version_number
from api.search_grammar import PARAMETERS, read_asked
from api.sending import send_answer
from catalog import reading as catalogue
from catalog.declaration import ViewKind
from catalog.freshness import Tried
from catalog.views import DatasetView
from eclor.sentences.doors import UNITS

LATEST: Final = 6
_MOST_VALUES: Final = 40


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the pages."""
    site = Site(parts.identity, parts.settings.origin, parts.moments)
    library = Library(parts)
    documentation = Documentation.of(parts, site, library)
    pages, datasets = (
        _Pages(parts, site, library, Heads(parts.settings.home, parts.shelf.clock)),
        DatasetPages(parts, site, library),
    )
    return [
        Route("/", pages.home),
        Route("/search", pages.search),
        Route("/charter", pages.charter),
        Route("/charter/journal", pages.journal),
        Route("/charter/journal/heads.jsonl", pages.heads),
        Route("/docs", documentation.shown),
        Route("/docs/{slug}", documentation.shown),
        Route("/dataset/{slug}", datasets.dataset),
        Route("/dataset/{slug}/versions/{number}", datasets.version),
        Route("/dataset/{slug}/versions/{number}/proof", datasets.proof),
        Route("/dataset/{slug}/versions/{number}/checks", datasets.checks),
    ]


@dataclass(frozen=True, slots=True)
class _Pages:
    parts: Parts
    site: Site
    library: Library
    signed: Heads

    async def home(self, request: Request) -> Response:
        """Promise and search, then the themes, then what is new."""
        views = await self.parts.shelf.datasets()
        tried = await self.parts.shelf.tried()
        now = self.site.moments.now()
        cards = [card(view, tried.get(slug, Tried()), now) for slug, view in views.items()]
        return await self.site.shown(
            request,
            "home.html",
            themes=theme_tiles(Counter(view.theme for view in views.values())),
            recent=newest(cards, LATEST),
            totals=catalogue.totals(views.values()),
            mosaic=await self._mosaic(views),
        )

    async def _mosaic(self, views: Mapping[str, DatasetView]) -> Mosaic | None:
        """Return the table of the day: the newest heat table that is served, one with a masked cell first."""
        found = []
        for view in views.values():
            if view.served and view.current and self.library.declaration(view).view.kind is ViewKind.HEAT_MAP:
                answer = await self.library.answer(await self.parts.shelf.latest(view.slug), self.site.moments.now())
                if answer.heat is not None:
                    found.append((answer.heat.masked, view.current.published_at, mosaic(view, answer.heat)))
        return max(found, key=lambda one: one[:2])[2] if found else None

    async def search(self, request: Request) -> Response:
        """What was found, the filters that are on, those that one may add."""
        told = request.query_params.multi_items()[:_MOST_VALUES]
        given = [pair for pair in told if pair[0] in PARAMETERS and pair[1]]
        asked = replace(read_asked(given, self.parts.finder.zones), limit=CARDS)
        views = await self.parts.shelf.datasets()
        index, tried = await self.parts.finder.index(views), await self.parts.shelf.tried()
        page = search_page(index, asked, given, tried=tried, now=self.site.moments.now())
        return await self.site.shown(request, "search.html", page=page)

    async def charter(self, request: Request) -> Response:
        """What the territory does with people's data, dataset by dataset."""
        views = await self.parts.shelf.datasets()
        domains = await asyncio.to_thread(self.library.domains, tuple(views.values()))
        charter = await asyncio.to_thread(self.library.charter)
        masked = catalogue.totals(views.values()).masked
        left_out = [view for view in views.values() if not view.collected]
        return await self.site.shown(
            request, "charter.html", domains=domains, charter=charter, masked=masked, units=UNITS, left_out=left_out
        )

    async def journal(self, request: Request) -> Response:
        """Read the last entries of the public journal; `before` asks for older ones."""
        text = request.query_params.get("before")
        before = None if text is None else version_number(text)
        if text is not None and before is None:
            raise bad_parameter("before", "1..")
        read = partial(journal_page, self.parts.settings.home / "journal", before)
        return await self.site.shown(request, "journal.html", page=await asyncio.to_thread(read), asked=before)

    async def heads(self, request: Request) -> Response:
        """Give the journal's signed heads, one a line: who keeps them can tell a journal cut, rewritten or forked."""
        return send_answer(request.scope, await asyncio.to_thread(self.signed.answer))
