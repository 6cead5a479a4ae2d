"""Names of persons by one word in a sentence: "chez le père Kaufmann", "Christian demande". Never sure of one: a review.

No list holds most surnames. The words around tell where one may stand; whether it is a name, a title or a kinship right
before it tells, or else the language model.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

from catalog.gates.recognisers.full_names import is_sure_name
from catalog.gates.recognisers.place_names import is_body_name, is_institution_name, is_place_name
from catalog.gates.recognisers.recogniser import folded

_WORD: Final = regex.compile(r"(?<![\p{L}\d_@#/.*`-])(?P<elided>(?:[dDlLjJnN]|[qQ]u)['’])?(?P<word>\p{L}+(?:-\p{L}+)*)")
_CAPITALISED: Final = regex.compile(r"(?<![\p{L}\d])\p{Lu}\p{Ll}")
_NAME: Final = regex.compile(r"\p{Lu}\p{Ll}\p{L}*(?:-\p{Lu}\p{Ll}\p{L}*)?")
_NO_NAME_AFTER: Final = regex.compile(r"[\d_@/()\[\]:’'-]|\s+(?:\p{Lu}|\d|[&+]\s)")
_ENDS: Final = frozenset(".!?:;\"«»“”(–—\n…")
_FEWEST_IN_LOWER_CASE: Final = 3
_SHORTEST: Final = 3
_ROLES: Final = frozenset(
    """abbe adjoint adjointe adjudant agent agente ami amie ancetre aspirant assistant assistante avocat avocate boucher
    boulanger brigadier camarade caporal capitaine chauffeur colonel commandant commissaire concierge conducteur
    conductrice conseiller conseillere consorts conjoint conjointe copine cousin cousine cultivateur cure dame
    defunt defunte demoiselle depute deputee dessinateur directeur directrice docteur docteure domestique dr educateur
    educatrice electricien eleve epouse epoux expert facteur famille femme feu fils fille frere garde gardien gardienne
    gendarme general gerant gerante heritiers huissier infirmier infirmiere ingenieur inspecteur inspectrice instituteur
    institutrice jardinier juge lieutenant lieutenant-colonel locataire maitre maire marechal marin mari me medecin menuisier
    mere mgr ministre monseigneur neveu niece notaire nomme nommee oncle ouvrier papi mamie pasteur patron patronne peintre pere
    plombier pompier pr prefet prefete president presidente principal professeur professeure proprietaire proviseur
    rapporteur redacteur riverain riveraine secretaire senateur senatrice sergent serrurier sieur soeur soldat stagiaire
    surveillant surveillante tante technicien technicienne temoin tonton tresorier tresoriere usager usagere veuf veuve
    voisin voisine""".split()  # noqa: SIM905 - words to be read
)
"""What somebody is, in front of a name; folded. In front of anything else a lower-case word follows."""
_TRADE: Final = regex.compile(r"\p{L}{2,}[cdgnrt]ien(?:ne)?|(?!.*[lp]iste)\p{L}{3,}iste")
"""The same by its ending: of what ends so, people alone are called by a name."""
_BEFORE: Final = frozenset(
    """a apres avec car ce chez cher chere comme contre d dont donc entre et etait est gros jeune lorsque mais
    mechant ni ou par pauvre petit petite pour puis qu quand que sa selon si son vers vieille vieux avant sans de
    celui celle sauf envers malgre voici voila""".split()  # noqa: SIM905 - words
)
"""Words after which somebody may be named; articles are not among them, nor what only stands before places."""
_PARTICLES: Final = frozenset({"ben", "da", "de", "della", "di", "dos", "el", "la", "le", "van", "von"})
"""What stands, with a capital, before the rest of a surname."""
_VERBS: Final = regex.compile(
    r"(?:accompagn|accus|annon[cç]|appel|appell|apprend|assist|attend|avert|condamn|conseill|consult|contact|convoqu|"
    r"crain|croi|demand|di[ts]|di[ts]ai|disai|ecri|entend|excus|fai|implor|inform|interrog|invit|joind|joint|"
    r"murmur|nomm|parl|plaign|previen|preven|prevenu|prend|propos|protest|questionn|rappel|rappell|recev|recoi|reconnai|"
    r"regard|relanc|remerci|remplac|rencontr|repli|repond|representent|revoi|revu|salu|souffl|suppli|s'adress|trouv|voi|voya|"
    r"vu|cri|explique|ajout|continu|repri)\p{L}*"
)


@dataclass(frozen=True, slots=True)
class LoneName:
    """Where a word stands that may be somebody's name; `told`: a list or what stands before it says so."""

    start: int
    end: int
    told: bool


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    plain: str
    elided: bool


def lone_names(text: str, may_name: Callable[[str], bool]) -> Iterator[LoneName]:
    """Yield the words of a text that may name somebody by themselves, in order.

    `may_name` tells of a capitalised word whether it is no common word.
    """
    if not _CAPITALISED.search(text):
        return
    words = [
        _Word(each.start("word"), each.end(), each["word"], folded(each["word"]), each["elided"] is not None)
        for each in _WORD.finditer(text)
    ]
    if not _is_sentence(words):
        return
    for place, word in enumerate(words):
        if not _has_form(text, word) or (role := _announced(text, words, place)) is None or not may_name(word.text):
            continue
        start = words[place - 1].start if role else word.start
        if not _bears_it(text, start, word.end):
            yield LoneName(word.start, word.end, role or (is_sure_name(word.plain) and _acts(text, words, place)))


def _is_sentence(words: list[_Word]) -> bool:
    return sum(word.text.islower() for word in words) >= _FEWEST_IN_LOWER_CASE


def _has_form(text: str, word: _Word) -> bool:
    return (
        len(word.text) >= _SHORTEST
        and _NAME.fullmatch(word.text) is not None
        and _NO_NAME_AFTER.match(text, word.end) is None
    )


def _announced(text: str, words: list[_Word], place: int) -> bool | None:
    """Tell whether the word before says that somebody is named; `None` if nobody can be."""
    word = words[place]
    if place and words[place - 1].plain in _PARTICLES and words[place - 1].text[0].isupper():
        return _announced(text, words, place - 1)
    if word.elided:
        return False if text[word.start - 2] in "dDuU" else None
    between = text[words[place - 1].end : word.start] if place else ""
    if not place or not _ENDS.isdisjoint(between):
        return False
    before = words[place - 1]
    if between == " " and _is_role(before):
        return True
    if before.text[0].isupper() and not _begins(text, words, place - 1):
        return None
    if between == " " and (before.plain in _BEFORE or _VERBS.fullmatch(before.plain)):
        return False
    return False if between == ", " and text[word.end : word.end + 1] == " " else None


def _acts(text: str, words: list[_Word], place: int) -> bool:
    """Tell whether a word stands within a sentence, or begins one and does something."""
    return not _begins(text, words, place) or any(_VERBS.fullmatch(word.plain) for word in words[place + 1 : place + 2])


def _is_role(word: _Word) -> bool:
    return word.plain.rpartition("-")[2] in _ROLES or _TRADE.fullmatch(word.plain) is not None


def _begins(text: str, words: list[_Word], place: int) -> bool:
    """Tell whether a word begins a sentence."""
    return not place or not _ENDS.isdisjoint(text[words[place - 1].end : words[place].start])


def _bears_it(text: str, start: int, end: int) -> bool:
    """Tell whether the name is that of a place, a firm or an institution."""
    return any(judged(text, start, end) for judged in (is_place_name, is_body_name, is_institution_name))
