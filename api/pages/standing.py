"""Where a dataset stands, said with a shape, a word and a colour: always the three."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from catalog.declaration import DatasetDeclaration
from catalog.notes import PARIS
from catalog.views import DatasetView, VersionView, WalkView
from charter.durations import Duration

_CONFIRMED: Final = frozenset({"published", "unchanged"})
_SILENT: Final = "unavailable"
_REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """A dataset's state: `style` is its colour, `icon` its shape, `word` its word."""

    style: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the state shown was last confirmed, whether that is too long ago, what the last try met."""

    confirmed: datetime | None
    late: bool
    source_mute: bool
    refused: bool


def declaration_of(view: DatasetView) -> DatasetDeclaration:
    """Return what was declared of a dataset."""
    return DatasetDeclaration.model_validate(view.declared)


def freshness_of(view: DatasetView, declaration: DatasetDeclaration, walk: WalkView | None, now: datetime) -> Freshness:
    """Say how fresh a dataset is: a series by its last version, the rest by the last time its source confirmed it."""
    mute = walk is not None and walk.outcome == _SILENT
    refused = walk is not None and walk.outcome == _REFUSED
    if view.current is None:
        return Freshness(None, late=False, source_mute=mute, refused=refused)
    confirmed = _confirmed(view, view.current, walk)
    late = Duration.parse(declaration.freshness).after(confirmed.astimezone(PARIS)) < now
    return Freshness(confirmed, late, mute, refused)


def _confirmed(view: DatasetView, current: VersionView, walk: WalkView | None) -> datetime:
    if view.kind != "series" and walk is not None and walk.outcome in _CONFIRMED:
        return max(current.published_at, walk.ended_at)
    return current.published_at


def standing_of(view: DatasetView, fresh: Freshness) -> Standing:
    """Return a dataset's state."""
    if view.state == "withdrawn":
        return Standing("att", "triangle-alert", "Retiré")
    if not view.served:
        refused = view.state == _REFUSED
        return Standing("veil", "shield-check", "Refusé") if refused else Standing("", "clock", "En attente")
    if fresh.refused:
        return Standing("att", "triangle-alert", "Dernière mise à jour refusée")
    if fresh.late:
        return Standing("att", "triangle-alert", "En retard")
    if view.kind == "live":
        return Standing("ok", "circle-check", "En direct")
    return Standing("ok", "circle-check", "À jour")
