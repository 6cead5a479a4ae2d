"""The files of versions: newest and numbered. A path is never built from a request: names come from the metadata."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Scope

from api.codings import compressible
from api.conditional import Validators, strong_tag
from api.copies import Copies
from api.dating import Modified
from api.hot import HotRoute
from api.links import Links
from api.parts import Parts
from api.sending import send_file
from api.shelf import Kept
from api.streaming import Stored
from catalog import dossier, proof
from catalog.copying import Copy
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
    return [
        HotRoute("/dataset/{slug}/{name}", rf"/dataset/(?P<slug>[^/]+)/(?P<name>{_NAMES})", files.newest),
        HotRoute(
            "/dataset/{slug}/versions/{number}/{name}",
            rf"/dataset/(?P<slug>[^/]+)/versions/(?P<number>[^/]+)/(?P<name>{_NAMES})",
            files.numbered,
        ),
    ]


class _Files:
    """Newest and numbered; what is said of a file is made once for a version that does not change."""

    def __init__(self, parts: Parts, links: Links) -> None:
        self._parts = parts
        self._links = links
        self._copies = Copies(parts.rows.published, parts.makings)
        self._made: WeakKeyDictionary[Kept, dict[tuple[str, str, bool], Stored]] = WeakKeyDictionary()

    async def newest(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Send the newest version's file; `Content-Location` names the version, caches ask each time."""
        kept = await self._parts.shelf.latest(named["slug"])
        return self._sent(scope, kept, named["name"], newest=True)

    async def numbered(self, scope: Scope, named: Mapping[str, str]) -> Response:
        """Send a version's own file: the same bytes for as long as it is kept."""
        slug, number = named["slug"], version_number(named["number"])
        if number is None:
            await self._parts.shelf.dataset(slug)
            raise RequestRefused("api.no-version", dataset=slug)
        kept = await self._parts.shelf.version(slug, number)
        return self._sent(scope, kept, named["name"], newest=False)

    def _sent(self, scope: Scope, kept: Kept, name: str, *, newest: bool) -> Response:
        file = _file(kept, name)
        copies = self._copies.of(kept.version, name) if compressible(file.media_type.encode()) else {}
        coded = {coding: self._copy(kept, file, (coding, copy), newest=newest) for coding, copy in copies.items()}
        self._copies.ask(kept.version, file, _accepted(scope))
        return send_file(scope, self._stored(kept, file, newest=newest), coded)

    def _stored(self, kept: Kept, file: FileView, *, newest: bool) -> Stored:
        made = self._made.setdefault(kept, {})
        if (file.name, "", newest) not in made:
            path = self._parts.rows.published / kept.version.folder / file.name
            about = Validators(strong_tag(file.sha256), file.size_bytes, self._dating(kept, newest=newest))
            made[file.name, "", newest] = self._described(
                kept, file, (path, about), self._said(kept, file, newest=newest)
            )
        return made[file.name, "", newest]

    def _copy(self, kept: Kept, file: FileView, copied: tuple[str, Copy], *, newest: bool) -> Stored:
        coding, copy = copied
        made = self._made.setdefault(kept, {})
        if (file.name, coding, newest) not in made:
            dated = self._dating(kept, newest=newest)
            about = Validators(strong_tag(f"{copy.digest}-{coding}"), copy.size_bytes, dated)
            said = {"Content-Encoding": coding, **self._said(kept, file, newest=newest)}
            made[file.name, coding, newest] = self._described(kept, file, (copy.path, about), said)
        return made[file.name, coding, newest]

    def _dating(self, kept: Kept, *, newest: bool) -> Modified:
        """Return what dates a file: its publication, where the address has it for ever."""
        return kept.modified if newest else Modified.lasting(kept.version.published_at, self._parts.shelf.clock)

    def _said(self, kept: Kept, file: FileView, *, newest: bool) -> dict[str, str]:
        varying = {"Vary": "Accept-Encoding"} if compressible(file.media_type.encode()) else {}
        if not newest:
            return {"Cache-Control": f"public, max-age={kept.max_age_s}, must-revalidate", **varying}
        located = self._links.version_file(kept.dataset.slug, kept.version.number, file.name)
        return {"Content-Location": located, "Cache-Control": "no-cache", **varying}

    def _described(self, kept: Kept, file: FileView, stored: tuple[Path, Validators], said: dict[str, str]) -> Stored:
        return Stored(
            stored[0],
            f"{file.media_type}; charset=utf-8" if file.media_type.startswith(_TEXTS) else file.media_type,
            stored[1],
            {
                **said,
                "Link": self._links.of_file(kept, file.name),
                "Content-Disposition": f'inline; filename="{kept.dataset.slug}-{file.name}"',
                "X-Content-Type-Options": "nosniff",
            },
            partial(self._parts.shelf.version, kept.dataset.slug, kept.version.number),
        )


def _accepted(scope: Scope) -> str | None:
    """Return which codings a reader of a whole file takes."""
    headers = dict(scope["headers"])
    accepted: bytes | None = None if b"range" in headers else headers.get(b"accept-encoding")
    return None if accepted is None else accepted.decode("latin-1")


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
