"""An attacker who holds every table of a group at once, whichever came last, and a judge of what the last one adds.

Each two tables are tied, not only the last one to the others. The attacker knows which cells hold the elements of which
others: rows, of which each is told, or places and moments, for one who reads labels alone and supposes that rows only
enter. That nothing entered a cell between two versions is not supposed (docs/guarantees.md). Of what was known before
the last table, its masks and what lies in what are part. Shares no code with the engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, permutations, product
from typing import Final, TypeVar

import highspy
import numpy as np

from tests.linear_attacker import lines_in

Key = tuple[str, ...]
Cell = tuple[int, Key]
"""A table's number, and a key."""
Elements = frozenset[object]
Held = TypeVar("Held")

TOGETHER: Final = "ensemble"
ENDLESS: Final = highspy.kHighsInf
TOLERANCE: Final = 1e-6


@dataclass(frozen=True)
class Told:
    """One version of a table, by cell: its elements, who is in it, how many rows.

    Cells that are not `masked` show their number, or an older one if they were `kept`: they may hold anything by now.
    `protected`: what is masked for being few is to stay unknown.
    """

    dataset: str
    elements: Mapping[Key, Elements]
    units: Mapping[Key, frozenset[str]]
    rows: Mapping[Key, int]
    masked: frozenset[Key]
    kept: frozenset[Key]
    protected: bool

    def added_up(self) -> "Told":
        """Add the margins that the table does not have: of these a reader knows what they are made of alone."""
        made: dict[Key, list[Key]] = {}
        for key in self.elements:
            for opened in product((False, True), repeat=len(key)):
                margin = tuple(TOGETHER if gone else label for label, gone in zip(key, opened, strict=True))
                if TOGETHER not in key and margin not in self.elements:
                    made.setdefault(margin, []).append(key)
        return replace(
            self,
            elements={**self.elements, **{margin: _union(self.elements, of) for margin, of in made.items()}},
            units={**self.units, **{margin: _union(self.units, of) for margin, of in made.items()}},
            rows={**self.rows, **{margin: sum(self.rows[key] for key in of) for margin, of in made.items()}},
            kept=self.kept | made.keys(),
        )

    def true(self, key: Key, indicator: int) -> int:
        """Count the rows (0) or the units (1) of a cell."""
        return len(self.units[key]) if indicator else self.rows[key]

    def levels(self) -> Iterator[list[Key]]:
        """Yield the cells that open the same dimensions."""
        by_level: dict[tuple[bool, ...], list[Key]] = {}
        for key in self.elements:
            by_level.setdefault(tuple(label == TOGETHER for label in key), []).append(key)
        yield from by_level.values()


def _union(held: Mapping[Key, frozenset[Held]], keys: Sequence[Key]) -> frozenset[Held]:
    return frozenset[Held]().union(*(held[key] for key in keys))


@dataclass(frozen=True)
class Tie:
    """The cells of one side hold no more than those of the other, or exactly as much."""

    less: tuple[Cell, ...]
    more: tuple[Cell, ...]
    exactly: bool = False


@dataclass(frozen=True)
class Narrowed:
    """A masked cell of few units, the indicator (rows, units) and where it is placed since the last table came out."""

    cell: Cell
    indicator: int
    bounds: tuple[float, float]


@dataclass(frozen=True)
class Attack:
    """All tables in the order in which they came out, and what a masked cell of fewer than `k` units asks."""

    published: Sequence[Told]
    k: int
    percent: int
    least: int

    @cached_property
    def tables(self) -> list[Told]:
        """What was published, and what a reader adds up."""
        return [table.added_up() for table in self.published]

    def narrowed(self) -> Iterator[Narrowed]:
        """Yield masked cells of few units of which the last table's numbers tell more than all before it did."""
        for indicator in (0, 1):
            programme = _Programme(self.tables, indicator, [*self._ties(indicator)])
            for cell in self._wanted():
                after = programme.bounds(cell, last=True)
                short = self._short(cell, indicator, after)
                if any(short):
                    before = self._short(cell, indicator, programme.bounds(cell, last=False))
                    if any(now and not then for now, then in zip(short, before, strict=True)):
                        yield Narrowed(cell, indicator, after)

    def _wanted(self) -> list[Cell]:
        return [
            (number, key)
            for number, table in enumerate(self.tables)
            for key in sorted(table.masked)
            if table.protected and 0 < len(table.units[key]) < self.k
        ]

    def _short(self, cell: Cell, indicator: int, bounds: tuple[float, float]) -> tuple[bool, bool]:
        true = self.tables[cell[0]].true(cell[1], indicator)
        margin = max(self.least, -(-true * self.percent // 100))
        asked = max(true + margin, self.k) if indicator else true + margin
        return bounds[0] > max(1, true - margin) + TOLERANCE, bounds[1] < asked - TOLERANCE

    def _ties(self, indicator: int) -> Iterator[Tie]:
        for number, table in enumerate(self.tables):
            for whole, parts in lines_in([*table.elements]):
                yield from self._sum((number, whole), [(number, part) for part in parts], indicator)
        yield from self._rising(indicator)
        for outer, inner in permutations(range(len(self.tables)), 2):
            if self.tables[outer].dataset != self.tables[inner].dataset:
                yield from self._contained(outer, inner, indicator)

    def _rising(self, indicator: int) -> Iterator[Tie]:
        for dataset in dict.fromkeys(table.dataset for table in self.tables):
            own = [number for number, table in enumerate(self.tables) if table.dataset == dataset]
            for earlier, later in pairwise(own):
                for key in self.tables[earlier].elements:
                    if key in self.tables[later].elements:
                        tie = Tie(((earlier, key),), ((later, key),))
                        if self._holds(tie, indicator):
                            yield tie

    def _contained(self, outer: int, inner: int, indicator: int) -> Iterator[Tie]:
        around, parts = self.tables[outer], self.tables[inner]
        for whole, elements in around.elements.items():
            if not elements:
                continue
            for level in parts.levels():
                inside = [key for key in level if parts.elements[key] and parts.elements[key] <= elements]
                if inside:
                    yield from self._inside((outer, whole), [(inner, key) for key in inside], indicator)
                if TOGETHER not in level[0]:
                    meeting = [key for key in level if parts.elements[key] & elements]
                    if len(meeting) > 1 and elements <= frozenset().union(*(parts.elements[key] for key in meeting)):
                        tie = Tie(((outer, whole),), tuple((inner, key) for key in meeting))
                        if self._holds(tie, indicator):
                            yield tie

    def _inside(self, whole: Cell, parts: list[Cell], indicator: int) -> Iterator[Tie]:
        yield from (Tie((part,), (whole,)) for part in parts)
        elements = frozenset().union(*(self.tables[number].elements[key] for number, key in parts))
        if elements == self.tables[whole[0]].elements[whole[1]]:
            yield from self._sum(whole, parts, indicator)
        elif self._are_apart(parts, indicator):
            yield Tie(tuple(parts), (whole,))

    def _sum(self, whole: Cell, parts: list[Cell], indicator: int) -> Iterator[Tie]:
        """Say what a cell is of those that make it: their sum, or at most that and each of them at least."""
        if self._true([whole], indicator) == self._true(parts, indicator):
            yield Tie(tuple(parts), (whole,), exactly=True)
        else:
            yield Tie((whole,), tuple(parts))
            yield from (Tie((part,), (whole,)) for part in parts)

    def _are_apart(self, parts: list[Cell], indicator: int) -> bool:
        units = [self.tables[number].units[key] for number, key in parts]
        return not indicator or len(frozenset().union(*units)) == sum(map(len, units))

    def _true(self, cells: Sequence[Cell], indicator: int) -> int:
        return sum(self.tables[number].true(key, indicator) for number, key in cells)

    def _holds(self, tie: Tie, indicator: int) -> bool:
        return self._true(tie.less, indicator) <= self._true(tie.more, indicator)


class _Programme:
    """One indicator: a column a cell of each table."""

    def __init__(self, tables: Sequence[Told], indicator: int, ties: Sequence[Tie]) -> None:
        self._cells = [(number, key) for number, table in enumerate(tables) for key in table.elements]
        self._columns = {cell: column for column, cell in enumerate(self._cells)}
        self._ranges = {
            last: np.array([self._range(tables, cell, indicator, last=last) for cell in self._cells], dtype=np.float64)
            for last in (True, False)
        }
        self._solver = highspy.Highs()
        for option, value in {"output_flag": False, "presolve": "off", "threads": 1}.items():
            self._solver.setOptionValue(option, value)
        self._solver.addVars(len(self._cells), *self._ranges[True].T)
        for tie in dict.fromkeys(ties):
            columns = np.array([self._columns[cell] for cell in (*tie.more, *tie.less)], dtype=np.int32)
            weights = np.repeat([1.0, -1.0], [len(tie.more), len(tie.less)])
            self._solver.addRow(0, 0 if tie.exactly else ENDLESS, len(columns), columns, weights)
        self._last = True
        self._known: dict[tuple[Cell, bool], tuple[float, float]] = {}

    def _range(self, tables: Sequence[Told], cell: Cell, indicator: int, *, last: bool) -> tuple[float, float]:
        """Return where a cell stands by itself; without the `last` table's numbers, its masks alone are known."""
        table, key = tables[cell[0]], cell[1]
        true = table.true(key, indicator)
        if true == 0 and key not in table.kept:
            return 0, 0
        if key in table.kept:
            return 0, ENDLESS
        is_out = last or cell[0] < len(tables) - 1
        return (1, ENDLESS) if key in table.masked or not is_out else (true, true)

    def bounds(self, cell: Cell, *, last: bool) -> tuple[float, float]:
        """Return the least and the most that a cell can hold."""
        name = cell, last
        if name not in self._known:
            if last is not self._last:
                every = np.arange(len(self._cells), dtype=np.int32)
                self._solver.changeColsBounds(len(every), every, *self._ranges[last].T.copy())
                self._last = last
            self._known[name] = self._end(cell, 1.0), -self._end(cell, -1.0)
        return self._known[name]

    def _end(self, cell: Cell, sign: float) -> float:
        column = self._columns[cell]
        self._solver.changeColCost(column, sign)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            self._solver.clearSolver()
            self._solver.run()
        status, found = self._solver.getModelStatus(), float(self._solver.getInfo().objective_function_value)
        self._solver.changeColCost(column, 0.0)
        if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return -ENDLESS
        assert status == highspy.HighsModelStatus.kOptimal, status
        return found
