"""Bins: a number becomes the band that holds it."""

from collections.abc import Sequence
from itertools import pairwise

import ibis

from anonymizers.columns import OUTSIDE, Column, Written, plain


def treat(column: Column, *, bounds: Sequence[int], written: Written = plain) -> Column:
    """Return the band's label: ``a-b`` with b excluded, ``a+`` for the last; `OUTSIDE` below the first bound."""
    bands = zip(bounds, (OUTSIDE, *labels(bounds)), strict=False)
    below = ((column < bound, written(label)) for bound, label in bands)
    return ibis.cases((column.isnull(), written(None)), *below, else_=written(labels(bounds)[-1]))


def labels(bounds: Sequence[int]) -> tuple[str, ...]:
    """Return the labels of all bands, in their order."""
    closed = [f"{low}-{high}" for low, high in pairwise(bounds)]
    return (*closed, f"{bounds[-1]}+")
