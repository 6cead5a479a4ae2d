"""From the engine's unit sets to the memberships of a table: who is in each of its finest cells.

There is an entry for nearly each row of a fine table. So the answer is taken some rows at a time, numbers wait in as
few bits as they need, and each column is forgotten once it is laid out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.cells import CellTable, Integers
from anonymizers.differencing.membership import (
    NO_UNIT,
    Gathering,
    Hashes,
    Membership,
    Memberships,
    Narrow,
    gathering,
    starts_of,
)
from charter.labels import label_of
from charter.model import Measure
from charter.unit_rows import Layout
from charter.vocabulary import Statistic
from charter.whole_numbers import whole

_OF_NO_UNIT: Hashes = np.array([NO_UNIT])
_WIDTHS: Final = (np.int8, np.int16, np.int32)


@dataclass(slots=True)
class _Columns:
    """What the rows of one period and minimum count hold, by pieces; each column goes as it is laid out.

    `places` numbers the label of each row in each part of the key.
    """

    places: list[tuple[Narrow, ...]] = field(default_factory=list)
    units: list[Hashes] = field(default_factory=list)
    numbers: dict[str, list[Narrow]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitSets:
    """The engine's answer by period and minimum count; `labels` numbers those of each part of the keys as they came.

    `taken` are the periods of which it was asked who is in them: of these nothing is held any more.
    """

    labels: tuple[Mapping[str, int], ...]
    columns: dict[tuple[date, int], _Columns]
    taken: set[date] = field(default_factory=set)


def read_unit_sets(answer: Iterable[pa.RecordBatch], layout: Layout) -> UnitSets:
    """Read the answer to `charter.unit_sets`. Refuses a number beyond 2 ** 53."""
    labels = tuple(dict[str, int]() for _ in layout.keys)
    columns: dict[tuple[date, int], _Columns] = defaultdict(_Columns)
    for batch in answer:
        _read(pa.table(batch), layout, labels, columns)
    return UnitSets(labels, dict(columns))


def _read(
    answer: pa.Table,
    layout: Layout,
    labels: tuple[dict[str, int], ...],
    columns: Mapping[tuple[date, int], _Columns],
) -> None:
    named = zip(layout.keys, layout.dimensions, labels, strict=True)
    places = []
    for key, dimension, numbers in named:
        encoded = answer[key].combine_chunks().dictionary_encode(null_encoding="encode")
        found = [label_of(value, dimension) for value in encoded.dictionary.to_pylist()]
        numbered = np.array([numbers.setdefault(label, len(numbers)) for label in found], dtype=np.int64)
        places.append(_narrow(numbered[encoded.indices.to_numpy()]))
    units = _hashes(answer["mark"])
    told = {name: _narrow(whole(answer[name])) for name in ("n", *layout.sums)}
    for (period, entry), own in _by_part(answer):
        part = columns[period, entry]
        part.places.append(tuple(place[own] for place in places))
        part.units.append(units[own])
        for name, numbers_told in told.items():
            part.numbers.setdefault(name, []).append(numbers_told[own])


def _by_part(answer: pa.Table) -> Iterator[tuple[tuple[date, int], Integers]]:
    """Give the rows of each period and minimum count; rows without a period are of none."""
    entries = whole(answer["entry"])
    for period in pc.unique(answer["period"]).drop_null().to_pylist():
        of_period = pc.fill_null(pc.equal(answer["period"], pa.scalar(period)), fill_value=False).to_numpy()
        for entry in np.flatnonzero(np.bincount(entries[of_period])).tolist():
            yield (period, entry), np.flatnonzero(of_period & (entries == entry))


def _narrow(numbers: Integers) -> Narrow:
    """Return the same numbers in as few bits as hold them all."""
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    holding = (width for width in _WIDTHS if np.iinfo(width).min <= least and most <= np.iinfo(width).max)
    return numbers.astype(next(holding, np.int64))


def _hashes(marks: pa.ChunkedArray) -> Hashes:
    """Return marks as they are compared; rows without a unit are together, apart from every mark."""
    hashes = pc.fill_null(marks, 0).to_numpy().astype(np.int64).view(np.uint64)
    missing = marks.is_null().to_numpy()
    return np.where(missing, _OF_NO_UNIT, np.where(hashes == NO_UNIT, np.uint64(1), hashes))


def memberships_of(sets: UnitSets, layout: Layout, cells: CellTable, *, period: date) -> Memberships:
    """Return who is in each finest cell of one period, in the order of its keys; nobody in its margins.

    Of each period once: the sets forget what they gave.
    """
    assert period not in sets.taken, "who is in a period is read anew to be told again"
    sets.taken.add(period)
    return tuple(
        _membership(sets.labels, sets.columns.pop((period, entry), _Columns()), layout, cells)
        for entry in range(len(layout.counts))
    )


def _membership(
    labels: tuple[Mapping[str, int], ...], columns: _Columns, layout: Layout, cells: CellTable
) -> Membership:
    one = _gathering(labels, columns, cells)
    added = {name: one.added(_joined(columns.numbers.pop(name, ())).astype(np.int64)) for name in ("n", *layout.sums)}
    days = added[layout.sums[-1]] if layout.dated else added["n"]
    return Membership(
        starts=starts_of(one.cells, len(cells.keys)),
        units=one.units,
        rows=added["n"],
        digests=days.view(np.uint64),
        amounts=tuple(_amount(added, one, layout, measure) for measure in layout.policy.publication.measures or ()),
    )


def _gathering(labels: tuple[Mapping[str, int], ...], columns: _Columns, cells: CellTable) -> Gathering:
    of_rows = _cells(labels, columns.places, cells)
    columns.places.clear()
    units = np.concatenate([np.zeros(0, dtype=np.uint64), *columns.units])
    columns.units.clear()
    return gathering(of_rows, units, len(cells.keys))


def _joined(pieces: Sequence[Narrow]) -> Narrow:
    return np.concatenate([np.zeros(0, dtype=np.int8), *pieces])


def _cells(labels: tuple[Mapping[str, int], ...], pieces: Sequence[tuple[Narrow, ...]], cells: CellTable) -> Narrow:
    """Return the place of each row's cell among the keys, many at once: a cell by its labels' numbers."""
    of_keys, known = np.zeros(len(cells.keys), dtype=np.int64), np.ones(len(cells.keys), dtype=np.bool_)
    for numbers, of_dimension in zip(labels, zip(*cells.keys, strict=True), strict=True) if pieces else ():
        asked = np.fromiter(map(numbers.get, of_dimension, repeat(-1)), np.int64, len(of_dimension))
        of_keys, known = of_keys * len(numbers) + asked, known & (asked >= 0)
    listed = np.flatnonzero(known)
    value_set = pa.array(of_keys[listed])
    return _joined([_narrow(listed[_found(labels, places, value_set)]) for places in pieces])


def _found(labels: tuple[Mapping[str, int], ...], places: tuple[Narrow, ...], value_set: pa.Array) -> Integers:
    of_rows = np.zeros(len(places[0]), dtype=np.int64)
    for numbers, of_dimension in zip(labels, places, strict=True):
        of_rows = of_rows * len(numbers) + of_dimension
    at = pc.index_in(pa.array(of_rows), value_set=value_set)
    assert at.null_count == 0, "every row stands in a cell"
    found: Integers = at.to_numpy()
    return found


def _amount(added: Mapping[str, Integers], one: Gathering, layout: Layout, measure: Measure) -> Integers:
    match measure.statistic:
        case Statistic.SUM | Statistic.MEAN:
            return added[f"s{layout.measured.index(str(measure.field))}"]
        case Statistic.ROW_COUNT:
            return added["n"]
        case Statistic.DISTINCT_COUNT:
            return np.ones(len(one.units), dtype=np.int64)
