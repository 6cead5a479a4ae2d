"""Lines: how the cells of a table add up, a margin being made of its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from anonymizers.cells import TOGETHER, CellTable, Integers, Key, Kind
from anonymizers.stretches import places_among, stretches
from eclor.errors import GuaranteeBroken

Level = frozenset[int]
"""The dimensions that are opened; the finest cells are the empty level."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One relation a line: cell `parents[j]` is made of cells `parts[starts[j]:starts[j + 1]]`."""

    parents: Integers
    starts: Integers
    parts: Integers

    def __len__(self) -> int:
        return len(self.parents)

    @property
    def line_of_part(self) -> Integers:
        """Return the line of each entry of `parts`."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def parts_of(self, line: int) -> Integers:
        """Return the parts of one line."""
        return self.parts[self.starts[line] : self.starts[line + 1]]

    def chosen(self, lines: Integers) -> "Lines":
        """Keep some lines."""
        lengths = self.starts[lines + 1] - self.starts[lines]
        return Lines(self.parents[lines], _ends(lengths), self.parts[stretches(self.starts[lines], lengths)])

    def over(self, cells: Integers) -> "Lines":
        """Keep of margins that are all among `cells` (ascending) those of their parts that are; renumbered."""
        place = places_among(cells, self.parts)
        kept = place >= 0
        lengths = np.bincount(self.line_of_part[kept], minlength=len(self))
        return Lines(np.searchsorted(cells, self.parents), _ends(lengths), place[kept])

    def sums(self, values: Integers) -> Integers:
        """Add up `values` over the parts of each line."""
        totals = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(values[self.parts])])
        ends: Integers = totals[self.starts[1:]] - totals[self.starts[:-1]]
        return ends

    def largest(self, values: Integers) -> Integers:
        """Return the largest of `values` over the parts of each line."""
        if len(self) == 0:
            return np.zeros(0, dtype=np.int64)
        return np.maximum.reduceat(values[self.parts], self.starts[:-1])


def lines_of(cells: CellTable) -> Lines:
    """Find each margin's lines: one for each least set of opened dimensions that leads to cells of the table.

    What a larger set would say follows from the lines between, so it is left out. Hierarchies written as two
    dimensions (region, commune) are lines like any other. A level that is not published makes no line.
    """
    levels = _levels(cells.keys)
    members: dict[tuple[int, Level], list[int]] = {}
    place = {key: index for index, key in enumerate(cells.keys)}
    for level, indices in levels.items():
        for coarser in _next_levels(level, levels):
            parents = map(place.get, _opened([cells.keys[index] for index in indices], coarser))
            for index, parent in zip(indices, parents, strict=True):
                if parent is not None:
                    members.setdefault((parent, level), []).append(index)
    return _packed([(parent, np.array(parts, dtype=np.int64)) for (parent, _), parts in members.items()])


def check_additive(cells: CellTable, lines: Lines) -> None:
    """Refuse a table whose margins are not what their parts make: no bound computed on it would be true.

    Refuses `protection.table-inconsistent` (two cells of one key, a non-empty margin without parts, a sum that does
    not add up, a distinct count outside [largest part, sum of parts]) and `protection.negative-value`.
    """
    if any((values < 0).any() for values in (*cells.values, *cells.units, cells.rows)):
        raise GuaranteeBroken("protection.negative-value")
    childless = cells.margins & (cells.rows > 0)
    childless[lines.parents] = False
    if len(set(cells.keys)) != len(cells.keys) or childless.any() or not _adds_up(cells, lines):
        raise GuaranteeBroken("protection.table-inconsistent")


def _levels(keys: tuple[Key, ...]) -> dict[Level, list[int]]:
    levels: dict[Level, list[int]] = {}
    for index, key in enumerate(keys):
        opened = frozenset(place for place, label in enumerate(key) if label == TOGETHER)
        levels.setdefault(opened, []).append(index)
    return levels


def _next_levels(level: Level, levels: dict[Level, list[int]]) -> Iterator[Level]:
    """Yield the levels just coarser than `level`: it is one of their largest proper subsets."""
    for coarser in levels:
        if level < coarser and not any(level < between < coarser for between in levels):
            yield coarser


def _opened(keys: Sequence[Key], level: Level) -> Iterator[Key]:
    """Yield the keys with the dimensions of a level opened."""
    labels = enumerate(zip(*keys, strict=True))
    return zip(*(repeat(TOGETHER, len(keys)) if place in level else own for place, own in labels), strict=True)


def _packed(lines: Sequence[tuple[int, Integers]]) -> Lines:
    return Lines(
        parents=np.array([parent for parent, _ in lines], dtype=np.int64),
        starts=_ends(np.array([len(parts) for _, parts in lines], dtype=np.int64)),
        parts=np.concatenate([np.zeros(0, dtype=np.int64), *(parts for _, parts in lines)]),
    )


def _ends(lengths: Integers) -> Integers:
    """Return 0, then where each of some stretches laid end to end ends."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])


def _adds_up(cells: CellTable, lines: Lines) -> bool:
    exact = [cells.rows]
    counted = list(cells.units)
    for indicator, values in zip(cells.indicators, cells.values, strict=True):
        (counted if indicator.kind is Kind.DISTINCT_COUNT else exact).append(values)
    return all((lines.sums(values) == values[lines.parents]).all() for values in exact) and all(
        (lines.largest(values) <= values[lines.parents]).all() and (values[lines.parents] <= lines.sums(values)).all()
        for values in counted
    )
