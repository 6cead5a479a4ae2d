"""The census extract that microdata tools are compared on, where the folder named by ECLOR_SHARED holds it."""

import csv
from dataclasses import dataclass

import numpy as np
import pytest

from anonymizers.microdata.hierarchy import Codes, Hierarchy
from anonymizers.microdata.leaves import Leaves, leaves_of
from benchmarks.adult import COLUMNS, FOLDER, SENSITIVE, hierarchies

present = pytest.mark.skipif(not FOLDER.exists(), reason="the folder named by ECLOR_SHARED holds no Adult extract")


@dataclass(frozen=True, slots=True)
class Adult:
    """The rows as text, as places in the hierarchies, and their leaves."""

    rows: tuple[tuple[str, ...], ...]
    hierarchies: tuple[Hierarchy, ...]
    places: tuple[Codes, ...]
    sensitive: Codes

    def leaves(self, own: Codes | None = None) -> Leaves:
        """The leaves of some rows, by number; of all of them by default."""
        own = np.arange(len(self.rows)) if own is None else own
        ones = np.ones(len(own), dtype=np.int64)
        return leaves_of(self.hierarchies, [each[own] for each in self.places], ones, sensitive=self.sensitive[own])


def adult() -> Adult:
    known = tuple(hierarchies())
    header, *lines = read()
    wanted = [header.index(name) for name in COLUMNS]
    rows = tuple(tuple(line[place] for place in wanted) for line in lines)
    places = tuple(each.places(own) for each, own in zip(known, zip(*rows, strict=True), strict=True))
    _, sensitive = np.unique([line[header.index(SENSITIVE)] for line in lines], return_inverse=True)
    return Adult(rows, known, places, sensitive)


def read() -> list[list[str]]:
    with (FOLDER / "adult.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))
