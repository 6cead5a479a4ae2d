"""Rendering: templates, assets by their digest, the headers that every page has."""

import gzip
import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.conditional import strong_tag
from api.negotiation import quality, read_accept
from api.pages import words
from eclor import __version__
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
        "Permissions-Policy": "interest-cohort=()",
    }
)
_SMALLEST_ZIPPED: Final = 600


@dataclass(frozen=True)
class Site:
    """Makes pages: `identity` gives the territory's words, `origin` the absolute addresses."""

    identity: Identity
    origin: str
    assets: dict[str, str] = field(default_factory=lambda: dict(read_manifest()))

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
        made.filters |= {
            "fr": words.french,
            "number": words.number,
            "percent": words.percent,
            "size": words.size,
            "day": words.day,
            "moment": words.moment,
        }
        made.globals |= {
            "identity": self.identity,
            "origin": self.origin,
            "asset": self._asset,
            "software": __version__,
        }
        return made

    def page(self, request: Request, template: str, *, status: int = 200, **shown: object) -> Response:
        """Return a page; the same page again answers 304 to who holds it."""
        text = self.environment.get_template(template).render(path=request.url.path, **shown)
        body, headers = text.encode(), {**SECURITY, "Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
        zipped = "gzip" in request.headers.get("accept-encoding", "") and len(body) > _SMALLEST_ZIPPED
        headers["ETag"] = strong_tag(sha256(body).hexdigest()[:32] + ("-gzip" if zipped else ""))
        headers["Content-Language"] = "fr"
        if status == 200 and headers["ETag"] in request.headers.get("if-none-match", ""):  # noqa: PLR2004 - OK
            return Response(status_code=304, headers=headers)
        if zipped:
            body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
        return Response(body, status, headers=headers, media_type="text/html; charset=utf-8")

    def _asset(self, name: str) -> str:
        return f"/static/{self.assets[name]}"


def read_manifest() -> dict[str, str]:
    """Return the built assets: source name → name with its digest. A build is part of the installation."""
    manifest: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    return manifest


def wants_page(accept: str) -> bool:
    """Tell whether a dataset's address answers with its page: for HTML, and for `*/*` (interfaces.md)."""
    return quality(read_accept(accept), "text/html") > 0
