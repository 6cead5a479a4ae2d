"""What became of a leak in each place in which a source's words are let in or refused, as the whole matrix found it."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from tests.e2e.planted.sorting import Became

FILE = Path(__file__).with_name("known.tsv")


@dataclass(frozen=True, order=True)
class Known:
    """One leak: where it was said, which one, what became of it, the column it stood in, the refusal's code."""

    dataset: str
    file: str
    path: str
    cell: int
    kind: str
    number: int
    became: Became
    column: str
    code: str


def known() -> list[Known]:
    """Read the file; places that are not in it are not let in."""
    return [_read(line.split("\t")) for line in FILE.read_text("utf-8").splitlines()]


def _read(cells: Sequence[str]) -> Known:
    dataset, file, path, cell, kind, number, became, column, code = cells
    return Known(dataset, file, path, int(cell), kind, int(number), Became(became), column, code)


def written(found: Sequence[Known]) -> str:
    """Return the file's text."""
    lines = ("\t".join(str(cell.value if isinstance(cell, Became) else cell) for cell in astuple(one)) for one in found)
    return "".join(f"{line}\n" for line in sorted(lines))
