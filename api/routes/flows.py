"""`/api/v1/flows`: the whole territory as data, a flow an entry. For everyone: of what came in, not even a count."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from orjson import dumps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.answers import answer
from api.descriptions import fresh_plain
from api.links import Links
from api.parts import Parts
from api.refusals import bad_parameter
from api.sending import send_answer
from catalog.flow_orders import orders_of
from catalog.flows import Declared, Flow, FlowState, Way, declared_flows, flows_of
from catalog.freshness import Tried
from eclor.sentences.flows import STATES

_FRESH: Final = {"Cache-Control": "no-cache"}


def routes(parts: Parts) -> list[BaseRoute]:
    """Return the route of the flows."""
    return [Route("/api/v1/flows", _Flows(parts, Links(parts.settings.origin)).all)]


@dataclass(slots=True)
class _Flows:
    parts: Parts
    links: Links
    _read: tuple[tuple[int, ...], Declared] = field(default=((), Declared((), {})))
    """The declarations, as of the dates of their files."""

    async def all(self, request: Request) -> Response:
        """Say where every flow stands; `state` keeps those that stand there."""
        wanted = request.query_params.get("state")
        if wanted is not None and wanted not in list(FlowState):
            raise bad_parameter("state", ", ".join(FlowState))
        views, tried = await self.parts.shelf.datasets(), await self.parts.shelf.tried()
        declared = await asyncio.to_thread(self._declared)
        now = self.parts.shelf.clock.now()
        flows = flows_of(declared.flows, views, tried, orders_of(self.parts.settings.home), now)
        shown = [described(flow, self.links) for flow in flows if wanted in {None, flow.state}]
        body = dumps({"count": len(shown), "flows": shown, "unread": dict(declared.unread)})
        return send_answer(request.scope, answer(body, "application/json", _FRESH))

    def _declared(self) -> Declared:
        """Return what the sources declare, read again when a file changed."""
        folder = self.parts.settings.territory / "sources"
        dates = tuple(file.stat().st_mtime_ns for file in sorted(folder.glob("*.yaml")))
        if not self._read[0] or dates != self._read[0]:
            self._read = (dates, declared_flows(folder))
        return self._read[1]


def described(flow: Flow, links: Links) -> dict[str, object]:
    """Return what anybody may read of a flow."""
    declared, view = flow.declared, flow.view
    current = view.current if view and view.served else None
    paused = flow.stands.paused
    return {
        "flow": declared.name,
        "source": declared.source,
        "source_title": declared.title,
        "operator": declared.operator,
        "simulated": declared.simulated,
        "dataset": declared.dataset,
        "dataset_title": view.title if view else None,
        "dataset_url": links.dataset(declared.dataset) if view else None,
        "ways": [_way(way) for way in declared.ways],
        "state": flow.state.value,
        "state_label": STATES[flow.state.value],
        "paused": paused and {"by": paused.person, "since": paused.at.isoformat(timespec="seconds")},
        "freshness": fresh_plain(flow.freshness, flow.promised) if flow.freshness else None,
        "last_success": _instant(flow.tried.good.ended_at if flow.tried.good else None),
        "last_run": _last_run(flow.tried),
        "next_run": _instant(flow.next_run),
        "error": flow.error and _error(flow.error),
        "published": current and {"version": current.number, "rows": current.rows, "masked": current.masked},
    }


def _way(way: Way) -> dict[str, object]:
    return {"protocol": way.protocol, "access": way.access, "every_s": round(way.every.total_seconds())}


def _last_run(tried: Tried) -> dict[str, object] | None:
    last = tried.last
    if last is None:
        return None
    return {
        "began": _instant(last.started_at),
        "ended": _instant(last.ended_at),
        "outcome": last.outcome,
        "door": last.door or None,
    }


def _error(told: Mapping[str, str]) -> dict[str, str]:
    return {name: told[name] for name in ("code", "fr", "cure_fr", "en", "cure_en")}


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="seconds") if instant else None
