"""Whether the metadata may have changed since it was last read."""

import sqlite3
from collections.abc import Callable
from itertools import count

from sqlalchemy import Engine

Mark = Callable[[], int]
"""Gives the same number twice only if nothing was written between."""


def mark_of(engine: Engine) -> Mark:
    """Return the mark of a database: SQLite keeps one, read in microseconds; PostgreSQL is read again each time."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return count().__next__
    watching = sqlite3.connect(engine.url.database, isolation_level=None, check_same_thread=False)

    def mark() -> int:
        (version,) = watching.execute("PRAGMA data_version").fetchone()
        return int(version)

    return mark
