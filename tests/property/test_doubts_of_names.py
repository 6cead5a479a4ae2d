"""Two things left out when names are looked for change nothing: digits, and words that stand far from a doubt."""

from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.gates.doubts import Doubts
from catalog.gates.known_words import KnownWords
from catalog.gates.recognisers.full_names import full_names
from catalog.gates.recognisers.names import unknown_names

READ = 4
"""Words on either side that the language model looks at."""
WORDS = KnownWords({}.get)
TEXTS = st.lists(
    st.sampled_from(
        [
            "Karim",
            "Sophie",
            "Martin",
            "vu",
            "avec",
            "rue",
            "12",
            "3bis",
            "le",
            "matin,",
            "J.",
            "2024-",
            "M.",
            "banc\n",
            "7Paul",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(TEXTS)
def test_full_names_do_not_depend_on_digits(text: str) -> None:
    assert full_names.__wrapped__(text) == full_names(text)  # type: ignore[attr-defined]


@given(TEXTS)
def test_what_is_read_holds_all_doubts_and_the_words_around(text: str) -> None:
    read = Doubts.of(text, WORDS, lone=True)
    assume(read.stretches)
    names = [*unknown_names(text, WORDS.may_name), *((each.start, each.end) for each in read.lone)]
    for begun, ended in names:
        [(start, excerpt)] = [(at, each) for at, each in read.excerpts if at <= begun < at + len(each)]
        before, after = excerpt[: begun - start], excerpt[ended - start :]
        assert before.split()[-READ:] == text[:begun].split()[-READ:]
        assert after.split()[:READ] == text[ended:].split()[:READ]
