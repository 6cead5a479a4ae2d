"""The private indexes of rows (`rows.sqlite`), opened read only; each answer is bounded in time."""

import re
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.folding import fold
from api.forms import like
from catalog.indexing import index_of
from catalog.views import VersionView
from eclor.errors import RequestRefused

MOST_SECONDS: Final = 5.0
"""What one question may take; beyond it the reader is told to filter or to download."""
_OPEN_FILES: Final = 16
_OPEN_S: Final = 60.0
"""How long a file stays open: a withdrawn version's blocks leave the disk within that time."""
_STEPS_BETWEEN_LOOKS: Final = 1_000
"""Steps of SQLite's machine: a hundred cells or so, each of which a function may have to read whole."""
_QUICK_S: Final = 0.03
"""What a question may take on the event loop."""
_STATISTICS: Final = "SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'rows' AND idx IS NOT NULL"
_INDEXED: Final = "SELECT name FROM pragma_index_info(?)"
_MAPPED: Final = "PRAGMA mmap_size = 1073741824"
"""Pages are read where the kernel holds them, without a copy nor a call each."""
PLACES: Final = re.compile(r"\[\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*,\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)")
"""The pairs of a position in brackets or of a GeoJSON geometry, longitude first."""
Cell = str | int | float | None
Record = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL question and the values that it binds."""

    sql: str
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An open index; `touched` says of each indexed column how many rows one of its values has, about."""

    connection: sqlite3.Connection
    touched: Mapping[str, float]


class RowFiles:
    """The indexes of one worker. `quickly` is for seeks by key, on the event loop; `patiently` for all else."""

    def __init__(self, published: Path, ticks: Callable[[], float] = monotonic) -> None:
        self.published = published
        self._ticks = ticks
        self._open: OrderedDict[int, tuple[float, Index]] = OrderedDict()
        self._deadline = 0.0

    def quickly(self, version: VersionView, statement: Statement) -> list[Record]:
        """Answer a question that reads a page by its key. Refuses (503) a file that cannot be read."""
        try:
            return self._held(version).connection.execute(statement.sql, statement.values).fetchall()
        except sqlite3.Error as error:
            raise RequestRefused("api.bytes-missing") from error

    def sought(self, version: VersionView, statement: Statement) -> list[Record] | None:
        """Answer a question that an index should answer at once; None if it turns out to be a long one."""
        connection = self._held(version).connection
        self._deadline = self._ticks() + _QUICK_S
        connection.set_progress_handler(lambda: self._ticks() > self._deadline, _STEPS_BETWEEN_LOOKS)
        try:
            return connection.execute(statement.sql, statement.values).fetchall()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                return None
            raise RequestRefused("api.bytes-missing") from error
        finally:
            connection.set_progress_handler(None, 0)

    def touched(self, version: VersionView) -> Mapping[str, float] | None:
        """Return the indexed columns of a version, each with the rows of one value; None while it has no index."""
        if version.id not in self._open and not self._path(version).exists():
            return None
        return self._held(version).touched

    async def patiently(self, version: VersionView, statements: Sequence[Statement]) -> list[list[Record]]:
        """Answer questions in a thread. Refuses (503) what takes more than `MOST_SECONDS`."""
        return await run_in_threadpool(_answer_all, self._path(version), statements)

    def close(self) -> None:
        """Close what is open."""
        while self._open:
            self._open.popitem()[1][1].connection.close()

    def _path(self, version: VersionView) -> Path:
        return index_of(self.published, version)

    def _held(self, version: VersionView) -> Index:
        now = self._ticks()
        while self._open and (next(iter(self._open.values()))[0] <= now or len(self._open) > _OPEN_FILES):
            self._open.popitem(last=False)[1][1].connection.close()
        if version.id not in self._open:
            self._open[version.id] = (now + _OPEN_S, _index(self._path(version)))
        return self._open[version.id][1]


def _index(path: Path) -> Index:
    try:
        connection = _connect(path)
        return Index(connection, dict(_touched(connection)))
    except sqlite3.Error as error:
        raise RequestRefused("api.bytes-missing") from error


def _touched(connection: sqlite3.Connection) -> Iterator[tuple[str, float]]:
    """Read what the index says of itself: `stat` is the number of rows, then of rows with equal first columns."""
    for name, stat in connection.execute(_STATISTICS).fetchall():
        columns = [column for (column,) in connection.execute(_INDEXED, (name,)).fetchall()]
        yield columns[0], float(stat.split()[1])


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute(_MAPPED)
    for name, (arguments, function) in _FUNCTIONS.items():
        connection.create_function(name, arguments, function, deterministic=True)
    return connection


def _answer_all(path: Path, statements: Sequence[Statement]) -> list[list[Record]]:
    try:
        with closing(_connect(path)) as connection:
            deadline = monotonic() + MOST_SECONDS
            connection.set_progress_handler(lambda: monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
            return [connection.execute(one.sql, one.values).fetchall() for one in statements]
    except sqlite3.OperationalError as error:
        interrupted = error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
        raise RequestRefused("api.too-slow" if interrupted else "api.bytes-missing") from error
    except sqlite3.Error as error:
        raise RequestRefused("api.bytes-missing") from error


def _folded(value: object) -> str | None:
    return None if value is None else fold(str(value))


def _holds_folded(value: object, word: str, pattern: str) -> bool | None:
    del pattern  # that is for the other engine
    return None if value is None else word in fold(str(value))


def _fits(value: object, form: str, pattern: str) -> bool | None:
    del pattern  # that is for the other engine
    return like(value, form)


def _of_texts(compared: Callable[[str, str], bool]) -> Callable[[object, object], bool | None]:
    """Return a comparison of texts that says nothing of what is missing."""

    def told(value: object, given: object) -> bool | None:
        return None if value is None or given is None else compared(str(value), str(given))

    return told


def _in_box(value: object, west: float, south: float, east: float, north: float) -> bool | None:
    """Say whether a position or a geometry's box meets a box; None if it says no place."""
    places = [(float(one), float(other)) for one, other in PLACES.findall(f"[{value}]")] if value is not None else []
    if not places:
        return None
    across, up = zip(*places, strict=True)
    return bool(min(across) <= east and max(across) >= west and min(up) <= north and max(up) >= south)


_FUNCTIONS: Final[Mapping[str, tuple[int, Callable[..., Cell]]]] = MappingProxyType(
    {
        "folded": (1, _folded),
        "holds_folded": (3, _holds_folded),
        "fits": (3, _fits),
        "holds": (2, _of_texts(str.__contains__)),
        "begins": (2, _of_texts(str.startswith)),
        "ends": (2, _of_texts(str.endswith)),
        "in_box": (5, _in_box),
    }
)
"""What a question may call beside SQL's own (`api.rows`)."""
