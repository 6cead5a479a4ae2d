"""Bins: a number becomes the band that holds it."""

from collections.abc import Sequence
from itertools import pairwise

import ibis

from anonymizers.columns import OUTSIDE, Column


def treat(column: Column, *, bounds: Sequence[int]) -> Column:
    """Return the band's label: ``a-b`` with b excluded, ``a+`` for the last; `OUTSIDE` below the first bound."""
    below = [(column < bound, label) for bound, label in zip(bounds, (OUTSIDE, *labels(bounds)), strict=False)]
    banded = ibis.cases(*below, else_=labels(bounds)[-1])
    return column.isnull().ifelse(ibis.null("string"), banded)


def labels(bounds: Sequence[int]) -> tuple[str, ...]:
    """Return the labels of all bands, in their order."""
    closed = [f"{low}-{high}" for low, high in pairwise(bounds)]
    return (*closed, f"{bounds[-1]}+")
