"""Whether the metadata may have changed since it was last read."""

import sqlite3
from collections.abc import Callable
from itertools import count

from sqlalchemy import Engine, event

Mark = Callable[[], int]
"""Gives the same number twice only if nothing was written between."""


def mark_of(engine: Engine) -> Mark:
    """Return the mark of a database: SQLite keeps one, read in microseconds; PostgreSQL is read again each time.

    A mark that cannot be read is a new one, below zero: whoever then reads the metadata is told why not.
    It is closed when the engine is disposed of.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return count().__next__
    unread = count(-2, -1)
    watching = sqlite3.connect(engine.url.database, timeout=0, isolation_level=None, check_same_thread=False)
    event.listen(engine, "engine_disposed", lambda _engine: watching.close())

    def mark() -> int:
        try:
            (version,) = watching.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            return next(unread)
        return int(version)

    return mark
