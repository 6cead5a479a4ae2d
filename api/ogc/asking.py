"""Pages of rows that fit a filter, asked of an index in a thread, each bounded in time; the count, if time is left."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from api.ogc.functions import teach
from api.ogc.terms import Sql
from api.row_files import MOST_SECONDS, Cell, Record
from eclor.engine.quoting import quoted
from eclor.errors import RequestRefused

COUNT_SECONDS: Final = 1.0
"""What counting all that fits may take: beyond it the answer does not say (`numberMatched` may be left out)."""
_STEPS_BETWEEN_LOOKS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A page: the columns wanted, the condition, the column of its order, the value that it begins behind."""

    columns: tuple[str, ...]
    where: Sql
    order: str
    after: Cell
    limit: int


@dataclass(frozen=True, slots=True)
class Page:
    """Its rows, whether there are more, how many fit in all (None: it would take too long to count)."""

    rows: list[Record]
    more: bool
    matched: int | None


def ask(path: Path, asked: Asked, known_count: int | None) -> Page:
    """Answer from an index file. Refuses (503) what takes more than `MOST_SECONDS`, and a file that is not there."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            teach(connection)
            return answered(connection, asked, known_count)
    except sqlite3.Error as error:
        raise RequestRefused("api.bytes-missing") from error


def answered(connection: sqlite3.Connection, asked: Asked, known_count: int | None) -> Page:
    """Answer from an open index that knows the functions of filters."""
    rows = _bounded(connection, _page(asked), MOST_SECONDS)
    if rows is None:
        raise RequestRefused("api.too-slow")
    more = len(rows) > asked.limit
    matched = known_count
    if matched is None and asked.after is None and not more:
        matched = len(rows)
    if matched is None:
        counted = _bounded(connection, _count(asked.where), COUNT_SECONDS)
        matched = None if counted is None else int(str(counted[0][0]))
    return Page(rows[: asked.limit], more, matched)


def _page(asked: Asked) -> Sql:
    """Return the question of a page and one row more, which says whether there is a next one."""
    order = quoted(asked.order)
    behind = Sql("1") if asked.after is None else Sql(f"{order} > ?", (asked.after,))
    parts = ["SELECT", ", ".join(map(quoted, (*asked.columns, asked.order))), "FROM rows WHERE"]
    parts += [behind.text, "AND", asked.where.text, "ORDER BY", order, "LIMIT ?"]
    return Sql(" ".join(parts), (*behind.values, *asked.where.values, asked.limit + 1))


def _count(where: Sql) -> Sql:
    parts = ["SELECT count(*) FROM rows WHERE", where.text]
    return Sql(" ".join(parts), where.values)


def _bounded(connection: sqlite3.Connection, question: Sql, seconds: float) -> list[Record] | None:
    """Return the answer, or None if it is not there in time."""
    with _deadline(connection, monotonic, seconds):
        try:
            return connection.execute(question.text, question.values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return None
            raise


@contextmanager
def _deadline(connection: sqlite3.Connection, ticks: Callable[[], float], seconds: float) -> Iterator[None]:
    end = ticks() + seconds
    connection.set_progress_handler(lambda: ticks() > end, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
