"""Keep: a technical column as it is."""

from anonymizers.columns import Column


def treat(column: Column) -> Column:
    """Return the column."""
    return column
