"""Count units: an identifier is counted in memory, distinct, and never stored nor released."""

from anonymizers.columns import Column, as_text


def treat(column: Column) -> Column:
    """Return the identifier as it was normalised at intake, null when empty: an empty one is no unit."""
    return as_text(column).nullif("")
