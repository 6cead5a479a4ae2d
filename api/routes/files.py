"""The files of versions: newest and numbered. A path is never built from a request: names come from the metadata."""

import re
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.conditional import Validators, strong_tag
from api.links import Links
from api.parts import Parts
from api.sending import Stored, send_file
from api.shelf import Kept
from catalog import dossier, proof
from catalog.exports import EXPORTS, export
from catalog.views import FileView
from eclor.errors import RequestRefused

DATA: Final = tuple(made.file_name for made in map(export, EXPORTS) if made.served)
"""Data files, as the exports name them; the index of the rows is not one of them."""
DESCRIPTIONS: Final = ("datapackage.json", "schema.json", proof.NAME, *dossier.MEDIA_TYPES)
_NAMES: Final = "|".join(re.escape(name) for name in (*DATA, *DESCRIPTIONS))
_LONGEST_NUMBER: Final = 9
_TEXTS: Final = ("text/", "application/yaml")


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the files."""
    files = _Files(parts, Links(parts.settings.origin))
    newest = Route("/dataset/{slug}/{name}", files.newest)
    newest.path_regex = re.compile(rf"^/dataset/(?P<slug>[^/]+)/(?P<name>{_NAMES})$")
    numbered = Route("/dataset/{slug}/versions/{number}/{name}", files.numbered)
    numbered.path_regex = re.compile(rf"^/dataset/(?P<slug>[^/]+)/versions/(?P<number>[^/]+)/(?P<name>{_NAMES})$")
    return [newest, numbered]


@dataclass(frozen=True, slots=True)
class _Files:
    parts: Parts
    links: Links

    async def newest(self, request: Request) -> Response:
        """Send the newest version's file; `Content-Location` names the version, caches ask each time."""
        slug, name = request.path_params["slug"], request.path_params["name"]
        kept = await self.parts.shelf.latest(slug)
        located = self.links.version_file(slug, kept.version.number, name)
        return self._send(request, kept, {"Content-Location": located, "Cache-Control": "no-cache"})

    async def numbered(self, request: Request) -> Response:
        """Send a version's own file: the same bytes for as long as it is kept."""
        slug, number = request.path_params["slug"], version_number(request.path_params["number"])
        if number is None:
            await self.parts.shelf.dataset(slug)
            raise RequestRefused("api.no-version", dataset=slug)
        kept = await self.parts.shelf.version(slug, number)
        return self._send(request, kept, {"Cache-Control": f"public, max-age={kept.max_age_s}, must-revalidate"})

    def _send(self, request: Request, kept: Kept, headers: dict[str, str]) -> Response:
        file = _file(kept, request.path_params["name"])
        headers["Link"] = self.links.of_file(kept, file.name)
        headers["Content-Disposition"] = f'inline; filename="{kept.dataset.slug}-{file.name}"'
        headers["X-Content-Type-Options"] = "nosniff"
        stored = Stored(
            self.parts.rows.published / kept.version.folder / file.name,
            f"{file.media_type}; charset=utf-8" if file.media_type.startswith(_TEXTS) else file.media_type,
            Validators(strong_tag(file.sha256), file.size_bytes, kept.version.published_at),
            headers,
        )
        return send_file(request, stored)


def version_number(text: str) -> int | None:
    """Return the number that a version's address writes, in its only writing; None for anything else."""
    plain = text.isascii() and text.isdigit() and not text.startswith("0") and len(text) <= _LONGEST_NUMBER
    return int(text) if plain else None


def _file(kept: Kept, name: str) -> FileView:
    found = kept.version.file(name) if name in DATA or name in DESCRIPTIONS else None
    if found is None:
        formats = ", ".join(file.name for file in kept.version.files if file.name in DATA)
        raise RequestRefused("api.no-file", dataset=kept.dataset.slug, formats=formats)
    return found
