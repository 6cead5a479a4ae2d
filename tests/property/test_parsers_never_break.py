"""Whatever bytes come, a parser gives rows or a refusal."""

from hypothesis import given, settings
from hypothesis import strategies as st

from harvesters import strict_json
from harvesters.protocols import PROTOCOLS
from tests.payloads import SAMPLES, read

NAMES = sorted(PROTOCOLS)
UNTIMED = settings(deadline=None, max_examples=300)
"""A protocol's first payload loads its libraries."""


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a sample with pieces cut out, put in, and turned over."""
    name = draw(st.sampled_from(NAMES))
    payload = SAMPLES[name][0]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(payload)))
        length = draw(st.integers(0, 12))
        put = draw(
            st.one_of(st.binary(max_size=6), st.sampled_from([b'"', b"\n", b"\r", b"<", b"{", b"]", b"\0", b",", b"&"]))
        )
        payload = payload[:at] + put + payload[at + length :]
    return name, payload


@UNTIMED
@given(name=st.sampled_from(NAMES), payload=st.binary(max_size=200))
def test_any_bytes_are_rows_or_a_refusal(name: str, payload: bytes) -> None:
    read(name, payload)


@UNTIMED
@given(damaged())
def test_a_damaged_payload_is_rows_or_a_refusal(case: tuple[str, bytes]) -> None:
    name, payload = case
    for row in read(name, payload).rows:
        strict_json.dump(row)


@UNTIMED
@given(damaged())
def test_a_refusal_has_its_sentences_in_both_languages(case: tuple[str, bytes]) -> None:
    outcome = read(*case)
    for finding in (*outcome.refused, *outcome.warnings):
        assert "{" not in finding.located().removeprefix(str(finding.place))
    if outcome.refusal is not None:
        assert "{" not in outcome.refusal.french()
        assert "{" not in outcome.refusal.english()


@UNTIMED
@given(name=st.sampled_from(NAMES), garbage=st.text(max_size=80))
def test_any_text_is_rows_or_a_refusal(name: str, garbage: str) -> None:
    read(name, garbage.encode("utf-8", errors="surrogatepass"))
