"""DuckDB as the gates open it on a release: in little memory, closed to all but the files that are judged."""

from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from eclor.engine.closing import close_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb

Opened = TypeVar("Opened")


@contextmanager
def once_asked(opening: "Callable[[], AbstractContextManager[Opened]]") -> "Iterator[Callable[[], Opened]]":
    """Give what opens something the first time that it is called; it is closed at the end, if it was."""
    with ExitStack() as entered:
        yield cache(lambda: entered.enter_context(opening()))


@contextmanager
def opened_engine(*files: Path, scratch: Path, memory: str) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open it with so much memory, on these files alone; what does not fit is spilled to `scratch`."""
    import duckdb  # noqa: PLC0415 - heavy: only the worker may load it

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": 2,
        "temp_directory": str(scratch),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=config) as connection:
        close_to(connection, files, [scratch])
        yield connection
