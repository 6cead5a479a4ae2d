"""The formats of a dump: what stands before the rows, the rows, what stands behind."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol
from xml.sax.saxutils import escape, quoteattr

from orjson import dumps, loads

from api.ckan.table import ID, Column
from api.ckan.writing_rows import Row, header, json_rows, lines, lists

if TYPE_CHECKING:
    import pyarrow as pa


class Format(Protocol):
    """How rows become a file."""

    @property
    def name(self) -> str:
        """Return what clients call it."""
        ...

    @property
    def media_type(self) -> str:
        """Return its media type."""
        ...

    @property
    def closing(self) -> bytes:
        """Return what stands behind the rows."""
        ...

    def opening(self, columns: Sequence[Column]) -> bytes:
        """Return what stands before the rows."""
        ...

    def before(self, *, first: bool) -> bytes:
        """Return what stands before some rows, the first or others."""
        ...

    def rows(self, rows: Sequence[Row], columns: Sequence[Column]) -> bytes:
        """Return rows."""
        ...

    def batch(self, batch: "pa.RecordBatch", columns: Sequence[Column], ranks: tuple[float, ...]) -> bytes:
        """Return the rows of a batch, of columns as they are stored, then the ranks, which are the same for all."""
        ...


class _Plain:
    """Rows taken out of a batch one by one."""

    def rows(self, rows: Sequence[Row], columns: Sequence[Column]) -> bytes:
        raise NotImplementedError

    def batch(self, batch: "pa.RecordBatch", columns: Sequence[Column], ranks: tuple[float, ...]) -> bytes:
        cells = [column.to_pylist() for column in batch.columns]
        cells += [[rank] * batch.num_rows for rank in ranks]
        return self.rows([*zip(*cells, strict=True)], columns)


class _Lines(_Plain):
    """CSV and TSV, a header first; plain columns are written by Arrow, a batch at a time."""

    closing: Final = b""

    def __init__(self, name: str, media_type: str, separator: str) -> None:
        self.name, self.media_type, self._separator = name, media_type, separator

    def opening(self, columns: Sequence[Column]) -> bytes:
        return header(columns, self.name).encode()

    def before(self, *, first: bool) -> bytes:
        del first
        return b""

    def rows(self, rows: Sequence[Row], columns: Sequence[Column]) -> bytes:
        return lines(rows, columns, self.name).encode()

    def batch(self, batch: "pa.RecordBatch", columns: Sequence[Column], ranks: tuple[float, ...]) -> bytes:
        from api.ckan.arrow_lines import csv_lines  # noqa: PLC0415 - heavy: only a long dump needs Arrow

        quick = None if ranks else csv_lines(batch, columns, self._separator)
        return super().batch(batch, columns, ranks) if quick is None else quick


class _Json(_Plain):
    """An object of the fields and of the rows as lists, one a line."""

    name: Final = "json"
    media_type: Final = "application/json"
    closing: Final = b"\n]}\n"

    def opening(self, columns: Sequence[Column]) -> bytes:
        fields = dumps([column.shown for column in columns])
        return b'{\n  "fields": ' + fields + b',\n  "records": ['

    def before(self, *, first: bool) -> bytes:
        return b"\n    " if first else b",\n    "

    def rows(self, rows: Sequence[Row], columns: Sequence[Column]) -> bytes:
        return b",\n    ".join(json_rows(rows, columns))

    def batch(self, batch: "pa.RecordBatch", columns: Sequence[Column], ranks: tuple[float, ...]) -> bytes:
        from api.ckan.arrow_lines import json_lists  # noqa: PLC0415 - heavy: only a long dump needs Arrow

        quick = None if ranks else json_lists(batch, columns)
        return super().batch(batch, columns, ranks) if quick is None else quick


_NOT_A_NAME: Final = re.compile(r"[^\w.-]|^(?=[^\w]|[0-9.-])")
_NOT_A_LETTER: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NIL: Final = ' xsi:nil="true"'


class _Xml(_Plain):
    """An element a row, an element a column; what cannot stand in a name is `_`."""

    name: Final = "xml"
    media_type: Final = "text/xml; charset=utf-8"
    closing: Final = b"</data>\n"

    def opening(self, columns: Sequence[Column]) -> bytes:
        del columns
        return b'<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'

    def before(self, *, first: bool) -> bytes:
        del first
        return b""

    def rows(self, rows: Sequence[Row], columns: Sequence[Column]) -> bytes:
        names = [_NOT_A_NAME.sub("_", column.name) for column in columns]
        read = (
            loads(dumps(lists(rows, columns))) if any(column.type in {"json", "_int4"} for column in columns) else None
        )
        shown = lists(rows, columns) if read is None else read
        return "".join(_row(row, names, columns) for row in shown).encode()


def _row(row: Sequence[object], names: Sequence[str], columns: Sequence[Column]) -> str:
    key = next((f" _id={quoteattr(str(row[place]))}" for place, one in enumerate(columns) if one.name == ID), "")
    cells = (_element(name, cell) for name, cell, one in zip(names, row, columns, strict=True) if one.name != ID)
    return f"<row{key}>{''.join(cells)}</row>\n"


def _element(name: str, value: object, key: str = "") -> str:
    attribute = f" key={quoteattr(key)}" if key else ""
    if value is None:
        return f"<{name}{_NIL}{attribute} />"
    inside = _inside(value)
    return f"<{name}{attribute}>{inside}</{name}>" if inside else f"<{name}{attribute} />"


def _inside(value: object) -> str:
    match value:
        case dict():
            return "".join(_element("value", one, str(name)) for name, one in value.items())
        case list():
            return "".join(_element("value", one, str(place)) for place, one in enumerate(value))
        case _:
            return escape(_NOT_A_LETTER.sub("", str(value)))


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "csv": _Lines("csv", "text/csv; charset=utf-8", ","),
        "tsv": _Lines("tsv", "text/tab-separated-values; charset=utf-8", "\t"),
        "json": _Json(),
        "xml": _Xml(),
    }
)
