"""`/api/v1/flows`: the whole territory as data, a flow an entry. For everyone: of what came in, not even a count."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.flows import described, point_plain
from api.links import Links
from api.pages.library import changed_at
from api.parts import Parts
from api.refusals import bad_parameter, refuse_others
from api.sending import send_answer
from catalog.flow_orders import orders_of
from catalog.flows import Declared, FlowState, declared_flows, flows_of
from catalog.public_points import FILE, PublicPoints, public_points
from harvesters.public_points import FOLDER

_FRESH: Final = {"Cache-Control": "no-cache"}


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the route of the flows."""
    return [Route("/api/v1/flows", _Flows(parts, Links(parts.settings.origin)).all)]


@dataclass(slots=True)
class _Flows:
    parts: Parts
    links: Links
    _read: tuple[dict[str, int], Declared] = field(default=({}, Declared((), {})))
    """The declarations, as of the dates of their files."""
    _beside: tuple[dict[str, int], PublicPoints] = field(default=({}, PublicPoints((), {})))
    """The public endpoints, likewise."""

    async def all(self, request: Request) -> Response:
        """Say where every flow stands; `state` keeps those that stand there. Refuses any other parameter (400)."""
        refuse_others(request.query_params, ("state",))
        wanted = request.query_params.get("state")
        if wanted is not None and wanted not in list(FlowState):
            raise bad_parameter("state", ", ".join(FlowState))
        views, tried = await self.parts.shelf.datasets(), await self.parts.shelf.tried()
        moment = await self.parts.moments.begun()
        declared = await asyncio.to_thread(self._declared)
        flows = flows_of(declared.flows, views, tried, orders_of(self.parts.settings.home), moment.now)
        shown = [described(flow, self.links) for flow in flows if wanted in {None, flow.state}]
        points = await asyncio.to_thread(self._points)
        body = dumps(
            {
                "count": len(shown),
                "flows": shown,
                "public_points": [point_plain(point) for point in points.points],
                "unread": {**declared.unread, **points.unread},
            }
        )
        return send_answer(request.scope, answer(body, "application/json", _FRESH, modified=moment.modified))

    def _declared(self) -> Declared:
        """Return what the sources declare, read again when a file changed."""
        folder = self.parts.settings.territory / "sources"
        dates = {file.name: changed_at(file) for file in folder.glob("*.yaml")}
        if not self._read[0] or dates != self._read[0]:
            self._read = (dates, declared_flows(folder))
        return self._read[1]

    def _points(self) -> PublicPoints:
        """Return the public endpoints, read again when a file or their tries changed."""
        territory, home = self.parts.settings.territory, self.parts.settings.home
        files = [*(territory / FOLDER).glob("*.yaml"), home / FILE]
        dates = {file.name: changed_at(file) for file in files if file.exists()}
        if not self._beside[0] or dates != self._beside[0]:
            self._beside = (dates, public_points(territory, home))
        return self._beside[1]
