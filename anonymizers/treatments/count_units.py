"""Count units: an identifier is counted in memory, distinct, and never stored nor released."""

from typing import Final

from anonymizers.columns import Column, as_text

MONOTONE: Final = True
"""An identifier keeps its place among texts."""


def treat(column: Column) -> Column:
    """Return the identifier as it was normalised at intake, null when empty: an empty one is no unit."""
    return as_text(column).nullif("")
