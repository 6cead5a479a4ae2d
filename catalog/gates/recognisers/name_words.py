"""What is known of a word as part of a name: given name, surname, initial, label, or what no name stands beside."""

from functools import lru_cache
from typing import Final, NamedTuple, Self

import regex

from catalog.gates.recognisers.given_names import COMMON_WORDS, FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.surnames import SURNAMES

_ELIDED: Final = regex.compile(r"(?:d|qu|jusqu|lorsqu|puisqu)['’]")
_INITIALS: Final = regex.compile(r"\p{Lu}-\p{Lu}\.?")
_PARTICLES: Final = frozenset(
    {"d", "da", "de", "del", "des", "di", "dos", "du", "el", "la", "le", "van", "von", "ben", "der"}
)
LABELS: Final = frozenset({"nom", "noms", "prenom", "prenoms", "name", "firstname", "lastname", "surname", "vorname"})
_NO_NAMES: Final = _PARTICLES | frozenset(
    """a au aux avec bac bacs benne bleu bleue bis bus cap centre centrale commune dans en et est les mairie mars
    mai mer ne nord ouest par parc plein pleine pour que qui rue saint sainte sans signale sous sud sur ter
    ville vert verte vide a-t-il appelle demande habite vient etait sera ont sont""".split()  # noqa: SIM905 - words to be read
)
COMMON_SURNAMES: Final = frozenset(
    """boulay kayl metz adam bach barbe barre bataille ben berger blanc bois bouquet bourgeois brun buisson bureau carre
    charpentier chevalier clement colin collet combes constant coste courtois cousin couturier cruz da duc
    faure fleury fontaine fournier gaillard gay germain grand gras gros jourdain jung kiosque labbe lacombe
    lacroix lang leblanc lemaire lux marchand marchal mars mercier meunier moine montagne moulin mouton neri
    noir noel normand page pages parent paris petit picard pierre pinto place poirier poisson pont pons
    portier potier poulet poussin prevost prost renard robin roche roi rosa rose rousset roux royer salle
    savage seguin serre simple sol toure toussaint vallee vert vidal villard ville vincent viole voisin wagner
    weiss wolf claude charles georges henry jacques""".split()  # noqa: SIM905 - words
)
"""Surnames that are words too: in lower case they tell nothing."""
COMPOUNDS: Final = frozenset({"jean", "marie", "anne", "pierre", "paul", "louis", "juan", "jose", "maria"})
_SHORTENED: Final = frozenset(name[:letters] for name in FOLDED_GIVEN_NAMES for letters in (2, 3, 4)) - _PARTICLES
"""How given names begin: after "Jean-" that much of one is enough."""
_MOST_KEPT: Final = 65_536
FEASTS: Final = frozenset({"ascension", "careme", "halloween", "noel", "paques", "pentecote"})
"""Days that are called as people are."""
TERRITORIES: Final = frozenset({"florence", "france", "lourdes", "nancy", "paris", "savoie"})
"""Given names that a firm adds to its own ("Colas France"): after a surname they leave a doubt."""
CUES: Final = frozenset(
    """agent agente appele avec cc chez contact contacter copie demander habitant interlocuteur locataire madame
    mademoiselle mlle mme mmes monsieur mr nom par prenom prevenir proprietaire rappeler signataire signe voir
    voisin voisine""".split()  # noqa: SIM905 - words to be read
)
"""Words after which somebody is named."""


class NameWord(NamedTuple):
    """A word and what is known of it; `telling`: a full name has one such; `word`: it may be no name at all.

    "A." and "D." are initials, "a" and "d'" are words of sentences: `no_name` is what no name stands beside.
    """

    text: str
    plain: str
    capital: bool
    initial: bool
    given: bool
    surname: bool
    telling: bool
    word: bool
    may_name: bool
    no_name: bool
    cue: bool

    @classmethod
    def of(cls, text: str) -> Self:
        """Return what is known of a word."""
        plain = folded(text.rstrip(".").replace("’", "'"))
        capital = text[0].isupper() or text[elision(text) :][:1].isupper()
        initial = (len(text.rstrip(".")) == 1 and capital) or _INITIALS.fullmatch(text) is not None
        shortened = initial and text.endswith(".")
        given = is_given_name(plain[elision(plain) :])
        return cls(
            text, plain, capital, initial, given,
            surname=all(part in SURNAMES for part in plain.removeprefix("d'").split("-")),
            telling=given or initial,
            word=plain in COMMON_WORDS or plain in COMMON_SURNAMES,
            may_name=shortened or (plain not in _PARTICLES and plain not in LABELS),
            no_name=not shortened and plain in _NO_NAMES,
            cue=plain in CUES or plain in LABELS,
        )  # fmt: skip


class _KnownWords(dict[str, NameWord]):
    """What is known of the words that were met last: a column's texts differ, their words come back."""

    def __missing__(self, text: str) -> NameWord:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[text] = word = NameWord.of(text)
        return word


KNOWN_WORDS: Final = _KnownWords()
"""What is known of a word, by the word."""


def elision(word: str) -> int:
    """Return the length of what is elided before a word: "d'Hélène", "qu'Antoine"."""
    found = _ELIDED.match(word) if "'" in word or "’" in word else None
    return found.end() if found else 0


def is_sure_name(plain: str) -> bool:
    """Tell whether a folded word is a known given name or surname, and no word besides; "anne-marie" is one."""
    if "-" in plain and is_given_name(plain):
        return True
    return (
        (plain in FOLDED_GIVEN_NAMES or plain in SURNAMES)
        and plain not in COMMON_WORDS
        and plain not in COMMON_SURNAMES
        and plain not in TERRITORIES
    )


@lru_cache(maxsize=65_536)
def is_given_name(plain: str) -> bool:
    """Tell whether a folded word is a known given name, or is composed of such; "Jean-Mi" is short for one."""
    first, _, second = plain.partition("-")
    if second in _SHORTENED and first in COMPOUNDS:
        return True
    return all(part in FOLDED_GIVEN_NAMES for part in plain.split("-"))
