"""An entry is read if, and only if, its bytes are the RFC 8785 form of an entry of a known kind."""

import json

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from charter.chain import FACTS, Kind, read_entry
from eclor.errors import VerificationFailed

VALUES = st.text() | st.integers(-(2**54), 2**54) | st.floats() | st.booleans() | st.none() | st.lists(st.text())
FRAME = {"index": 3, "instant": "2026-11-24T06:12:30Z", "precedent": "0" * 64}


def readable(line: bytes) -> bool:
    try:
        read_entry(line, place=3)
    except VerificationFailed:
        return False
    return True


def canonical(entry: dict[str, object]) -> bytes | None:
    try:
        return bytes(rfc8785.dumps(entry))  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeError):
        return None


@given(
    st.sampled_from(Kind).flatmap(
        lambda kind: st.fixed_dictionaries(dict.fromkeys(FACTS[kind], VALUES)).map(
            lambda facts: {**FRAME, "kind": kind.value, **facts}
        )
    )
)
def test_what_is_read_is_canonical_and_what_is_canonical_is_read(entry: dict[str, object]) -> None:
    line = canonical(entry)
    if line is not None:  # RFC 8785 writes 0.0 as 0, 2.0 ** 53 as no integer is: what counts is what stands there
        stands = json.loads(line)
        flat = all(type(value) in {str, int} for value in stands.values()) and canonical(stands) == line
        assert readable(line) == flat
    loose = json.dumps(entry).encode()
    assert not readable(loose)


KNOWN = ["index", "instant", "kind", "precedent", "dataset", "version", "reason"]


@given(st.sampled_from(KNOWN) | st.text(), st.sampled_from(KNOWN), VALUES)
def test_an_entry_with_another_value_in_its_place_never_breaks_the_reader(name: str, key: str, value: object) -> None:
    entry = {**FRAME, "kind": "withdrawal", "dataset": "d", "version": 1, "reason": "r", key: value, name: value}
    if (line := canonical(entry)) is not None:
        assert not readable(line) or all(type(one) in {str, int} for one in entry.values())
