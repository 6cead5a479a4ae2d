"""Delimited text (RFC 4180 and its French cousins) to rows, streamed."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters.decoding import TextLines, encoding_of, opened, refuse_html
from harvesters.parsing import Event, PayloadWarning, RefusedRow, Row

if TYPE_CHECKING:
    from _csv import Reader

OPTIONS: Final = ("delimiteur", "encodage")
_DELIMITERS: Final = (",", ";", "\t", "|")
_NAMED: Final = {"tabulation": "\t", "\\t": "\t"}
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')


RowReader = Callable[[Row, Place], Event]
"""Takes a row and its line; gives it back with its cells read, or refused."""


def read_table(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a line under the header: header name to cell, cells as text, empty cells as "".

    `encodage` is the declared encoding (UTF-8 without it); `delimiteur` the separator (found in the header without
    it, when only one of , ; tab | stands there most). Refuses (`PayloadRefused`, with its line) another encoding, a
    header with two columns of one name, a quote that is never closed, a last line cut short. A line with more or
    fewer cells than the header is a refused row. Holds one line.
    """
    yield from table_of(text_lines(payload, name=name, options=options), delimiter=options.get("delimiteur"))


def text_lines(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> TextLines:
    """Return the lines of a payload in the encoding that its options declare."""
    return TextLines(opened(payload), name, encoding_of(options.get("encodage"), name=name))


class ShortLines(Enum):
    """What becomes of a line with fewer cells than the header."""

    REFUSED = "refused"
    PADDED = "padded"
    """Its last cells are empty; one warning a table."""


def table_of(
    lines: TextLines,
    *,
    delimiter: str | None,
    short_lines: ShortLines = ShortLines.REFUSED,
    read_row: RowReader | None = None,
    lead: tuple[str, str] | None = None,
) -> Iterator[Event]:
    """Yield the rows of lines already decoded, each through `read_row`; `delimiter` None: found in the header.

    `lead` is a name and a value that every row starts with.
    """
    name, source = lines.name, iter(lines)
    head = _first_line(source, name=name)
    reader = csv.reader(chain([head], source), delimiter=_delimiter(head, option=delimiter, name=name), strict=True)
    table = _Table.under(_header(reader, lines), name=name)
    if not lines.ended:  # a header alone, and perhaps not all of it
        raise PayloadRefused("payload.cut-short", place=Place(name, lines.number))
    how = _How(short_lines, read_row, lead)
    try:
        yield from _rows(reader, table, lines, how=how)
    except csv.Error as error:
        raise _unreadable(error, lines) from error
    yield from table.warnings()
    yield from lines.warnings()


Record = tuple[int, list[str] | str]
"""A line's number, and its cells, or the code for which it is refused."""


def rows_of(records: Iterable[Record], *, name: str) -> Iterator[Event]:
    """Yield the rows of a table that comes in cells, not in text: the first record with cells is its header."""
    table: _Table | None = None
    for line, cells in records:
        if isinstance(cells, str):
            yield RefusedRow(cells, Place(name, line))
        elif table is not None:
            yield from table.read(cells, line=line, ended=True)
        elif cells:
            table = _Table.under(cells, name=name)
    if table is None:
        raise PayloadRefused("payload.empty", place=Place(name))
    yield from table.warnings()


@dataclass(frozen=True, slots=True)
class _How:
    """What becomes of short lines, what reads a row, what it starts with."""

    short_lines: ShortLines
    read_row: RowReader | None
    lead: tuple[str, str] | None

    def finished(self, row: Row, place: Place) -> Event:
        row = {self.lead[0]: self.lead[1], **row} if self.lead else row
        return self.read_row(row, place) if self.read_row else row


def _rows(reader: "Reader", table: "_Table", lines: TextLines, *, how: _How) -> Iterator[Event]:
    """Yield the rows; those as wide as the header, which most are, at once."""
    width, first, read_row, name = len(table.header), table.header[0], how.read_row, lines.name
    names, lead = ((how.lead[0], *table.header), how.lead[1]) if how.lead else (table.header, None)
    is_quiet = True
    for record in reader:
        if is_quiet and len(record) == width and record[0] != first:
            if lead is not None:
                record.insert(0, lead)
            row: Row = dict(zip(names, record))  # noqa: B905 - as long as each other
            yield read_row(row, Place(name, lines.number)) if read_row else row
            continue
        if how.short_lines is ShortLines.PADDED:
            table.pad(record, line=lines.number)
        for event in table.read(record, line=lines.number, ended=lines.ended):
            yield how.finished(event, Place(name, lines.number)) if isinstance(event, dict) else event
        is_quiet = not table.blank or table.first_blank != 0


def _first_line(source: Iterator[str], *, name: str) -> str:
    for line in source:
        refuse_html(line.encode(), name=name)
        if line and not line.isspace():
            return line
    raise PayloadRefused("payload.empty", place=Place(name))


def _delimiter(head: str, *, option: str | None, name: str) -> str:
    if option is not None:
        delimiter = _NAMED.get(option, option)
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise PayloadRefused("payload.delimiter-unknown", place=Place(name))
        return delimiter
    counts = Counter({mark: _QUOTED.sub("", head).count(mark) for mark in _DELIMITERS})
    (first, most), (_, second) = counts.most_common(2)
    if most == second > 0:
        raise PayloadRefused("payload.delimiter-unsure", place=Place(name, 1))
    return first


def _header(reader: "Reader", lines: TextLines) -> list[str]:
    try:
        return next(reader)
    except csv.Error as error:
        raise _unreadable(error, lines) from error


def _unreadable(error: csv.Error, lines: TextLines) -> PayloadRefused:
    code = "payload.quote-unclosed" if "unexpected end" in str(error) else "payload.quotes"
    return PayloadRefused(code, place=Place(lines.name, lines.number))


@dataclass(slots=True)
class _Table:
    """Turns records into rows under one header; remembers blank lines and headers said again."""

    name: str
    header: tuple[str, ...]
    unnamed: int
    """Columns without a name at the end of the header: empty in every row, or the row is refused."""
    blank: int = 0
    first_blank: int = 0
    first_repeat: int = 0
    first_padded: int = 0

    @classmethod
    def under(cls, record: list[str], *, name: str) -> "_Table":
        names = [cell.strip() for cell in record]
        while len(names) > 1 and not names[-1]:
            names.pop()
        if not all(names):
            raise PayloadRefused("payload.column-unnamed", place=Place(name, 1), column=names.index("") + 1)
        if twice := [column for column, times in Counter(names).items() if times > 1]:
            raise PayloadRefused("payload.column-twice", place=Place(name, 1), columns=", ".join(twice))
        return cls(name, tuple(names), len(record) - len(names))

    def pad(self, record: list[str], *, line: int) -> None:
        """Fill a short record, blank lines apart, with empty cells."""
        if 0 < len(record) < len(self.header):
            self.first_padded = self.first_padded or line
            record += [""] * (len(self.header) - len(record))

    def read(self, record: list[str], *, line: int, ended: bool) -> Iterator[Event]:
        width, found = len(self.header), len(record)
        if not record:
            self.blank = self.blank or line
            return
        self.first_blank = self.first_blank or self.blank
        if found == width or (found == width + self.unnamed and not any(record[width:])):
            if record == list(self.header):
                self.first_repeat = self.first_repeat or line
            yield dict(zip(self.header, record, strict=False))
        elif found < width and not ended:
            raise PayloadRefused("payload.cut-short", place=Place(self.name, line))
        else:
            yield RefusedRow("payload.cells", Place(self.name, line), {"expected": width, "found": found})

    def warnings(self) -> Iterator[PayloadWarning]:
        if self.unnamed:
            yield PayloadWarning("payload.columns-unnamed-last", Place(self.name, 1), {"columns": self.unnamed})
        if self.first_blank:
            yield PayloadWarning("payload.blank-lines", Place(self.name, self.first_blank))
        if self.first_padded:
            yield PayloadWarning("payload.cells-padded", Place(self.name, self.first_padded))
        if self.first_repeat:
            yield PayloadWarning("payload.header-repeated", Place(self.name, self.first_repeat))
