"""Differences as bytes: one JSON object, or CSV lines under a `change` column; values as in the version's own files."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Final

from orjson import dumps

from catalog.differences import Differences
from catalog.export import json_value

if TYPE_CHECKING:
    from eclor.engine.comparing import Cell, Row

CHANGE: Final = "change"


def as_json(found: Differences, *, dataset: str) -> bytes:
    """Return the differences as one object; its keys are described in docs/developer/api.md."""
    counts, old = found.counts, found.old
    return dumps(
        {
            "dataset": dataset,
            "from": old.number if old else None,
            "to": found.new.number,
            "note": found.new.note,
            "key": found.key,
            "columns": [column.name for column in found.columns.common],
            "columns_added": found.columns.added,
            "columns_removed": found.columns.removed,
            "columns_retyped": found.columns.retyped,
            "counts": {"added": counts.added, "removed": counts.removed, "changed": counts.changed},
            "added": [_object(row, found) for row in found.added],
            "removed": [_object(row, found) for row in found.removed],
            "changed": [
                {"before": _object(before, found), "after": _object(after, found)} for before, after in found.changed
            ],
        }
    )


def as_csv(found: Differences) -> bytes:
    """Return one line a row: `added`, `removed`, and for a changed row `before` then `after`."""
    file = StringIO(newline="")
    minimal = csv.writer(file, lineterminator="\n")
    whole = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    minimal.writerow([CHANGE, *(column.name for column in found.columns.common)])
    for change, row in _lines(found):
        texts = [change, *map(_text, row)]
        # a lone carriage return is left bare by Python where lines end with LF: quoted here, as in data.csv
        (whole if any("\r" in text for text in texts) else minimal).writerow(texts)
    return file.getvalue().encode()


def _lines(found: Differences) -> Iterator[tuple[str, "Row"]]:
    for row in found.added:
        yield "added", row
    for row in found.removed:
        yield "removed", row
    for before, after in found.changed:
        yield "before", before
        yield "after", after


def _object(row: "Row", found: Differences) -> dict[str, object]:
    return {
        column.name: json_value(_plain(cell), column=column)
        for column, cell in zip(found.columns.common, row, strict=True)
    }


def _text(cell: "Cell") -> str:
    match _plain(cell):
        case None:
            return ""
        case bool(truth):
            return "true" if truth else "false"
        case Decimal() as number:
            return format(number, "f")
        case other:
            return str(other)


def _plain(cell: "Cell") -> str | int | bool | Decimal | None:
    """Return a cell as releases hold it: they have no binary fractions."""
    return Decimal(repr(cell)) if isinstance(cell, float) else cell
