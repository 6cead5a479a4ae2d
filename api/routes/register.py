"""The Article 30 register, the notice of each dataset, and the exports of its policy: of what is in force, no draft."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import Answer, answer
from api.dating import Modified
from api.pages import words
from api.pages.registering import Subjects, Told, notice_words
from api.pages.site import Site
from api.parts import Parts
from api.sending import send_answer
from catalog.views import VersionView
from charter.exports import EXPORTS, export
from charter.register import Register
from charter.territory import load
from eclor.errors import EclorError, PolicyRefusals, RequestRefused
from eclor.sentences.register import STATES

_FRESH: Final = MappingProxyType({"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"})
FILES: Final[Mapping[str, str]] = MappingProxyType({export(name).file_name: name for name in EXPORTS})
"""Name in an address → name of the export."""


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes of the register, of notices and of exports."""
    pages = _Pages(parts, Site(parts.identity, parts.settings.origin, parts.moments))
    return [
        Route("/charter/registre", pages.register),
        Route("/charter/registre.csv", pages.register_csv),
        Route("/charter/registre.json", pages.register_json),
        Route("/dataset/{slug}/notice", pages.notice),
        Route("/dataset/{slug}/charter/{name}", pages.exported),
    ]


class _Pages:
    def __init__(self, parts: Parts, site: Site) -> None:
        self._parts = parts
        self._site = site
        self._subjects = Subjects(parts)

    async def register(self, request: Request) -> Response:
        """Show the register: processings of personal data, then the datasets without any."""
        told = await self._told()
        charter = await asyncio.to_thread(self._charter)
        return await self._site.shown(request, "register.html", told=told, charter=charter)

    async def register_csv(self, request: Request) -> Response:
        """Send the register for a spreadsheet."""
        moment = await self._parts.moments.begun()
        text = (await self._whole()).csv()
        made = _file(text, "text/csv; charset=utf-8", "registre.csv", modified=moment.modified)
        return send_answer(request.scope, made)

    async def register_json(self, request: Request) -> Response:
        """Send the register with its lists."""
        moment = await self._parts.moments.begun()
        text = (await self._whole()).json()
        return send_answer(request.scope, _file(text, "application/json", "registre.json", modified=moment.modified))

    async def notice(self, request: Request) -> Response:
        """Show what a resident may read of the policy of what is served (404 before a version, 410 once withdrawn)."""
        kept = await self._parts.shelf.latest(request.path_params["slug"])
        now = self._site.moments.now()
        subject = await asyncio.to_thread(self._subjects.of_version, kept.version, now)
        return await self._site.shown(
            request,
            "notice.html",
            view=kept.dataset,
            version=kept.version,
            theme=words.theme_name(kept.dataset.theme),
            notice=notice_words(subject),
            subject=subject,
            state=STATES[subject.state.value],
            files=tuple(FILES),
        )

    async def exported(self, request: Request) -> Response:
        """Send an export of the policy that what is served was made under. Refuses an unknown one (404)."""
        kept, name = await self._parts.shelf.latest(request.path_params["slug"]), request.path_params["name"]
        if name not in FILES:
            raise RequestRefused("api.no-file", dataset=kept.dataset.slug, formats=", ".join(FILES))
        made = await asyncio.to_thread(self._export, kept.version, name)
        return send_answer(request.scope, made)

    async def _told(self) -> Told:
        views = await self._parts.shelf.datasets()
        return await asyncio.to_thread(self._subjects.register, views, self._site.moments.now())

    async def _whole(self) -> Register:
        """Return the register for a file, where nothing would say what is missing. Refuses (503) an incomplete one."""
        told = await self._told()
        if told.unread:
            raise RequestRefused("api.register-incomplete", count=len(told.unread))
        return told.register

    def _export(self, version: VersionView, name: str) -> Answer:
        moment, form = self._parts.moments.moment(), export(FILES[name])
        text = form.text(self._subjects.of_version(version, moment.now))
        return _file(text, form.media_type, f"{version.dataset}-{name}", modified=moment.modified)

    def _charter(self) -> object:
        """Return the charter itself; none while it cannot be read."""
        try:
            return load(self._parts.settings.territory / "charter").charter
        except (EclorError, PolicyRefusals, OSError):
            return None


def _file(text: str, media_type: str, name: str, *, modified: Modified) -> Answer:
    headers = {**_FRESH, "Content-Disposition": f'inline; filename="{name}"'}
    return answer(text.encode(), media_type, headers, modified=modified)
