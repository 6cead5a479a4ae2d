"""The flows of a territory as anybody may see them: what each is, where it stands, since when, what would cure it.

A flow is one source's rows for one dataset. Nothing here is kept: it is read from the declarations, the last walks,
the versions and the orders. Of what came in, not even a count is among it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from catalog.flow_orders import Stands, flow_name
from catalog.freshness import Freshness, Tried, freshness_of, promised_by
from catalog.views import DatasetView, WalkView
from eclor.errors import EclorError
from harvesters.declaration import interval, read_declared

SHORTEST: Final = timedelta(seconds=10)
"""A dataset never walks more often than this, whatever its flows declare."""

_OURS: Final = frozenset({"source.no-credential", "source.secrets-file", "source.address"})
"""Refusals of a source that its declaration or this machine is to blame for, not the other end."""


class FlowState(StrEnum):
    """Where a flow stands; of several that hold, the first in this order."""

    PAUSED = "paused"
    """A person paused it: its source is not asked."""
    FAILED = "failed"
    """Its last walk ended on a fault of this machine or of what is set here."""
    REFUSED = "refused"
    """A door refused what came, or the charter what would leave."""
    UNREACHABLE = "unreachable"
    """Its source, or one of its addresses, does not answer as agreed."""
    LATE = "late"
    """What stands is older than its dataset promises."""
    QUIET = "quiet"
    """Nothing is out yet, and nothing is wrong: not asked yet, or its first period is open."""
    RUNNING = "running"
    """What stands is what its source last said, in time."""


@dataclass(frozen=True, slots=True)
class Way:
    """One address that a flow's rows come from: how it is asked, how often."""

    identifier: str
    protocol: str
    access: str
    every: timedelta


@dataclass(frozen=True, slots=True)
class DeclaredFlow:
    """A flow as its source declares it."""

    source: str
    title: str
    operator: str
    simulated: bool
    dataset: str
    ways: tuple[Way, ...]

    @property
    def name(self) -> str:
        """Return the flow's name."""
        return flow_name(self.source, self.dataset)


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow and where it stands. `error` is `EclorError.told` of its last walk, or None when that went well."""

    declared: DeclaredFlow
    view: DatasetView | None
    state: FlowState
    freshness: Freshness | None
    promised: str
    tried: Tried
    error: Mapping[str, str] | None
    stands: Stands
    next_run: datetime | None


@dataclass(frozen=True, slots=True)
class Declared:
    """The flows of a territory's sources, and the declarations that cannot be read: file → code."""

    flows: tuple[DeclaredFlow, ...]
    unread: Mapping[str, str]


def declared_flows(folder: Path) -> Declared:
    """Read the flows of a `sources` folder, by source, then in their order there."""
    found: list[DeclaredFlow] = []
    unread: dict[str, str] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            found += _of_source(file)
        except EclorError as refusal:
            unread[file.name] = refusal.code
    return Declared(tuple(found), unread)


def _of_source(file: Path) -> Iterable[DeclaredFlow]:
    declared = read_declared(file)
    ways: dict[str, list[Way]] = {}
    for flow in declared.flows:
        way = Way(flow.identifier, flow.protocol, flow.access, interval(flow.every))
        ways.setdefault(flow.dataset, []).append(way)
    simulated = declared.simulated == "oui"
    return [
        DeclaredFlow(declared.source, declared.title, declared.operator, simulated, dataset, tuple(of_it))
        for dataset, of_it in ways.items()
    ]


def flows_of(
    declared: Sequence[DeclaredFlow],
    views: Mapping[str, DatasetView],
    tried: Mapping[str, Tried],
    orders: Mapping[str, Stands],
    now: datetime,
) -> list[Flow]:
    """Return where each flow stands at an instant."""
    paces: dict[str, timedelta] = {}
    for one in declared:
        quickest = min(way.every for way in one.ways)
        paces[one.dataset] = max(min(paces.get(one.dataset, quickest), quickest), SHORTEST)
    found = []
    for one in declared:
        last, stands = tried.get(one.dataset, Tried()), orders.get(one.name, Stands())
        found.append(_flow(one, views.get(one.dataset), last, stands, (now, paces)))
    return found


def is_mute(code: str) -> bool:
    """Say whether a refusal's code is where a source stands, which no run is to blame for."""
    return code.startswith("source.") and code not in _OURS


def _flow(
    declared: DeclaredFlow,
    view: DatasetView | None,
    tried: Tried,
    stands: Stands,
    when: tuple[datetime, Mapping[str, timedelta]],
) -> Flow:
    now, paces = when
    promising = view if view and view.collected else None
    fresh = freshness_of(promising, tried, now) if promising else None
    error = _error(declared, tried.last)
    return Flow(
        declared=declared,
        view=view,
        state=_state(view, fresh, tried.last, stands, error),
        freshness=fresh,
        promised=promised_by(promising) if promising else "",
        tried=tried,
        error=error,
        stands=stands,
        next_run=_next(tried.last, stands, paces[declared.dataset]),
    )


def _state(
    view: DatasetView | None,
    fresh: Freshness | None,
    last: WalkView | None,
    stands: Stands,
    error: Mapping[str, str] | None,
) -> FlowState:
    outcome = last.outcome if last else ""
    ours = outcome == "unavailable" and not (error and is_mute(error["code"]))
    found = {
        FlowState.PAUSED: stands.paused is not None,
        FlowState.FAILED: outcome == "failed" or ours,
        FlowState.REFUSED: outcome == "refused",
        FlowState.UNREACHABLE: error is not None,
        FlowState.LATE: fresh is not None and fresh.late,
        FlowState.QUIET: view is None or not view.served,
        FlowState.RUNNING: True,
    }
    return next(state for state in FlowState if found[state])


def _error(declared: DeclaredFlow, last: WalkView | None) -> Mapping[str, str] | None:
    """Return what the last walk met: its refusal, or what one of this flow's addresses answered."""
    told = last.told if last else {}
    if isinstance(refusal := told.get("refusal"), dict):
        return refusal
    mute = told.get("mute")
    if isinstance(mute, dict):
        return next((mute[way.identifier] for way in declared.ways if way.identifier in mute), None)
    return None


def _next(last: WalkView | None, stands: Stands, pace: timedelta) -> datetime | None:
    """Return when its source is due to be asked, past if that is over; none while it is paused or was never asked.

    No clock is read: an answer that said « now » would change each second.
    """
    if stands.paused or last is None:
        return None
    rerun = stands.rerun.at if stands.rerun and stands.rerun.at > last.started_at else None
    return rerun or last.started_at + pace
