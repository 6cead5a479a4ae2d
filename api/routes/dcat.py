"""The catalogue and its datasets as DCAT-AP 3: by ending, or negotiated at the address without one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from api.answers import Answer, Question, answer
from api.dating import Modified
from api.hot import HotRoute
from api.links import Links, header, licence_link
from api.negotiation import choose
from api.parts import Parts
from api.refusals import bad_parameter
from api.sending import send_answer
from catalog.metadata.writings import Page, Writing
from catalog.quality import of_version
from catalog.views import DatasetView
from eclor.errors import RequestRefused

if TYPE_CHECKING:
    from catalog.metadata.dcat import Documents, Standing

CATALOGUE: Final = "/catalog"
HTML: Final = "text/html"
ENDINGS: Final[Mapping[str, tuple[Writing, str]]] = {
    "ttl": (Writing.TURTLE, "text/turtle; charset=utf-8"),
    "jsonld": (Writing.JSON_LD, "application/ld+json"),
    "rdf": (Writing.RDF_XML, "application/rdf+xml"),
    "json": (Writing.JSON_LD, "application/json"),
}
"""Ending → its writing and its media type, the first for who takes anything."""
_TYPES: Final = {media_type.partition(";")[0]: ending for ending, (_, media_type) in ENDINGS.items()}
RDF: Final = tuple(_TYPES)
"""Media types offered, the best liked first."""
_NEGOTIATED: Final = {"Vary": "Accept, Accept-Language"}
_LONGEST: Final = 9
"""Digits read of the number of a page: no catalogue has so many."""
_Making = tuple[Question, Callable[[], Answer]]
"""What an answer is kept under, and what makes it."""


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the catalogue; a dataset's page is left to the pages."""
    made = _Dcat(parts, Links(parts.settings.origin))
    endings = "|".join(ENDINGS)
    return [
        HotRoute("/dataset/{slug}.{ending}", rf"/dataset/(?P<slug>[^/.]+)\.(?P<ending>{endings})", made.dataset),
        HotRoute("/catalog.{ending}", rf"/catalog\.(?P<ending>{endings})", made.catalogue),
        Route(CATALOGUE, made.negotiated_catalogue),
        _ForPrograms("/dataset/{described}", made.negotiated_dataset),
    ]


class _ForPrograms(Route):
    """A route that is there only for who prefers a writing of RDF to the page, or asks for one by `?f=`."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match the path, if the page is not what is preferred."""
        match, found = super().matches(scope)
        wanted = match is Match.FULL and _wanted(scope, (HTML, *RDF)) not in {None, HTML}
        return (match, found) if wanted else (Match.NONE, {})


class _Dcat:
    """Documents by what they describe; each is made once for what it says, one at a time: many who ask wait for it."""

    def __init__(self, parts: Parts, links: Links) -> None:
        self._parts, self._links = parts, links
        self._seen: Mapping[str, DatasetView] = {}
        self._served: Sequence[Standing] = ()
        self._changes = 0
        self._turn = asyncio.Lock()

    @cached_property
    def _documents(self) -> "Documents":
        from catalog.metadata.dcat import Documents  # noqa: PLC0415 - the library loads at the first reader of RDF

        measure = partial(of_version, self._parts.rows.published)
        return Documents(self._parts.identity.publisher, self._parts.settings.origin, measure)

    async def dataset(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Send a dataset's document in the writing of its ending."""
        return send_answer(scope, await self._of_dataset(named["slug"], named["ending"], negotiated=False))

    async def negotiated_dataset(self, request: Request) -> Response:
        """Send a dataset's document in the writing that is preferred."""
        ending = _wanted(request.scope, RDF) or _refuse()
        return send_answer(
            request.scope, await self._of_dataset(request.path_params["described"], ending, negotiated=True)
        )

    async def catalogue(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Send a page of the catalogue in the writing of its ending."""
        return send_answer(scope, await self._of_catalogue(named["ending"], _page(scope), negotiated=False))

    async def negotiated_catalogue(self, request: Request) -> Response:
        """Send a page of the catalogue in the writing that is preferred. Refuses who takes none (406)."""
        ending = _wanted(request.scope, RDF) or _refuse()
        return send_answer(request.scope, await self._of_catalogue(ending, _page(request.scope), negotiated=True))

    async def _of_dataset(self, slug: str, ending: str, *, negotiated: bool) -> Answer:
        async def standing() -> _Making:
            view = await self._parts.shelf.dataset(slug)
            modified = self._parts.shelf.dates.of(slug)
            if view.collected:
                kept = await self._parts.shelf.latest(slug)
                view, modified = kept.dataset, kept.modified
            (one,) = _standing([view])
            question = ("dcat", *one.mark, modified.at, ending, negotiated)
            return question, partial(self._dataset_answer, one, ending, modified, negotiated=negotiated)

        return await self._once(standing)

    def _dataset_answer(self, one: "Standing", ending: str, modified: Modified, *, negotiated: bool) -> Answer:
        writing, media_type = ENDINGS[ending]
        headers = {"Cache-Control": "no-cache", "Link": self._about(one.view, ending)}
        if negotiated:
            headers |= {**_NEGOTIATED, "Content-Location": f"{self._links.dataset(one.view.slug)}.{ending}"}
        return answer(self._documents.dataset(one, writing), media_type, headers, modified=modified)

    def _about(self, view: DatasetView, ending: str) -> str:
        """Return the Link header: the other writings, the page, the catalogue, the licence."""
        address = self._links.dataset(view.slug)
        others = [(f"{address}.{other}", "alternate") for other in ENDINGS if other != ending]
        return header(
            [
                *others,
                (address, "canonical"),
                (f"{self._links.origin}{CATALOGUE}", "collection"),
                *licence_link(view.licence),
            ]
        )

    async def _of_catalogue(self, ending: str, number: int, *, negotiated: bool) -> Answer:
        async def standing() -> _Making:
            views = await self._parts.shelf.datasets()
            if views is not self._seen:
                served = _standing(view for view in views.values() if view.collected)
                self._seen, self._served, self._changes = views, served, self._changes + 1
            last, modified = Page.count(len(self._served)), self._parts.shelf.dates.every
            if number > last:
                raise RequestRefused("metadata.no-page", last=last)
            question = ("dcat", CATALOGUE, self._changes, ending, number, negotiated)
            make = partial(self._page_answer, self._served, (number, ending), modified, negotiated=negotiated)
            return question, make

        return await self._once(standing)

    def _page_answer(
        self, served: "Sequence[Standing]", asked: tuple[int, str], modified: Modified, *, negotiated: bool
    ) -> Answer:
        """Make a page, by its number and its ending. A withdrawal dates it too: what is left is no newer by itself."""
        number, ending = asked
        writing, media_type = ENDINGS[ending]
        headers = {"Cache-Control": "no-cache", "Link": self._around(ending, number, Page.count(len(served)))}
        if negotiated:
            headers |= {**_NEGOTIATED, "Content-Location": self._address(ending, number)}
        body = self._documents.page(served, Page(number, writing), ending=f".{ending}")
        return answer(body, media_type, headers, modified=modified)

    async def _once(self, standing: Callable[[], Awaitable[_Making]]) -> Answer:
        """Return the answer that is kept, or make it in a thread, of what still stands when its turn has come."""
        answers = self._parts.answers
        question, _ = await standing()
        if (found := answers.get(question)) is not None:
            return found
        async with self._turn:
            question, make = await standing()
            return answers.get(question) or answers.keep(question, await asyncio.to_thread(make))

    def _around(self, ending: str, number: int, last: int) -> str:
        """Return the Link header: the other writings, and the pages around (RFC 8288)."""
        targets = [(self._address(other, number), "alternate") for other in ENDINGS if other != ending]
        targets += [(self._address(ending, 1), "first"), (self._address(ending, last), "last")]
        if number > 1:
            targets.append((self._address(ending, number - 1), "prev"))
        if number < last:
            targets.append((self._address(ending, number + 1), "next"))
        return header(targets)

    def _address(self, ending: str, number: int) -> str:
        return f"{self._links.origin}{CATALOGUE}.{ending}" + (f"?page={number}" if number > 1 else "")


def _standing(views: Iterable[DatasetView]) -> "list[Standing]":
    """Return what is served of these datasets and what is not collected, by slug; nothing else is ever told."""
    from catalog.metadata.dcat import Standing  # noqa: PLC0415 - the library loads at the first reader of RDF

    listed = [Standing(view, view.current) for view in views if view.served or not view.collected]
    return sorted(listed, key=lambda standing: standing.view.slug)


def _wanted(scope: Scope, offers: Sequence[str]) -> str | None:
    """Return the ending or the type that is preferred: `?f=` first, then Accept; none if nothing offered is taken.

    Where there is a page, an `f` that is no ending is the page's own business: it may filter a column of that name.
    """
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("f")
    if asked is not None:
        return asked if asked in ENDINGS else HTML if HTML in offers else _refuse()
    accept = ", ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"accept")
    chosen = choose(accept, offers)
    return None if chosen is None else _TYPES.get(chosen, chosen)


def _refuse() -> str:
    raise RequestRefused("api.not-acceptable", formats=", ".join(RDF))


def _page(scope: Scope) -> int:
    """Return the number of the page. Refuses what is not a whole number from 1 (400)."""
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)).get("page", "1")
    if not (asked.isascii() and asked.isdigit()) or asked.strip("0") == "":
        raise bad_parameter("page", "a whole number from 1")
    return int(asked.lstrip("0")[:_LONGEST])
