"""The metadata as requests see it: at most a second old, so that a withdrawal holds within a second.

Nothing is read on the event loop's own thread but a mark that says whether anything changed: a database that is slow
to answer delays nobody else.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Final

from sqlalchemy import Engine

from api.dating import Dates, Modified
from api.freshness import Mark, mark_of
from api.refusals import no_dataset, withdrawn
from catalog import reading as catalogue
from catalog.database import reading
from catalog.freshness import Tried
from catalog.neighbours import neighbours
from catalog.views import DatasetView, VersionView, dataset_at, version_at
from eclor.errors import RequestRefused
from eclor.world import Clock

FRESH_S: Final = 1.0
"""How long what was read counts as true."""
_MOST_VERSIONS: Final = 2048
_NEVER: Final = float("-inf")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Kept:
    """A version that may leave, its dataset, and the numbers of the versions before and after it that may.

    The same object as long as nothing changed: what is made of it may be kept with it. `modified` dates it.
    """

    dataset: DatasetView
    version: VersionView
    former: int | None
    modified: Modified
    later: int | None = None

    @property
    def max_age_s(self) -> int:
        """Return how long a cache may keep its bytes: half of the withdrawal delay, so that no cache outlives it."""
        return self.dataset.withdrawal_delay_s // 2


class Shelf:
    """All datasets, and the versions that were asked for; `ticks` counts seconds.

    `clock` says which versions the calendar ended: that holds even while nobody writes in the metadata.
    """

    def __init__(self, engine: Engine, clock: Clock, ticks: Callable[[], float] = monotonic) -> None:
        self.engine = engine
        self.dates = Dates(clock)
        self._ticks = ticks
        self._next_end: datetime | None = None
        self._mark: Mark = mark_of(engine)
        self._marked = -1
        self._until = _NEVER
        self._reads = 0
        self._datasets: Mapping[str, DatasetView] = {}
        self._versions: OrderedDict[tuple[str, int], Kept | None] = OrderedDict()
        self._newest: dict[str, Kept] = {}
        self._tried: tuple[int, Mapping[str, Tried]] = (0, {})
        self._turn = asyncio.Lock()

    @property
    def clock(self) -> Clock:
        """Return the clock that it goes by."""
        return self.dates.clock

    async def datasets(self) -> Mapping[str, DatasetView]:
        """Return every declared dataset by its slug, whatever its state."""
        if self._ticks() >= self._until:
            async with self._turn:
                if self._ticks() >= self._until:
                    await self._refresh()
        return self._datasets

    async def dataset(self, slug: str) -> DatasetView:
        """Return one dataset, whatever its state. Refuses an unknown one (404)."""
        found = (await self.datasets()).get(slug)
        if found is None:
            raise no_dataset(slug, self._datasets)
        return found

    async def tried(self) -> Mapping[str, Tried]:
        """Return what was last tried of each dataset, as of the same moment as the datasets."""
        slugs = tuple(await self.datasets())
        reads, found = self._tried
        if reads != self._reads:
            reads = self._reads
            found = await asyncio.to_thread(self._read_tried, slugs)
            self.dates.see_tried(found)
            self._tried = (reads, found)
        return found

    async def latest(self, slug: str) -> Kept:
        """Return the version that is served now. Refuses: none yet, or never any (404), withdrawn (410)."""
        if self._ticks() < self._until and (newest := self._newest.get(slug)) is not None:
            return newest
        dataset = await self.dataset(slug)
        if dataset.current is None:
            _refuse_withdrawn(dataset, 0)
            _refuse_not_collected(dataset)
            raise RequestRefused("api.not-published", dataset=slug)
        reads = self._reads
        newest = await self.version(slug, dataset.current.number)
        if reads == self._reads:
            self._newest[slug] = newest
        return newest

    async def version(self, slug: str, number: int) -> Kept:
        """Return one version. Refuses an unknown one (404), and one whose bytes may no longer leave (410)."""
        dataset = await self.dataset(slug)
        _refuse_withdrawn(dataset, number)
        _refuse_not_collected(dataset)
        kept = await self._version(dataset, number)
        if kept is None:
            raise RequestRefused("api.no-version", dataset=slug)
        if kept.version.withdrawn_at is not None:
            raise withdrawn(dataset, number, kept.version.withdrawn_reason, later=kept.later)
        return kept

    async def _refresh(self) -> None:
        """Read again if anything changed; the mark and the instant are taken before, so that no change is missed."""
        began, mark, now = self._ticks(), self._mark(), self.clock.now()
        ended = self._next_end is not None and self._next_end <= now
        if mark != self._marked or ended:
            datasets, next_end = await asyncio.to_thread(self._read_datasets, now, ended=ended)
            self._datasets, self._marked, self._next_end = datasets, mark, next_end
            self._versions.clear()
            self._newest.clear()
            self._reads += 1
        self._until = began + FRESH_S

    async def _version(self, dataset: DatasetView, number: int) -> Kept | None:
        asked = (dataset.slug, number)
        if asked in self._versions:
            return self._versions[asked]
        reads, modified = self._reads, self.dates.of(dataset.slug)
        kept = await asyncio.to_thread(self._read_version, dataset, number, modified)
        if reads == self._reads:
            self._versions[asked] = kept
        while len(self._versions) > _MOST_VERSIONS:
            self._versions.popitem(last=False)
        return kept

    def _read_datasets(self, now: datetime, *, ended: bool) -> tuple[Mapping[str, DatasetView], datetime | None]:
        with reading(self.engine) as session:
            views: dict[str, DatasetView] = {view.slug: dataset_at(view, now) for view in catalogue.datasets(session)}
            told, next_end = catalogue.last_told(session), catalogue.next_end(session, now)
        self.dates.see({slug: (view, told.get(slug)) for slug, view in views.items()}, anew=ended)
        return views, next_end

    def _read_tried(self, slugs: Sequence[str]) -> Mapping[str, Tried]:
        with reading(self.engine) as session:
            return {slug: catalogue.tried(session, slug) for slug in slugs}

    def _read_version(self, dataset: DatasetView, number: int, modified: Modified) -> Kept | None:
        with reading(self.engine) as session:
            found = catalogue.version(session, dataset.slug, number)
            if found is None:
                return None
            now = self.clock.now()
            beside = neighbours(session, dataset.slug, number, now=now)
            return Kept(dataset, version_at(found, now), beside.former, modified, beside.later)


def _refuse_withdrawn(dataset: DatasetView, number: int) -> None:
    """A withdrawn dataset takes all its versions with it until a new one comes."""
    if dataset.state == "withdrawn":
        raise withdrawn(dataset, number or (dataset.current.number if dataset.current else 0), dataset.state_reason)


def _refuse_not_collected(dataset: DatasetView) -> None:
    if not dataset.collected:
        raise RequestRefused("api.not-collected", dataset=dataset.slug)
