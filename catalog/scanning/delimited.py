"""Delimited text: its separator found for sure, every line as wide as the first."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import IO, Final

from catalog.scanning.headers import is_data, named, numbered
from catalog.scanning.text_cells import BLOCK_CHARACTERS, BLOCK_ROWS, TextCells
from catalog.scanning.text_encoding import encoding_of
from eclor.errors import PayloadRefused, Place

MAX_CELL: Final = 16 << 20
_SEPARATORS: Final = (",", ";", "\t", "|")
_NO_SEPARATOR: Final = "\x1f"
"""Of a table of one column: stands in no text that is let in."""
_SAMPLE_LINES: Final = 2_000
_SAMPLE_CHARACTERS: Final = 1 << 20
_SAYS_SEPARATOR: Final = "sep="


@dataclass(slots=True)
class _Lines:
    """The lines of a text; remembers how many were read, and how many characters since last asked."""

    stream: IO[str]
    name: str
    number: int = 0
    weight: int = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(MAX_CELL):
            self.number += 1
            self.weight += len(line)
            if len(line) == MAX_CELL:
                raise PayloadRefused("scan.cell-too-long", place=Place(self.name, self.number), mib=MAX_CELL >> 20)
            yield line


@dataclass(frozen=True, slots=True)
class _Tried:
    """What a separator makes of the first lines: the width of each record, or where its quotes break."""

    separator: str
    widths: tuple[int, ...]
    broken_at: int = 0

    @property
    def is_table(self) -> bool:
        return not self.broken_at and len(set(self.widths)) == 1 and self.widths[0] > 1


def read_delimited(path: Path, cells: TextCells, *, name: str) -> None:
    """Read a text file into `cells`, every row.

    Refuses (`PayloadRefused`) what cannot be read for sure: an encoding or a separator that several could be, a line
    wider or narrower than the first, a quote out of place. A first line that holds values is a row.
    """
    with path.open(encoding=encoding_of(path, name=name), newline="") as stream, _wide_cells():
        lines = _Lines(stream, name)
        source = iter(lines)
        sample = _sampled(source)
        separator, skipped = _separator(sample, name=name)
        lines.number = skipped
        again = chain(_counted(sample[skipped:], lines), source)
        try:
            _read(csv.reader(again, delimiter=separator, strict=True), lines, cells)
        except csv.Error as error:
            raise _broken(error, lines.number, name=name) from None


def _sampled(source: Iterator[str]) -> list[str]:
    sample: list[str] = []
    characters = 0
    for line in islice(source, _SAMPLE_LINES):
        sample.append(line)
        characters += len(line)
        if characters > _SAMPLE_CHARACTERS:
            break
    return sample


def _is_cut(sample: list[str]) -> bool:
    return len(sample) >= _SAMPLE_LINES or sum(map(len, sample)) > _SAMPLE_CHARACTERS


def _counted(sample: list[str], lines: _Lines) -> Iterator[str]:
    for line in sample:
        lines.number += 1
        yield line


def _separator(sample: list[str], *, name: str) -> tuple[str, int]:
    """Return the separator, and how many lines say nothing but it."""
    first = sample[0].strip()
    if first.casefold().startswith(_SAYS_SEPARATOR) and len(first) == len(_SAYS_SEPARATOR) + 1:
        return first[-1], 1
    tried = [_tried(sample, separator) for separator in _SEPARATORS]
    tables = [each for each in tried if each.is_table]
    if len(tables) > 1:
        raise PayloadRefused("scan.separator-unsure", place=Place(name, 1))
    if tables:
        return tables[0].separator, 0
    split = [each for each in tried if each.widths and each.widths[0] > 1]
    if not split:
        _refuse_titles(tried, sample, name=name)
        return _NO_SEPARATOR, 0
    return max(split, key=lambda each: each.widths[0]).separator, 0


def _refuse_titles(tried: Sequence[_Tried], sample: Sequence[str], *, name: str) -> None:
    """Refuse what reads as one column, but is a table under lines of title: its header would be taken for a cell."""
    for each in tried:
        below = each.widths[sum(1 for _ in takewhile(lambda width: width == 1, each.widths)) :]
        if not each.broken_at and len(below) > 1 and len(set(below)) == 1:
            line = next(number for number, text in enumerate(sample, start=1) if each.separator in text)
            raise PayloadRefused("scan.ragged", place=Place(name, line), expected=1, found=below[0])


def _tried(sample: list[str], separator: str) -> _Tried:
    reader = csv.reader(sample, delimiter=separator, strict=True)
    widths: list[int] = []
    try:
        widths.extend(len(record) for record in reader if record)
    except csv.Error as error:
        if "unexpected end" in str(error) and _is_cut(sample):
            return _Tried(separator, tuple(widths))
        return _Tried(separator, tuple(widths), reader.line_num)
    return _Tried(separator, tuple(widths))


def _read(records: Iterator[list[str]], lines: _Lines, cells: TextCells) -> None:
    first = next(record for record in records if record)
    with_names = not is_data(first)
    names = named(first if with_names else [numbered(place + 1) for place in range(len(first))], name=cells.name)
    held: list[list[str]] = [] if with_names else [first]
    width = len(names)
    for record in records:
        if len(record) != width:
            if not record:
                continue
            place = Place(cells.name, lines.number)
            raise PayloadRefused("scan.ragged", place=place, expected=width, found=len(record))
        held.append(record)
        if len(held) >= BLOCK_ROWS or lines.weight >= BLOCK_CHARACTERS:
            cells.add(_columns(names, held))
            held, lines.weight = [], 0
    cells.add(_columns(names, held))


def _columns(names: Sequence[str], records: list[list[str]]) -> dict[str, Sequence[str]]:
    columns: list[Sequence[str]] = list(zip(*records, strict=True)) if records else [()] * len(names)
    return dict(zip(names, columns, strict=True))


def _broken(error: csv.Error, line: int, *, name: str) -> PayloadRefused:
    if "field larger" in str(error):
        return PayloadRefused("scan.cell-too-long", place=Place(name, line), mib=MAX_CELL >> 20)
    return PayloadRefused("scan.quotes", place=Place(name, line))


@contextmanager
def _wide_cells() -> Iterator[None]:
    """Let the reader take cells of some megabytes while the block lasts."""
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
