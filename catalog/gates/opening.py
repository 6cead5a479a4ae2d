"""DuckDB as the gates open it on a release: in little memory, closed to all but the files that are judged."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.gates.pushdown.columns import literal
from catalog.gates.pushdown.compiled import question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from eclor.engine.handles import Connection


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
        close_to(connection, files, scratch)
        yield connection


def close_to(connection: "Connection", files: "Sequence[Path]", scratch: Path) -> None:
    """Let it read these files and spill to `scratch`, and nothing else."""
    paths = ", ".join(literal(str(file)) for file in files)  # as parameters, lists would have it import pandas
    connection.execute(question("SET allowed_paths =", f"[{paths}]"))
    connection.execute(question("SET allowed_directories =", f"[{literal(str(scratch))}]"))
    connection.execute("SET enable_external_access = false")
