"""Comparisons of versions, one at a time in a worker: whoever asks for heavy ones waits for their own."""

import asyncio
from collections import OrderedDict
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.shelf import Kept
from catalog.differences import Counts, Differences, differences
from eclor.errors import RequestRefused

_MOST_COUNTS: Final = 1024
TOO_MANY: Final = "differences.too-many"


class Comparisons:
    """Compares two versions that may leave, and remembers how many rows differ: their bytes never change."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self._counts: OrderedDict[tuple[int, int], Counts | None] = OrderedDict()

    async def found(self, published: Path, *, old: Kept, new: Kept) -> Differences:
        """Return what differs; the caller holds `turn`. Refuses what costs too much (422, 503)."""
        return await run_in_threadpool(differences, published, new.dataset, old=old.version, new=new.version)

    async def counts(self, published: Path, *, old: Kept, new: Kept) -> Counts | None:
        """Return how many rows differ; None where that costs too much to know."""
        pair = old.version.id, new.version.id
        if pair not in self._counts:
            async with self.turn:
                self._counts[pair] = await self._counted(published, old=old, new=new)
            while len(self._counts) > _MOST_COUNTS:
                self._counts.popitem(last=False)
        return self._counts[pair]

    async def _counted(self, published: Path, *, old: Kept, new: Kept) -> Counts | None:
        try:
            return (await self.found(published, old=old, new=new)).counts
        except RequestRefused as refusal:
            if refusal.code != TOO_MANY:
                return None
            return Counts(*(int(str(refusal.facts[name])) for name in ("added", "removed", "changed")))
