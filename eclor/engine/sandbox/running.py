"""Questions run on stored rows: an engine for each set of tables, which sees the files of these and nothing else."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

import duckdb

from eclor.engine.closing import close_to
from eclor.engine.handles import Connection
from eclor.engine.quoting import quoted, text_literal
from eclor.engine.sandbox.ordering import in_order
from eclor.engine.sandbox.question import MOST_ROWS, Ordering
from eclor.engine.sandbox.refusal import Kind, SqlRefused, invalid
from eclor.engine.sandbox.rendering import Rendered, rendered
from eclor.engine.sandbox.watch import Watch

OPEN_S: Final = 60.0
"""How long an engine stays open: what it remembers of a version that was withdrawn is gone within that time."""
_MOST_OPEN: Final = 8
_MESSAGE: Final = 300
_SMALL_BYTES: Final = 500_000
"""What a file may weigh for its rows to be held in memory."""
_FEW_CELLS: Final = 2_000
"""Of an answer: these are put in order sooner than the engine is asked to."""
_SETTINGS: Final = (
    "SET TimeZone = 'UTC'",
    "SET enable_progress_bar = false",
    "SET integer_division = true",
    "SET python_enable_replacements = false",
    "SET enable_external_file_cache = false",
    "SET temp_directory = ''",
)
_STORED_AS: Final[Mapping[str, str]] = {
    "int4": "INTEGER",
    "int8": "BIGINT",
    "numeric": "DECIMAL(38, 10)",
    "float8": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
    "timestamp": "TIMESTAMP",
    "timestamptz": "TIMESTAMPTZ",
    "json": "JSON",
    "_int4": "INTEGER[]",
}
"""The engine's type of a column, by its PostgreSQL type; anything else is text."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A table: its name in the engine, its Parquet file, its columns with their PostgreSQL types, in order."""

    view: str
    path: str
    columns: tuple[tuple[str, str], ...]


class Engines:
    """The engines of one process."""

    def __init__(self, memory: str, seconds: float) -> None:
        self._memory = memory
        self._seconds = seconds
        self._watch = Watch()
        self._open: OrderedDict[tuple[Stored, ...], tuple[float, Connection, int]] = OrderedDict()

    def answer(self, said: str, tables: Sequence[Stored], ordering: Ordering | None = None) -> Rendered:
        """Return what a question gives. Refuses (`SqlRefused`) what takes too long or too much, or is no question.

        Few rows are put in order here where the question's ordering is known.
        """
        engine, rows = self._engine(tuple(sorted(set(tables), key=lambda table: table.view)))
        self._watch.begin(engine, self._seconds)
        try:
            if ordering is not None and rows * ordering.outputs <= _FEW_CELLS:
                found = in_order(_asked(engine, said.removesuffix(ordering.tail)), ordering)
                if found is not None:
                    return rendered(found, MOST_ROWS)
            return rendered(_asked(engine, said), MOST_ROWS)
        except duckdb.Error as error:
            raise _refused(error) from error
        except MemoryError as error:
            raise _heavy("memory") from error
        finally:
            self._watch.end()

    def _engine(self, tables: tuple[Stored, ...]) -> tuple[Connection, int]:
        """Return the engine of some tables, and how many rows they have."""
        now = monotonic()
        while self._open and (next(iter(self._open.values()))[0] <= now or len(self._open) > _MOST_OPEN):
            _, (_, old, _) = self._open.popitem(last=False)
            old.close()
        if tables not in self._open:
            self._open[tables] = (now + OPEN_S, *_opened(tables, self._memory))
        return self._open[tables][1:]


def _asked(engine: Connection, said: str) -> Connection:
    """Ask a question that is one SELECT, and nothing else."""
    statements = engine.extract_statements(said)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise invalid("Query is not a single statement")
    return engine.execute(statements[0])


def _opened(tables: tuple[Stored, ...], memory: str) -> tuple[Connection, int]:
    try:
        engine = _closed_to_the_outside(tables, memory)
        return engine, sum(map(partial(_rows, engine), tables))
    except duckdb.Error as error:
        raise SqlRefused(Kind.BROKEN, "the rows cannot be read") from error


def _closed_to_the_outside(tables: tuple[Stored, ...], memory: str) -> Connection:
    engine = duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": memory,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "allow_unsigned_extensions": False,
        }
    )
    for setting in _SETTINGS:
        engine.execute(setting)
    close_to(engine, [Path(table.path) for table in tables])
    for table in tables:
        _view(engine, table)
    if all(map(_is_small, tables)):
        engine.execute("SET disabled_optimizers = 'compressed_materialization'")  # costs more than it spares there
    engine.execute("SET lock_configuration = true")
    return engine


def _view(engine: Connection, table: Stored) -> None:
    """Define a table, `_id` being the row's place, and the same with `_full_text` behind.

    A column that is stored as text and is not one is read as what it is; what cannot be is null. A small table is held
    in memory.
    """
    source = f"read_parquet({text_literal(table.path)}, file_row_number = true)"
    stored = {name: kind for name, kind, *_ in engine.execute("DESCRIBE FROM " + source).fetchall()}
    columns = [_column(name, kind, stored[name]) for name, kind in table.columns]
    chosen = ", ".join(["CAST(file_row_number + 1 AS INTEGER) AS _id", *columns])
    names = ", ".join(["' '", *(f"CAST({quoted(name)} AS VARCHAR)" for name, _ in table.columns)])
    words = f"strip_accents(lower(concat_ws({names}))) AS _full_text"
    _make(engine, "TABLE" if _is_small(table) else "VIEW", table.view, chosen=chosen, source=source)
    _make(engine, "VIEW", searched(table.view), chosen=f"*, {words}", source=quoted(table.view))


def _rows(engine: Connection, table: Stored) -> int:
    counted: tuple[int] = engine.execute(" ".join(["SELECT count(*) FROM", quoted(table.view)])).fetchone()
    return counted[0]


def _is_small(table: Stored) -> bool:
    return Path(table.path).stat().st_size <= _SMALL_BYTES


def _make(engine: Connection, kind: str, name: str, *, chosen: str, source: str) -> None:
    engine.execute(" ".join(["CREATE", kind, quoted(name), "AS SELECT", chosen, "FROM", source]))


def searched(view: str) -> str:
    """Return the name of a table that has its full text."""
    return f"{view} with words"


def _column(name: str, kind: str, stored: str) -> str:
    wanted = _STORED_AS.get(kind, "VARCHAR")
    if wanted == "VARCHAR" or stored != "VARCHAR":
        return quoted(name)
    return f"TRY_CAST({quoted(name)} AS {wanted}) AS {quoted(name)}"


def _refused(error: duckdb.Error) -> SqlRefused:
    """Say what is wrong with a question in the engine's words, unless these tell of the house."""
    match error:
        case duckdb.InterruptException():
            return _heavy("time")
        case duckdb.OutOfMemoryException():
            return _heavy("memory")
        case duckdb.IOException() | duckdb.InternalException() | duckdb.FatalException() | duckdb.PermissionException():
            return SqlRefused(Kind.BROKEN, "the rows cannot be read")
        case _:
            return invalid(str(error).partition("\n")[0][:_MESSAGE])


def _heavy(what: str) -> SqlRefused:
    return SqlRefused(Kind.HEAVY, f"Query took too much {what}; filter more, or download the file")
