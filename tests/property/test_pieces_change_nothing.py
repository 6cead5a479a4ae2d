"""Where a piece of XML ends changes nothing of what it gives."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.payloads import SAMPLES, Outcome, read

LATER = b"<relatedSituation><objectReference id='s0'/></relatedSituation></situation>"
DOCUMENTS = {
    "datex2": SAMPLES["datex2"][0].replace(b"</situation>", LATER),
    "netex": SAMPLES["netex"][0],
    "siri": SAMPLES["siri"][0],
}


def _in_pieces(name: str, payload: bytes, size: int) -> tuple[Outcome, str]:
    with patch("harvesters.xml_stream._CHUNK_BYTES", size):
        outcome = read(name, payload)
    return outcome, str(outcome.refusal)


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_pieces_change_nothing(name: str, data: st.DataObject) -> None:
    payload = DOCUMENTS[name]
    end = data.draw(st.one_of(st.just(len(payload)), st.integers(1, len(payload))), "cut")
    size = data.draw(st.integers(1, 600), "size")
    (whole, said), (pieces, said_too) = (_in_pieces(name, payload[:end], length) for length in (len(payload), size))
    assert said_too == said
    assert (pieces.rows, pieces.refused, pieces.warnings) == (whole.rows, whole.refused, whole.warnings)


def test_what_follows_a_record_is_not_said_of_it() -> None:
    assert [row["group"] for row in read("datex2", DOCUMENTS["datex2"]).rows] == [{"id": "s1", "version": "3"}] * 2
