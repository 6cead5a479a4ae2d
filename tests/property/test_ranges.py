"""Ranges, whatever is asked: nothing breaks, no byte is sent twice, and what is sent is what was asked for."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from api.conditional import GAP, MOST_RANGES, Partial, Several, Unsatisfiable, Validators, Whole, decide
from api.dating import UNDATED
from api.streaming import Multipart

NUMBERS = st.integers(0, 1_200).map(str) | st.just("")
SPECS = st.tuples(NUMBERS, NUMBERS).map("-".join)
HEADERS = st.lists(SPECS, min_size=1, max_size=40).map(lambda specs: "bytes=" + ",".join(specs))
SIZES = st.integers(0, 1_000)


def parts(header: str, size: int) -> list[Partial] | None:
    match decide("GET", {"range": header}, Validators('"a"', size, UNDATED)):
        case Partial() as one:
            return [one]
        case Several(several):
            return list(several)
        case _:
            return None


@given(header=HEADERS, size=SIZES)
@settings(deadline=None)
def test_parts_are_inside_apart_and_in_order(header: str, size: int) -> None:
    found = parts(header, size) or []
    assert len(found) <= MOST_RANGES
    assert all(0 <= part.first <= part.last < size for part in found)
    assert all(one.last + 1 + GAP < other.first for one, other in pairwise(found))


@given(header=HEADERS, size=SIZES)
@settings(deadline=None)
def test_every_byte_that_was_asked_for_is_sent(header: str, size: int) -> None:
    found = parts(header, size)
    if found is None:
        return
    asked: set[int] = set()
    for spec in header.removeprefix("bytes=").split(","):
        first, last = spec.split("-")
        places = range(size - min(int(last), size), size) if not first else range(int(first), int(last or size) + 1)
        asked |= {place for place in places if place < size}
    sent = {place for part in found for place in range(part.first, part.last + 1)}
    assert asked <= sent


@given(header=st.text(st.characters(max_codepoint=255), max_size=60), size=SIZES)
@settings(deadline=None)
def test_no_header_breaks_it(header: str, size: int) -> None:
    for name in ("range", "if-range", "if-match", "if-none-match", "if-modified-since"):
        decide("GET", {"range": "bytes=0-1", name: header}, Validators('"a"', size, UNDATED))
    assert isinstance(decide("GET", {"range": f"bytes={header}"}, Validators('"a"', size, UNDATED)), object)


@given(header=HEADERS)
@settings(deadline=None)
def test_a_message_of_parts_is_as_long_as_it_says_and_no_longer_than_the_whole(header: str) -> None:
    about = Validators('"a"', 1_000, UNDATED)
    decision = decide("GET", {"range": header}, about)
    assert isinstance(decision, Partial | Several | Whole | Unsatisfiable)
    if isinstance(decision, Several):
        message = Multipart(decision.parts, b"text/csv", about)
        assert sum(piece.length for piece in message.pieces) < about.size
        assert message.length == sum(len(piece.head) + piece.length for piece in message.pieces)
