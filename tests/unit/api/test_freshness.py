"""The mark of the metadata: the same while nothing is written, and never the same while it cannot be read."""

import sqlite3
from contextlib import closing
from pathlib import Path

from api.freshness import mark_of
from catalog.database import engine_at

_HEAD = 100
"""Bytes of a database's own head."""


def test_a_mark_that_cannot_be_read_is_new_each_time(tmp_path: Path) -> None:
    path = tmp_path / "metadata.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE written (number INTEGER)")
    mark = mark_of(engine_at(f"sqlite:///{path}"))
    assert mark() == mark() >= 0
    with path.open("r+b") as file:
        file.write(b"\xff" * _HEAD)
    first, second = mark(), mark()
    assert first != second
    assert max(first, second) < -1


def test_nothing_of_a_database_stays_open_once_its_engine_is_disposed_of(tmp_path: Path) -> None:
    path = tmp_path / "metadata.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE written (number INTEGER)")
    engine = engine_at(f"sqlite:///{path}")
    mark = mark_of(engine)
    mark()
    assert path in _opened()
    engine.dispose()
    assert path not in _opened()


def _opened() -> set[Path]:
    """Return the files that this process holds open (those of the folder itself end while they are listed)."""
    return {file.resolve() for file in Path("/proc/self/fd").iterdir()}
