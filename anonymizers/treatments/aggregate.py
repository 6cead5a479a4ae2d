"""Aggregate: a value of a list or a technical place as it is, a dimension; an empty text or `inconnu` is missing."""

from typing import Final

from anonymizers.columns import Column, value_of

MONOTONE: Final = True
"""A text keeps its place among texts."""


def treat(column: Column) -> Column:
    """Return the value as text; it leaves the engine as a cell's key only, under the thresholds."""
    return value_of(column)
