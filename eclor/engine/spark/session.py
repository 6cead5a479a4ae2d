"""One private Spark session: the only place that speaks to Spark. See `eclor.engine.session.Session` for what it does.

Keys live in a table in memory, reach the hash by a join, and go to the executors as rows do: no statement, plan, log
or message holds them.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Final

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from eclor.engine.compiled import RAW, sql_of
from eclor.engine.handles import Expression
from eclor.engine.keys import Revealing, pads
from eclor.engine.limits import Limits, Range
from eclor.engine.local_time import local_time
from eclor.engine.periods import told_by_beginnings
from eclor.engine.scrub import failed
from eclor.engine.spark.functions import (
    BY_CALENDAR,
    COMPARISON,
    KEYS,
    LABEL,
    LOCAL_TIME,
    NORMALISED,
    PERIOD,
    VALUES,
    ZONES,
    Held,
)
from eclor.engine.spark.process import Spark, running
from eclor.engine.spark.refusals import scrubbed

_DIALECT: Final = ibis.pyspark.name  # loaded now: its compiler asks for its options
_PARTS: Final = "spark-rows"
"""Where Spark writes its parts of a file, in the run's folder."""


class SparkSession:
    """An open session of Spark; `opened` makes it."""

    def __init__(self, spark: Spark, files: tuple[Path, ...], folder: Path) -> None:
        self._spark = spark
        self._files = files
        self._folder = folder

    def bind(
        self,
        columns: Sequence[str],
        ranges: Sequence[Range],
        *,
        schema: pa.Schema,
        sorted_by: Sequence[str] = (),
        files: Sequence[Path] | None = None,
    ) -> None:
        """Make `raw` the rows of the ranges; Spark sorts texts by their bytes, so `sorted_by` asks nothing of it."""
        del sorted_by
        read = self._files if files is None else files
        for file in read:
            if not set(columns) <= set(pq.read_schema(file).names):
                raise failed("MissingColumn")  # Spark would read it as missing values
        scrubbed(lambda: self._bind(columns, self._stored(read, schema), ranges, schema))

    def _bind(self, columns: Sequence[str], rows: Spark, ranges: Sequence[Range], schema: pa.Schema) -> None:
        wanted = [_within(bounds, schema.field(bounds.column).type) for bounds in ranges]
        kept = rows.filter(reduce(or_, wanted)) if wanted else rows
        kept.select([kept[quoted(name)] for name in columns]).createOrReplaceTempView(RAW)

    def _stored(self, files: Sequence[Path], schema: pa.Schema) -> Spark:
        if not files:
            return self._spark.createDataFrame(schema.empty_table())
        declared = from_arrow_schema(schema, prefer_timestamp_ntz=True)
        return self._spark.read.schema(declared).parquet(*(_address(file) for file in files))

    def know_local_time(self, low: datetime, high: datetime) -> None:
        """Define `eclor_paris` by the clock changes of a stretch of time, by the calendar if they are many."""
        self._define(LOCAL_TIME.format(body=local_time(low, high) or BY_CALENDAR))

    def know_any_local_time(self) -> None:
        """Define `eclor_paris` by Spark's calendar."""
        self._define(LOCAL_TIME.format(body=BY_CALENDAR))

    def know_periods(self, begins: Mapping[datetime, date]) -> None:
        """Define `eclor_period` by the beginnings of some periods, by the calendar if they are many."""
        self._define(PERIOD.format(body=told_by_beginnings(begins)))

    def hold_keys(self, keys: Mapping[date, Revealing]) -> None:
        """Hold padded keys in a table in memory, one row a period."""
        self._hold(KEYS, [(period, *pads(key.reveal())) for period, key in sorted(keys.items())])

    def hold_comparison_key(self, key: Revealing) -> None:
        """Hold a padded key in a table in memory of one row."""
        self._hold(COMPARISON, [pads(key.reveal())])

    def hold_zones(self, epci_by_commune: Mapping[str, str]) -> None:
        """Hold the communes in a table in memory."""
        self._hold(ZONES, sorted(epci_by_commune.items()))

    def know_values(self, values: pa.Table) -> None:
        """Hold what was found for some values in a table in memory."""
        self._hold_table(VALUES, values)

    def know_labels(self, labels: Sequence[str]) -> None:
        """Let a label be the text that it is."""
        del labels
        self._define(LABEL)

    def arrow(self, expression: Expression) -> pa.Table:
        """Return the answer in the types that the expression declares."""
        query, schema = sql_of(expression, dialect=_DIALECT), declared(expression)
        return scrubbed(lambda: _typed(self._spark.sql(query).toArrow(), schema))

    def batches(self, expression: Expression) -> Iterator[pa.RecordBatch]:
        """Yield the answer, which the driver holds whole."""
        yield from self.arrow(expression).to_batches()

    def write(self, expression: Expression, path: Path) -> int:
        """Write the rows by parts, then as one file; the driver holds a batch of them at a time."""
        query, schema = sql_of(expression, dialect=_DIALECT), declared(expression)
        parts = self._folder / _PARTS
        try:
            scrubbed(lambda: self._spark.sql(query).write.parquet(_address(parts)))
            return scrubbed(lambda: _joined(sorted(parts.glob("part-*")), path, schema))
        finally:
            shutil.rmtree(parts, ignore_errors=True)

    def _hold(self, held: Held, rows: Sequence[tuple[object, ...]]) -> None:
        columns = zip(*rows, strict=True) if rows else ([] for _ in held.schema)
        table = pa.table(
            [pa.array(column, kind) for column, kind in zip(columns, held.schema.types, strict=True)], held.schema
        )
        self._hold_table(held, table)

    def _hold_table(self, held: Held, table: pa.Table) -> None:
        scrubbed(lambda: self._spark.createDataFrame(table).createOrReplaceTempView(held.table))
        self._define(held.function)

    def _define(self, function: str) -> None:
        scrubbed(lambda: self._spark.sql(function))


@contextmanager
def opened(files: tuple[Path, ...], limits: Limits) -> Iterator[SparkSession]:
    """Open a session; Spark is started for it and ended after it, unless one runs already."""
    with running(limits) as spark:
        session = SparkSession(spark, files, limits.folder)
        scrubbed(lambda: spark.sql(NORMALISED))
        yield session


def declared(expression: Expression) -> pa.Schema:
    """Return the types that an expression declares: those of the other engine's answer, whatever Spark counts in."""
    schema: pa.Schema = expression.as_table().schema().to_pyarrow()
    return pa.schema([(field.name, field.type) for field in schema])


def _typed(answer: pa.Table, schema: pa.Schema) -> pa.Table:
    return answer.select(schema.names).cast(schema)


def _joined(parts: Sequence[Path], path: Path, schema: pa.Schema) -> int:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        rows = 0
        for part in parts:
            for batch in pq.ParquetFile(part).iter_batches():
                writer.write_table(_typed(pa.table(batch), schema))
                rows += batch.num_rows
    return rows


def _address(path: Path) -> str:
    return f"file://{path.resolve()}"


def _within(bounds: Range, kind: pa.DataType) -> Spark:
    column = sql.col(quoted(bounds.column))
    low, high = (_constant(value, kind) for value in (bounds.low, bounds.high))
    return (column >= low) & (column < high)


def _constant(value: datetime | date | int | str, kind: pa.DataType) -> Spark:
    """Return a constant of a column's type; instants and days go as texts, which know no zone of a driver."""
    if isinstance(value, date):
        return sql.lit(value.isoformat()).cast("timestamp_ntz" if pa.types.is_timestamp(kind) else "date")
    return sql.lit(value)


def quoted(name: str) -> str:
    """Return an identifier as Spark quotes it."""
    return "`" + name.replace("`", "``") + "`"
