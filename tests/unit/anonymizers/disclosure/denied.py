"""What a reader denies of a claim, asked of a linear programme."""

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.feasibility import spans_of
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.room import Claim


def falls_to(reader: Reader, hidden: Booleans, claim: Claim, still: Integers) -> bool:
    """Say whether a reader who knows the cells `still` denies a claim, by a programme."""
    need, sign = claim
    told = spans_of(reader, hidden, reader.needs.cells[need : need + 1], still=still)
    reach, asked = (told.high, reader.needs.up) if sign > 0 else (-told.low, reader.needs.down)
    return bool(reach[0] < asked[need] - 1e-6)
