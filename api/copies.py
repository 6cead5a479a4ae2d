"""The compressed copies of served files, as one worker knows them: looked for now and then until all are there.

Those of the CSV are made with the version; another text's is made once a reader asks for it, who gets the plain file.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Final

from api.codings import CODINGS, preferred
from api.makings import Making, Makings
from catalog.catalogue import copies_folder
from catalog.copying import LEAST_BYTES, ON_DEMAND, Copy, Order, copies_of
from catalog.views import FileView, VersionView

LOOK_EVERY_S: Final = 5.0
_MOST_KEPT: Final = 4_096
_FOR_EVER: Final = float("inf")
_NONE: Final[Mapping[str, Copy]] = MappingProxyType({})


class Copies:
    """What copies each file of each version has; `ticks` counts seconds."""

    def __init__(self, published: Path, makings: Makings, ticks: Callable[[], float] = monotonic) -> None:
        self._published = published
        self._makings = makings
        self._ticks = ticks
        self._known: OrderedDict[tuple[int, str], tuple[float, Mapping[str, Copy]]] = OrderedDict()

    def of(self, version: VersionView, file_name: str) -> Mapping[str, Copy]:
        """Return a file's copies by their coding, the best liked first; none while they are not made."""
        until, known = self._known.get((version.id, file_name), (float("-inf"), _NONE))
        if self._ticks() < until:
            return known
        return self._look(version, file_name)

    def ask(self, version: VersionView, file: FileView, accepted: str | None) -> None:
        """Begin to make the copy that a reader would like best, unless it is there or made with the version."""
        if file.name not in ON_DEMAND or file.size_bytes < LEAST_BYTES:
            return
        coding = preferred(accepted, CODINGS)
        if coding not in CODINGS or coding in self.of(version, file.name):
            return
        order = Order(
            str(self._published / version.folder / file.name),
            str(copies_folder(self._published, version.dataset, version.number)),
            coding,
        )
        known = (version.id, file.name)
        self._makings.begin(Making("catalog.copying", order.text()), lambda: self._known.pop(known, None) and None)

    def _look(self, version: VersionView, file_name: str) -> Mapping[str, Copy]:
        folder = copies_folder(self._published, version.dataset, version.number)
        there = copies_of(folder, file_name)
        found = {coding: there[coding] for coding in CODINGS if coding in there}
        until = _FOR_EVER if len(found) == len(CODINGS) else self._ticks() + LOOK_EVERY_S
        self._known[version.id, file_name] = (until, found)
        if len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        return found
