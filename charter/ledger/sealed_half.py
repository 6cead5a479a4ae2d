"""The sealed half of a period as bytes: two Parquet tables, one entry a cell, one entry a unit of a cell."""

import json
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from anonymizers.cells import CellTable, Rules
from anonymizers.differencing.membership import Membership
from anonymizers.differencing.past import Mark
from anonymizers.differencing.past import Release as CountedRelease
from charter.ledger.plain import flattened, rebuilt
from charter.ledger.records import Kept

_SAID: Final = b"eclor"


def cells_bytes(kept: Kept) -> pa.Buffer:
    """Return the cells: true numbers and marks, a row a cell; what is not by cell stands in the file's metadata."""
    columns: dict[str, NDArray[Any]] = {}
    release = kept.release
    said = {
        "dataset": release.dataset,
        "version": release.version,
        "period": release.period,
        "cells": flattened(release.cells, columns),
        "rules": flattened(release.rules, columns),
        "units": list(release.units),
        "dated": kept.dated,
    }
    marks = pa.array([mark.name for mark in kept.marks], pa.string())
    table = pa.table({**columns, "mark": marks})
    return _written(table.replace_schema_metadata({_SAID: json.dumps(said).encode()}))


def units_bytes(kept: Kept) -> pa.Buffer:
    """Return the unit sets of every minimum count, one after another, in the order of cells and units."""
    parts = [_units_table(entry, membership) for entry, membership in enumerate(kept.release.memberships)]
    return _written(pa.concat_tables(parts))


def read_kept(cells: bytes, units: bytes) -> Kept:
    """Read both back; bytes that are not ours raise `KeyError`, `TypeError`, `ValueError` or Arrow's own errors."""
    table = pq.read_table(pa.BufferReader(cells))
    said = json.loads(table.schema.metadata[_SAID])
    columns = {name: table[name].to_numpy() for name in table.column_names if name != "mark"}
    marks = tuple(Mark[name] for name in table["mark"].to_pylist())
    rules, found = rebuilt(said["rules"], columns), rebuilt(said["cells"], columns)
    if not isinstance(rules, Rules) or not isinstance(found, CellTable):
        raise TypeError
    release = CountedRelease(
        dataset=said["dataset"],
        version=said["version"],
        period=said["period"],
        cells=found,
        rules=rules,
        units=tuple(said["units"]),
        memberships=_memberships(units, entries=len(rules.ks), cells=len(found.keys)),
    )
    return Kept(release, marks, bool(said["dated"]))


def _written(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _units_table(entry: int, membership: Membership) -> pa.Table:
    return pa.table(
        {
            "entry": np.full(len(membership.units), entry, dtype=np.int8),
            "cell": membership.cells.astype(np.int32),
            "unit": membership.units,
            "rows": membership.rows,
            "digest": membership.digests,
            **{f"a{index}": amount for index, amount in enumerate(membership.amounts)},
        }
    )


def _memberships(units: bytes, *, entries: int, cells: int) -> tuple[Membership, ...]:
    table = pq.read_table(pa.BufferReader(units))
    numbers = {name: table[name].to_numpy() for name in table.column_names}
    amounts = [numbers[f"a{index}"] for index in range(len(numbers) - 5)]
    return tuple(_membership(numbers, amounts, numbers["entry"] == entry, cells=cells) for entry in range(entries))


def _membership(
    numbers: dict[str, NDArray[Any]], amounts: list[NDArray[Any]], own: NDArray[np.bool_], *, cells: int
) -> Membership:
    lengths = np.bincount(numbers["cell"][own], minlength=cells)
    return Membership(
        starts=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]).astype(np.int64),
        units=numbers["unit"][own],
        rows=numbers["rows"][own],
        digests=numbers["digest"][own],
        amounts=tuple(amount[own] for amount in amounts),
    )
