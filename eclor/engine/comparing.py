"""The rows that differ between two Parquet files, found by one outer join, bounded in threads, memory and time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Final

import duckdb
import structlog

from eclor.engine.closing import close_to
from eclor.engine.handles import Connection
from eclor.errors import RequestRefused

log = structlog.get_logger(__name__)
Cell = str | int | float | bool | Decimal | None
Row = tuple[Cell, ...]

MEMORY: Final = "256MB"
"""What the comparison may hold before it spills."""
MOST_SECONDS: Final = 20.0
"""What it may take; beyond it the reader is told so."""
_REPEATED: Final = "SELECT count(*) > count(DISTINCT row({key})) FROM {side}"
_JOINED: Final = """
CREATE TEMP TABLE differing AS
SELECT CASE WHEN o.here IS NULL THEN 1 WHEN n.here IS NULL THEN -1 ELSE 0 END AS kind, 1 AS times, {told}
FROM (SELECT true AS here, * FROM was) o FULL JOIN (SELECT true AS here, * FROM now) n ON {alike}
WHERE o.here IS NULL OR n.here IS NULL OR {differs}"""
_COUNTED: Final = """
CREATE TEMP TABLE differing AS
SELECT sign(sum(side))::INT AS kind, abs(sum(side))::BIGINT AS times, {named}
FROM (SELECT 1 AS side, {named} FROM now UNION ALL SELECT -1 AS side, {named} FROM was)
GROUP BY {named} HAVING sum(side) <> 0"""
_TOTALS: Final = """
SELECT coalesce(sum(times) FILTER (kind = 1), 0), coalesce(sum(times) FILTER (kind = -1), 0),
       coalesce(sum(times) FILTER (kind = 0), 0)
FROM differing"""
_IN_ORDER: Final = "SELECT * FROM differing ORDER BY {places}"
"""`kind`: 1 added, -1 removed, 0 changed; `times` such rows; c… the matched cells, oc… and nc… the others by side."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two files, and their common columns: those that match rows, and the rest.

    Of a `masked` column a null hides a value: it is a null of both sides. `status` says of a whole row that it is
    masked, and is never a change by itself.
    """

    old: Path
    new: Path
    key: tuple[str, ...]
    rest: tuple[str, ...]
    masked: frozenset[str]
    status: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return all that is compared."""
        return (*self.key, *self.rest)

    @property
    def width(self) -> int:
        """Return how many columns that is."""
        return len(self.key) + len(self.rest)


@dataclass(frozen=True, slots=True)
class Found:
    """Rows as they are told, in key order: only in the new file, only in the old one, in both but not alike."""

    keyed: bool
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]


@dataclass(frozen=True, slots=True)
class Many:
    """More rows differ than were asked for: how many there are of each."""

    added: int
    removed: int
    changed: int


def types_of(file: Path) -> dict[str, str]:
    """Return the columns of a Parquet file with their types as the engine names them. Refuses an unreadable file."""
    with _opened((file,)) as connection:
        rows = connection.read_parquet(str(file))
        return dict(zip(rows.columns, map(str, rows.types), strict=True))


def compare(sides: Sides, *, most: int) -> Found | Many:
    """Find what differs: rows matched by `key`, or as multisets where it is empty or does not tell rows apart.

    Refuses (503) files that cannot be read, and what takes longer than `MOST_SECONDS` or more room than `MEMORY`.
    """
    with _opened((sides.old, sides.new)) as connection:
        for view, file in (("was", sides.old), ("now", sides.new)):
            named = zip(sides.columns, _places(0, sides.width), strict=True)
            told = [duckdb.ColumnExpression(column).alias(place) for column, place in named]
            connection.read_parquet(str(file)).select(*told).create_view(view)
        keyed = _tells_apart(connection, len(sides.key))
        connection.execute(_join(sides) if keyed else _count(sides.width))
        added, removed, changed = connection.execute(_TOTALS).fetchone()
        if added + removed + changed > most:
            return Many(int(added), int(removed), int(changed))
        return _told(connection, sides, keyed=keyed)


def _places(first: int, after: int) -> list[str]:
    """Return the names of columns in the engine: their places, so that no word of a dataset is one of ours."""
    return [f"c{place}" for place in range(first, after)]


def _tells_apart(connection: Connection, width: int) -> bool:
    """Say whether no two rows of a side have the same key, the first `width` columns."""
    if not width:
        return False
    key = ", ".join(_places(0, width))
    asked = [_REPEATED.format(key=key, side=side) for side in ("was", "now")]
    return not any(connection.execute(question).fetchone()[0] for question in asked)


def _join(sides: Sides) -> str:
    """Return the statement that keeps, of rows matched by key, those that differ."""
    key, rest = _places(0, len(sides.key)), _places(len(sides.key), sides.width)
    told = [f"CASE WHEN n.here THEN n.{place} ELSE o.{place} END AS {place}" for place in key]
    told += [f"{side}.{place} AS {side}{place}" for place in rest for side in "on"]
    alike = " AND ".join(f"o.{place} IS NOT DISTINCT FROM n.{place}" for place in key)
    named = zip(sides.rest, rest, strict=True)
    compared = [_differs(place, masked=name in sides.masked) for name, place in named if name != sides.status]
    return _JOINED.format(told=", ".join(told), alike=alike, differs=" OR ".join(["false", *compared]))


def _differs(place: str, *, masked: bool) -> str:
    return f"coalesce(o.{place} <> n.{place}, false)" if masked else f"o.{place} IS DISTINCT FROM n.{place}"


def _count(width: int) -> str:
    """Return the statement that counts equal rows on both sides and keeps those of which there are more on one."""
    return _COUNTED.format(named=", ".join(_places(0, width)))


def _told(connection: Connection, sides: Sides, *, keyed: bool) -> Found:
    width = len(sides.key) if keyed else sides.width
    places = ", ".join(f"{place} NULLS FIRST" for place in _places(0, width))
    rows = connection.execute(_IN_ORDER.format(places=places)).fetchall()
    added, removed, changed = [], [], []
    for kind, times, *cells in rows:
        key, pairs = tuple(cells[:width]), list(zip(cells[width::2], cells[width + 1 :: 2], strict=True))
        before, after = (*key, *(old for old, _ in pairs)), (*key, *(new for _, new in pairs))
        match kind:
            case 1:
                added += [after] * times
            case -1:
                removed += [before] * times
            case _:
                changed.append(_masked_alike(before, after, sides))
    return Found(keyed, tuple(added), tuple(removed), tuple(changed))


def _masked_alike(before: Row, after: Row, sides: Sides) -> tuple[Row, Row]:
    """Return both states of a row, each cell masked in one of them masked in the other."""
    old, new = list(before), list(after)
    for place, name in enumerate(sides.columns):
        if name in sides.masked and (old[place] is None or new[place] is None):
            old[place] = new[place] = None
    return tuple(old), tuple(new)


@contextmanager
def _opened(files: tuple[Path, ...]) -> Iterator[Connection]:
    """Open a session that reads these files and nothing else, and is interrupted when its time is over."""
    with TemporaryDirectory(prefix="eclor-compare-") as spill:
        connection = duckdb.connect(
            config={
                "threads": 1,
                "memory_limit": MEMORY,
                "temp_directory": spill,
                "max_temp_directory_size": "2GB",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        timer = Timer(MOST_SECONDS, connection.interrupt)
        try:
            connection.execute("SET enable_progress_bar = false")
            close_to(connection, files, [Path(spill)])
            connection.execute("SET lock_configuration = true")
            timer.start()
            yield connection
        except (duckdb.InterruptException, duckdb.OutOfMemoryException):
            raise RequestRefused("differences.too-slow") from None
        except duckdb.Error as error:
            log.warning("differences.failed", kind=type(error).__name__)
            raise RequestRefused("api.bytes-missing") from None
        finally:
            timer.cancel()
            connection.close()
