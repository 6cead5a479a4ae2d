"""A filter of the first scan misses nothing that its recogniser would find."""

import re

import duckdb
import regex
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from catalog.gates.plain import plain
from catalog.gates.recognisers import RECOGNISERS, Recogniser

AROUND = st.text("aB9 .,;:-/_@(é\n\u00a0", max_size=4)
CLASSES = ((r"\p{Lu}", "A-ZÉ"), (r"\p{L}", "A-Za-zÉé"))
NAMES = (
    "Sophie Martin",
    "Mme Émilie",
    "M. Élie Åberg",
    "MARTIN Sophie",
    "Jean-Pierre de La Tour",
    "M. D'Angelo",
    "Mme Lefèvre",
)


def in_standard_syntax(pattern: str) -> str:
    """The pattern as the standard library's `re` reads it, letters narrowed to a few."""
    for theirs, ours in CLASSES:
        pattern = re.sub(rf"\[((?:[^\]\\]|\\.)*?){re.escape(theirs)}", rf"[\g<1>{ours}", pattern)
        pattern = pattern.replace(theirs, f"[{ours}]")
    return pattern


def found_in_text(recogniser: Recogniser) -> st.SearchStrategy[tuple[Recogniser, str]]:
    taken = st.from_regex(re.compile(in_standard_syntax(recogniser.pattern), re.ASCII), fullmatch=False)
    return st.builds(lambda before, text, after: (recogniser, before + text + after), AROUND, taken, AROUND)


@given(st.sampled_from(RECOGNISERS).flatmap(found_in_text))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_what_a_pattern_takes_passes_its_filter(drawn: tuple[Recogniser, str]) -> None:
    recogniser, text = drawn[0], plain(drawn[1])
    assume(regex.search(recogniser.pattern, text))
    [passes] = duckdb.execute("SELECT regexp_matches(?, ?)", [text, recogniser.prefilter]).fetchone() or [False]
    assert passes


@given(st.sampled_from(NAMES), AROUND, AROUND)
def test_a_name_in_any_text_passes_a_filter_of_names(name: str, before: str, after: str) -> None:
    text = plain(before + name + after)
    for recogniser in RECOGNISERS:
        if recogniser.kind == "person" and regex.search(recogniser.pattern, text):
            [passes] = duckdb.execute("SELECT regexp_matches(?, ?)", [text, recogniser.prefilter]).fetchone() or [False]
            assert passes
