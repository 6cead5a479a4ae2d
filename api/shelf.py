"""The metadata as requests see it: at most a second old, so that a withdrawal holds within a second.

Nothing is read on the event loop's own thread but a mark that says whether anything changed: a database that is slow
to answer delays nobody else.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Final

from sqlalchemy import Engine

from api.freshness import Mark, mark_of
from api.refusals import withdrawn
from catalog import reading as catalogue
from catalog.database import reading
from catalog.views import DatasetView, VersionView
from eclor.errors import RequestRefused

FRESH_S: Final = 1.0
"""How long what was read counts as true."""
_MOST_VERSIONS: Final = 2048
_NEVER: Final = float("-inf")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Kept:
    """A version that may leave, its dataset, and the number of the version before it that may.

    The same object as long as nothing changed: what is made of it may be kept with it.
    """

    dataset: DatasetView
    version: VersionView
    former: int | None

    @property
    def max_age_s(self) -> int:
        """Return how long a cache may keep its bytes: half of the withdrawal delay, so that no cache outlives it."""
        return self.dataset.withdrawal_delay_s // 2


class Shelf:
    """All datasets, and the versions that were asked for; `ticks` counts seconds."""

    def __init__(self, engine: Engine, ticks: Callable[[], float] = monotonic) -> None:
        self.engine = engine
        self._ticks = ticks
        self._mark: Mark = mark_of(engine)
        self._marked = -1
        self._until = _NEVER
        self._datasets: Mapping[str, DatasetView] = {}
        self._versions: OrderedDict[tuple[str, int], Kept | None] = OrderedDict()
        self._turn = asyncio.Lock()

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
            raise RequestRefused("api.no-dataset")
        return found

    async def latest(self, slug: str) -> Kept:
        """Return the version that is served now. Refuses: none yet (404), withdrawn (410)."""
        dataset = await self.dataset(slug)
        if dataset.current is None:
            _refuse_withdrawn(dataset, 0)
            raise RequestRefused("api.not-published", dataset=slug)
        return await self.version(slug, dataset.current.number)

    async def version(self, slug: str, number: int) -> Kept:
        """Return one version. Refuses an unknown one (404), and one whose bytes may no longer leave (410)."""
        dataset = await self.dataset(slug)
        _refuse_withdrawn(dataset, number)
        kept = await self._version(dataset, number)
        if kept is None:
            raise RequestRefused("api.no-version", dataset=slug)
        if kept.version.withdrawn_at is not None:
            raise withdrawn(dataset, number, kept.version.withdrawn_reason)
        return kept

    async def _refresh(self) -> None:
        """Read again if anything changed; the mark and the instant are taken before, so that no change is missed."""
        began, mark = self._ticks(), self._mark()
        if mark != self._marked:
            datasets = await asyncio.to_thread(self._read_datasets)
            self._datasets, self._marked = datasets, mark
            self._versions.clear()
        self._until = began + FRESH_S

    async def _version(self, dataset: DatasetView, number: int) -> Kept | None:
        asked = (dataset.slug, number)
        if asked in self._versions:
            return self._versions[asked]
        marked = self._marked
        kept = await asyncio.to_thread(self._read_version, dataset, number)
        if marked == self._marked:
            self._versions[asked] = kept
        while len(self._versions) > _MOST_VERSIONS:
            self._versions.popitem(last=False)
        return kept

    def _read_datasets(self) -> Mapping[str, DatasetView]:
        with reading(self.engine) as session:
            return {view.slug: view for view in catalogue.datasets(session)}

    def _read_version(self, dataset: DatasetView, number: int) -> Kept | None:
        with reading(self.engine) as session:
            found = catalogue.version(session, dataset.slug, number)
            if found is None:
                return None
            return Kept(dataset, found, catalogue.former_number(session, dataset.slug, number))


def _refuse_withdrawn(dataset: DatasetView, number: int) -> None:
    """A withdrawn dataset takes all its versions with it until a new one comes."""
    if dataset.state == "withdrawn":
        raise withdrawn(dataset, number, dataset.state_reason)
