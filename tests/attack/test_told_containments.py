"""Two versions of a table and a zone drawn around what they mask, against one who is told which cells lie in which.

Rows only enter, and each household lives in one place. The attacker knows of the zone and of all cells of both versions
which lie inside which, at every moment: that households in cells inside the zone add up to no more than it holds, and
those of the cells that it meets to no less.
What that alone tells is nobody's fault: the judge compares each end of an interval with what it was before the zone's
number came out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import highspy
import numpy as np
import pytest

from anonymizers.cells import TOGETHER, ProtectionRule
from anonymizers.differencing.past import Late, Mark, PastRelease
from anonymizers.differencing.settle import settle
from tests.cell_tables import UNITS, Key, rules
from tests.linear_attacker import lines_in
from tests.releases import Row, Table, first, published_as

K = 4
PERCENT, LEAST = 20, 2
ENDLESS = highspy.kHighsInf
OF_SEVERAL_CELLS = (22, 27, 28, 33, 50, 63)
"""A zone told more than its cells one by one: that those inside it add up, or that it lies in several together."""
DAILY = (*range(12), *OF_SEVERAL_CELLS)
LONGER = range(64, 364)
SITED = Table(
    "passages",
    {"a": ["a0", "a1", "a2"], "b": ["b0", "b1", "b2"]},
    rules(ks=(K,), protection=ProtectionRule(PERCENT, LEAST)),
    margins=[["a"], ["b"]],
    measures=(UNITS,),
    tells_corrections=False,
)
ZONED = Table("zones", {"z": ["z0"]}, rules(ks=(K,), protection=None), measures=(UNITS,), tells_corrections=False)

Cell = tuple[int, Key]
"""A version's number, and a key."""


@dataclass(frozen=True)
class Story:
    """What two versions were made of, and what they say."""

    versions: tuple[list[Row], list[Row]]
    told: tuple[PastRelease, PastRelease]

    @classmethod
    def of(cls, number: int) -> "Story":
        dice = np.random.default_rng(number)
        before, after = list[Row](), list[Row]()
        for place, (a, b) in enumerate((a, b) for a in SITED.frame["a"] for b in SITED.frame["b"]):
            few, more = int(dice.choice([1, 2, 3, 5, 6, 8, 12])), int(dice.choice([0, 0, 0, 4, 5]))
            here = [Row(n, {"a": a, "b": b}, (f"h{n}",)) for n in range(100 * place, 100 * place + few + more)]
            before += here[:few]
            after += here
        one = first(SITED, before)
        two = published_as(settle(SITED.release(after, "v2"), [one], late=Late.REVISE))
        return cls((before, after), (one, two))

    @cached_property
    def cells(self) -> list[Cell]:
        return [(version, key) for version in (0, 1) for key in self.told[0].release.cells.keys]

    def mark(self, cell: Cell) -> Mark:
        return self.told[cell[0]].marks[self._place(cell)]

    def true(self, cell: Cell) -> int:
        return int(self.told[cell[0]].release.cells.values[-1][self._place(cell)])

    def rows(self, cell: Cell) -> list[Row]:
        named = zip(SITED.frame, cell[1], strict=True)
        wanted = {name: label for name, label in named if label != TOGETHER}
        return [row for row in self.versions[cell[0]] if wanted.items() <= row.place.items()]

    def zones(self) -> Iterator[list[Row]]:
        """Yield what lies in a masked cell, alone or with two others, or without one of its own."""
        for cell in self.cells:
            if self.mark(cell) is Mark.MASKED and TOGETHER not in cell[1]:
                inside = self.rows(cell)
                others = [row for row in self.versions[1] if row.place != inside[0].place]
                yield from ([*inside, *others[len(others) - more :]] for more in (0, 2))
                yield inside[:-1]

    def shows(self, zone: Sequence[Row]) -> bool:
        """Tell whether the zone is shown after both versions."""
        placed = [replace(row, place={"z": "z0"}) for row in zone]
        return settle(ZONED.release(placed), self.told, late=Late.REVISE).marks[0] is Mark.FRESH

    def _place(self, cell: Cell) -> int:
        return self.told[0].release.cells.keys.index(cell[1])


class Programme:
    """Where a reader places a cell: a column a cell of each version, the zone's last."""

    def __init__(self, story: Story, zone: Sequence[Row]) -> None:
        self._story, self._zone = story, frozenset(row.number for row in zone)
        self._columns = {cell: place for place, cell in enumerate(story.cells)}
        self._held = {cell: frozenset(row.number for row in story.rows(cell)) for cell in story.cells}
        self._solver = highspy.Highs()
        for option, value in {"output_flag": False, "presolve": "off", "threads": 1}.items():
            self._solver.setOptionValue(option, value)
        ranges = np.array([*(self._range(cell) for cell in story.cells), (0, ENDLESS)], dtype=np.float64)
        self._solver.addVars(len(ranges), *ranges.T)
        keys = story.told[0].release.cells.keys
        for version in (0, 1):
            for whole, parts in lines_in(keys):
                self._tie([(version, part) for part in parts], [(version, whole)], most=0)
        for less, more in (*(([(0, key)], [(1, key)]) for key in keys), *self._contained(keys)):
            self._tie(less, more, most=ENDLESS)

    def _range(self, cell: Cell) -> tuple[float, float]:
        true, mark = self._story.true(cell), self._story.mark(cell)
        if mark is Mark.FRESH or (true == 0 and mark is Mark.MASKED):
            return true, true
        return (min(1, true) if mark is Mark.MASKED else 0), ENDLESS

    def _contained(self, keys: Sequence[Key]) -> Iterator[tuple[Sequence[Cell], Sequence[Cell]]]:
        """Yield what is no more than what: no cell at all stands for the zone."""
        for version in (0, 1):
            for opened in sorted({tuple(label == TOGETHER for label in key) for key in keys}):
                level = [(version, key) for key in keys if tuple(label == TOGETHER for label in key) == opened]
                inside = [cell for cell in level if self._held[cell] and self._held[cell] <= self._zone]
                yield from (([cell], []) for cell in inside)
                if inside:
                    yield inside, []
                meeting = [cell for cell in level if self._held[cell] & self._zone]
                if self._zone <= frozenset().union(*(self._held[cell] for cell in meeting)):
                    yield [], meeting
                yield from (([], [cell]) for cell in level if self._zone <= self._held[cell])

    def _tie(self, less: Sequence[Cell], more: Sequence[Cell], *, most: float) -> None:
        """Let some cells be no more than others, by `most` at most."""
        sides = [[self._columns[cell] for cell in side] or [len(self._columns)] for side in (more, less)]
        weights = np.repeat([1.0, -1.0], [len(side) for side in sides])
        self._solver.addRow(0, most, len(weights), np.concatenate(sides).astype(np.int32), weights)

    def short(self, cell: Cell, *, knows_zone: bool) -> tuple[bool, bool]:
        """Tell whether a reader of the zone's number, or of all but it, knows too well how few or many a cell holds."""
        number = len(self._zone)
        self._solver.changeColBounds(len(self._columns), *((number, number) if knows_zone else (0, ENDLESS)))
        low, high = self._end(cell, 1.0), -self._end(cell, -1.0)
        true = self._story.true(cell)
        margin = max(LEAST, -(-true * PERCENT // 100))
        return low > max(1, true - margin) + 1e-6, high < max(true + margin, K) - 1e-6

    def _end(self, cell: Cell, sign: float) -> float:
        self._solver.changeColCost(self._columns[cell], sign)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            self._solver.clearSolver()
            self._solver.run()
        status, found = self._solver.getModelStatus(), float(self._solver.getInfo().objective_function_value)
        self._solver.changeColCost(self._columns[cell], 0.0)
        if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return -ENDLESS
        assert status == highspy.HighsModelStatus.kOptimal, status
        return found


def narrowed(story: Story, zone: Sequence[Row]) -> Iterator[Cell]:
    """Yield the cells masked for being few of which the zone's number tells more than was known without it."""
    programme = Programme(story, zone)
    for cell in story.cells:
        if story.mark(cell) is Mark.MASKED and 0 < story.true(cell) < K:
            after = programme.short(cell, knows_zone=True)
            if any(after):
                before = programme.short(cell, knows_zone=False)
                if any(now and not then for now, then in zip(after, before, strict=True)):
                    yield cell


@pytest.mark.parametrize("number", [*DAILY, *(pytest.param(number, marks=pytest.mark.soak) for number in LONGER)])
def test_a_zone_that_narrows_what_two_versions_mask_is_not_shown(number: int) -> None:
    story = Story.of(number)
    zones = {frozenset(row.number for row in zone): zone for zone in story.zones() if len(zone) >= K}
    telling = [(zone, next(narrowed(story, zone), None)) for zone in zones.values()]
    assert [(zone, cell) for zone, cell in telling if cell is not None and story.shows(zone)] == []


def test_a_zone_around_two_masked_cells_of_few_does_not_tell_that_one_is_small() -> None:
    """The zone's 4 hold the 2 of one cell and the 1 of another: the first is 3 at most, unless the zone is masked."""
    story = Story.of(50)
    zone = [row for row in story.versions[1] if row.number in {300, 301, 711, 800}]
    assert (0, ("a1", "b0")) in {*narrowed(story, zone)}
    assert not story.shows(zone)
    wider = [row for row in story.versions[1] if row.place["b"] != "b1"]
    assert not [*narrowed(story, wider)]
    assert story.shows(wider)
