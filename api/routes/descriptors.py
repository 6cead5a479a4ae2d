"""What describes a version, made from its record under the origin of the day: CSVW, Croissant, how to cite it.

The Data Package and the table schema lie in the version's folder, with relative paths: they are among its files.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from orjson import OPT_APPEND_NEWLINE, OPT_INDENT_2, dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from api.answers import Answer, answer
from api.hot import HotRoute
from api.links import Links, header, licence_link
from api.parts import Parts
from api.routes.files import version_number
from api.sending import send_answer
from api.shelf import Kept
from catalog.metadata import citation, croissant, csvw
from catalog.metadata.record import Record
from catalog.metadata.recording import record_of
from eclor.errors import RequestRefused

Make = Callable[[Record, str], bytes]


def _json(descriptor: object) -> bytes:
    return dumps(descriptor, option=OPT_INDENT_2 | OPT_APPEND_NEWLINE)


DESCRIPTORS: Final[Mapping[str, tuple[str, Make]]] = MappingProxyType(
    {
        "csvw.json": (csvw.MEDIA_TYPE, lambda record, origin: _json(csvw.csvw(record, origin))),
        "croissant.json": (croissant.MEDIA_TYPE, lambda record, origin: _json(croissant.croissant(record, origin))),
    }
)
"""File → its media type, and what makes it: of the newest version, and of each."""
_CITED: Final[Mapping[str, Callable[[citation.Reference], bytes]]] = MappingProxyType(
    {
        "citation.json": lambda of: _json(citation.csl(of)),
        "citation.bib": lambda of: citation.bibtex(of).encode(),
        "citation.ris": lambda of: citation.ris(of).encode(),
        "datacite.json": lambda of: _json(citation.datacite(of)),
    }
)
CITATIONS: Final = tuple(_CITED)
"""Files of a version's citation: one cites a version, never what changes."""
_WELL_KNOWN: Final = b"csvw.json\n"
_TEXTS: Final = frozenset({"citation.bib", "citation.ris"})


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the descriptors."""
    family = _Descriptors(parts, Links(parts.settings.origin))
    names, cited = _one_of(DESCRIPTORS), _one_of((*DESCRIPTORS, *CITATIONS))
    numbered = rf"/dataset/(?P<slug>[^/]+)/versions/(?P<number>[^/]+)/(?P<descriptor>{cited})"
    return [
        HotRoute("/dataset/{slug}/{descriptor}", rf"/dataset/(?P<slug>[^/]+)/(?P<descriptor>{names})", family.newest),
        HotRoute("/dataset/{slug}/versions/{number}/{descriptor}", numbered, family.numbered),
        Route("/.well-known/csvm", family.well_known),
    ]


def _one_of(names: Mapping[str, object] | tuple[str, ...]) -> str:
    return "|".join(map(re.escape, names))


class _Descriptors:
    """Newest and numbered; each is made once for as long as nothing changed."""

    def __init__(self, parts: Parts, links: Links) -> None:
        self._parts = parts
        self._links = links
        self._publisher = parts.identity.publisher
        said = {"Cache-Control": "no-cache"}
        self._located = answer(_WELL_KNOWN, "text/plain; charset=utf-8", said, modified=parts.shelf.dates.started)

    async def newest(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Send a descriptor of the newest version; `Content-Location` names it, caches ask each time."""
        kept = await self._parts.shelf.latest(named["slug"])
        return send_answer(scope, await self._answer(kept, named["descriptor"], newest=True))

    async def numbered(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Send a descriptor of one version. Refuses an unknown one (404), and one that no longer leaves (410)."""
        slug, number = named["slug"], version_number(named["number"])
        if number is None:
            await self._parts.shelf.dataset(slug)
            raise RequestRefused("api.no-version", dataset=slug)
        return send_answer(
            scope, await self._answer(await self._parts.shelf.version(slug, number), named["descriptor"], newest=False)
        )

    async def well_known(self, request: Request) -> Response:
        """Say where the metadata of a CSV are, from its own address (CSVW, section 5.3)."""
        return send_answer(request.scope, self._located)

    async def _answer(self, kept: Kept, name: str, *, newest: bool) -> Answer:
        question = ("descriptor", kept, name, newest)
        if (found := self._parts.answers.get(question)) is not None:
            return found
        body = await asyncio.to_thread(self._body, kept, name)
        media_type = citation.FILES[name] if name in _CITED else DESCRIPTORS[name][0]
        typed = f"{media_type}; charset=utf-8" if name in _TEXTS else media_type
        headers = self._headers(kept, name, newest=newest)
        return self._parts.answers.keep(question, answer(body, typed, headers, modified=kept.modified))

    def _body(self, kept: Kept, name: str) -> bytes:
        record, origin = record_of(kept.dataset, kept.version, self._publisher), self._links.origin
        if name in _CITED:
            return _CITED[name](citation.reference(record, origin))
        return DESCRIPTORS[name][1](record, origin)

    def _headers(self, kept: Kept, name: str, *, newest: bool) -> dict[str, str]:
        slug, number = kept.dataset.slug, kept.version.number
        own = self._links.version_file(slug, number, name)
        caching = {"Cache-Control": f"public, max-age={kept.max_age_s}, must-revalidate"}
        if newest:
            caching = {"Content-Location": own, "Cache-Control": "no-cache"}
        return {
            **caching,
            "Link": self._related(kept, name),
            "Content-Disposition": f'inline; filename="{slug}-{name}"',
            "X-Content-Type-Options": "nosniff",
        }

    def _related(self, kept: Kept, name: str) -> str:
        if name in DESCRIPTORS:
            return self._links.of_file(kept, name)
        described = self._links.version_page(kept.dataset.slug, kept.version.number)
        return header([(described, "describes"), *licence_link(kept.dataset.licence)])
