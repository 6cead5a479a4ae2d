"""What is left out when names are looked for changes nothing: digits, words far from a doubt, texts without one."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from catalog.gates.doubts import Doubts
from catalog.gates.known_words import KnownWords
from catalog.gates.recognisers.full_names import full_names, may_hold_one, named_pairs
from catalog.gates.recognisers.lone_names import lone_names
from catalog.gates.recognisers.names import unknown_names
from catalog.gates.recognisers.outline import Outline, may_name_alone, may_name_fully

READ = 4
"""Words on either side that the language model looks at."""
COMMON = dict.fromkeys(["fuite", "la", "le", "maire", "réunion", "rue", "signalé", "visite"], 1)
LIKE_NAMES = dict.fromkeys(["Karim", "Sophie", "Martin", "Dupont", "Kaufmann"], 2)
WORDS = KnownWords((COMMON | LIKE_NAMES).get)
OUTLINE = Outline(WORDS)
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

NAMED = """Karim karim Sophie sophie Martin DUPONT Jean-Pierre Inês Kaufmann kaufmann Thil Saint-Martin MARTIN-DUPONT
D'Karim Pescatore-Strooss Bernard""".split()  # noqa: SIM905 - words to be read
LONG_WORD = "x" * 34 + "maire"
AROUND = """A D J L La Le MAIRE Me Platz Rue Van Victor Hugo a ainsi au avec centre chez commune contact d d'Hélène de
demande dentiste des directeur du est famille ici indivision janvier l la le les maire melle mme mr mur n n'est ne nom
par parle petit primaire prénom qu qu'Antoine responsable rue région s s'est se secrétaire sera service sous-directeur
technique un van vicaire voisin à école était""".split()  # noqa: SIM905 - words to be read
TIGHT = ". , ' ’ - -- '; _ / : ( 1 \u200b … ---------".split()  # noqa: SIM905 - marks
LOOSE = [
    ". ",
    ", ",
    " - ",
    "- ",
    "' ",
    "\n",
    ": ",
    " : ",
    '" "',
    "  ",
    "; ",
    " 1 ",
    " (",
    ") ",
    " « ",
    " " * 9,
    "e\u0301 ",
]
PARTS = st.tuples(st.sampled_from([*NAMED, *AROUND, LONG_WORD]), st.just(" ") | st.sampled_from([*TIGHT, *LOOSE]))
MIXED = st.builds(
    lambda before, parts, after: before + "".join(map("".join, parts)) + after,
    st.sampled_from(["", "il vient ici ", "on a vu ", "("]),
    st.lists(PARTS, min_size=1, max_size=7),
    st.sampled_from(["", ".", " qui est là et ici", ", 12 ans", " dit non", " est venu", " n’avait rien"]),
)
"""Texts in which names, what stands before and after them, and marks come in any order."""


@given(MIXED)
@example("on a vu ici chez karim")
@example("on a vu ici Martin' Kaufmann")
@example("on a vu ici Martin--le Kaufmann")
@example("on a vu ici D'Martin Kaufmann")
@example("on a vu ici Kaufmann Thil'")
@example("le responsable du service : KAUFMANN")
@example("on a vu la famille DUPONT ici")
@example("on a vu le sous-directeur MARTIN-DUPONT")
@example("on a vu ici mme. kaufmann et mr martin")
@example("le mur Karim était ici")
@example("le mur Karim n'est pas là")
@example("le mur Karim ne sera pas là")
@settings(max_examples=2_000)
def test_no_doubt_is_missed_by_an_outline(text: str) -> None:
    outline = OUTLINE.of(text)
    assert may_name_alone(outline) or not [*lone_names(text, WORDS)]
    assert may_name_fully(outline) or not [*unknown_names(text, WORDS.may_name)]


@given(MIXED)
@example("le Petit Bernard est là")
@example("Karim Kaufmann Victor Hugo")
@example("qu'Antoine d'Hélène Martin")
@settings(max_examples=2_000)
def test_no_full_name_is_missed_by_the_first_look(text: str) -> None:
    assert may_hold_one(text) or not [*named_pairs(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Réunion publique à école maternelle Jacques Prévert, chemin du Moulin.",
        "La commune de Thil demande une réponse sur le budget.",
        "Signalé par un riverain : banc cassé rue de la République.",
        "fuite, place Saint-Martin, Micheville.",
        "Visite de l'école Pierre et Marie Curie hier.",
    ],
)
def test_a_text_that_names_places_alone_is_not_read_closely(text: str) -> None:
    outline = OUTLINE.of(text)
    assert not may_name_alone(outline)
    assert not may_name_fully(outline)


@given(TEXTS)
def test_full_names_do_not_depend_on_digits(text: str) -> None:
    assert full_names.__wrapped__(text) == full_names(text)  # type: ignore[attr-defined]


@given(TEXTS)
def test_what_is_read_holds_all_doubts_and_the_words_around(text: str) -> None:
    read = Doubts.of(text, WORDS, OUTLINE.of(text), lone=True)
    assume(read.stretches)
    names = [*unknown_names(text, WORDS.may_name), *((each.start, each.end) for each in read.lone)]
    for begun, ended in names:
        [(start, excerpt)] = [(at, each) for at, each in read.excerpts if at <= begun < at + len(each)]
        before, after = excerpt[: begun - start], excerpt[ended - start :]
        assert before.split()[-READ:] == text[:begun].split()[-READ:]
        assert after.split()[:READ] == text[ended:].split()[:READ]
