"""The index of the datasets as the shelf has them: remade in a thread when something changed, the same for all."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from catalog.finding.coverage import Coverage, coverage_of, read_zones
from catalog.finding.index import Index
from catalog.spans import window_of
from catalog.views import DatasetView

_NOTHING: Final = Coverage()


class Finder:
    """Makes the index of a mapping of datasets once; what did not change since the last one is taken from it."""

    def __init__(self, published: Path, zones: Path) -> None:
        self._published = published
        self.zones = read_zones(zones)
        self._views: Mapping[str, DatasetView] | None = None
        self._index = Index((), zones=self.zones)
        self._turn = asyncio.Lock()

    async def index(self, views: Mapping[str, DatasetView]) -> Index:
        """Return the index of what the shelf holds now: nothing withdrawn since is found as served."""
        if views is not self._views:
            async with self._turn:
                if views is not self._views:
                    self._index = await asyncio.to_thread(self._made, views)
                    self._views = views
        return self._index

    def _made(self, views: Mapping[str, DatasetView]) -> Index:
        return Index(views.values(), coverage=self._coverage, zones=self.zones, former=self._index)

    def _coverage(self, view: DatasetView) -> Coverage:
        if not view.served or view.current is None:
            return _NOTHING
        return coverage_of(view.current, self._published, self.zones, window_of(view))
