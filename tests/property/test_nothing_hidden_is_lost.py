"""The first look at a column misses nothing that the recognisers find in a text or in what it hides."""

import base64
import re
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

import duckdb
import pytest
import regex
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from catalog.gates.context_words import ContextWords
from catalog.gates.findings import PERSON, Context
from catalog.gates.plain import ODD, decodes, plain, views, windows
from catalog.gates.recognisers import RECOGNISERS
from catalog.gates.recognisers.outline import Outline
from catalog.gates.recognisers.recogniser import folded, has_word
from catalog.gates.sieve import BIT, HIDES, MAY_BE_TIED, MAY_DECODE, Sieve, in_any_accent

SECRETS = (
    "06 12 34 56 78",
    "269054958815780",
    "FR1420041010050500013M02606",
    "AB-123-CD",
    "sophie.martin@exemple.fr",
    "Sophie Martin",
    "martin sophie",
    "J. Dupont",
    "mme weber",
    "né le 17/12/1941",
    "compteur Linky 19345678901234",
    "habite 12 rue des Lilas",
    "n° d'allocataire 9002287",
    "passeport 66VF27652",
    "A4:C1:38:0D:5E:7F",
    "88.124.3.9",
)


class NoWords:
    """No word is known: of context, names say nothing."""

    def may_name(self, word: str) -> bool:
        return False

    def is_name(self, word: str) -> bool:
        return False

    def names_people(self, word: str) -> bool:
        return False


OUTLINE = Outline(NoWords())
AROUND = st.text('aB9 .,;-/_(é\n\u200b\u00a0’{"', max_size=5)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HIDINGS: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    [
        str,
        quote,
        str.upper,
        lambda text: text.translate(WIDE),
        "\u200b".join,
        lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
        lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: f'{{"a": "{text}"}}',
        lambda text: text.replace("@", " (at) "),
        lambda text: text.replace("a", "а").replace("e", "е"),
    ]
)


@cache
def engine() -> duckdb.DuckDBPyConnection:
    """One DuckDB for all that is asked here: each costs 9 ms of CPU to make."""
    return duckdb.connect()


@pytest.mark.parametrize("names", [True, False])
@given(st.sampled_from(SECRETS), HIDINGS, AROUND, AROUND)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_view_holds_passes_the_sieve(
    names: bool, secret: str, hiding: Callable[[str], str], before: str, after: str
) -> None:
    text = before + hiding(secret) + after
    context = Context.of("texte")
    cell = duckdb.ConstantExpression(text)
    [passes] = engine().sql("SELECT 1").select(Sieve.of(context, names=names).matching(cell)).fetchone() or [0]
    assert passes or not any(would_count(view, names=names) for view in views(text))


@given(st.sampled_from(SECRETS), HIDINGS, AROUND, AROUND)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_said_to_hide_has_no_other_view(
    secret: str, hiding: Callable[[str], str], before: str, after: str
) -> None:
    text = before + hiding(secret) + after
    [bits] = flags([text], Context.of("texte"))
    hides = bits & HIDES or (bits & MAY_DECODE and decodes(text))
    assert hides or views(text) == [text]


@given(st.sampled_from(SECRETS), st.sampled_from(["", "agent : ", "suivi par ", "Tél. "]), AROUND)
@example("Sophie Martin", "responsable ", "")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_filter_that_counts_has_its_bit_by_a_scan(secret: str, before: str, after: str) -> None:
    text, context = plain(before + secret + after), Context.of("texte")
    [bits] = flags([text], context)
    for each in RECOGNISERS:
        counted = each.kind == PERSON or context.gives(each) or has_word(each.context, folded(text))
        if counted and re.search(each.prefilter, text, re.ASCII):
            assert bits & BIT[each.prefilter], each


@given(
    st.lists(
        st.tuples(st.sampled_from([*SECRETS, "rien du tout", "identité", "12/03"]), AROUND).map("".join), max_size=6
    )
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_filters_asked_together_tell_what_each_tells(texts: list[str]) -> None:
    context = Context.of("texte")
    told = [one_by_one(text, Sieve.of(context, names=True), engine()) for text in texts]
    assert [bits & (HIDES - 1) for bits in flags(texts, context)] == told


def one_by_one(text: str, sieve: Sieve, connection: duckdb.DuckDBPyConnection) -> int:
    """The bits of a text, each filter asked by itself."""

    def passes(*patterns: str) -> bool:
        union = "|".join(f"(?:{each})" for each in patterns)
        [found] = connection.execute("SELECT regexp_matches(?, ?)", [text, union]).fetchone() or [False]
        return bool(found)

    passed = [each for each in {*sieve.alone, *sieve.names} if passes(each)]
    [said] = ContextWords(sieve.with_word).said(OUTLINE.of([text])).tolist()
    worded = [each for each in sieve.with_word if passes(each) and said & BIT[each]]
    return sum(BIT[each] for each in [*passed, *worded])


def flags(texts: list[str], context: Context) -> list[int]:
    """The bits of texts, by one scan of them and one of their words."""
    sieve = Sieve.of(context, names=True)
    bits = sieve.flags(texts, engine())
    said = ContextWords(sieve.with_word).said(OUTLINE.of(texts))
    said[bits & MAY_BE_TIED == 0] = 0
    told: list[int] = (bits & ~MAY_BE_TIED | sieve.tied(texts, said, engine())).tolist()
    return told


def from_stem(stem: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(stem, re.ASCII), fullmatch=True)


STEMS = sorted({stem for each in RECOGNISERS for stem in each.context})


@given(st.sampled_from(STEMS).flatmap(lambda stem: st.from_regex(re.compile(stem, re.ASCII))))
@settings(max_examples=400, deadline=None)
def test_a_word_of_context_passes_the_sieve(text: str) -> None:
    assume(has_word(tuple(STEMS), folded(text)))
    [passes] = duckdb.execute("SELECT regexp_matches(?, ?)", [plain(text), in_any_accent(STEMS)]).fetchone() or [False]
    assert passes or regex.search(ODD, text)


@given(
    st.sampled_from([stems for each in RECOGNISERS if (stems := each.context)]).flatmap(
        lambda stems: st.tuples(st.just(stems), st.sampled_from(stems).flatmap(from_stem))
    ),
    AROUND,
    AROUND,
    st.sampled_from([str, str.upper, lambda text: text.replace("e", "é").replace(" ", "_")]),
)
@settings(max_examples=400, deadline=None)
def test_a_word_of_context_says_so(
    drawn: tuple[tuple[str, ...], str], before: str, after: str, written: Callable[[str], str]
) -> None:
    stems, text = drawn[0], plain(before + written(drawn[1]) + after)
    assume(has_word(stems, folded(text)))
    [prefilter, *_] = BIT
    [said] = ContextWords({prefilter: stems}).said(OUTLINE.of([text])).tolist()
    assert said == BIT[prefilter]


def test_no_mark_begins_more_than_those_that_are_looked_at() -> None:
    marks = [chr(code) for code in range(128) if not chr(code).isalpha()]
    [prefilter, *_] = BIT
    for stems in {each.context for each in RECOGNISERS if each.context}:
        spelt = {word for stem in stems for word in re.findall(r"[a-z]+", stem)}
        begun = sorted(spelt | {word[:letters] for word in spelt for letters in (1, 2)})
        pattern = regex.compile("|".join(stems))
        told = [BIT[prefilter] * any(pattern.match(word + mark, partial=True) for mark in marks) for word in begun]
        assert ContextWords({prefilter: stems}).said(OUTLINE.of(begun)).tolist() == told


def test_a_date_of_birth_in_a_closed_column_is_found() -> None:
    sieve = Sieve.of(Context.of("texte"), names=False)
    [passes] = duckdb.sql("SELECT 1").select(sieve.matching(duckdb.ConstantExpression("né 17/12/1941"))).fetchone() or [
        0
    ]
    assert passes


def would_count(view: str, *, names: bool) -> bool:
    """Whether a recogniser that needs no context takes something in a view."""
    from catalog.gates.detector import ProvedRecognizer  # noqa: PLC0415 - heavy

    context = Context.of("texte")
    return any(
        [*ProvedRecognizer(each, entity="x").spans(view)]
        for each in RECOGNISERS
        if context.gives(each) and (names or each.kind != "person")
    )


@given(st.text(max_size=40))
def test_plain_is_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.integers(0, 140_000))
@settings(max_examples=20, deadline=None)
def test_no_cut_of_a_long_text_parts_a_number(place: int) -> None:
    text = "x " * (place // 2) + "06 12 34 56 78" + " x" * (70_000 - place // 2)
    assert any("06 12 34 56 78" in piece for piece in windows(text))
