"""Links: what ties the numbers of one table to those of another, whatever is shown of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers, Kind
from anonymizers.differencing.blocks import Block
from anonymizers.differencing.facts import Facts, Inside, all_insides, facts_of
from anonymizers.differencing.fitting import fitting, left_by
from anonymizers.differencing.membership import NO_UNIT
from anonymizers.differencing.past import Release
from anonymizers.differencing.totals import with_margins
from anonymizers.disclosure.constraints import UNBOUNDED


@dataclass(frozen=True, slots=True)
class Nest:
    """Cells that share no row, whose rows lie inside those of another one, or of several of a table together, `around`.

    Cells are (block, cell). `whole`: nothing is left of `around` without them. `apart` names the unit of which none
    lies in two of the parts, and is empty where one does: what counts that unit adds up.
    """

    around: tuple[tuple[int, int], ...]
    parts: tuple[tuple[int, int], ...]
    whole: bool
    apart: str


@dataclass(frozen=True, slots=True)
class Link:
    """`low <= sum of weights x cells <= high`, in deviations from the true values; a cell is (block, cell)."""

    cells: tuple[tuple[int, int], ...]
    weights: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Shared:
    """Who is in the cells of a table's versions and of sisters that count one `unit`; `names[f]` is (block, cell)."""

    unit: str
    facts: Facts
    names: tuple[tuple[int, int], ...]
    releases: tuple[Release, ...]


def shared_by(blocks: Sequence[Block]) -> Iterator[Shared]:
    """Gather who is in all cells of the table to come (block 0), its versions and its sisters, by unit."""
    new = blocks[0].release
    for unit in new.units:
        numbers = [number for number, block in enumerate(blocks) if block.version or _shares(block, new, unit)]
        if not all(blocks[number].version for number in numbers):
            releases = tuple(blocks[number].release for number in numbers)
            facts = facts_of([(release, release.cells.rows > 0) for release in releases], unit)
            named = zip(facts.tables.tolist(), facts.cells.tolist(), strict=True)
            yield Shared(unit, facts, tuple((numbers[table], cell) for table, cell in named), releases)


def nests(shared: Shared) -> Iterator[Nest]:
    """Find, by who is in them, which cells of one lineage lie in those of another: past tables are tied, too.

    What a table has no margin for, a reader adds up, where that says more than its cells one by one.
    """
    facts, held = with_margins(shared.facts, shared.releases), dict[int, Integers]()
    for inside in all_insides(facts):
        made_of = facts.made_of(inside.coarser)
        around = tuple(shared.names[fact] for fact in made_of.tolist())
        if len(around) == 1:
            held[inside.coarser] = inside.facts
        for several in _apart(facts, inside, shared.releases):
            if len(around) > 1 and _one_by_one(held, inside.facts[several], made_of):
                continue
            for parts in fitting(inside, several):
                yield Nest(
                    around=around,
                    parts=tuple(shared.names[fact] for fact in inside.facts[parts]),
                    whole=not left_by(inside, parts).any(),
                    apart=shared.unit if _are_apart(inside, parts) else "",
                )


def _one_by_one(held: Mapping[int, Integers], parts: Integers, around: Integers) -> bool:
    """Say whether each part lies in one of the cells around it, or each of these in a part: their sums follow."""
    return any(
        np.isin(inner, np.concatenate([inner[:0], *(held[fact] for fact in outer.tolist() if fact in held)])).all()
        for inner, outer in ((parts, around), (around, parts))
    )


def _apart(facts: Facts, inside: Inside, releases: Sequence[Release]) -> Iterator[Integers]:
    """Yield inner facts that share no row: those of one level of one table, then of all periods of its dataset.

    Of the periods, one set for each version of that dataset, each cell as it was last said by then; the table to come
    is the last. Each table is a set by itself, whatever was corrected in the other periods.
    """
    tables, series = facts.tables[inside.facts], facts.series[inside.facts]
    levels: dict[tuple[int, tuple[str, ...]], dict[int, list[int]]] = {}
    for part in np.flatnonzero(facts.lineages[inside.facts] != facts.lineages[inside.coarser]).tolist():
        level = int(series[part]), releases[tables[part]].cells.dimensions
        levels.setdefault(level, {}).setdefault(int(tables[part]), []).append(part)
    for of_level in levels.values():
        yield from (np.array(parts, dtype=np.int64) for parts in of_level.values())
        yield from _of_periods(facts.cells[inside.facts], of_level, releases)


def _of_periods(
    cells: Integers, of_level: Mapping[int, Sequence[int]], releases: Sequence[Release]
) -> Iterator[Integers]:
    order = sorted(of_level, key=lambda table: (table == 0, table))
    last = {releases[table].version: place for place, table in enumerate(order)}
    for place in last.values():
        said = order[: place + 1]
        newest = {
            (releases[table].period, releases[table].cells.keys[cells[part]]): part
            for table in said
            for part in of_level[table]
        }
        if len(said) > 1:
            yield np.array(sorted(newest.values()), dtype=np.int64)


def rising(blocks: tuple[int, int], cells: tuple[Integers, Integers], values: Sequence[Integers]) -> Iterator[Link]:
    """Yield one link a cell of two versions, the earlier one first: a reader supposes that rows only enter."""
    (earlier, later), (before, after) = blocks, cells
    change = (values[later][after] - values[earlier][before]).astype(np.float64)
    for was, now, more in zip(before.tolist(), after.tolist(), change.tolist(), strict=True):
        yield Link(((later, now), (earlier, was)), (1.0, -1.0), -more, UNBOUNDED)


def nested(nest: Nest, values: Sequence[Integers], kind: Kind, unit: str | None) -> Iterator[Link]:
    """Yield what a nest says of an indicator: each part is at most the whole, and all of them make it if they do.

    Parts add up to at most the whole: rows and amounts always, the distinct `unit` if none of them lies in two parts
    (a reader may guess it). Where a row was corrected between two tables the numbers may say otherwise: then nothing is
    supposed of them.
    """
    around, parts = (sum(int(values[b][c]) for b, c in cells) for cells in (nest.around, nest.parts))
    slack = float(parts - around)
    together = (*nest.around, *nest.parts), (*(1.0 for _ in nest.around), *(-1.0 for _ in nest.parts))
    adds_up, is_one = kind is not Kind.DISTINCT_COUNT or nest.apart == unit, len(nest.around) == 1
    if is_one:
        yield from _each(nest, values)
    if nest.whole and slack == 0 and (adds_up or is_one):
        yield Link(*together, 0.0, 0.0)
    elif adds_up and slack <= 0:
        yield Link(*together, slack, UNBOUNDED)
    elif not adds_up and is_one and nest.whole and slack > 0:
        yield Link(*together, -UNBOUNDED, slack)


def _each(nest: Nest, values: Sequence[Integers]) -> Iterator[Link]:
    """Yield one link a part: it is at most what holds it."""
    ((block, around),) = nest.around
    for part in nest.parts:
        more = int(values[block][around]) - int(values[part[0]][part[1]])
        if more >= 0:
            yield Link(((block, around), part), (1.0, -1.0), -float(more), UNBOUNDED)


def related(cells: Booleans, margins: Sequence[Integers]) -> Booleans:
    """Return `cells`, those that contain one and those inside one."""
    found = cells.copy()
    for of_level in margins:
        held = np.flatnonzero(of_level >= 0)
        found[of_level[held[cells[held]]]] = True
        found[held[cells[of_level[held]]]] = True
    return found


def _shares(block: Block, new: Release, unit: str) -> bool:
    """Say whether a table's first unit in common with the table to come is this one."""
    common = [name for name in new.units if name in block.release.units]
    return common[:1] == [unit]


def _are_apart(inside: Inside, parts: Integers) -> bool:
    """Say whether each unit of the parts lies in one of them alone; rows of nobody are no unit."""
    at = inside.at[np.isin(inside.owners, parts)]
    at = at[inside.whole.units[at] != NO_UNIT]
    return len(np.unique(at)) == len(at)
