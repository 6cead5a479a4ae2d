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
from harvesters.columns import ColumnReader
from harvesters.decoding import MAX_LINE_BYTES, TextLines, encoding_of, opened, refuse_html
from harvesters.parsing import Columns, Event, PayloadWarning, RefusedRow, Row, one_by_one
from harvesters.sayable import sayable_column

if TYPE_CHECKING:
    from _csv import Reader

OPTIONS: Final = ("delimiteur", "encodage", "entete")
_DELIMITERS: Final = (",", ";", "\t", "|")
_NAMED: Final = {"tabulation": "\t", "\\t": "\t"}
_TOLD: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The line above a header by which spreadsheets are told the delimiter."""
_BELOW_TITLES: Final = (b";", b"\t")
"""What tells that a line below has several columns: a comma or a bar may well stand in a text."""
_UNSEEN: Final = "\ufeff\u200b"
"""What stands around a name unseen: a mark that came twice, a space without width that was copied along."""
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')


RowReader = Callable[[Row, Place], Event]
"""Takes a row and its line; gives it back with its cells read, or refused."""


def read_table(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a line under the header: header name to cell, cells as text, empty cells as "".

    `encodage` is the declared encoding (UTF-8 without it); `delimiteur` the separator (without it that of a
    line `sep=;` above the header, or found in the header, when only one of , ; tab | stands there most); `entete` the
    number of the header's line, of which those above (a title, notes) are not read. Refuses
    (`PayloadRefused`, with its line) another encoding, a header with two columns of one name, a quote that is never
    closed, a last line cut short. A line with more or fewer cells than the header is a refused row; one of several
    cells that are all empty is a row, and a warning. Holds one line.
    """
    yield from one_by_one(read_columns(payload, name=name, options=options))


def read_columns(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event | Columns]:
    """Yield what `read_table` does, the rows side by side where they are sure. Holds a megabyte."""
    yield from columns_of(text_lines(payload, name=name, options=options), delimiter=options.get("delimiteur"))


def text_lines(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> TextLines:
    """Return the lines of a payload in the encoding that its options declare, from the header on."""
    encoding, header = encoding_of(options.get("encodage"), name=name), header_line(options, name=name)
    return TextLines(opened(payload), name, encoding, above=header - 1)


def header_line(options: Mapping[str, str], *, name: str) -> int:
    """Return the number of the line that the option `entete` says the header is on, 1 without it."""
    option = options.get("entete", "1")
    if not (option.isascii() and option.isdigit() and int(option[:9]) > 0):
        raise PayloadRefused("payload.header-line", place=Place(name))
    return int(option[:9])


class ShortLines(Enum):
    """What becomes of a line with fewer cells than the header."""

    REFUSED = "refused"
    PADDED = "padded"
    """Its last cells are empty; one warning a table."""


def table_of(lines: TextLines, *, delimiter: str | None, read_row: RowReader) -> Iterator[Event]:
    """Yield the rows of lines already decoded, each through `read_row`; `delimiter` None: found in the header."""
    for event in columns_of(lines, delimiter=delimiter):
        if isinstance(event, Columns):
            for line, row in enumerate(event.rows(), start=event.line):
                yield read_row(row, Place(lines.name, line))
        else:
            yield read_row(event, Place(lines.name, lines.number)) if isinstance(event, dict) else event


def columns_of(
    lines: TextLines,
    *,
    delimiter: str | None,
    short_lines: ShortLines = ShortLines.REFUSED,
    lead: tuple[str, str] | None = None,
) -> Iterator[Event | Columns]:
    """Yield the rows of lines already decoded, side by side where a block of them is sure, else one by one.

    `delimiter` None: found in the header. `lead` is a name and a value that every row starts with.
    """
    name, blocks = lines.name, _Blocks(lines, lines.blocks())
    source = iter(blocks)
    head = _first_line(source, lines)
    if told := _TOLD.fullmatch(head):
        head, delimiter = _first_line(source, lines), delimiter or told[1]
    mark = _delimiter(head, option=delimiter, name=name)
    csv.field_size_limit(MAX_LINE_BYTES)  # its own, 128 KiB, an outline of a commune passes; libraries set others
    reader = csv.reader(chain([head], source), delimiter=mark, strict=True)
    table = _Table.under(_header(reader, lines), place=Place(name, lines.number))
    if not lines.ended:  # a header alone, and perhaps not all of it
        raise PayloadRefused("payload.cut-short", place=Place(name, lines.number))
    table.is_title = delimiter is None and len(table.header) == 1 and blocks.next_has(_BELOW_TITLES)
    columns = ColumnReader(table.header, mark, lead)
    try:
        while blocks.has_more():
            sure = blocks.read(columns) if table.is_quiet else None
            if sure is not None:
                table.fitting = True
                yield sure
            else:
                yield from _rows(reader, table, blocks, how=_How(short_lines, lead))
    except csv.Error as error:
        raise _unreadable(error, lines) from error
    yield from table.warnings()
    yield from lines.warnings()


@dataclass(slots=True)
class _Blocks:
    """The lines of a table, block by block: for who reads one by one, or a whole block at once."""

    lines: TextLines
    source: Iterator[bytes]
    ahead: bytes = b""
    end: int = 0
    """The last line of the block that is read one by one."""

    def __iter__(self) -> Iterator[str]:
        while self._look():
            block, self.ahead = self.ahead, b""
            self.end = self.lines.number + block.count(b"\n") + (not block.endswith(b"\n"))
            yield from self.lines.lines_of(block)

    def _look(self) -> bool:
        self.ahead = self.ahead or next(self.source, b"")
        return bool(self.ahead)

    def next_has(self, marks: tuple[bytes, ...]) -> bool:
        """Say whether one of these stands in the line that follows the first, which is read alone, blank ones apart."""
        line = self.ahead.lstrip(b"\r\n").partition(b"\n")[0] if self._look() else b""
        return any(mark in line for mark in marks)

    def has_more(self) -> bool:
        """Say whether a line is left."""
        return self.lines.number < self.end or self._look()

    def read(self, columns: ColumnReader) -> Columns | None:
        """Return the block that is next as columns, and pass over it; None where it is not sure, or is begun."""
        if self.lines.plain(self.ahead) is None:
            return None
        found = columns.read(self.ahead, line=self.lines.number + 1)
        if found is not None:
            self.ahead = b""
            self.lines.pass_over(found.table.num_rows)
        return found


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
            table = _Table.under(cells, place=Place(name, line))
            table.title = "payload.sheet-title"
    if table is None:
        raise PayloadRefused("payload.empty", place=Place(name))
    yield from table.warnings()


@dataclass(frozen=True, slots=True)
class _How:
    """What becomes of short lines, what a row starts with."""

    short_lines: ShortLines
    lead: tuple[str, str] | None

    def finished(self, event: Event) -> Event:
        return {self.lead[0]: self.lead[1], **event} if self.lead and isinstance(event, dict) else event


def _rows(reader: "Reader", table: "_Table", blocks: _Blocks, *, how: _How) -> Iterator[Event]:
    """Yield the rows of a block, and of others if a record leads into them."""
    lines = blocks.lines
    for record in reader:
        if how.short_lines is ShortLines.PADDED:
            table.pad(record, line=lines.number)
        for event in table.read(record, line=lines.number, ended=lines.ended):
            yield how.finished(event)
        if lines.number >= blocks.end:
            return


def _first_line(source: Iterator[str], lines: TextLines) -> str:
    for line in source:
        refuse_html(line.encode(), name=lines.name)
        if line and not line.isspace():
            return line
    is_beyond = bool(lines.above and lines.number)  # the file has lines, above the header that is told
    raise PayloadRefused("payload.header-line" if is_beyond else "payload.empty", place=Place(lines.name))


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
    if "field larger" in str(error):
        return PayloadRefused("payload.line-too-long", place=Place(lines.name, lines.number))
    code = "payload.quote-unclosed" if "unexpected end" in str(error) else "payload.quotes"
    return PayloadRefused(code, place=Place(lines.name, lines.number))


@dataclass(slots=True)
class _Table:
    """Turns records into rows under one header; remembers blank lines and headers said again."""

    place: Place
    """Of the header."""
    header: tuple[str, ...]
    unnamed: int
    """Columns without a name at the end of the header: empty in every row, or the row is refused."""
    blank: int = 0
    first_blank: int = 0
    first_repeat: int = 0
    first_padded: int = 0
    first_empty: int = 0
    """A line of delimiters alone, as spreadsheets write those that are blank in them."""
    title: str = "payload.header-title"
    """How a header that may be a title is said: what cures it is another option for text than for cells."""
    is_title: bool = False
    """It has one column alone and no delimiter was told, while the line below holds one."""
    fitting: bool = False
    """A line had as many cells as the header."""
    first_other: int = 0
    """A line that had not."""

    @classmethod
    def under(cls, record: list[str], *, place: Place) -> "_Table":
        names = [cell.strip(_UNSEEN).strip() for cell in record]
        while len(names) > 1 and not names[-1]:
            names.pop()
        if not all(names):
            raise PayloadRefused("payload.column-unnamed", place=place, column=names.index("") + 1)
        if twice := [column for column, times in Counter(names).items() if times > 1]:
            said = [sayable_column(column, names.index(column) + 1) for column in twice]
            raise PayloadRefused("payload.column-twice", place=place, columns=", ".join(said))
        return cls(place, tuple(names), len(record) - len(names))

    @property
    def is_quiet(self) -> bool:
        """Say whether the next row changes nothing of what is remembered."""
        return not self.unnamed and (not self.blank or self.first_blank != 0)

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
            self.fitting = True
            if width > 1 and not any(record):
                self.first_empty = self.first_empty or line
            yield dict(zip(self.header, record, strict=False))
        elif found < width and not ended:
            raise PayloadRefused("payload.cut-short", place=Place(self.place.file, line))
        else:
            self.first_other = self.first_other or line
            yield RefusedRow("payload.cells", Place(self.place.file, line), {"expected": width, "found": found})

    def warnings(self) -> Iterator[PayloadWarning]:
        if self.is_title or (self.first_other and not self.fitting and len(self.header) == 1):
            yield PayloadWarning(self.title, self.place)
        if self.unnamed:
            yield PayloadWarning("payload.columns-unnamed-last", self.place, {"columns": self.unnamed})
        if self.first_blank:
            yield PayloadWarning("payload.blank-lines", Place(self.place.file, self.first_blank))
        if self.first_padded:
            yield PayloadWarning("payload.cells-padded", Place(self.place.file, self.first_padded))
        if self.first_empty:
            yield PayloadWarning("payload.cells-empty", Place(self.place.file, self.first_empty))
        if self.first_repeat:
            yield PayloadWarning("payload.header-repeated", Place(self.place.file, self.first_repeat))
