"""Bins: a number becomes the band that holds it."""

from collections.abc import Sequence
from typing import Final

import ibis

from anonymizers.columns import OUTSIDE, Column, Written, band_labels, plain

MONOTONE: Final = False
"""Bands sort as texts: `20+` stands before `5-20`."""


def treat(column: Column, *, bounds: Sequence[int], written: Written = plain) -> Column:
    """Return the band's label, `OUTSIDE` below the first bound, null for null."""
    labels = band_labels(bounds)
    below = ((column < bound, written(label)) for bound, label in zip(bounds, (OUTSIDE, *labels), strict=False))
    return ibis.cases((column.isnull(), written(None)), *below, else_=written(labels[-1]))
