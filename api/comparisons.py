"""Comparisons of versions, one at a time in a worker: whoever asks for heavy ones waits in line behind their own."""

from collections import OrderedDict
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.shelf import Kept
from api.turns import Turns
from catalog.differences import Counts, Differences, differences
from eclor.errors import RequestRefused

_MOST_COUNTS: Final = 1024
_TOO_MANY: Final = "differences.too-many"
_TOO_LARGE: Final = "differences.too-large"


class Comparisons:
    """Compares two versions that may leave, and remembers how many rows differ: their bytes never change."""

    def __init__(self) -> None:
        self.turns = Turns(at_once=1)
        self._counts: OrderedDict[tuple[int, int], Counts | None] = OrderedDict()

    async def found(self, published: Path, *, old: Kept, new: Kept) -> Differences:
        """Return what differs; the caller holds a turn. Refuses what costs too much (422, 503)."""
        return await run_in_threadpool(differences, published, new.dataset, old=old.version, new=new.version)

    async def counts(self, published: Path, *, old: Kept, new: Kept, client: str) -> Counts | None:
        """Return how many rows differ; None where that costs too much to know, or cannot be known now."""
        pair = old.version.id, new.version.id
        if pair not in self._counts:
            try:
                async with self.turns.taken(client):
                    if pair not in self._counts:  # whoever was before in the line may have asked the same
                        self._keep(pair, await self._counted(published, old=old, new=new))
            except RequestRefused:
                return None
        return self._counts.get(pair)

    def _keep(self, pair: tuple[int, int], counts: Counts | None) -> None:
        self._counts[pair] = counts
        while len(self._counts) > _MOST_COUNTS:
            self._counts.popitem(last=False)

    async def _counted(self, published: Path, *, old: Kept, new: Kept) -> Counts | None:
        """Return what will always be so. Refuses (503) what may be told another time."""
        try:
            return (await self.found(published, old=old, new=new)).counts
        except RequestRefused as refusal:
            if refusal.code == _TOO_LARGE:
                return None
            if refusal.code != _TOO_MANY:
                raise
            return Counts(*(int(str(refusal.facts[name])) for name in ("added", "removed", "changed")))
