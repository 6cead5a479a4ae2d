"""The pages of a dataset: itself, one of its versions, a version's proof."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.asking import count_of, placed, rows_of
from api.dating import UNDATED
from api.links import header
from api.negotiation import prefers_html
from api.pages import words
from api.pages.changes import Changes, changes_of
from api.pages.checks import lines_of, moved_of
from api.pages.dataset import columns_of, downloads, limit_s, refusal_words
from api.pages.described import Described, described
from api.pages.library import Library
from api.pages.site import Site, wants_page
from api.pages.standing import standing_of
from api.pages.table import asked_of, table
from api.parts import Parts
from api.refusals import WithHeaders, withdrawn
from api.routes.files import version_number
from api.shelf import Kept
from catalog.freshness import Tried, freshness_of
from catalog.spans import window_of
from catalog.views import DatasetView
from eclor.errors import RequestRefused

_OFFERS: Final = "text/html, text/turtle, application/ld+json, application/rdf+xml, application/json"
WITHDRAWN: Final = "api.withdrawn"
Page = Callable[[Request], Awaitable[Response]]
VERSIONS: Final = 8
"""Versions listed on the page itself."""


@dataclass(frozen=True, slots=True)
class DatasetPages:
    """The pages of one dataset."""

    parts: Parts
    site: Site
    library: Library

    async def dataset(self, request: Request) -> Response:
        """Show a dataset, whatever its state (410 for a withdrawn one). Refuses a reader without HTML (406)."""
        return await self._unless_withdrawn(request, self._dataset)

    async def version(self, request: Request) -> Response:
        """Show one version, as it will always be (410 for a withdrawn one). Refuses an unknown one (404)."""
        return await self._unless_withdrawn(request, self._version)

    async def proof(self, request: Request) -> Response:
        """Show what proves a version, link by link, and the command that checks it."""
        return await self._unless_withdrawn(request, self._proof)

    async def checks(self, request: Request) -> Response:
        """Show what a version was expected to hold, and what judged it."""
        return await self._unless_withdrawn(request, self._checks)

    async def _unless_withdrawn(self, request: Request, made: Page) -> Response:
        """Make a page; for what is withdrawn say since when and why, and what one can still do."""
        try:
            return await made(request)
        except WithHeaders as refusal:
            if refusal.code != WITHDRAWN or not prefers_html(request.headers.get("accept", "")):
                raise
            view = await self.parts.shelf.dataset(request.path_params["slug"])
            reason = str(refusal.facts["reason"])
            gone = await self.site.shown(
                request,
                "withdrawn.html",
                status=refusal.status,
                view=view,
                number=None if view.state == "withdrawn" else refusal.facts["version"],
                reason=reason,
                theme=words.theme_name(view.theme),
                contact=self.library.declaration(view).contact,
            )
            gone.headers.update(refusal.headers)
            return gone

    async def _dataset(self, request: Request) -> Response:
        view = await self.parts.shelf.dataset(request.path_params["slug"])
        if view.state == "withdrawn":
            raise withdrawn(view, view.current.number if view.current else 0, view.state_reason)
        if request.query_params.get("f") != "html" and not wants_page(request.headers.get("accept", "")):
            raise RequestRefused("api.not-acceptable", formats=_OFFERS)
        if not view.collected:
            return await self._not_collected(request, view)
        if view.current is None:
            return await self._unpublished(request, view)
        return await self._published(request, await self.parts.shelf.latest(view.slug))

    async def _version(self, request: Request) -> Response:
        kept = await self._kept(request)
        shown = await asyncio.to_thread(self.library.proof, kept.version)
        names = self.library.names(kept)
        made = await self.site.shown(
            request,
            "version.html",
            view=kept.dataset,
            version=kept.version,
            changes=await self._changes(request, kept),
            covers=words.covers(kept.version.periods, window_of(kept.dataset)),
            downloads=downloads(kept.version),
            columns=columns_of(names),
            proof=shown,
            theme=words.theme_name(kept.dataset.theme),
            licence=words.LICENCES.get(kept.dataset.licence, kept.dataset.licence),
            told=await self._told(kept),
        )
        made.headers["Link"] = self._beside(kept)
        return made

    def _beside(self, kept: Kept) -> str:
        """Return the Link header of a version's page: the newest version, the one before, the one after."""
        page = f"{self.site.origin}/dataset/{kept.dataset.slug}"
        targets = [(page, "latest-version")]
        if kept.former is not None:
            targets.append((f"{page}/versions/{kept.former}", "predecessor-version"))
        if kept.later is not None:
            targets.append((f"{page}/versions/{kept.later}", "successor-version"))
        return header(targets)

    async def _changes(self, request: Request, kept: Kept) -> Changes:
        """Say what a version changed since the one before that may still leave."""
        replaced = await asyncio.to_thread(self.library.replaced, kept)
        if kept.former is None:
            return changes_of(None, kept.later, counts=None, replaced=replaced)
        old = await self.parts.shelf.version(kept.dataset.slug, kept.former)
        client = request.client.host if request.client else ""
        counts = await self.parts.comparisons.counts(self.parts.rows.published, old=old, new=kept, client=client)
        for one in (old, kept):  # asked again: a withdrawal may have come while the rows were compared
            await self.parts.shelf.version(one.dataset.slug, one.version.number)
        return changes_of(kept.former, kept.later, counts=counts, replaced=replaced)

    async def _proof(self, request: Request) -> Response:
        return await self._of_proof(request, "proof.html")

    async def _checks(self, request: Request) -> Response:
        return await self._of_proof(request, "checks.html")

    async def _of_proof(self, request: Request, template: str) -> Response:
        kept = await self._kept(request)
        shown = await asyncio.to_thread(self.library.proof, kept.version)
        return await self.site.shown(
            request,
            template,
            view=kept.dataset,
            version=kept.version,
            proof=shown,
            lines=lines_of(shown.proof),
            moved=moved_of(shown.proof),
            theme=words.theme_name(kept.dataset.theme),
        )

    async def _kept(self, request: Request) -> Kept:
        slug, number = request.path_params["slug"], version_number(request.path_params["number"])
        if number is None:
            await self.parts.shelf.dataset(slug)
            raise RequestRefused("api.no-version", dataset=slug)
        return await self.parts.shelf.version(slug, number)

    async def _not_collected(self, request: Request, view: DatasetView) -> Response:
        """Say what is not collected, and why: a page with neither rows nor files."""
        return await self.site.shown(
            request,
            "not_collected.html",
            view=view,
            declaration=self.library.not_collected(view),
            standing=standing_of(view, freshness_of(view, Tried(), self.site.moments.now())),
            theme=words.theme_name(view.theme),
        )

    async def _unpublished(self, request: Request, view: DatasetView) -> Response:
        declaration = self.library.declaration(view)
        tried = (await self.parts.shelf.tried()).get(view.slug, Tried())
        code, reason = refusal_words(view.state_reason)
        fresh = freshness_of(view, tried, self.site.moments.now())
        return await self.site.shown(
            request,
            "unpublished.html",
            view=view,
            declaration=declaration,
            standing=standing_of(view, fresh),
            theme=words.theme_name(view.theme),
            rules=await asyncio.to_thread(self.library.rules, view),
            walk=tried.last,
            code=code,
            reason=reason,
        )

    async def _published(self, request: Request, kept: Kept) -> Response:
        view, version, now = kept.dataset, kept.version, self.site.moments.now()
        names, tried = self.library.names(kept), (await self.parts.shelf.tried()).get(view.slug, Tried())
        asked = asked_of(request.query_params.multi_items(), version)
        client = request.client.host if request.client else ""
        question = await placed(self.parts, version, asked.question, client=client)
        asked = replace(asked, question=question)
        rows = await rows_of(self.parts, version, question, beyond=1, client=client)
        total = await count_of(self.parts, version, asked.question, client=client)
        fresh = freshness_of(view, tried, now)
        answer = await self.library.answer(kept, self.parts.shelf.clock.now())
        return await self.site.shown(
            request,
            "dataset.html",
            dated=UNDATED if answer.live else None,  # a state of now goes by the second
            view=view,
            version=version,
            declaration=names.declaration,
            names=names,
            standing=standing_of(view, fresh),
            fresh=fresh,
            walk=tried.last,
            theme=words.theme_name(view.theme),
            licence=words.LICENCES.get(view.licence, view.licence),
            covers=words.covers(version.periods, window_of(view)),
            downloads=downloads(version),
            answer=answer,
            limit_s=round(limit_s(names, now)),
            table=table(asked, rows, total, version=version, names=names),
            columns=columns_of(names),
            proof=await asyncio.to_thread(self.library.proof, version),
            history=await asyncio.to_thread(self.library.history, kept),
            rules=await asyncio.to_thread(self.library.rules, view),
            versions=await asyncio.to_thread(self.library.versions, view.slug, VERSIONS),
            told=await self._told(kept),
        )

    async def _told(self, kept: Kept) -> Described:
        return await asyncio.to_thread(described, kept, self.parts.identity.publisher, self.site.origin)
