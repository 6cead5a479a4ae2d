"""How fresh a dataset is, by what its declaration promises: the page, the API and the feed of flows say the same."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from catalog.notes import PARIS
from catalog.views import DatasetView, VersionView, WalkView
from charter.durations import Duration

CONFIRMING: Final = ("published", "unchanged")
"""Outcomes of walks whose source was asked and said that what stands is what is."""
_WAITING: Final = "waiting"
_SILENT: Final = "unavailable"
_REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Tried:
    """The last walk of a dataset, and the last one of which its source confirmed what stands."""

    last: WalkView | None = None
    confirming: WalkView | None = None

    @property
    def good(self) -> WalkView | None:
        """Return the last walk known to have gone well: one that waits for its period did too."""
        return self.last if self.last and self.last.outcome == _WAITING else self.confirming


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the state shown was last confirmed, when it is due again, whether that is over, what the last try met."""

    confirmed: datetime | None
    due: datetime | None
    late: bool
    source_mute: bool
    refused: bool


def promised_by(view: DatasetView) -> str:
    """Return the `fraicheur` of a dataset's declaration."""
    return str(view.declared["fraicheur"])


def freshness_of(view: DatasetView, tried: Tried, now: datetime) -> Freshness:
    """Say how fresh a dataset is: a series by its last version, the rest by the last time its source confirmed it.

    A pause confirms nothing: what nobody asks becomes late.
    """
    mute = tried.last is not None and tried.last.outcome == _SILENT
    refused = tried.last is not None and tried.last.outcome == _REFUSED
    if view.current is None:
        return Freshness(None, None, late=False, source_mute=mute, refused=refused)
    confirmed = _confirmed(view, view.current, tried.confirming)
    due = Duration.parse(promised_by(view)).after(confirmed.astimezone(PARIS)).astimezone(UTC)
    return Freshness(confirmed, due, due < now, mute, refused)


def _confirmed(view: DatasetView, current: VersionView, walk: WalkView | None) -> datetime:
    if view.kind != "series" and walk is not None:
        return max(current.published_at, walk.ended_at)
    return current.published_at
