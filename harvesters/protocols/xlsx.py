"""xlsx: a row of a sheet of a workbook is a row (Office Open XML, ECMA-376)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from eclor.errors import PayloadRefused, Place
from harvesters.archives import unzipped
from harvesters.decoding import whole
from harvesters.delimited import Record, header_line, rows_of
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, Shape
from harvesters.workbooks import Sheet, sheets_of, surveyed

_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and an .xlsx with a password."""
_DIGITS: Final = 15
"""How many a number of a workbook keeps."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a line of the sheet under its header, as csv would: header name to cell, cells as text.

    Numbers are written as they are, without exponent; days, times and instants in ISO 8601, local; booleans true and
    false. Option `feuille` names the sheet, the first that is shown without it, the others in a warning; `entete` the
    line of the header, the first that is not blank without it. A line with an error (#N/A), with a formula whose result
    was not kept, or with a whole number of more than 15 digits, of which a workbook loses the last, is a refused row.
    Cells merged over several lines, of which only the first has their value, give a warning.
    Refuses a workbook that is damaged, has a password, unpacks to more than 256 MiB, or whose sheet spans more than
    three million cells, counted from its line 1; an .xls, which must be saved anew.
    """
    content = whole(payload, name=name)
    if content.startswith(_OLD):
        raise PayloadRefused("payload.xlsx-old", place=Place(name))
    with unzipped(content, name=name) as (archive, _):
        sheets = sheets_of(archive, name=name)
        sheet = _chosen(sheets, options.get("feuille"), name=name)
        survey = surveyed(archive, name=name)[sheet.part]
        try:
            table = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet.name)
        except CalamineError as error:
            raise PayloadRefused("payload.xlsx-root", place=Place(name)) from error
    header = header_line(options, name=name)
    if table.end is not None and table.end[0] + 1 < header:
        raise PayloadRefused("payload.header-line", place=Place(name))
    yield from rows_of(_records(table, header=header, lost=survey.lost | survey.uncalculated), name=name)
    if survey.merged > header:
        yield PayloadWarning("payload.xlsx-merged", Place(name, survey.merged))
    if "feuille" not in options and len(sheets) > 1:
        yield PayloadWarning("payload.xlsx-sheets", Place(name), {"count": len(sheets) - 1})


def _chosen(sheets: list[Sheet], wanted: str | None, *, name: str) -> Sheet:
    found = [sheet for sheet in sheets if (sheet.shown if wanted is None else sheet.name == wanted)]
    if not found:
        raise PayloadRefused("payload.xlsx-sheet", place=Place(name), count=len(sheets))
    return found[0]


def _records(table: CalamineSheet, *, header: int, lost: set[int]) -> Iterator[Record]:
    last = header - 1
    for line, cells in enumerate(table.iter_rows(), start=1):
        if line < header:
            continue
        last = line
        record = [cell_text(cell) for cell in cells]
        if line in lost:
            yield line, "payload.xlsx-lost"
        elif any(isinstance(cell, float) and _is_too_long(cell) for cell in cells):
            yield line, "payload.xlsx-digits"
        else:
            yield line, record if any(cell.strip() for cell in record) else []
    yield from ((line, "payload.xlsx-lost") for line in sorted(lost) if line > last)  # the table ends before them


def _is_too_long(number: float) -> bool:
    return number.is_integer() and abs(number) >= 10**_DIGITS


def cell_text(cell: object) -> str:
    """Return a cell as a table of text has it."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            minutes, seconds = divmod(int(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            return str(cell)


PROTOCOL: Final = PayloadProtocol("xlsx", Shape.TABLE, parse, ("entete", "feuille"))
