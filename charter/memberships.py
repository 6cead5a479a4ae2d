"""From the engine's unit sets to the memberships of a table: who is in each of its finest cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import repeat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.cells import CellTable, Integers
from anonymizers.differencing.membership import NO_UNIT, Entries, Hashes, Memberships, gathered
from charter.labels import label_of
from charter.model import Measure
from charter.unit_rows import Layout
from charter.vocabulary import Statistic
from charter.whole_numbers import whole

_OF_NO_UNIT: Hashes = np.array([NO_UNIT])


@dataclass(frozen=True, slots=True)
class UnitSets:
    """The engine's answer, by columns; `labels` are those of each part of the keys, `places` what each row bears."""

    periods: pa.ChunkedArray
    entries: Integers
    labels: tuple[tuple[str, ...], ...]
    places: tuple[Integers, ...]
    units: Hashes
    numbers: Mapping[str, Integers]


def read_unit_sets(answer: pa.Table, layout: Layout) -> UnitSets:
    """Read the answer to `charter.unit_sets`. Refuses a number beyond 64 bits."""
    encoded = [answer[key].combine_chunks().dictionary_encode(null_encoding="encode") for key in layout.keys]
    named = zip(encoded, layout.dimensions, strict=True)
    return UnitSets(
        periods=answer["period"],
        entries=whole(answer["entry"]),
        labels=tuple(tuple(label_of(key, d) for key in part.dictionary.to_pylist()) for part, d in named),
        places=tuple(part.indices.to_numpy().astype(np.int64) for part in encoded),
        units=_hashes(answer["mark"]),
        numbers={name: whole(answer[name]) for name in ("n", *layout.sums)},
    )


def _hashes(marks: pa.ChunkedArray) -> Hashes:
    """Return marks as they are compared; rows without a unit are together, apart from every mark."""
    hashes = pc.fill_null(marks, 0).to_numpy().astype(np.int64).view(np.uint64)
    missing = marks.is_null().to_numpy()
    return np.where(missing, _OF_NO_UNIT, np.where(hashes == NO_UNIT, np.uint64(1), hashes))


def memberships_of(sets: UnitSets, layout: Layout, cells: CellTable, *, period: date) -> Memberships:
    """Return who is in each finest cell of one period, in the order of its keys; nobody in its margins."""
    of_period = pc.fill_null(pc.equal(sets.periods, pa.scalar(period)), fill_value=False).to_numpy()
    measures = layout.policy.publication.measures or ()
    return tuple(
        gathered(
            _entries(sets, layout, cells, np.flatnonzero(of_period & (sets.entries == entry)), measures),
            len(cells.keys),
        )
        for entry in range(len(layout.counts))
    )


def _entries(sets: UnitSets, layout: Layout, cells: CellTable, own: Integers, measures: tuple[Measure, ...]) -> Entries:
    rows = sets.numbers["n"][own]
    days = sets.numbers[layout.sums[-1]][own] if layout.dated else rows
    return Entries(
        cells=_cells(sets, cells, own),
        units=sets.units[own],
        rows=rows,
        digests=days.view(np.uint64),
        amounts=tuple(_amount(sets, layout, measure, own) for measure in measures),
    )


def _cells(sets: UnitSets, cells: CellTable, own: Integers) -> Integers:
    """Return the place of each row's cell among the keys, all at once: a cell by its labels' numbers."""
    of_rows, of_keys = np.zeros(len(own), dtype=np.int64), np.zeros(len(cells.keys), dtype=np.int64)
    known = np.ones(len(cells.keys), dtype=np.bool_)
    named = zip(sets.labels, sets.places, zip(*cells.keys, strict=True), strict=True)
    for labels, places, of_dimension in named if len(own) else ():
        number = {label: index for index, label in enumerate(labels)}
        canonical = np.fromiter(map(number.__getitem__, labels), np.int64, len(labels))
        asked = np.fromiter(map(number.get, of_dimension, repeat(-1)), np.int64, len(of_dimension))
        of_rows, of_keys = of_rows * len(labels) + canonical[places[own]], of_keys * len(labels) + asked
        known &= asked >= 0
    listed = np.flatnonzero(known)
    at = pc.index_in(pa.array(of_rows), value_set=pa.array(of_keys[listed]))
    assert at.null_count == 0, "every row stands in a cell"
    found: Integers = listed[at.to_numpy()]
    return found


def _amount(sets: UnitSets, layout: Layout, measure: Measure, own: Integers) -> Integers:
    match measure.statistic:
        case Statistic.SUM | Statistic.MEAN:
            return sets.numbers[f"s{layout.measured.index(str(measure.field))}"][own]
        case Statistic.ROW_COUNT:
            return sets.numbers["n"][own]
        case Statistic.DISTINCT_COUNT:
            return np.ones(len(own), dtype=np.int64)
