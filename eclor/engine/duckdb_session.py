"""One private DuckDB session: sized, closed to the outside, closed after use; the only place that speaks to DuckDB.

Keys live in a one-row-a-period TEMP table in memory and reach the hash through a TEMP macro: no statement, plan, log
or message holds them (docs of the engine: a literal or a variable would show in plans and profiles).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Final, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from eclor.engine.closing import close_to
from eclor.engine.compiled import RAW, sql_of
from eclor.engine.handles import Connection, Expression, Relation
from eclor.engine.keys import Revealing, pads
from eclor.engine.limits import Limits, Range
from eclor.engine.local_time import local_time
from eclor.engine.ordering import ranked
from eclor.engine.periods import told_by_beginnings
from eclor.engine.scrub import said_by_kind
from eclor.engine.statistics import all_within

Answer = TypeVar("Answer")

_DIALECT: Final = "duckdb"
_BATCH: Final = 2**18
"""Rows that are taken out of an answer at once."""
_FAILURES: Final = (duckdb.Error, pa.ArrowException, OSError)
"""How it fails while an answer is taken out of it: by errors of its own, or by others that quote them."""

COUNTED: Final = "SET memory_limit = concat(parse_formatted_bytes(current_setting('memory_limit')) * 9 // 10, 'B')"
"""The engine counts what it asks for. Its allocator holds a fifteenth more: whole pages, all of them touched since what
is freed is overwritten, and those not yet given back. So the engine counts a tenth less than it may take."""
_PARIS: Final = "eclor_paris"
_PARIS_AS: Final = "CREATE TEMP MACRO eclor_paris(instant) AS {body}"
_PERIOD_AS: Final = "CREATE TEMP MACRO eclor_period(instant, at_period) AS {body}"
BY_CALENDAR: Final = "timezone('Europe/Paris', timezone('UTC', instant))"
"""Local time of a naive UTC instant, by the engine's own calendar."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A TEMP table in memory that a session function looks into: its making, its rows, the function."""

    table: str
    row: str
    macro: str
    function: str


_KEYS: Final = _Held(
    table="CREATE OR REPLACE TEMP TABLE eclor_keys (period DATE, inner_pad BLOB, outer_pad BLOB)",
    row="INSERT INTO eclor_keys VALUES (?, ?, ?)",
    macro="eclor_pseudonym",
    function="""
CREATE TEMP MACRO eclor_pseudonym(scope, content, at_period) AS (
  SELECT sha256(k.outer_pad || unhex(sha256(k.inner_pad || encode(scope || nfc_normalize(trim(content))))))
  FROM eclor_keys k WHERE k.period = at_period
)""",
)
_COMPARISON: Final = _Held(
    table="CREATE OR REPLACE TEMP TABLE eclor_comparison (inner_pad BLOB, outer_pad BLOB)",
    row="INSERT INTO eclor_comparison VALUES (?, ?)",
    macro="eclor_mark",
    function="""
CREATE TEMP MACRO eclor_mark(scope, content) AS (
  SELECT unhex(substr(
    sha256(k.outer_pad || unhex(sha256(k.inner_pad || encode(scope || eclor_normalised(content))))), 1, 16
  ))::BIT::BIGINT
  FROM eclor_comparison k
)""",
)
_NORMALISED: Final = "CREATE TEMP MACRO eclor_normalised(content) AS nfc_normalize(trim(content))"
_ZONES: Final = _Held(
    table="CREATE OR REPLACE TEMP TABLE eclor_zones (commune VARCHAR, epci VARCHAR)",
    row="INSERT INTO eclor_zones VALUES (?, ?)",
    macro="eclor_epci",
    function="CREATE TEMP MACRO eclor_epci(code) AS (SELECT z.epci FROM eclor_zones z WHERE z.commune = code)",
)
_VALUES: Final = "eclor_values"
_VALUES_HELD: Final = "CREATE OR REPLACE TEMP TABLE eclor_held_values AS SELECT * FROM eclor_values"
_VALUES_KNOWN: Final = """
CREATE TEMP MACRO eclor_known(name, value) AS (
  SELECT v.known FROM eclor_held_values v WHERE v.scope = name AND v.content = value
)"""
_LABELS: Final = _Held(
    table="CREATE OR REPLACE TEMP TABLE eclor_labels (label VARCHAR)",
    row="INSERT INTO eclor_labels VALUES (?)",
    macro="eclor_label",
    function="CREATE TEMP MACRO eclor_label(content) AS CAST(content AS eclor_known)",
)
_KNOWN: Final = "CREATE TEMP TYPE eclor_known AS ENUM (SELECT label FROM eclor_labels ORDER BY 1)"


class DuckDBSession:
    """An open session of DuckDB; `opened` makes it."""

    def __init__(self, connection: Connection, files: tuple[Path, ...]) -> None:
        self._engine = connection
        self._files = files
        self._is_read = False

    @property
    def _connection(self) -> Connection:
        """Return the engine, unless an answer is being taken out of it: a question would end that, and say nothing."""
        if self._is_read:
            raise RuntimeError("one question at a time: the batches of the last one have not all been taken")
        return self._engine

    def bind(
        self,
        columns: Sequence[str],
        ranges: Sequence[Range],
        *,
        schema: pa.Schema,
        sorted_by: Sequence[str] = (),
        files: Sequence[Path] | None = None,
    ) -> None:
        """Make `raw` the rows of the stored files that stand in one of the ranges (all rows if there is none).

        Only `columns` are read. `schema` is that of the files, and stands in for them where there is none. Texts of
        `sorted_by` are made ready to be sorted by their bytes. `files` are some of the session's; none named means all.
        """
        read = self._files if files is None else files
        _scrubbed(lambda: self._bind(columns, self._stored(read, ranges, schema), sorted_by))

    def _stored(self, files: Sequence[Path], ranges: Sequence[Range], schema: pa.Schema) -> Relation:
        if files:
            rows = self._connection.read_parquet([str(file) for file in files])
        else:
            rows = self._connection.from_arrow(schema.empty_table())
        if not ranges or all_within(files, ranges):
            return rows
        return rows.filter(reduce(or_, (_within(bounds) for bounds in ranges)))

    def _bind(self, columns: Sequence[str], rows: Relation, sorted_by: Sequence[str]) -> None:
        ranks = ranked(self._connection, rows, sorted_by)
        selected = [
            duckdb.ColumnExpression(name).cast(self._connection.type(ranks[name])).alias(name)
            if name in ranks
            else duckdb.ColumnExpression(name)
            for name in columns
        ]
        rows.select(*selected).create_view(RAW, replace=True)

    def know_local_time(self, low: datetime, high: datetime) -> None:
        """Define `eclor_paris` for naive UTC instants from `low` to `high`."""
        self._redefine(_PARIS, _PARIS_AS.format(body=local_time(low, high) or BY_CALENDAR))

    def know_any_local_time(self) -> None:
        """Define `eclor_paris` for any instant, at the cost of the engine's calendar."""
        self._redefine(_PARIS, _PARIS_AS.format(body=BY_CALENDAR))

    def know_periods(self, begins: Mapping[datetime, date]) -> None:
        """Define `eclor_period` for the rows of some release periods: the first day of each by its first instant."""
        self._redefine("eclor_period", _PERIOD_AS.format(body=told_by_beginnings(begins)))

    def hold_keys(self, keys: Mapping[date, Revealing]) -> None:
        """Hold the HMAC key of each release period, named by its first day, and define `eclor_pseudonym`."""
        rows = [(period, *pads(key.reveal())) for period, key in sorted(keys.items())]
        _scrubbed(lambda: self._hold(_KEYS, rows))
        self._redefine(_KEYS.macro, _KEYS.function)

    def hold_comparison_key(self, key: Revealing) -> None:
        """Hold the HMAC key of a comparison group, and define `eclor_mark` (the first 64 bits, signed).

        `eclor_normalised` too, which says what is hashed.
        """
        rows = [pads(key.reveal())]
        _scrubbed(lambda: self._hold(_COMPARISON, rows))
        self._redefine("eclor_normalised", _NORMALISED)
        self._redefine(_COMPARISON.macro, _COMPARISON.function)

    def hold_zones(self, epci_by_commune: Mapping[str, str]) -> None:
        """Hold which EPCI each commune belongs to, and define `eclor_epci`."""
        rows = sorted(epci_by_commune.items())
        _scrubbed(lambda: self._hold(_ZONES, rows))
        self._redefine(_ZONES.macro, _ZONES.function)

    def know_values(self, values: pa.Table) -> None:
        """Hold what was found for some values in a table in memory, and define `eclor_known`."""
        _scrubbed(lambda: self._hold_values(values))
        self._redefine("eclor_known", _VALUES_KNOWN)

    def _hold_values(self, values: pa.Table) -> None:
        self._connection.register(_VALUES, values)
        self._connection.execute(_VALUES_HELD)
        self._connection.unregister(_VALUES)

    def know_labels(self, labels: Sequence[str]) -> None:
        """Define `eclor_label`, which gives a text of this list in its byte order."""
        _scrubbed(lambda: self._hold(_LABELS, [(label,) for label in labels]))
        _scrubbed(lambda: self._connection.execute(_KNOWN))
        self._redefine(_LABELS.macro, _LABELS.function)

    def arrow(self, expression: Expression) -> pa.Table:
        """Return what an Ibis expression gives, in memory."""
        query = sql_of(expression, dialect=_DIALECT)
        return _scrubbed(lambda: self._connection.execute(query).to_arrow_table())

    def batches(self, expression: Expression) -> Iterator[pa.RecordBatch]:
        """Yield what an Ibis expression gives, in any order, some rows at a time, before the session is used again.

        What is held at once beside the memory limit is one batch.
        """
        query = sql_of(expression, dialect=_DIALECT)
        reader = _scrubbed(lambda: self._connection.execute(query).to_arrow_reader(_BATCH))
        self._is_read = True
        try:
            while (batch := said_by_kind(lambda: next(reader, None), _FAILURES)) is not None:
                yield batch
        finally:
            self._is_read = False

    def write(self, expression: Expression, path: Path) -> int:
        """Write what an Ibis expression gives, in its order, as one zstd Parquet file; count rows.

        Spills beyond the memory limit.
        """
        query = sql_of(expression, dialect=_DIALECT)
        _scrubbed(lambda: self._connection.sql(query).write_parquet(str(path), compression="zstd"))
        return int(pq.read_metadata(path).num_rows)

    def _hold(self, held: "_Held", rows: Sequence[tuple[object, ...]]) -> None:
        self._connection.execute(held.table)
        if rows:
            self._connection.executemany(held.row, rows)

    def _redefine(self, macro: str, statement: str) -> None:
        _scrubbed(lambda: self._connection.execute(f"DROP MACRO IF EXISTS {macro}"))
        _scrubbed(lambda: self._connection.execute(statement))


@contextmanager
def opened(files: tuple[Path, ...], limits: Limits) -> Iterator[DuckDBSession]:
    """Open a session that may read `files` and write under the limits' folder, nothing else; close it after use.

    Refuses (`GuaranteeBroken`, `engine.failed`) with the kind of error alone when the engine fails.
    """
    connection = _scrubbed(lambda: _connected(files, limits))
    try:
        yield DuckDBSession(connection, files)
    finally:
        connection.close()


def _scrubbed(action: Callable[[], Answer]) -> Answer:
    return said_by_kind(action, (duckdb.Error,), too_large=(duckdb.OutOfRangeException,))


def _connected(files: tuple[Path, ...], limits: Limits) -> Connection:
    connection = duckdb.connect(
        config={
            "threads": limits.threads,
            "memory_limit": limits.memory,
            "temp_directory": str(limits.folder / "spill"),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        }
    )
    connection.execute(COUNTED)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")  # it would stand in what a command prints, --json too
    close_to(connection, files, [limits.folder])
    connection.execute("SET lock_configuration = true")
    return connection


def _within(bounds: Range) -> Expression:
    column = duckdb.ColumnExpression(bounds.column)
    low, high = duckdb.ConstantExpression(bounds.low), duckdb.ConstantExpression(bounds.high)
    return (column >= low) & (column < high)
