"""Scans of a version's rows: DuckDB over its Parquet file, one core, little memory, nothing else within its reach.

For what an index does not answer: filters, orders and groups over all rows. The engine is loaded at the first scan.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from starlette.concurrency import run_in_threadpool

from api.row_files import MOST_SECONDS, Cell, Record, Statement
from api.rows import ROWS, is_number
from api.turns import Turns
from catalog.rows_index import NUMBER, SCANNED
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from eclor.engine.closing import close_to
from eclor.engine.quoting import quoted, text_literal
from eclor.errors import RequestRefused

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from api.summaries import Summary
    from api.tallies import Tallies

Answer = TypeVar("Answer")
_MEMORY: Final = "384MB"
"""What one version's engine may use; nothing spills to the disk."""
_OPEN_ENGINES: Final = 4
_OPEN_S: Final = 60.0
"""How long an engine stays open that nobody asks."""
_LONGEST_S: Final = 600.0
"""How long it stays open however often it is asked: an ended version's numbers leave the memory at the first question
to any version after that."""
HELD: Final = "held"
_MOST_HELD: Final = 12_000_000
"""Numbers of one version that may be held in memory: about 100 MB."""
_AGAIN: Final = 2
_LAST_S: Final = 10.0
"""What an engine must have left for its memory to be asked: the question comes a moment later."""
_WHOLE: Final = (("TINYINT", 2**7), ("SMALLINT", 2**15), ("INTEGER", 2**31))
_LARGEST: Final = 2**63 - 1
_PAIR: Final = "\\[\\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*,\\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)"
_MACROS: Final = (
    "CREATE MACRO folded(x) AS strip_accents(lower(CAST(x AS VARCHAR)))",
    "CREATE MACRO holds(x, part) AS contains(CAST(x AS VARCHAR), part)",
    "CREATE MACRO holds_folded(x, word, pattern) AS regexp_matches(CAST(x AS VARCHAR), pattern)",
    "CREATE MACRO fits(x, form, pattern) AS regexp_full_match(CAST(x AS VARCHAR), pattern)",
    "CREATE MACRO begins(x, part) AS starts_with(CAST(x AS VARCHAR), part)",
    "CREATE MACRO ends(x, part) AS suffix(CAST(x AS VARCHAR), part)",
    "CREATE MACRO axis(x, n) AS list_transform(regexp_extract_all('[' || x || ']', '"
    + _PAIR
    + "', n), lambda one: TRY_CAST(one AS DOUBLE))",
    "CREATE MACRO crosses(numbers, low, high) AS list_min(numbers) <= high AND list_max(numbers) >= low",
    "CREATE MACRO meets(x, w, s, e, n) AS (crosses(axis(x, 1), w, e) AND crosses(axis(x, 2), s, n))",
    "CREATE MACRO degrees(x, n) AS TRY_CAST(split_part(x, ',', n) AS DOUBLE)",
    "CREATE MACRO stands(x, w, s, e, n) AS (degrees(x, 1) BETWEEN w AND e AND degrees(x, 2) BETWEEN s AND n)",
    "CREATE MACRO in_box(x, w, s, e, n) AS if(starts_with(x, '{'), meets(x, w, s, e, n), stands(x, w, s, e, n))",
)
"""The functions that a question may call (`api.rows`)."""


@dataclass(slots=True)
class Engine:
    """A version's open engine, `until` then and at the `last` then.

    `asked` counts scans of its numbers, which are then `held` in memory, once `ready`; `tallies` are held beside it.
    """

    last: float
    connection: "duckdb.DuckDBPyConnection"
    until: float = 0.0
    asked: int = 0
    held: bool = False
    ready: bool = False
    tallies: "Tallies | None" = None


class Scans:
    """The engines of one worker, one a version, each closed once nobody asked it for a minute, at the next question."""

    def __init__(self, published: Path, turns: Turns, ticks: Callable[[], float] = monotonic) -> None:
        self._published = published
        self._turns = turns
        self._ticks = ticks
        self._open: OrderedDict[int, Engine] = OrderedDict()
        self._opening = Lock()

    async def rows(self, version: VersionView, statement: Statement, *, client: str = "") -> list[Record]:
        """Return what a question gives. Refuses what takes too long (503) or too much memory (422)."""

        def fetched(cursor: "duckdb.DuckDBPyConnection") -> list[Record]:
            return _cells(cursor.execute(statement.sql, statement.values))

        return await self._asked(version, fetched, client=client)

    async def tallied(
        self, version: VersionView, summary: "Summary", *, most: int, client: str = ""
    ) -> list[Record] | None:
        """Return the first lines of a summary that is `tallied` by what is held to tally; None where that is not so."""
        engine = await self._engine(version)
        if engine.tallies is None:
            engine.tallies = await run_in_threadpool(_tallies, version.rows)
        tallies = engine.tallies
        if not tallies.takes(summary):
            return None
        try:
            return await self._asked(
                version, lambda cursor: tallies.lines(cursor, _cells, summary, most), client=client
            )
        except RequestRefused:
            return None  # what could not be held: the engine says what it makes of the question

    async def table(self, version: VersionView, statement: Statement, *, client: str = "") -> "pa.Table":
        """Return the same as an Arrow table, its types those of the Parquet file."""

        def fetched(cursor: "duckdb.DuckDBPyConnection") -> "pa.Table":
            return cursor.execute(statement.sql, statement.values).to_arrow_table()

        return await self._asked(version, fetched, client=client)

    async def batches(
        self, version: VersionView, statement: Statement, *, size: int, client: str = ""
    ) -> AsyncIterator["pa.RecordBatch"]:
        """Give what a question gives by batches of that many rows, each in its turn; an empty one of nothing."""
        cursor = _told((await self._engine(version)).connection.cursor)
        try:
            reader = await self._timed(cursor, lambda: _reader(cursor, statement, size), client)
            batch = await self._timed(cursor, lambda: _next(reader), client) or _empty(reader)
            while batch is not None:
                yield batch
                batch = await self._timed(cursor, lambda: _next(reader), client)
        finally:
            cursor.close()

    async def in_turn(self, work: Callable[[], Answer], *, client: str = "") -> Answer:
        """Do a piece of work on files of rows in a thread, once its turn has come. Refuses (503) those not there."""
        async with self._turns.taken(client):
            try:
                return await run_in_threadpool(work)
            except OSError as error:
                raise RequestRefused("api.bytes-missing") from error

    def close(self) -> None:
        """Close what is open."""
        with self._opening:
            while self._open:
                self._open.popitem()[1].connection.close()

    async def _asked(
        self, version: VersionView, fetched: "Callable[[duckdb.DuckDBPyConnection], Answer]", *, client: str
    ) -> Answer:
        cursor = _told((await self._engine(version)).connection.cursor)
        try:
            return await self._timed(cursor, lambda: fetched(cursor), client)
        finally:
            cursor.close()

    async def _timed(self, cursor: "duckdb.DuckDBPyConnection", work: Callable[[], Answer], client: str) -> Answer:
        """Do it in a thread once its turn has come, interrupted at the time limit."""
        async with self._turns.taken(client):
            alarm = asyncio.get_running_loop().call_later(MOST_SECONDS, cursor.interrupt)
            try:
                return await run_in_threadpool(_told, work)
            finally:
                alarm.cancel()

    async def source(self, version: VersionView, columns: frozenset[str], *, client: str = "") -> str:
        """Return the table to scan for these columns: the file, or its numbers held in memory.

        A version whose numbers are asked for again gets them in memory, if they are few enough, for its engine's life.
        """
        numbers = [column for column in version.columns if is_number(column)]
        known = {NUMBER, *(column.name for column in numbers)}
        if not columns or not columns <= known or version.rows * len(numbers) > _MOST_HELD:
            return ROWS
        engine = await self._engine(version)
        engine.asked += 1
        if engine.asked >= _AGAIN and not engine.held:
            engine.held = True
            cursor = _told(engine.connection.cursor)
            try:
                await self._timed(cursor, lambda: _hold(cursor, numbers), client)
                engine.ready = True
            except RequestRefused:
                return ROWS  # not held for as long as this engine lives: the file answers too
            finally:
                cursor.close()
        lasts = engine.until - self._ticks() > _LAST_S
        return HELD if engine.ready and lasts else ROWS

    async def _engine(self, version: VersionView) -> Engine:
        """Return the version's engine: at once if it is open and no other is to be closed."""
        if self._opening.acquire(blocking=False):
            try:
                now = self._ticks()
                found = self._open.get(version.id)
                if found is not None and not self._spent(now):
                    return self._lasting(version, found, now)
            finally:
                self._opening.release()
        return await run_in_threadpool(self._opened, version)

    def _opened(self, version: VersionView) -> Engine:
        with self._opening:
            now = self._ticks()
            for spent in self._spent(now):
                self._open.pop(spent).connection.close()
            if version.id not in self._open:
                path = (self._published / version.folder / SCANNED).resolve()
                self._open[version.id] = Engine(now + _LONGEST_S, _told(lambda: _connected(path)))
            return self._lasting(version, self._open[version.id], now)

    def _lasting(self, version: VersionView, engine: Engine, now: float) -> Engine:
        engine.until = min(now + _OPEN_S, engine.last)
        self._open.move_to_end(version.id)
        return engine

    def _spent(self, now: float) -> list[int]:
        """Return the versions whose engines are to be closed, longest unasked first."""
        ended = [version for version, engine in self._open.items() if engine.until <= now]
        lasting = [version for version in self._open if version not in ended]
        return ended + lasting[: max(0, len(lasting) - _OPEN_ENGINES)]


def _hold(cursor: "duckdb.DuckDBPyConnection", columns: list[ReleaseColumn]) -> None:
    """Hold numbers in memory, whole ones in the narrowest type that takes them all: a third less to go through."""
    names = [quoted(column.name) for column in columns]
    bounds = [f"min({name}), max({name})" for name in names]
    found = cursor.execute(" ".join(["SELECT", ", ".join(bounds), "FROM rows"])).fetchone() or ()
    kinds = [_narrowest(found[2 * place : 2 * place + 2]) for place in range(len(names))]
    chosen = [f"CAST({name} AS {kind}) AS {name}" if kind else name for name, kind in zip(names, kinds, strict=True)]
    table = ["CREATE OR REPLACE TABLE held_rows AS SELECT", ", ".join(chosen), "FROM rows"]
    cursor.execute(" ".join(table))
    view = [
        "CREATE OR REPLACE VIEW",
        HELD,
        "AS SELECT rowid + 1 AS",
        quoted(NUMBER),
        ",",
        ", ".join(names),
        "FROM held_rows",
    ]
    cursor.execute(" ".join(view))


def _narrowest(bounds: tuple[object, ...]) -> str:
    """Return the type of whole numbers from one to another; nothing for decimals, which stay as they are."""
    whole = [bound for bound in bounds if isinstance(bound, int)]
    if len(whole) < len(bounds):
        return ""
    return next((kind for kind, most in _WHOLE if all(-most <= bound < most for bound in whole)), "")


def _tallies(rows: int) -> "Tallies":
    from api.tallies import Tallies  # noqa: PLC0415 - heavy: a worker that groups nothing never loads it

    return Tallies(rows)


def _connected(path: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb  # noqa: PLC0415 - heavy: a worker that scans nothing never loads it

    connection = duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": _MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        }
    )
    source = f"read_parquet({text_literal(str(path))}, file_row_number = true)"
    view = ["CREATE VIEW rows AS SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS", quoted(NUMBER), "FROM"]
    connection.execute("SET enable_progress_bar = false")
    close_to(connection, [path])
    for macro in _MACROS:
        connection.execute(macro)
    connection.execute(" ".join([*view, source]))
    connection.execute("SET lock_configuration = true")
    return connection


def _told(work: Callable[[], Answer]) -> Answer:
    """Do it; say what it was refused for."""
    with _refusals():
        return work()


@contextmanager
def _refusals() -> Iterator[None]:
    import duckdb  # noqa: PLC0415 - heavy: a worker that scans nothing never loads it

    try:
        yield
    except duckdb.InterruptException as error:
        raise RequestRefused("api.too-slow") from error
    except duckdb.OutOfMemoryException as error:
        raise RequestRefused("rows.too-dear") from error
    except (duckdb.ConversionException, duckdb.BinderException, duckdb.OutOfRangeException) as error:
        raise RequestRefused("rows.bad-value") from error
    except duckdb.Error as error:
        raise RequestRefused("api.bytes-missing") from error


def _reader(cursor: "duckdb.DuckDBPyConnection", statement: Statement, size: int) -> "pa.RecordBatchReader":
    return cursor.execute(statement.sql, statement.values).to_arrow_reader(size)


def _next(reader: "pa.RecordBatchReader") -> "pa.RecordBatch | None":
    return next(reader, None)


def _empty(reader: "pa.RecordBatchReader") -> "pa.RecordBatch":
    import pyarrow as pa  # noqa: PLC0415 - heavy: a worker that scans nothing never loads it

    return pa.RecordBatch.from_pylist([], schema=reader.schema)


def _cells(cursor: "duckdb.DuckDBPyConnection") -> list[Record]:
    """Return what was found as the index would give it."""
    return _plain(cursor.fetchall(), _odd(cursor))


def _odd(cursor: "duckdb.DuckDBPyConnection") -> list[int]:
    """Return the places of the columns whose values are not yet what the index would give."""
    kinds = [str(kind) for _, kind, *_ in cursor.description or ()]
    return [place for place, kind in enumerate(kinds) if kind.startswith(("DECIMAL", "BOOL", "HUGEINT", "NUMBER"))]


def _plain(rows: list[Record], odd: list[int]) -> list[Record]:
    if not odd:
        return rows
    return [tuple(cell_of(cell) if place in odd else cell for place, cell in enumerate(row)) for row in rows]


def cell_of(cell: object) -> Cell:
    """Return a value as SQLite keeps it: booleans are texts `0` and `1`, decimals are floats."""
    match cell:
        case bool():
            return str(int(cell))
        case Decimal():
            return int(cell) if cell == cell.to_integral_value() and abs(cell) <= _LARGEST else float(cell)
        case int() if abs(cell) > _LARGEST:
            return float(cell)
        case None | str() | int() | float():
            return cell
        case _:
            return str(cell)
