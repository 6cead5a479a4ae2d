"""The compressed copies of served files, as one worker knows them: looked for now and then until all are there."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Final

from api.codings import CODINGS
from catalog.catalogue import copies_folder
from catalog.copies import Copy, complete, copies_of
from catalog.views import VersionView

LOOK_EVERY_S: Final = 5.0
_MOST_KEPT: Final = 4_096
_FOR_EVER: Final = float("inf")
_NONE: Final[Mapping[str, Copy]] = MappingProxyType({})


class Copies:
    """What copies each file of each version has; `ticks` counts seconds."""

    def __init__(self, published: Path, ticks: Callable[[], float] = monotonic) -> None:
        self._published = published
        self._ticks = ticks
        self._known: OrderedDict[tuple[int, str], tuple[float, Mapping[str, Copy]]] = OrderedDict()

    def of(self, version: VersionView, file_name: str) -> Mapping[str, Copy]:
        """Return a file's copies by their coding, the best liked first; none while they are not made."""
        until, known = self._known.get((version.id, file_name), (float("-inf"), _NONE))
        if self._ticks() < until:
            return known
        return self._look(version, file_name)

    def _look(self, version: VersionView, file_name: str) -> Mapping[str, Copy]:
        folder = copies_folder(self._published, version.dataset, version.number)
        until = _FOR_EVER if complete(folder) else self._ticks() + LOOK_EVERY_S
        there = copies_of(folder, file_name)
        found = {coding: there[coding] for coding in CODINGS if coding in there}
        self._known[version.id, file_name] = (until, found)
        if len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        return found
