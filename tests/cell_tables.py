"""Cell tables counted by hand from rows, one cell at a time: slow, plain, and sharing nothing with the engine."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from anonymizers.cells import (
    TOGETHER,
    CellTable,
    DominanceRule,
    EmptyCellRule,
    Indicator,
    Integers,
    Kind,
    ProtectionRule,
    Rules,
)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A row: where it stands, whose it is for each minimum count (None: nobody's), and its measures."""

    where: Key
    units: tuple[str | None, ...]
    amounts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator and the place of the measure that it sums, if it sums one."""

    indicator: Indicator
    amount: int | None = None


ROWS = Measure(Indicator("passages", Kind.ROW_COUNT))
UNITS = Measure(Indicator("foyers", Kind.DISTINCT_COUNT, entry=0))
FIRST_SUM = Measure(Indicator("volume", Kind.SUM), amount=0)
SECOND_SUM = Measure(Indicator("poids", Kind.SUM), amount=1)
MEAN = Measure(Indicator("moyenne", Kind.MEAN), amount=0)


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame of a table, its published margins (dimensions kept), its indicators, n of the n largest."""

    frame: Mapping[str, Sequence[str]]
    margins: Sequence[Sequence[str]]
    measures: Sequence[Measure]
    contributors: int = 1


def everything(frame: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return every margin of a frame."""
    names = list(frame)
    return [[n for n, kept in zip(names, keep, strict=True) if kept] for keep in product((0, 1), repeat=len(names))][
        :-1
    ]


def keys_of(layout: Layout) -> list[Key]:
    keys = set(product(*layout.frame.values()))
    for margin in layout.margins:
        keys |= set(product(*(labels if name in margin else (TOGETHER,) for name, labels in layout.frame.items())))
    return sorted(keys, key=lambda key: [label.encode() for label in key])


def visits_in(key: Key, visits: Iterable[Visit]) -> list[Visit]:
    return [v for v in visits if all(label in (TOGETHER, at) for label, at in zip(key, v.where, strict=True))]


def units_in(key: Key, visits: Iterable[Visit], entry: int) -> frozenset[str]:
    return frozenset(unit for v in visits_in(key, visits) if (unit := v.units[entry]) is not None)


def cell_table(visits: Sequence[Visit], layout: Layout) -> CellTable:
    keys = keys_of(layout)
    inside = [visits_in(key, visits) for key in keys]
    entries = range(len(visits[0].units)) if visits else range(1)
    return CellTable(
        dimensions=tuple(layout.frame),
        keys=tuple(keys),
        indicators=tuple(measure.indicator for measure in layout.measures),
        rows=_array(len(rows) for rows in inside),
        units=tuple(_array(len(units_in(key, visits, entry)) for key in keys) for entry in entries),
        values=tuple(_array(_value(measure, rows) for rows in inside) for measure in layout.measures),
        weights=tuple(_array(len(rows) for rows in inside) for _ in layout.measures),
        tops=tuple(
            tuple(_array(_top(m, rows, entry, layout.contributors) for rows in inside) for m in layout.measures)
            for entry in entries
        ),
    )


def _array(numbers: Iterable[int]) -> Integers:
    return np.array(list(numbers), dtype=np.int64)


def _value(measure: Measure, rows: Sequence[Visit]) -> int:
    match measure.indicator.kind:
        case Kind.ROW_COUNT:
            return len(rows)
        case Kind.DISTINCT_COUNT:
            return len({row.units[measure.indicator.entry or 0] for row in rows} - {None})
        case Kind.SUM | Kind.MEAN:
            return sum(row.amounts[measure.amount or 0] for row in rows)


def _top(measure: Measure, rows: Sequence[Visit], entry: int, contributors: int) -> int:
    held: Counter[str | None] = Counter()
    for row in rows:
        held[row.units[entry]] += 1 if measure.amount is None else row.amounts[measure.amount]
    return sum(sorted(held.values(), reverse=True)[:contributors])


def with_wholes(cells: CellTable, visits: Sequence[Visit], dimension: str) -> CellTable:
    """Say how many units each group holds once a sensitive dimension is opened."""
    at = cells.dimensions.index(dimension)
    groups = {(*key[:at], TOGETHER, *key[at + 1 :]) for key in cells.keys if key[at] != TOGETHER}
    entries = range(len(cells.units))
    return replace(
        cells, wholes={group: tuple(len(units_in(group, visits, entry)) for entry in entries) for group in groups}
    )


TEN_PERCENT = ProtectionRule(10, 1)


def rules(
    *,
    ks: tuple[int, ...] = (3,),
    dominance: DominanceRule | None = None,
    protection: ProtectionRule | None = TEN_PERCENT,
    empty_cells: EmptyCellRule = EmptyCellRule.KNOWN_ZERO,
    rounding: int | None = None,
) -> Rules:
    return Rules(ks=ks, dominance=dominance, protection=protection, empty_cells=empty_cells, rounding=rounding)


def frames(sizes: Sequence[int]) -> dict[str, list[str]]:
    """Return dimensions a, b, c with labels a0, a1, ..."""
    return {name: [f"{name}{place}" for place in range(size)] for name, size in zip("abc", sizes, strict=False)}


def by_hand(numbers: Mapping[Key, tuple[int, int, int]], dimensions: tuple[str, ...]) -> CellTable:
    """Return a table of distinct units and one sum: for each cell its units, its sum, its largest contribution."""
    keys = sorted(numbers)
    units, sums, tops = (_array(numbers[key][place] for key in keys) for place in range(3))
    return CellTable(
        dimensions=dimensions,
        keys=tuple(keys),
        indicators=(UNITS.indicator, FIRST_SUM.indicator),
        rows=units,
        units=(units,),
        values=(units, sums),
        weights=(units, units),
        tops=((np.minimum(units, 1), tops),),
    )


def masked_keys(cells: CellTable, masked: Iterable[bool]) -> set[Key]:
    return {key for key, hidden in zip(cells.keys, masked, strict=True) if hidden}


@st.composite
def counted_visits(draw: st.DrawFn, frame: Mapping[str, Sequence[str]], *, repeat_units: bool) -> list[Visit]:
    """Draw how many units stand in each finest cell: mostly some, often few; each unit in one cell, or in several."""
    cells = list(product(*frame.values()))
    sizes = draw(st.lists(st.sampled_from([0, 1, 1, 2, 2, 3, 4, 5, 7, 9]), min_size=len(cells), max_size=len(cells)))
    seed = draw(st.integers(0, 2**32 - 1))
    chance = np.random.default_rng(seed)
    visits = []
    for number, (where, size) in enumerate(zip(cells, sizes, strict=True)):
        for unit in range(size):
            name = f"u{chance.integers(0, 12)}" if repeat_units else f"u{number}-{unit}"
            amounts = (int(chance.integers(1, 40)), int(chance.integers(0, 9)))
            visits.append(Visit(where, (name,), amounts))
    return visits


def same_unit(visits: Sequence[Visit], layout: Layout) -> dict[Key, frozenset[Key]]:
    """Return, for each cell of one unit, the cells whose only unit is that one."""
    keys = keys_of(layout)
    found: dict[Key, set[Key]] = {key: set() for key in keys}
    for entry in range(len(visits[0].units) if visits else 0):
        alone = {key: units for key in keys if len(units := units_in(key, visits, entry)) == 1}
        for key, units in alone.items():
            found[key] |= {other for other, theirs in alone.items() if theirs == units}
    return {key: frozenset(others) for key, others in found.items()}


@dataclass(frozen=True, slots=True)
class Case:
    """Rows, the table that they make, and what is asked of it."""

    visits: Sequence[Visit]
    layout: Layout
    asked: Rules
    cells: CellTable


SHAPES = ((4,), (6,), (2, 2), (3, 2), (4, 3), (5, 4), (2, 2, 2), (3, 2, 2))
INDICATORS = ((UNITS,), (ROWS, UNITS), (UNITS, FIRST_SUM), (FIRST_SUM, SECOND_SUM), (UNITS, MEAN))


@st.composite
def cases(draw: st.DrawFn, *, shapes: Sequence[Sequence[int]] = SHAPES, rounding: bool = True) -> Case:
    """Draw a small table of any margins, indicators and rules."""
    frame = frames(draw(st.sampled_from(shapes)))
    margins = draw(st.lists(st.sampled_from(everything(frame)), unique_by=tuple, min_size=1))
    layout = Layout(frame, margins, draw(st.sampled_from(INDICATORS)))
    visits = draw(counted_visits(frame, repeat_units=draw(st.booleans())))
    asked = rules(
        ks=(draw(st.sampled_from([2, 3, 4, 6])),),
        dominance=draw(st.sampled_from([None, DominanceRule(1, 60), DominanceRule(1, 85)])),
        protection=ProtectionRule(draw(st.sampled_from([0, 10, 30])), draw(st.sampled_from([0, 1, 3]))),
        empty_cells=draw(st.sampled_from([EmptyCellRule.KNOWN_ZERO, EmptyCellRule.KNOWN_ZERO, EmptyCellRule.MASKED])),
        rounding=draw(st.sampled_from([None, None, 3, 5])) if rounding else None,
    )
    return Case(visits, layout, asked, cell_table(visits, layout))
