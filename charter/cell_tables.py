"""From the engine's answer to one `CellTable` a period: labels, zeros of the frame, exact whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Final

import numpy as np
import pyarrow as pa

from anonymizers.cells import TOGETHER, UNKNOWN, CellTable, Indicator, Integers, Key, Kind
from anonymizers.times import Span
from charter.cells_expression import TOTALS, groupings, groups_kept, margins_kept, single_columns
from charter.dimensions import Dimension
from charter.labels import Frame, label_of, refuse_unlisted, times_of
from charter.model import Measure
from charter.unit_rows import Layout
from charter.vocabulary import EmptyCells, Statistic
from charter.whole_numbers import whole
from eclor.errors import GuaranteeBroken

LARGEST_FRAME: Final = 200_000
"""Beyond so many cells a period, empty ones are left to be understood, which changes no result: a known zero adds
nothing to any sum. Where empty cells are masked they must be listed, so a larger frame is refused."""

KINDS: Final = {
    Statistic.ROW_COUNT: Kind.ROW_COUNT,
    Statistic.DISTINCT_COUNT: Kind.DISTINCT_COUNT,
    Statistic.SUM: Kind.SUM,
    Statistic.MEAN: Kind.MEAN,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The engine's rows: whole numbers by column, the label of each part of each key, and the labels that occur.

    `rows` gives those of each (period, entry); `main` is the entry whose rows hold the totals; `wholes` the units of
    each period's groups under diversity, which are no cells.
    """

    numbers: Mapping[str, Integers]
    keys: Sequence[Key]
    labels: tuple[tuple[str, ...], ...]
    rows: Mapping[tuple[date, int], list[int]]
    main: int
    wholes: Mapping[date, Mapping[Key, tuple[int, ...]]]


def read_answer(answer: pa.Table, layout: Layout, frames: Sequence[Frame | None]) -> Answer:
    """Read the engine's answer; `frames` gives the frame of each dimension, none for time.

    Refuses a value outside its frame, a number past 2 ** 53.
    """
    numbers = {name: whole(answer[name]) for name in answer.column_names if name not in {"period", *layout.keys}}
    named = zip(layout.keys, layout.dimensions, frames, strict=True)
    encoded = {key: _encoded(answer[key], dimension, frame) for key, dimension, frame in named}
    missing = {key: [UNKNOWN if key in kept else TOGETHER for kept in groupings(layout)] for key in layout.keys}
    parts = [part.spelt(numbers["margin"].tolist(), missing[key]) for key, part in encoded.items()]
    keys, periods = list(zip(*parts, strict=True)), answer["period"].to_pylist()
    shown = len(groupings(layout)) - len(groups_kept(layout))
    rows, main = _rows(numbers, periods, shown)
    labels = tuple(part.labels for part in encoded.values())
    return Answer(numbers, keys, labels, rows, main, _wholes(layout, numbers, keys, periods, shown=shown))


@dataclass(frozen=True, slots=True)
class _Encoded:
    """One part of the keys: the labels that occur, and which of them each row bears, none where it is missing."""

    labels: tuple[str, ...]
    places: Sequence[int | None]

    def spelt(self, margins: Sequence[int], missing: Sequence[str]) -> list[str]:
        """Return the label of each row; a missing one is what its margin says of it."""
        found = zip(margins, self.places, strict=True)
        return [missing[margin] if place is None else self.labels[place] for margin, place in found]


def _encoded(column: pa.ChunkedArray, dimension: Dimension, frame: Frame | None) -> _Encoded:
    encoded = column.combine_chunks().dictionary_encode()
    labels = tuple(label_of(value, dimension) for value in encoded.dictionary.to_pylist())
    if frame is not None:
        refuse_unlisted(labels, dimension, frame)
    return _Encoded(labels, encoded.indices.to_pylist())


def _rows(
    numbers: Mapping[str, Integers], periods: Sequence[date], shown: int
) -> tuple[dict[tuple[date, int], list[int]], int]:
    """Index the rows of the first `shown` groupings by period and entry; a grand total over nothing is no row."""
    entries, counted = numbers["entry"].tolist(), numbers["n"].tolist()
    main = TOTALS if TOTALS in entries else 0
    rows: dict[tuple[date, int], list[int]] = {}
    of_cells = (numbers["margin"] < shown).tolist()
    for index, (period, entry) in enumerate(zip(periods, entries, strict=True)):
        if of_cells[index] and (entry != main or counted[index]):
            rows.setdefault((period, entry), []).append(index)
    return rows, main


def _wholes(
    layout: Layout, numbers: Mapping[str, Integers], keys: Sequence[Key], periods: Sequence[date], *, shown: int
) -> dict[date, dict[Key, tuple[int, ...]]]:
    """Return, by period and key, how many units of each minimum count the groups under diversity hold."""
    none = (0,) * len(layout.counts)
    wholes: dict[date, dict[Key, tuple[int, ...]]] = {}
    for index in np.flatnonzero((numbers["margin"] >= shown) & (numbers["entry"] != TOTALS)).tolist():
        of_period, entry = wholes.setdefault(periods[index], {}), int(numbers["entry"][index])
        units = list(of_period.get(keys[index], none))
        units[entry] = int(numbers["units"][index])
        of_period[keys[index]] = tuple(units)
    return wholes


def cell_table(
    answer: Answer, layout: Layout, frames: Sequence[Frame | None], *, period: date, span: Span | None
) -> CellTable:
    """Return the cells and margins of one period in key order, the empty ones of its frame with zeros.

    `span` is the calendar period, none for a delivery. Refuses a frame too large to list where it must be.
    """
    main = answer.rows.get((period, answer.main), [])
    held = {answer.keys[row] for row in main}
    keys = sorted(held | _empty(layout, _listed(answer, layout, frames, span), held))
    spread = _Spread(answer, {key: index for index, key in enumerate(keys)})
    by_entry = [answer.rows.get((period, entry), []) for entry in range(len(layout.counts))]
    units = tuple(spread.column("units", rows) for rows in by_entry)
    measures = layout.policy.publication.measures or ()
    return CellTable(
        dimensions=tuple(dimension.name for dimension in layout.dimensions),
        keys=tuple(keys),
        indicators=tuple(_indicator(layout, measure) for measure in measures),
        rows=spread.column("n", main),
        units=units,
        values=tuple(_values(layout, measure, spread, units=units, main=main) for measure in measures),
        weights=spread.columns([_weight(layout, measure) for measure in measures], main),
        tops=tuple(spread.columns([_top(layout, measure) for measure in measures], rows) for rows in by_entry),
        wholes=answer.wholes.get(period, {}),
    )


@dataclass(frozen=True, slots=True)
class _Spread:
    """Lays columns of the answer over the cells of a table, zeros where it has no row."""

    answer: Answer
    places: Mapping[Key, int]

    def columns(self, names: Sequence[str | None], rows: list[int]) -> tuple[Integers, ...]:
        """Return several columns of the answer by cell."""
        return tuple(self.column(name, rows) for name in names)

    def column(self, name: str | None, rows: list[int]) -> Integers:
        """Return a column of the answer by cell; all zeros where there is none."""
        values = np.zeros(len(self.places), dtype=np.int64)
        if name is not None:
            values[[self.places[self.answer.keys[row]] for row in rows]] = self.answer.numbers[name][rows]
        return values


def _values(
    layout: Layout, measure: Measure, spread: _Spread, *, units: tuple[Integers, ...], main: list[int]
) -> Integers:
    entry = _entry(layout, measure)
    return units[entry] if entry is not None else spread.column(_value(layout, measure), main)


# --- which column of the answer an indicator is ---------------------------------------------------------------------


def _indicator(layout: Layout, measure: Measure) -> Indicator:
    kind = KINDS[measure.statistic]
    summed = measure.field if kind in {Kind.SUM, Kind.MEAN} else None
    decimals = layout.policy.field(summed).decimals or 0 if summed else 0
    return Indicator(measure.name, kind, _entry(layout, measure), decimals)


def _entry(layout: Layout, measure: Measure) -> int | None:
    """Return the minimum count whose unit a distinct count counts; a column of a wider union is not its unit."""
    if measure.statistic is not Statistic.DISTINCT_COUNT:
        return None
    alone = (index for index, counted in enumerate(layout.counts) if counted.entry.fields == (measure.field,))
    return next(alone, None)


def _value(layout: Layout, measure: Measure) -> str:
    match measure.statistic:
        case Statistic.ROW_COUNT:
            return "n"
        case Statistic.DISTINCT_COUNT:
            return f"x{single_columns(layout.policy).index(str(measure.field))}"
        case Statistic.SUM | Statistic.MEAN:
            return f"s{layout.measured.index(str(measure.field))}"


def _weight(layout: Layout, measure: Measure) -> str:
    if measure.statistic in {Statistic.SUM, Statistic.MEAN}:
        return f"c{layout.measured.index(str(measure.field))}"
    return "n"


def _top(layout: Layout, measure: Measure) -> str | None:
    """Return the column of the largest contributions; a distinct count has one contribution a unit."""
    return None if measure.statistic is Statistic.DISTINCT_COUNT else f"top_{_value(layout, measure)}"


# --- zeros of the frame -------------------------------------------------------------------------------------------


def _listed(
    answer: Answer, layout: Layout, frames: Sequence[Frame | None], span: Span | None
) -> tuple[tuple[str, ...] | None, ...]:
    """Return the labels that each dimension's frame lists for a period; none where the list is open."""
    empty = layout.policy.guarantees.empty_cells
    listed: list[tuple[str, ...] | None] = []
    for dimension, frame, found in zip(layout.dimensions, frames, answer.labels, strict=True):
        if frame is None:
            listed.append(times_of(span, dimension.grain, empty) if span else found)
        else:
            listed.append((frame.listed or found) if frame.closed else None)
    return tuple(listed)


def _empty(layout: Layout, listed: Sequence[tuple[str, ...] | None], held: set[Key]) -> set[Key]:
    must = layout.policy.guarantees.empty_cells is EmptyCells.MASK
    shown = (layout.keys, *margins_kept(layout))
    complete = [grouping for kept in shown if (grouping := _grouping(layout, listed, kept)) is not None]
    size = sum(prod(len(labels) for labels in grouping) for grouping in complete)
    if must and (len(complete) < len(shown) or size > LARGEST_FRAME):
        raise GuaranteeBroken("release.frame-too-large", dataset=layout.policy.dataset)
    if size > LARGEST_FRAME:
        return set()
    return {key for grouping in complete for key in product(*grouping)} - held


def _grouping(
    layout: Layout, listed: Sequence[tuple[str, ...] | None], kept: tuple[str, ...]
) -> list[tuple[str, ...]] | None:
    """Return the labels of each part of the keys of one grouping; none where one of its lists is open."""
    labels = [each if key in kept else (TOGETHER,) for key, each in zip(layout.keys, listed, strict=True)]
    closed = [each for each in labels if each is not None]
    return closed if len(closed) == len(labels) else None
