"""Exact whole numbers out of the engine's answer."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.cells import Integers
from eclor.errors import GuaranteeBroken

_LARGEST: Final = 2**53 - 1
"""Beyond, a linear programme and most readers of a file no longer tell neighbours apart; its hundredfold, which
dominance and margins of protection ask for, still holds in 64 bits."""


def whole(column: pa.ChunkedArray) -> Integers:
    """Return exact numbers, 0 for null. The engine's sums are wider; one past 2 ** 53 is refused."""
    try:
        fitting = column.cast(pa.int64())
    except pa.ArrowInvalid:
        fitting = None  # said outside, so that the value in the engine's message is not kept as a context
    numbers: Integers | None = None if fitting is None else pc.fill_null(fitting, 0).to_numpy()
    if numbers is None or ((numbers > _LARGEST) | (numbers < -_LARGEST)).any():
        raise GuaranteeBroken("release.too-large")
    return numbers
