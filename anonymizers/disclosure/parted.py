"""Parts of a table taken out: what ties its cells is put in order once, so that each part costs what it holds."""

from collections.abc import Iterator
from typing import Final

from anonymizers.cells import Integers
from anonymizers.disclosure.circles import Knowers
from anonymizers.disclosure.hidden_sums import HiddenSums
from anonymizers.disclosure.problem import Problem, blocks
from anonymizers.disclosure.reader import Parted, Reader
from anonymizers.stretches import Occurrences

SPLIT: Final = 16
"""How much is spent for each entry of rows that are put in order, or taken out with a part."""
PART: Final = 50_000
"""What is spent around each part, whatever it holds."""


class Parts:
    """The parts of one table, which have no cell in common."""

    __slots__ = ("_knowers", "_margins", "_problem", "_readers")

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._readers = tuple(Parted(reader) for reader in problem.readers)
        self._knowers = Knowers(problem.circles)
        self._margins = tuple(Occurrences(lines.parents) for lines in problem.hidden_sums.stages)
        _spend(problem, problem.readers)

    def part(self, cells: Integers) -> Problem:
        """Keep `cells` (ascending); the others are taken to stand still."""
        return self._kept(cells, tuple(reader.part(cells) for reader in self._readers))

    def alone(self, cells: Integers) -> Problem:
        """Keep `cells` (ascending) and the lines that tie no other cell. Reads the whole table."""
        _spend(self._problem, self._problem.readers)
        return self._kept(cells, tuple(reader.alone(cells) for reader in self._readers))

    def _kept(self, cells: Integers, readers: tuple[Reader, ...]) -> Problem:
        whole = self._problem
        whole.work.spend(PART)
        _spend(whole, readers)
        return Problem(
            readers=readers,
            primary=whole.primary[cells],
            candidates=whole.candidates[cells],
            preferred=whole.preferred[cells],
            units=whole.units[cells],
            sums=whole.sums[cells],
            circles=tuple(circle.over(cells) for circle in self._knowers.of(cells)),
            hidden_sums=self._hidden_sums(cells),
            groups=whole.groups[cells],
            work=whole.work,
        )

    def _hidden_sums(self, cells: Integers) -> HiddenSums:
        """Keep the lines of the margins among `cells`, which no line ties to another but known zeros."""
        whole = self._problem.hidden_sums
        return HiddenSums(
            stages=tuple(
                lines.chosen(margins.of(cells)).over(cells)
                for lines, margins in zip(whole.stages, self._margins, strict=True)
            ),
            rows=whole.rows[cells],
            units=tuple(units[cells] for units in whole.units),
            ks=whole.ks,
        )


def taken_apart(problem: Problem) -> Iterator[tuple[Integers, Problem]]:
    """Yield the cells of each block of the table and what they say alone; nothing is spent where there is none."""
    if tied := blocks(problem):
        parts = Parts(problem)
        yield from ((own, parts.part(own)) for own in tied)


def _spend(problem: Problem, readers: tuple[Reader, ...]) -> None:
    problem.work.spend(SPLIT * sum(len(reader.constraints.columns) for reader in readers))
