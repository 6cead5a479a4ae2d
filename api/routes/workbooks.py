"""The rows as a workbook: newest and numbered, made at the first request."""

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.conditional import Validators, strong_tag
from api.links import Links
from api.parts import Parts
from api.routes.files import version_number
from api.sending import send_file
from api.shelf import Kept
from api.streaming import Stored
from api.workbooks import Workbooks
from catalog.workbook import MEDIA_TYPE
from eclor.errors import RequestRefused

NAME: Final = "data.xlsx"


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the workbooks."""
    sheets = _Sheets(parts)
    return [
        Route(f"/dataset/{{slug}}/{NAME}", sheets.newest),
        Route(f"/dataset/{{slug}}/versions/{{number}}/{NAME}", sheets.numbered),
    ]


class _Sheets:
    def __init__(self, parts: Parts) -> None:
        self._shelf = parts.shelf
        self._links = Links(parts.settings.origin)
        self._workbooks = Workbooks(parts.rows.published)

    async def newest(self, request: Request) -> Response:
        """Send the newest version's rows; `Content-Location` names the version, caches ask each time."""
        kept = await self._shelf.latest(request.path_params["slug"])
        located = self._links.version_file(kept.dataset.slug, kept.version.number, NAME)
        return await self._sent(request, kept, {"Content-Location": located, "Cache-Control": "no-cache"})

    async def numbered(self, request: Request) -> Response:
        """Send a version's rows."""
        slug, number = request.path_params["slug"], version_number(request.path_params["number"])
        if number is None:
            await self._shelf.dataset(slug)
            raise RequestRefused("api.no-version", dataset=slug)
        kept = await self._shelf.version(slug, number)
        return await self._sent(request, kept, {"Cache-Control": f"public, max-age={kept.max_age_s}, must-revalidate"})

    async def _sent(self, request: Request, kept: Kept, caching: dict[str, str]) -> Response:
        path, digest = await self._workbooks.of(kept)
        slug, number = kept.dataset.slug, kept.version.number
        allowed = partial(self._shelf.version, slug, number)
        await allowed()  # it may have been withdrawn while its workbook was written
        headers = {
            **caching,
            "Link": self._links.of_file(kept, NAME),
            "Content-Disposition": f'attachment; filename="{slug}-{NAME}"',
            "X-Content-Type-Options": "nosniff",
        }
        about = Validators(strong_tag(digest), path.stat().st_size, kept.modified)
        return send_file(request.scope, Stored(path, MEDIA_TYPE, about, headers, allowed))
