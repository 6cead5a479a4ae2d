"""Cap: a measure is at most its ceiling, row by row; it leaves the engine summed only."""

from typing import Final

import ibis

from anonymizers.columns import Column

MONOTONE: Final = True
"""A greater value is capped no lower."""


def treat(column: Column, *, ceiling: int) -> Column:
    """Return the smaller of the value and the ceiling, null for null; both are scaled alike."""
    return column.isnull().ifelse(ibis.null("int64"), ibis.least(column, ibis.literal(ceiling, "int64")))
