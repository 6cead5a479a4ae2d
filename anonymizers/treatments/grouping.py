"""Grouping: each source value becomes the group that holds it."""

from collections.abc import Sequence

import ibis

from anonymizers.columns import OUTSIDE, Column, as_text


def treat(column: Column, *, groups: Sequence[tuple[str, Sequence[str]]]) -> Column:
    """Return the group's name; `OUTSIDE` for a value of no group, null for a missing or empty one."""
    text = as_text(column).nullif("")
    named = [(text.isin(list(sources)), name) for name, sources in groups]
    return text.isnull().ifelse(ibis.null("string"), ibis.cases(*named, else_=OUTSIDE))
