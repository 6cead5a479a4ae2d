"""Lines of a table as columns of text, cut at once, where a block of them says for sure what csv would read."""

import re
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv

from harvesters.decoding import BOM, MAX_LINE_BYTES
from harvesters.parsing import Columns

_WIDEST: Final = 1_000
"""Columns above this cost more side by side than one by one, in memory first of all."""


@dataclass(slots=True)
class ColumnReader:
    """Reads blocks of whole lines, each from the beginning of a record, under one header."""

    header: tuple[str, ...]
    delimiter: str
    lead: tuple[str, str] | None
    """A name and a value that every row starts with."""
    _quoted: re.Pattern[bytes] = field(init=False)
    _as_texts: ConvertOptions = field(init=False)
    _is_usual: bool = field(init=False)

    def __post_init__(self) -> None:
        mark = re.escape(self.delimiter.encode())
        self._quoted = re.compile(rb'(?:(?<=%b)|(?<=\n)|\A)"[^"]*(?:""[^"]*)*"(?=%b|[\r\n])' % (mark, mark))
        self._is_usual = (
            len(self.header) <= _WIDEST
            and self.delimiter.isascii()
            and (self.lead is None or self.lead[0] not in self.header)
        )
        self._as_texts = ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(self.header, pa.string()), strings_can_be_null=False
        )

    def read(self, block: bytes, *, line: int) -> Columns | None:
        """Return the rows of a block of plain lines, the first of which is `line`; None unless each line is a row.

        None too for what the csv reader refuses, warns of or may read otherwise: a quote in a cell without quotes
        around it, an end of line of old, a blank line, one of empty cells, another width, a cell beyond its limit,
        the header said again, a byte order mark, which is of the payload's first line alone.
        """
        if not self._is_usual or block.startswith(BOM):
            return None
        bare = self._quoted.sub(b"", block) if b'"' in block else block
        if b'"' in bare or (b"\r" in bare and bare.count(b"\r") != bare.count(b"\r\n")):
            return None
        is_quoted = bare is not block
        table = self._table(block, is_quoted=is_quoted)
        if table is None or _may_differ(table):
            return None
        if (is_quoted or len(self.header) == 1) and table.num_rows != block.count(b"\n"):
            return None  # a line end in a cell, or a blank line; of several columns the latter was refused
        if self.lead is not None:
            name, value = self.lead
            table = table.add_column(0, name, pa.repeat(value, table.num_rows))
        return Columns(table, line)

    def _table(self, block: bytes, *, is_quoted: bool) -> pa.Table | None:
        reading = ReadOptions(use_threads=False, column_names=self.header, block_size=len(block) + 1)
        quote = '"' if is_quoted else False
        try:
            return read_csv(
                pa.py_buffer(block),
                reading,
                ParseOptions(delimiter=self.delimiter, quote_char=quote, ignore_empty_lines=len(self.header) == 1),
                self._as_texts,
            )
        except pa.ArrowInvalid:
            return None


def _has_blank(table: pa.Table) -> bool:
    blank = pc.equal(table.column(0), "")
    for cells in table.columns[1:]:
        if not pc.any(blank).as_py():
            return False
        blank = pc.and_(blank, pc.equal(cells, ""))
    return bool(pc.any(blank).as_py())


def _may_differ(table: pa.Table) -> bool:
    """Say whether the csv reader may see another thing: the header again, a cell beyond its limit."""
    limit, first = MAX_LINE_BYTES, pc.equal(table.column(0), table.column_names[0])
    if pc.any(first).as_py() or (table.num_columns > 1 and _has_blank(table)):
        return True
    return any(pc.max(pc.binary_length(cells)).as_py() > limit for cells in table.columns if cells.nbytes > limit)
