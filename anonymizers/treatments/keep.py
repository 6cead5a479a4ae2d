"""Keep: a technical column as it is."""

from typing import Final

from anonymizers.columns import Column

MONOTONE: Final = True
"""Nothing changes."""


def treat(column: Column) -> Column:
    """Return the column."""
    return column
