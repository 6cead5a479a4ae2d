"""What pages load: files whose names carry their digest, kept for ever by caches."""

from mimetypes import guess_type
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from api.pages.site import BUILT, SECURITY, read_manifest
from api.parts import Parts
from eclor.errors import RequestRefused

_TYPES: Final = {".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding", **SECURITY}


def routes(_parts: Parts) -> list[BaseRoute]:
    """Return the route of the assets."""
    names = frozenset(read_manifest().values())

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in names:
            raise RequestRefused("api.no-page")
        zipped = BUILT / f"{name}.gz"
        if zipped.exists() and "gzip" in request.headers.get("accept-encoding", ""):
            return _sent(zipped, name, {"Content-Encoding": "gzip"})
        return _sent(BUILT / name, name, {})

    return [Route("/static/{name}", asset)]


def _sent(file: Path, name: str, headers: dict[str, str]) -> Response:
    kind = _TYPES.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
    return FileResponse(file, media_type=kind, headers={**_FOREVER, **headers})
