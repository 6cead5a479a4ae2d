"""Tables as local governments publish them, and notes as agents write them, typed by hand before the gate was read.

`published_tables.txt` and `agents_texts.txt` hold parts that begin with "# " and a name; a table's first line names its
columns, "|" parts cells, and "!" marks a column of authors, which is to be flagged.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.personal_corpora.clean_tables import Table

_HERE = Path(__file__).parent


def published_tables() -> dict[str, Table]:
    """Return each table, without its columns of authors."""
    return {name: _table(lines) for name, lines in _parts("published_tables.txt")}


def agents_texts() -> dict[str, list[str]]:
    """Return the texts that name somebody, `named`, and those that do not, `unnamed`."""
    return dict(_parts("agents_texts.txt"))


def _parts(file: str) -> Iterator[tuple[str, list[str]]]:
    for part in (_HERE / file).read_text("utf-8").removeprefix("# ").split("\n# "):
        name, *lines = part.splitlines()
        yield name, [line for line in lines if line.strip()]


def _table(lines: list[str]) -> Table:
    names, *rows = ([cell.replace("\0", "|") for cell in line.replace(r"\|", "\0").split("|")] for line in lines)
    columns = zip(names, zip(*rows, strict=True), strict=True)
    return {name: list(cells) for name, cells in columns if not name.startswith("!")}
