"""What is left out when names are looked for changes nothing: digits, words far from a doubt, texts without one."""

import pytest
import regex
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from catalog.gates.doubts import Doubts
from catalog.gates.known_words import KnownWords
from catalog.gates.recognisers.first_look import first_look
from catalog.gates.recognisers.full_names import full_names, named_pairs, tells_of_one
from catalog.gates.recognisers.lone_names import lone_names
from catalog.gates.recognisers.look import ANYTHING, KNOWN_NAME, NAME_ALONE, UNKNOWN_NAME
from catalog.gates.recognisers.names import unknown_names
from catalog.gates.recognisers.outline import Outline
from catalog.gates.recognisers.place_names import is_place_name, names_its_place
from catalog.gates.recognisers.small_names import names_in_small_letters
from catalog.gates.recognisers.word_before import WORD_BEFORE

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
D'Karim Pescatore-Strooss Bernard dupont""".split()  # noqa: SIM905 - words to be read
LONG_WORD = "x" * 34 + "maire"
AROUND = """A A. D D. J J. L La Le MAIRE Me Platz Rue Van Victor Hugo a ainsi au avec centre chez commune contact d
d'Hélène de demande dentiste des directeur du est famille ici indivision janvier l la le les maire melle mme
mr mur n n'est ne nom par parle petit primaire prénom qu qu'Antoine responsable rue région s s'est se
secrétaire sera service sous-directeur technique un van vicaire voisin à école était merci salutations mfg
et / + c fille signé vum
vu Sohn Herrn absent Jean-Mi J-P dossier chien pour suivi ok da fam loc maman de confirme""".split()  # noqa: SIM905 - words to be read
TIGHT = ". , ' ’ - -- '; _ / : « ( 1 \u200b … ---------".split()  # noqa: SIM905 - marks
LOOSE = [
    ". ",
    ", ",
    " - ",
    "- ",
    "' ",
    "\n",
    ": ",
    "/ ",
    " : ",
    " = ",
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


def looked_at(*texts: str) -> list[int]:
    """The first look at texts together."""
    looks: list[int] = first_look(OUTLINE.of(texts)).tolist()
    return looks


SEVERAL = st.lists(MIXED, min_size=1, max_size=40)


@given(SEVERAL)
@example(
    [
        "on a vu ici chez karim",
        "on a vu ici Martin' Kaufmann",
        "on a vu ici Martin--le Kaufmann",
        "on a vu ici D'Martin Kaufmann",
        "on a vu ici Kaufmann Thil'",
        "le responsable du service : KAUFMANN",
        "on a vu la famille DUPONT ici",
        "on a vu le sous-directeur MARTIN-DUPONT",
        "on a vu ici mme. kaufmann et mr martin",
        "le mur Karim était ici",
        "le mur Karim n'est pas là",
        "le mur Karim ne sera pas là",
        "Bonne journée Karim",
        "Salutations,  Karim.",
        "mfg Karim",
        "Merci d'avance, Karim",
        "Bien à vous Sophie.",
        "mit Grüßen gruß Karim",
        "dossier DUPONT Martin",
        "Vu Karim",
        "chez Kaufmann 2e étage",
        "Karim : absent",
        "Sohn Bernard ist da",
        "Hausmeister Kaufmann",
        "Dossier Dupont perdu",
        "vu par DUPONT",
        "le maçon (Karim) est là",
        "Karim 12 ans",
        "le code de karim est perdu",
        "karim absent",
        "chez les dupont",
        "le sieur dupont",
        "J-P Martin est là",
        "on a vu J-P Karim",
        "la commune c/ Dupont",
        "la commune, Dupont c. Ville",
        "sa fille, Karim",
        "signé « Karim »",
        "dossier Martin-Dupont clos",
        "un voisin KAUFMANN ici",
        "vum Karim: net do",
    ]
)
@settings(max_examples=300, deadline=None)
def test_no_doubt_is_missed_by_an_outline(texts: list[str]) -> None:
    for text, look in zip(texts, looked_at(*texts), strict=True):
        assert look & NAME_ALONE or not [*lone_names(text, WORDS)], text
        assert look & UNKNOWN_NAME or not [*unknown_names(text, WORDS.may_name)], text


@given(SEVERAL)
@example(
    [
        "le Petit Bernard est là",
        "Karim Kaufmann Victor Hugo",
        "qu'Antoine d'Hélène Martin",
        "qu'Antoine Martin est là",
        "Martin J. est là",
        "Malus 'Martin Karim'",
        "rue Karim Martin Sophie Kaufmann",
        "école, Sophie Martin",
        "rue d'Hélène Martin",
        "école de la Sophie Martin",
        "la place' Karim Martin",
        "Karim D., 12 ans",
    ]
)
@settings(max_examples=300, deadline=None)
def test_no_full_name_is_missed_by_the_first_look(texts: list[str]) -> None:
    for text, look in zip(texts, looked_at(*texts), strict=True):
        found = [each for each in named_pairs(text) if not is_of_a_place(text, each.start, each.end)]
        assert look & KNOWN_NAME or not found, text


def is_of_a_place(text: str, start: int, end: int) -> bool:
    """Tell whether a name is that of a place, in a column of sentences and in one of places too."""
    return is_place_name(text, start, end) and names_its_place(text, start, end)


def test_a_letter_that_the_scan_does_not_know_lets_its_text_through() -> None:
    assert looked_at("la rue est fermée \U00033479", "elle ouvre") == [ANYTHING, 0]


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
    assert looked_at(text)[0] & (NAME_ALONE | UNKNOWN_NAME) == 0


@pytest.mark.parametrize("text", ["Réunion rue Sophie Martin", "banc cassé, rue de la Sophie.", "vu avec MSAP Mairie"])
def test_a_street_that_bears_a_known_name_and_a_body_in_capitals_are_not_read_closely(text: str) -> None:
    assert looked_at(text) == [0]


@given(TEXTS)
def test_full_names_do_not_depend_on_digits(text: str) -> None:
    assert full_names.__wrapped__(text) == full_names(text)  # type: ignore[attr-defined]


@given(MIXED)
@example("on a vu Karim\u2122 Martin ici")
@example("on a vu x\u0301Karim Martin ici")
@example("on a vu Martin A")
@example("Élie Martin")
def test_a_text_names_somebody_where_it_tells_of_a_name(text: str) -> None:
    named = (*named_pairs(text),) if tells_of_one(text) else ()
    assert full_names.__wrapped__(text) == named  # type: ignore[attr-defined]


@given(MIXED)
@example("chez les dupont")
@example("le code de karim est perdu")
@example("vu avec anne-sophie hier")
def test_texts_without_a_sure_word_hold_no_name_in_small_letters(text: str) -> None:
    beside_one = [span for span in names_in_small_letters(f"{text} ; 1 christophe", WORDS) if span[1] <= len(text)]
    beside_none = [*names_in_small_letters(f"{text} ; 1 banc", WORDS)]
    assert beside_none == beside_one


@given(MIXED, st.integers(0, 60))
@example("la -Martin. \n Karim", 11)
def test_a_word_before_a_name_is_read_from_its_end_as_from_its_start(text: str, end: int) -> None:
    forwards = regex.compile(WORD_BEFORE.pattern.removeprefix("(?r)"))
    one, other = (each.search(text, max(end - 20, 0), end) for each in (WORD_BEFORE, forwards))
    assert (one and (one.span(), one.groups())) == (other and (other.span(), other.groups()))


@given(st.tuples(TEXTS, TEXTS).map(" vu avec Kaufmann Thil ".join))
def test_what_is_read_holds_all_doubts_and_the_words_around(text: str) -> None:
    read = Doubts.of(text, WORDS, *looked_at(text))
    assume(read.stretches)
    names = [*unknown_names(text, WORDS.may_name), *((each.start, each.end) for each in read.lone)]
    for begun, ended in names:
        [(start, excerpt)] = [(at, each) for at, each in read.excerpts if at <= begun < at + len(each)]
        before, after = excerpt[: begun - start], excerpt[ended - start :]
        assert before.split()[-READ:] == text[:begun].split()[-READ:]
        assert after.split()[:READ] == text[ended:].split()[:READ]
