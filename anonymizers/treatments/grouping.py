"""Grouping: each source value becomes the group that holds it."""

from collections.abc import Sequence
from typing import Final

import ibis

from anonymizers.columns import OUTSIDE, Column, Written, as_text, plain

MONOTONE: Final = False
"""A group's name says nothing of the order of what it holds."""


def treat(column: Column, *, groups: Sequence[tuple[str, Sequence[str]]], written: Written = plain) -> Column:
    """Return the group's name; `OUTSIDE` for a value of no group, null for a missing or empty one."""
    text = as_text(column).nullif("")
    named = ((text.isin(list(sources)), written(name)) for name, sources in groups)
    return ibis.cases((text.isnull(), written(None)), *named, else_=written(OUTSIDE))
