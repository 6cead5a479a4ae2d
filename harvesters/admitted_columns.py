"""Which rows of columns come in, all looked at at once."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from harvesters.admission import Admission, Verdict
from harvesters.layout import Steps


def chosen_rows(table: pa.Table, verdict: Verdict, admission: Admission) -> Sequence[int] | None:
    """Return the rows that `garder` keeps, in order; None where these have to be taken one by one.

    That is where one may be refused for more than a cell that is not of its type (a column that is missing, a unit
    or a code list that changed: the refusal says which row), a column is read at two paths, or who is in a row that is
    left out has to be known (`retirer`).
    """
    if verdict.missing or any(len(ways) > 1 for ways in verdict.steps):
        return None
    chosen = _kept_rows(table, verdict, admission)
    if len(chosen) < table.num_rows and any(kept.withdraws for kept in admission.source.kept):
        return None
    kept = taken(table, chosen)
    is_sure = _units_stand(kept, verdict, admission) and _codes_stand(kept, verdict, admission)
    return chosen if is_sure else None


def taken(table: pa.Table, chosen: Sequence[int]) -> pa.Table:
    """Return the chosen rows."""
    return table if len(chosen) == table.num_rows else table.take(pa.array(chosen, pa.int64()))


def texts_at(table: pa.Table, ways: tuple[Steps, ...]) -> pa.Array:
    """Return the texts of a column; empty ones of a column that may be missing, and is."""
    if not ways:
        return pa.repeat("", table.num_rows)
    ((name,),) = ways
    cells = table[name]
    return cells.chunk(0) if cells.num_chunks == 1 else cells.combine_chunks()


def _kept_rows(table: pa.Table, verdict: Verdict, admission: Admission) -> Sequence[int]:
    chosen: pa.Array | None = None
    for kept, way in zip(admission.source.kept, verdict.kept, strict=True):
        if way is None:
            return ()
        these = pc.is_in(texts_at(table, (way,)), value_set=pa.array(kept.values, pa.string()))
        chosen = these if chosen is None else pc.and_(chosen, these)
    if chosen is None:
        return range(table.num_rows)
    rows: list[int] = pc.indices_nonzero(chosen).to_pylist()
    return rows


def _units_stand(table: pa.Table, verdict: Verdict, admission: Admission) -> bool:
    for column, ways, way in zip(admission.stored, verdict.steps, verdict.units, strict=True):
        if column.unit is None or not ways or table.num_rows == 0:
            continue
        if way is None or texts_at(table, (way,)).unique().to_pylist() != [column.unit.value]:
            return False
    return True


def _codes_stand(table: pa.Table, verdict: Verdict, admission: Admission) -> bool:
    for column, ways in zip(admission.stored, verdict.steps, strict=True):
        if column.codes and not {text.strip() for text in texts_at(table, ways).unique().to_pylist()} <= {
            "", *column.codes, *column.empties
        }:  # fmt: skip
            return False
    return True
