"""One run of the retention: what a kill left is finished, what is due ends, what is left over goes, what failed stops.

One run or request at a time over all processes; another waits, and is told so if that takes long. A dataset whose purge
fails stops publishing, the others go on. Nothing is touched while the clock is not believed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

import structlog

from catalog.locks import alone
from eclor.errors import EclorError
from eclor.house import House
from eclor.names import Slug, SourceName
from eclor.retention import clock, stops
from eclor.retention.destroying import destroy
from eclor.retention.due import REFUSALS, Search, Unreadable, code_of, due
from eclor.retention.forgetting_reviews import forget_old_reviews
from eclor.retention.leftovers import leftovers
from eclor.retention.minutes import FOLDER, Minute, Minutes, What
from eclor.retention.month_of_requests import publish_months
from eclor.retention.signed_terms import terms_for
from eclor.world import FileKeyRing
from harvesters.locks import waiting_for
from harvesters.receiving import APPEND_LOCK
from harvesters.screening import read_screen, write_screen

log = structlog.get_logger()

HEARTBEAT: Final = timedelta(minutes=5)
"""How often a run remembers that its clock is believed, so that a reboot explains the gap after it."""
PATIENCE_S: Final = 60.0
"""How long a purge or somebody's request waits for another: most take a second."""


@dataclass(slots=True)
class Outcome:
    """What one run did: minutes closed, datasets that it stopped and why, what still outlives its date."""

    closed: list[Minute] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    outliving: list[Minute] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Say whether nothing is kept past its date."""
        return not self.failed and not self.outliving


def run_retention(house: House, *, who: str, clock_confirmed: bool) -> Outcome:
    """Destroy what is due, with its minutes, and look afterwards whether anything outlives its date.

    `who` asks for it, as the minutes say. Refuses (`Busy`) beside another run, (`EclorError`) a clock that went back
    or leapt, unless a person confirmed it.
    """
    with retention_lock(house):
        now = (clock.confirm if clock_confirmed else clock.believed_now)(
            house.settings.home / FOLDER, house.world, known=last_journaled(house)
        )
        search = Search(house, FileKeyRing(house.settings.home / "keys", house.world.randomness), now, who)
        minutes = Minutes(house.settings.home, house.catalog.journal, house.world)
        outcome = Outcome()
        for one in chain(list(minutes.left_open()), _opened(minutes, search, outcome)):
            _end(one, minutes, search, outcome)
        _look_again(search, outcome)
        _forget_old_screens(search, outcome)
        forget_old_reviews(house)
        for dataset, code in outcome.failed.items():
            stops.stop(house.settings.home, Slug(dataset), code=code, now=now)
        stops.let_go(house.settings.home, but=outcome.failed)
        publish_months(house, now=now)
    log.info("retention.ended", closed=len(outcome.closed), failed=sorted(outcome.failed))
    return outcome


def heartbeat(house: House) -> None:
    """Remember that the clock is still the one that is believed; say it in the log if it is not."""
    try:
        with retention_lock(house, patience_s=0):
            clock.believed_now(house.settings.home / FOLDER, house.world, known=last_journaled(house))
    except (EclorError, OSError) as refusal:
        log.warning("retention.clock", kind=type(refusal).__name__, code=getattr(refusal, "code", ""))


def last_journaled(house: House) -> datetime | None:
    """Return the instant of the journal's last entry, none before the first."""
    entry = house.catalog.journal.last()
    return entry.instant if entry else None


@contextmanager
def retention_lock(house: House, *, patience_s: float | None = None) -> Iterator[None]:
    """Be the one who destroys, over all processes. Refuses (`Busy`) after waiting in vain for someone else."""
    folder = house.settings.home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    patience = PATIENCE_S if patience_s is None else patience_s
    with alone(folder / "lock", world=house.world, patience_s=patience, busy="retention.busy"):
        yield


def _opened(minutes: Minutes, search: Search, outcome: Outcome) -> Iterator[Minute]:
    """Write down what is due, then give it; what cannot be judged stops its dataset."""
    under_way = {(one.what, one.dataset, thing.name) for one in minutes.left_open() for thing in one.things}
    for one in due(search):
        if isinstance(one, Unreadable):
            outcome.failed[one.dataset] = one.code
            continue
        things = tuple(thing for thing in one.things if (one.what, one.dataset, thing.name) not in under_way)
        if things:
            minutes.open(replace(one, things=things))
            yield replace(one, things=things)
    if not outcome.failed:
        for one in _left_over(search, outcome):
            minutes.open(one)
            yield one


def _left_over(search: Search, outcome: Outcome) -> list[Minute]:
    """Look for what lies in the home without a use; what cannot be looked at is said, and stops no dataset."""
    try:
        return list(leftovers(search))
    except REFUSALS as refusal:
        log.warning("retention.failed", dataset="", what=What.LEFTOVER.value, code=code_of(refusal))
        outcome.failed[""] = code_of(refusal)
        return []


def _end(minute: Minute, minutes: Minutes, search: Search, outcome: Outcome) -> None:
    try:
        destroy(search, minute)
        minutes.close(minute)
        outcome.closed.append(minute)
    except REFUSALS as refusal:
        log.warning("retention.failed", dataset=minute.dataset, what=minute.what.value, code=code_of(refusal))
        outcome.failed[minute.dataset] = code_of(refusal)


def _forget_old_screens(search: Search, outcome: Outcome) -> None:
    """Let go of the marks of erasures; a screen that cannot be read stops its dataset alone."""
    for source, dataset in search.house.store.places():
        try:
            _forget_old_screen(source, dataset, search)
        except REFUSALS as refusal:
            log.warning("retention.screen", dataset=dataset, code=code_of(refusal))
            outcome.failed.setdefault(dataset, code_of(refusal))


def _forget_old_screen(source: SourceName, dataset: Slug, search: Search) -> None:
    """Let go of what has ended: what was on its way at an erasure would have ended by now. Objections stay."""
    place, terms = search.house.store.place(dataset, source), terms_for(dataset, search.house)
    with waiting_for(place / APPEND_LOCK):
        screen = read_screen(place, search.house.world)
        kept = {
            column: frozenset(one for one in marks if one.until is None or terms.raw_ends(one.until) > search.now)
            for column, marks in screen.columns.items()
        }
        if kept != screen.columns:
            write_screen(place, kept, search.house.world)


def _look_again(search: Search, outcome: Outcome) -> None:
    """Hold the real files and keys against their dates once more: nothing may be due now."""
    for one in due(search):
        if isinstance(one, Unreadable):
            outcome.failed[one.dataset] = one.code
        else:
            outcome.outliving.append(one)
            outcome.failed.setdefault(one.dataset, "retention.outlives")
