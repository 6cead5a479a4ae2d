"""Rendering: templates, assets by their digest, the headers that every page has."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, raw
from api.cors import CORS
from api.dating import Dated
from api.moments import Moments
from api.negotiation import quality, read_accept
from api.pages import words
from api.sending import send_answer, sized
from api.streaming import Ready
from eclor import __version__
from eclor.errors import SettingsRefused
from eclor.identity import Identity

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
_MINUTE_AND_A_HALF: Final = 90
_FILTERS: Final = MappingProxyType(
    {
        "number": words.number,
        "share": words.share,
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
    """Makes pages: `identity` gives the territory's words, `origin` the absolute addresses, `moments` the ages."""

    identity: Identity
    origin: str
    moments: Moments
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
        self,
        request: Request,
        template: str,
        shown: Mapping[str, object],
        *,
        status: int = HTTPStatus.OK,
        dated: Dated | None = None,
    ) -> Response:
        """Return a page; the same page again answers 304 to who holds it.

        It tells ages by whole minutes, which date it, unless something else does (`dated`).
        """
        modified = self.moments.moment().modified if dated is None else dated
        text = self.environment.get_template(template).render(path=request.url.path, **shown)
        said = {**SECURITY, "Vary": "Accept", "Cache-Control": "no-cache", "Content-Language": "fr"}
        body, media_type = words.typeset(text).encode(), "text/html; charset=utf-8"
        if status == HTTPStatus.OK:
            return send_answer(request.scope, answer(body, media_type, said, modified=modified))
        return Ready(status, (*raw({**said, **CORS}), *sized(media_type.encode(), len(body))), body)

    async def shown(
        self,
        request: Request,
        template: str,
        *,
        status: int = HTTPStatus.OK,
        dated: Dated | None = None,
        **shown: object,
    ) -> Response:
        """Return a page made in a thread, so that it delays no other answer."""
        return await asyncio.to_thread(self.page, request, template, shown, status=status, dated=dated)

    def _asset(self, name: str) -> str:
        return f"/static/{self.assets[name]}"

    def _ago(self, instant: datetime) -> str:
        """Write an age to the minute: a page is the same for that long; its script counts the seconds."""
        seconds = (self.moments.now() - instant).total_seconds()
        return words.ago(seconds) if seconds >= _MINUTE_AND_A_HALF else "il y a moins de 2\u00a0min"


def wants_page(accept: str) -> bool:
    """Tell whether a dataset's address answers with its page: for HTML, and for `*/*` (interfaces.md)."""
    return quality(read_accept(accept), "text/html") > 0
