"""A version's rows as a workbook (XLSX), written in a process of its own: `python -m catalog.workbook < ORDER`.

The same rows give the same bytes: the only date in it is the version's. Texts are texts, whatever they begin with: no
cell is a formula nor a link. Numbers that a double does not hold are written as texts, digit by digit.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, Self

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from catalog.export import Table, Value
from charter.release_parts import ReleaseColumn

MOST_ROWS: Final = 1_048_575
"""What a sheet holds below its header."""
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_LONG: Final = 3
"""Exit code: a text is longer than a cell may be."""
_MOST_LETTERS: Final = 32_767
_EXACT: Final = 2**53
_MOST_DIGITS: Final = 15
_WIDEST: Final = 40
_NICE: Final = 10
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class CellTooLong(ValueError):
    """A text that no cell can hold."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to write, and where: the version's Parquet, its columns, its title, when it was published."""

    rows: str
    target: str
    columns: tuple[ReleaseColumn, ...]
    title: str
    published_at: str

    def text(self) -> str:
        """Return the order as a process reads it."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an order."""
        said = json.loads(text)
        return cls(**{**said, "columns": tuple(ReleaseColumn(**column) for column in said["columns"])})


def write(order: Order) -> None:
    """Write the workbook, one row in memory at a time. Refuses (`CellTooLong`) a text that no cell can hold."""
    with xlsxwriter.Workbook(order.target, _OPTIONS) as book:
        created = datetime.fromisoformat(order.published_at).astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": order.title, "created": created})
        sheet = book.add_worksheet("donnees")
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for place, column in enumerate(order.columns):
            sheet.set_column(place, place, min(max(len(column.name) + 2, 12), _WIDEST))
            sheet.write_string(0, place, column.name, bold)
        line = 0
        for batch in Table(Path(order.rows), order.columns).batches():
            for row in batch:
                line += 1
                for place, value in enumerate(row):
                    _put(sheet, (line, place), value)


def _put(sheet: Worksheet, at: tuple[int, int], value: Value) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(*at, value)
        case str():
            if len(value) > _MOST_LETTERS:
                raise CellTooLong
            sheet.write_string(*at, value)
        case _ if _is_exact(value):
            sheet.write_number(*at, float(value) if isinstance(value, Decimal) else value)
        case _:
            sheet.write_string(*at, format(value, "f") if isinstance(value, Decimal) else str(value))


def _is_exact(number: int | Decimal) -> bool:
    if isinstance(number, Decimal):
        return len(number.as_tuple().digits) <= _MOST_DIGITS
    return abs(number) <= _EXACT


def main(read: Callable[[], str] = sys.stdin.read) -> int:
    """Write what the order on standard input says."""
    try:
        write(Order.read(read()))
    except CellTooLong:
        return TOO_LONG
    return 0


if __name__ == "__main__":
    os.nice(_NICE)  # a process of its own gives way to whoever answers readers
    raise SystemExit(main())
