"""The former release of a dataset: its periods are frozen and carried over as they were published (`geler`)."""

from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymizers.cells import TOGETHER, UNKNOWN
from anonymizers.times import Grain, span_labelled
from charter.held import FormerRelease
from charter.periods import days_of
from eclor.errors import GuaranteeBroken
from eclor.names import Period

_SEPARATOR: Final = " "


def carried_rows(former: FormerRelease, schema: pa.Schema) -> pa.Table:
    """Return the rows of a former release; refuse those that do not have exactly the columns asked for."""
    try:
        return pq.read_table(former.path, columns=schema.names).cast(schema)
    except (OSError, KeyError, pa.ArrowException) as error:
        raise GuaranteeBroken("release.former-differs") from error


def told_apart(rows: pa.Table, time: str, period: Period) -> pa.Table:
    """Say in the margins that open time of which period they are the total: `ensemble 2026-05`.

    Where one period stands alone in a table, `ensemble` says it all; where several do, two rows would have one key.
    """
    labels = rows[time]
    told = pc.if_else(pc.equal(labels, TOGETHER), f"{TOGETHER}{_SEPARATOR}{period}", labels)
    return rows.set_column(rows.schema.get_field_index(time), time, told)


def rows_of_others(
    rows: pa.Table, time: str, periods: tuple[Period, ...], again: set[Period], frequency: Grain
) -> pa.Table:
    """Return the rows of the periods that are not published again."""
    labels = pc.unique(rows[time]).to_pylist()
    gone = [label for label in labels if _period_of(str(label), periods, frequency) in again]
    return rows.filter(pc.invert(pc.is_in(rows[time], pa.array(gone, pa.string()))))


def _period_of(label: str, periods: tuple[Period, ...], frequency: Grain) -> Period | None:
    """Return the period of a row by its label of time; that of a margin is said after it, where there are several."""
    if label.startswith(TOGETHER):
        named = label.removeprefix(TOGETHER).strip(_SEPARATOR)
        return Period(named) if named else periods[0]
    span = span_labelled(label)
    return Period(span.within(frequency).label) if span else None


def time_labels(rows: pa.Table, time: str) -> list[str]:
    """Return the labels of time that occur, those of margins and of missing values left out."""
    labels = [str(label) for label in pc.unique(rows[time]).to_pylist()]
    return [label for label in labels if label != UNKNOWN and not label.startswith(TOGETHER)]


def published_days(former: FormerRelease | None, time: str, frequency: Grain) -> tuple[tuple[date, date], ...]:
    """Return the local days that published cells cover, from their labels of time: a period keeps its level."""
    if former is None:
        return ()
    spans = [
        span
        for label in time_labels(carried_rows(former, pa.schema([(time, pa.string())])), time)
        if (span := span_labelled(label))
    ]
    covered = {days_of(span.within(frequency), span.grain) for span in spans}
    return tuple(sorted(covered))
