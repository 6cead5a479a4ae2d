"""DuckDB as the gates open it on a release: in little memory, closed to all but the files that are judged."""

from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import pyarrow.parquet as pq

from eclor.engine.closing import close_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb

Opened = TypeVar("Opened")
_MOST_THREADS: Final = 2


@contextmanager
def once_asked(opening: "Callable[[], AbstractContextManager[Opened]]") -> "Iterator[Callable[[], Opened]]":
    """Give what opens something the first time that it is called; it is closed at the end, if it was."""
    with ExitStack() as entered:
        yield cache(lambda: entered.enter_context(opening()))


@contextmanager
def opened_engine(*files: Path, scratch: Path, memory: str) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open it with so much memory, on these Parquet files alone; what does not fit is spilled to `scratch`.

    One thread reads one group of rows: a second one would have nothing to read, and look for it all the time.
    """
    import duckdb  # noqa: PLC0415 - heavy: only the worker may load it

    groups = sum(pq.read_metadata(file).num_row_groups for file in files)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": max(min(groups, _MOST_THREADS), 1),
        "temp_directory": str(scratch),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=config) as connection:
        close_to(connection, files, [scratch])
        yield connection
