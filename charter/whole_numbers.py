"""Exact whole numbers out of the engine's answer."""

import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.cells import Integers
from eclor.errors import GuaranteeBroken


def whole(column: pa.ChunkedArray) -> Integers:
    """Return exact 64-bit numbers, 0 for null. The engine's sums are wider; one that does not fit is refused."""
    try:
        fitting = column.cast(pa.int64())
    except pa.ArrowInvalid:
        fitting = None  # said outside, so that the value in the engine's message is not kept as a context
    if fitting is None:
        raise GuaranteeBroken("release.too-large")
    numbers: Integers = pc.fill_null(fitting, 0).to_numpy()
    return numbers
