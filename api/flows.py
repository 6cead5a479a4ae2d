"""A flow, and a public endpoint, as `/api/v1/flows` describes them: what anyone may know, nothing of what came in."""

from collections.abc import Mapping
from datetime import datetime

from api.descriptions import fresh_plain
from api.links import Links
from catalog.flows import Flow, Way
from catalog.freshness import Tried
from catalog.public_points import PublicPoint
from eclor.sentences.flows import STATES
from eclor.sentences.points import POINT_STATES


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


def point_plain(point: PublicPoint) -> dict[str, object]:
    """Return what anybody may read of a public endpoint."""
    declared, tried = point.declared, point.tried
    return {
        "point": declared.point,
        "title": declared.title,
        "operator": declared.operator,
        "address": declared.address,
        "protocol": declared.protocol,
        "key_needed": declared.secret is not None,
        "datasets": declared.datasets,
        "licence": declared.licence,
        "quota": declared.quota,
        "known": declared.known,
        "verified": declared.verified,
        "state": point.state.value,
        "state_label": POINT_STATES[point.state.value],
        "code": tried.code if tried else "",
        "tried_at": _instant(tried.at if tried else None),
    }
