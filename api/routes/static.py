"""What pages load: files whose names carry their digest, kept for ever by caches."""

from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.conditional import Validators, strong_tag
from api.dating import Modified
from api.pages.site import BUILT, SECURITY, read_manifest
from api.parts import Parts
from api.sending import send_file
from api.streaming import Stored
from eclor.errors import RequestRefused
from eclor.world import Clock

_TYPES: Final = {".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding", **SECURITY}
_ZIPPED: Final = "gzip"


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the route of the assets."""
    names = frozenset(read_manifest().values())
    stored = lru_cache(maxsize=None)(lambda name: _stored(name, parts.shelf.clock))

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in names:
            raise RequestRefused("api.no-page")
        return send_file(request.scope, *stored(name))

    return [Route("/static/{name}", asset)]


def _stored(name: str, clock: Clock) -> tuple[Stored, dict[str, Stored]]:
    """Return an asset and its copies by their coding."""
    file, zipped = BUILT / name, BUILT / f"{name}.gz"
    kind = _TYPES.get(file.suffix) or guess_type(name)[0] or "application/octet-stream"
    copies = {_ZIPPED: _file(zipped, kind, {"Content-Encoding": _ZIPPED}, clock)} if zipped.exists() else {}
    return _file(file, kind, {}, clock), copies


def _file(file: Path, kind: str, headers: dict[str, str], clock: Clock) -> Stored:
    body = file.read_bytes()
    modified = Modified.lasting(datetime.fromtimestamp(file.stat().st_mtime, UTC), clock)
    about = Validators(strong_tag(sha256(body).hexdigest()[:32]), len(body), modified)
    return Stored(file, kind, about, {**_FOREVER, **headers}, _always)


async def _always() -> None:
    """Let it leave: an asset is nobody's."""
