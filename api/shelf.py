"""The metadata as requests see it: read at most once a second, so that a withdrawal holds within a second.

Nothing is read on the event loop's own thread: a database that is slow to answer delays nobody else.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Final

from sqlalchemy import Engine

from api.refusals import withdrawn
from catalog import reading as catalogue
from catalog.database import reading
from catalog.views import DatasetView, VersionView
from eclor.errors import RequestRefused

FRESH_S: Final = 1.0
"""How long what was read counts as true."""
_MOST_VERSIONS: Final = 2048
_Read = tuple[VersionView, int | None] | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that may leave, its dataset, and the number of the version before it that may."""

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
        self._datasets: Mapping[str, DatasetView] = {}
        self._datasets_until = float("-inf")
        self._versions: OrderedDict[tuple[str, int], tuple[float, _Read]] = OrderedDict()
        self._turn = asyncio.Lock()

    async def datasets(self) -> Mapping[str, DatasetView]:
        """Return every declared dataset by its slug, whatever its state."""
        if self._ticks() >= self._datasets_until:
            async with self._turn:
                if self._ticks() >= self._datasets_until:
                    began = self._ticks()
                    self._datasets = await asyncio.to_thread(self._read_datasets)
                    self._datasets_until = began + FRESH_S
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
        read = await self._version(slug, number)
        if read is None:
            raise RequestRefused("api.no-version", dataset=slug)
        version, former = read
        if version.withdrawn_at is not None:
            raise withdrawn(dataset, number, version.withdrawn_reason)
        return Kept(dataset, version, former)

    async def _version(self, slug: str, number: int) -> _Read:
        held = self._versions.get((slug, number))
        if held is not None and self._ticks() < held[0]:
            return held[1]
        began = self._ticks()
        read = await asyncio.to_thread(self._read_version, slug, number)
        self._versions[slug, number] = (began + FRESH_S, read)
        self._versions.move_to_end((slug, number))
        while len(self._versions) > _MOST_VERSIONS:
            self._versions.popitem(last=False)
        return read

    def _read_datasets(self) -> Mapping[str, DatasetView]:
        with reading(self.engine) as session:
            return {view.slug: view for view in catalogue.datasets(session)}

    def _read_version(self, slug: str, number: int) -> _Read:
        with reading(self.engine) as session:
            found = catalogue.version(session, slug, number)
            return None if found is None else (found, catalogue.former_number(session, slug, number))


def _refuse_withdrawn(dataset: DatasetView, number: int) -> None:
    """A withdrawn dataset takes all its versions with it until a new one comes."""
    if dataset.state == "withdrawn":
        raise withdrawn(dataset, number, dataset.state_reason)
