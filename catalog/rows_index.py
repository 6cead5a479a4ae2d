"""The private index of a version's rows: its file, its one table."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import INTEGER, NUMERIC, TEXT, Column, MetaData, Table
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.types import TypeEngine

from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

NAME: Final = "rows.sqlite"
SCANNED: Final = "data.parquet"
"""The export that answers what the index does not, and everything while the index is not there yet."""
NUMBER: Final = "_n"
"""The key: it counts from 1 in key order."""
DIALECT: Final = SQLiteDialect(paramstyle="qmark")


def rows_table(columns: Iterable[ReleaseColumn]) -> Table:
    """Return the table `rows(_n INTEGER PRIMARY KEY, …)` of a version's columns."""
    made = (Column(column.name, _affinity(column), quote=True) for column in columns)
    return Table("rows", MetaData(), Column(NUMBER, INTEGER, primary_key=True), *made)


def _affinity(column: ReleaseColumn) -> TypeEngine[Any]:
    if column.level:
        return TEXT()
    if column.type == FieldType.DECIMAL:
        return NUMERIC()
    return INTEGER() if column.kind == "measure" or column.type == FieldType.INTEGER else TEXT()
