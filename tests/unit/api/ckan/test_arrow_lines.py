"""Rows of long dumps are written by Arrow to the byte as one by one."""

from decimal import Decimal

import pyarrow as pa
import pytest

from api.ckan.arrow_lines import csv_lines, json_lists
from api.ckan.dump_formats import FORMATS
from api.ckan.table import Column

COLUMNS = (
    Column("_id", "int"),
    Column("t", "text"),
    Column("o", "bool"),
    Column("m", "numeric", 2),
    Column("u", "text"),
)
KINDS = (pa.int64(), pa.string(), pa.bool_(), pa.decimal128(10, 2), pa.string())
TEXTS = ("a", "", "it, there", "tab\there", 'a "word"', "two\nlines", "re\rturn", None, "é")


def _batch(texts: tuple[str | None, ...], *, coded: bool) -> pa.RecordBatch:
    """Return rows of which each has two of these texts, a truth value, an amount or neither."""
    rows = len(texts)
    cells = (
        range(1, rows + 1),
        texts,
        [None if n % 3 == 2 else n % 3 == 0 for n in range(rows)],
        [None if n % 4 == 3 else Decimal(n).scaleb(-2) for n in range(rows)],
        texts[::-1],
    )
    arrays = [pa.array(values, kind) for values, kind in zip(cells, KINDS, strict=True)]
    arrays[1] = arrays[1].dictionary_encode() if coded else arrays[1]
    return pa.record_batch(arrays, names=[column.name for column in COLUMNS])


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("texts", [TEXTS, ("a", "b"), ("", ""), ("a,b", "c,d"), (None, None), (None, "a,b", "")])
@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_lines_are_those_of_rows_written_one_by_one(
    name: str, separator: str, texts: tuple[str | None, ...], *, coded: bool
) -> None:
    batch = _batch(texts, coded=coded)
    rows = [*zip(*(column.to_pylist() for column in batch.columns), strict=True)]
    assert csv_lines(batch, COLUMNS, separator) == FORMATS[name].rows(rows, COLUMNS)


@pytest.mark.parametrize("coded", [False, True])
def test_lists_are_those_of_rows_written_one_by_one(*, coded: bool) -> None:
    batch = _batch(TEXTS, coded=coded)
    rows = [*zip(*(column.to_pylist() for column in batch.columns), strict=True)]
    assert json_lists(batch, COLUMNS) == FORMATS["json"].rows(rows, COLUMNS)
