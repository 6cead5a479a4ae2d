"""`diff.json` and `diff.csv`: what changed since the version before, or between any two versions of a dataset."""

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import Answer, answer
from api.dating import UNDATED
from api.differing import as_csv, as_json
from api.links import Links, header, licence_link
from api.parts import Parts
from api.refusals import bad_parameter, refuse_others
from api.routes.files import version_number
from api.sending import send_answer
from api.shelf import Kept
from catalog.differences import Differences, first_version
from eclor.errors import RequestRefused

_MEDIA_TYPES: Final = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_FROM: Final = "from"


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the differences."""
    family = _Differences(parts, Links(parts.settings.origin))
    return [
        Route("/dataset/{slug}/diff.{form}", family.newest),
        Route("/dataset/{slug}/versions/{number}/diff.{form}", family.numbered),
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Two versions that may leave, and the form of the answer."""

    new: Kept
    old: Kept | None
    form: str

    @property
    def name(self) -> str:
        return f"diff.{self.form}"


@dataclass(frozen=True, slots=True)
class _Differences:
    parts: Parts
    links: Links

    async def newest(self, request: Request) -> Response:
        """Tell what changed with the newest version; `Content-Location` names it, caches ask each time."""
        kept = await self.parts.shelf.latest(request.path_params["slug"])
        asked = await self._asked(request, kept)
        named = self._address(asked)
        return await self._sent(request, asked, {"Content-Location": named, "Cache-Control": "no-cache"})

    async def numbered(self, request: Request) -> Response:
        """Tell what changed from one version to another. Refuses an unknown version (404), a withdrawn one (410)."""
        slug, number = request.path_params["slug"], version_number(request.path_params["number"])
        await self.parts.shelf.dataset(slug)
        if number is None:
            raise RequestRefused("api.no-version", dataset=slug)
        kept = await self.parts.shelf.version(slug, number)
        asked = await self._asked(request, kept)
        caching = {"Cache-Control": f"public, max-age={kept.max_age_s}, must-revalidate"}
        return await self._sent(request, asked, caching)

    async def _asked(self, request: Request, kept: Kept) -> _Asked:
        form, slug = request.path_params["form"], kept.dataset.slug
        if form not in _MEDIA_TYPES:
            raise RequestRefused("api.no-page")
        refuse_others(request.query_params, (_FROM,))
        text = request.query_params.get(_FROM)
        number = kept.former if text is None else version_number(text)
        if text is not None and number is None:
            raise bad_parameter(_FROM, "1..")
        old = None if number is None else await self.parts.shelf.version(slug, number)
        return _Asked(kept, old, form)

    async def _sent(self, request: Request, asked: _Asked, caching: dict[str, str]) -> Response:
        question = ("differences", asked.new.version.id, asked.old and asked.old.version.id, asked.form)
        body = self.parts.answers.get(question)
        if body is None:
            client = request.client.host if request.client else ""
            async with self.parts.comparisons.turns.taken(client):
                body = self.parts.answers.get(question) or self.parts.answers.keep(question, await self._made(asked))
        # asked again: a withdrawal may have come while the rows were compared
        for kept in filter(None, (asked.new, asked.old)):
            await self.parts.shelf.version(kept.dataset.slug, kept.version.number)
        said = {**caching, "Link": self._link(asked)}
        made = answer(body.body, _MEDIA_TYPES[asked.form], said, modified=asked.new.modified)
        return send_answer(request.scope, made)

    async def _made(self, asked: _Asked) -> Answer:
        if asked.old is None:
            found = first_version(asked.new.version)
        else:
            found = await self.parts.comparisons.found(self.parts.rows.published, old=asked.old, new=asked.new)
        written = await run_in_threadpool(_written, found, asked)
        return answer(written, _MEDIA_TYPES[asked.form], modified=UNDATED)  # kept for its bytes alone

    def _address(self, asked: _Asked) -> str:
        address = self.links.version_file(asked.new.dataset.slug, asked.new.version.number, asked.name)
        return address if asked.old is None else f"{address}?from={asked.old.version.number}"

    def _link(self, asked: _Asked) -> str:
        slug, number = asked.new.dataset.slug, asked.new.version.number
        targets = [(self.links.file(slug, asked.name), "latest-version")]
        targets.append((self.links.version_file(slug, number, "schema.json"), "describedby"))
        for form in _MEDIA_TYPES:
            if form != asked.form:
                since = "" if asked.old is None else f"?from={asked.old.version.number}"
                targets.append((f"{self.links.version_file(slug, number, f'diff.{form}')}{since}", "alternate"))
        targets.append((self.links.dataset(slug), "collection"))
        return header([*targets, *licence_link(asked.new.dataset.licence)])


def _written(found: Differences, asked: _Asked) -> bytes:
    return as_csv(found) if asked.form == "csv" else as_json(found, dataset=asked.new.dataset.slug)
