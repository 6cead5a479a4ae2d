"""From the engine's unit sets to the memberships of a table: who is in each of its finest cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
    """Return the place of each row's cell among the keys: one look-up a cell, not one a row."""
    combined = np.zeros(len(own), dtype=np.int64)
    for labels, places in zip(sets.labels, sets.places, strict=True):
        combined = combined * max(len(labels), 1) + places[own]
    found, inverse = np.unique(combined, return_inverse=True)
    index = {key: place for place, key in enumerate(cells.keys)}
    at = np.array([index[_key(sets, int(one))] for one in found], dtype=np.int64)
    return at[inverse] if len(found) else combined


def _key(sets: UnitSets, combined: int) -> tuple[str, ...]:
    parts: list[str] = []
    for labels in reversed(sets.labels):
        combined, place = divmod(combined, max(len(labels), 1))
        parts.append(labels[place])
    return tuple(reversed(parts))


def _amount(sets: UnitSets, layout: Layout, measure: Measure, own: Integers) -> Integers:
    match measure.statistic:
        case Statistic.SUM | Statistic.MEAN:
            return sets.numbers[f"s{layout.measured.index(str(measure.field))}"][own]
        case Statistic.ROW_COUNT:
            return sets.numbers["n"][own]
        case Statistic.DISTINCT_COUNT:
            return np.ones(len(own), dtype=np.int64)
