"""A page of whole rows in key order as they lie in the version's NDJSON, each with its key: nothing is written anew.

The DataStore's rows are those lines with `_id` in front, where each column is told alike. At which bytes they lie is
known once a process has looked for their ends (`api.ckan.line_places`); until then the index writes the page.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from orjson import Fragment

from api.ckan.json_rows import Page
from api.ckan.kept_lines import stretch
from api.ckan.search_question import Search
from api.ckan.table import KEY, Table
from api.makings import Making
from api.parts import Parts
from api.rows import ALL, is_number, is_yes_or_no
from catalog.beside import Order
from catalog.catalogue import copies_folder
from catalog.rows_index import SCANNED
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

NAME: Final = "ndjson.places"
LINES: Final = "data.ndjson"
_LEAST: Final = 10_000
"""Rows of a table for which it is worth while to look for the ends of its lines."""
_MOST: Final = 1_000
"""Rows of a page that is read on the event loop."""


@dataclass(frozen=True, slots=True)
class _Lying:
    """Where a table's lines lie, what tells at which bytes, what makes that; `alike` if they hold rows as told here."""

    lines: str
    places: Path
    making: Making
    alike: bool


def line_page(search: Search, parts: Parts) -> Page | None:
    """Return a page as objects, or None where it is not one of these, or where its lines are is not known yet."""
    rows, first = search.table.version.rows, _first(search)
    if first is None or rows < _LEAST or not 0 < search.limit <= _MOST or not _whole(search):
        return None
    lying = _lying(parts.rows.published, search.table)
    if not lying.alike:
        return None
    found = stretch(lying.places, rows, first, search.limit)
    if found is None:
        parts.makings.begin(lying.making, lambda: None)
        return None
    read = _read(lying.lines, *found)
    if read is None:
        return None
    objects = [b'{"_id":%d,%b' % (key, line[1:]) for key, line in enumerate(read.split(b"\n")[:-1], first + 1)]
    return Page(Fragment(b"[%b]" % b",".join(objects)), len(objects), first + len(objects) if objects else None)


@lru_cache(maxsize=256)
def _lying(published: Path, table: Table) -> _Lying:
    version = table.version
    folder, places = published / version.folder, copies_folder(published, version.dataset, version.number) / NAME
    making = Making("api.ckan.line_places", Order(str(folder / SCANNED), str(places.parent), version.columns).text())
    alike = all(table.columns[one.name].type in _told(one) for one in version.columns)
    return _Lying(str(folder / LINES), places, making, alike)


def _first(search: Search) -> int | None:
    """Return behind which row the page begins; none where it is not of rows that follow each other."""
    if not (search.plain and search.by_id):
        return None
    return search.offset if search.where == ALL else search.behind


def _whole(search: Search) -> bool:
    return search.columns == (KEY, *search.table.columns.values()) and not search.ranks


def _told(column: ReleaseColumn) -> tuple[str, ...]:
    """Return the DataStore's types of which the values stand in a line as they are told.

    None of a geometry: a line holds it as an object written anew, the DataStore tells it as it came.
    """
    if is_yes_or_no(column):
        return ("bool",)
    if is_number(column):
        whole = ("int8", "text") if column.type == FieldType.INTEGER else ("int8",)
        return ("numeric",) if column.type == FieldType.DECIMAL and column.decimals else whole
    return () if column.type == FieldType.GEOMETRY and not column.level else ("text", "date")


def _read(path: str, begin: int, end: int) -> bytes | None:
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        read = os.pread(file, end - begin, begin)
    finally:
        os.close(file)
    return read if len(read) == end - begin else None
