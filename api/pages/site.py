"""Rendering: templates, assets by their digest, the headers that every page has."""

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.conditional import NotModified, Validators, decide, strong_tag
from api.negotiation import quality, read_accept
from api.pages import words
from eclor import __version__
from eclor.errors import SettingsRefused
from eclor.identity import Identity
from eclor.world import Clock

ROOT: Final = Path(__file__).parents[1]
BUILT: Final = ROOT / "static" / "built"
SECURITY: Final = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
            "style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
)
_SMALLEST_ZIPPED: Final = 600
_FILTERS: Final = MappingProxyType(
    {
        "number": words.number,
        "percent": words.percent,
        "size": words.size,
        "day": words.day,
        "moment": words.moment,
        "clock": words.clock,
    }
)


def read_manifest() -> dict[str, str]:
    """Return the built assets: source name → name with its digest.

    A build is part of the installation; refuses (`SettingsRefused`) to serve pages without it.
    """
    try:
        manifest: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    except OSError as error:
        raise SettingsRefused("pages.not-built", folder=str(BUILT)) from error
    return manifest


@dataclass(frozen=True)
class Site:
    """Makes pages: `identity` gives the territory's words, `origin` the absolute addresses, `clock` the ages."""

    identity: Identity
    origin: str
    clock: Clock
    assets: dict[str, str] = field(default_factory=read_manifest)

    @cached_property
    def environment(self) -> Environment:
        """Return the templates: all is escaped, an unknown name is an error."""
        made = Environment(
            loader=FileSystemLoader(ROOT / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters |= _FILTERS
        made.globals |= {
            "identity": self.identity,
            "origin": self.origin,
            "asset": self._asset,
            "software": __version__,
            "counted": words.counted,
            "ago": self._ago,
            "icons": f"/static/{self.assets['icons.svg']}",
        }
        return made

    def page(
        self, request: Request, template: str, shown: Mapping[str, object], *, status: int = HTTPStatus.OK
    ) -> Response:
        """Return a page; the same page again answers 304 to who holds it."""
        text = self.environment.get_template(template).render(path=request.url.path, **shown)
        body, headers = words.typeset(text).encode(), {**SECURITY, "Vary": "Accept, Accept-Encoding"}
        zipped = "gzip" in request.headers.get("accept-encoding", "") and len(body) > _SMALLEST_ZIPPED
        etag = strong_tag(sha256(body).hexdigest()[:32] + ("-gzip" if zipped else ""))
        headers |= {"Cache-Control": "no-cache", "Content-Language": "fr", "ETag": etag}
        if status == HTTPStatus.OK and _held(request, etag, len(body)):
            return Response(status_code=304, headers=headers)
        if zipped:
            body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
        return Response(body, status, headers=headers, media_type="text/html; charset=utf-8")

    async def shown(self, request: Request, template: str, *, status: int = HTTPStatus.OK, **shown: object) -> Response:
        """Return a page made in a thread, so that it delays no other answer."""
        return await asyncio.to_thread(self.page, request, template, shown, status=status)

    def _asset(self, name: str) -> str:
        return f"/static/{self.assets[name]}"

    def _ago(self, instant: datetime) -> str:
        return words.ago((self.clock.now() - instant).total_seconds())


def _held(request: Request, etag: str, size: int) -> bool:
    known = request.headers.get("if-none-match")
    asked = {} if known is None else {"if-none-match": known}
    return isinstance(decide("GET", asked, Validators(etag, size)), NotModified)


def wants_page(accept: str) -> bool:
    """Tell whether a dataset's address answers with its page: for HTML, and for `*/*` (interfaces.md)."""
    return quality(read_accept(accept), "text/html") > 0
