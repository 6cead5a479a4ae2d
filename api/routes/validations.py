"""`expectations.json` and `validation.json`: a version's suite and its results, as great-expectations writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from orjson import OPT_APPEND_NEWLINE, OPT_INDENT_2, dumps
from pydantic import JsonValue
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.links import Links, header, licence_link
from api.parts import Parts
from api.routes.files import version_number
from api.sending import send_answer
from api.shelf import Kept
from catalog.proof import NAME, ProofBody, read_proof
from catalog.validations import results, suite
from eclor.errors import RequestRefused

_MADE: Final[Mapping[str, Callable[[ProofBody], dict[str, JsonValue]]]] = MappingProxyType(
    {"expectations.json": suite, "validation.json": results}
)
VALIDATIONS: Final = tuple(_MADE)
"""Names of the files."""


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the suites and of their results."""
    family = _Validations(parts, Links(parts.settings.origin))
    return [
        *(Route(f"/dataset/{{slug}}/{file}", family.newest, name=file) for file in VALIDATIONS),
        *(Route(f"/dataset/{{slug}}/versions/{{number}}/{file}", family.numbered, name=file) for file in VALIDATIONS),
    ]


@dataclass(frozen=True, slots=True)
class _Validations:
    parts: Parts
    links: Links

    async def newest(self, request: Request) -> Response:
        """Send those of the newest version; `Content-Location` names it, caches ask each time."""
        kept = await self.parts.shelf.latest(request.path_params["slug"])
        located = self.links.version_file(kept.dataset.slug, kept.version.number, _file(request))
        return await self._sent(request, kept, {"Content-Location": located, "Cache-Control": "no-cache"})

    async def numbered(self, request: Request) -> Response:
        """Send those of a version. Refuses an unknown version (404), a withdrawn one (410)."""
        slug, number = request.path_params["slug"], version_number(request.path_params["number"])
        if number is None:
            await self.parts.shelf.dataset(slug)
            raise RequestRefused("api.no-version", dataset=slug)
        kept = await self.parts.shelf.version(slug, number)
        return await self._sent(request, kept, {"Cache-Control": f"public, max-age={kept.max_age_s}, must-revalidate"})

    async def _sent(self, request: Request, kept: Kept, caching: Mapping[str, str]) -> Response:
        proof = self.parts.rows.published / kept.version.folder / NAME
        body = await run_in_threadpool(lambda: read_proof(proof.read_bytes()))
        made = dumps(_MADE[_file(request)](body), option=OPT_INDENT_2 | OPT_APPEND_NEWLINE)
        slug, number = kept.dataset.slug, kept.version.number
        targets = [
            (self.links.file(slug, _file(request)), "latest-version"),
            (self.links.version_file(slug, number, NAME), "via"),
            (self.links.dataset(slug), "collection"),
            *licence_link(kept.dataset.licence),
        ]
        said = {**caching, "Link": header(targets), "X-Content-Type-Options": "nosniff"}
        return send_answer(request.scope, answer(made, "application/json", said, modified=kept.modified))


def _file(request: Request) -> str:
    return str(request.url.path).rpartition("/")[2]
