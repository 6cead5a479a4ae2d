"""Names of persons in a cell, by their form: after a civility, or with a given name in them."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import regex

from catalog.gates.recognisers.famous_names import is_famous
from catalog.gates.recognisers.full_names import likely_names, sure_names
from catalog.gates.recognisers.given_names import FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.name_words import FEASTS, is_sure_name
from catalog.gates.recognisers.place_names import LOOSE_HEADS, PLACE_HEADS, is_body_name, is_place_name
from catalog.gates.recognisers.recogniser import ANY_LETTER, Decision, Recogniser, folded
from catalog.gates.recognisers.surnames import SURNAMES
from catalog.gates.recognisers.traces import PEOPLE

_WORD: Final = r"\p{Lu}[\p{L}'’]*"
_NAME: Final = rf"{_WORD}(?:-{_WORD})*"
_CIVILITY: Final = (
    r"(?:MM?\.|Mr\.?|Mmes?\.?|Mlles?\.?|Mrs\.?|Monsieur|Madame|Mademoiselle|Herrn?|Frau|Här|Madamm|Joffer|"
    r"Hrn?\.|Hr|Dhr\.?|Miss|Sra?\.|Sig(?:ra)?\.)"
)
_ANY_CIVILITY: Final = r"(?:mm?\.|mr\.?|mmes?\.?|mlles?\.?|monsieur|madame|mademoiselle)"
_PARTICLE: Final = r"(?:d[eu] |des |de la |da |dos |di |del |van |von |el |ben |le |la |d['’])?"
_PARTICLE_WORDS: Final = frozenset({"d", "da", "de", "del", "des", "di", "dos", "du", "el", "la", "le", "van", "von"})
_NO_NAMES: Final = _PARTICLE_WORDS | {"a", "au", "aux", "en", "et", "l", "les", "sous", "sur"}
_OFFICES: Final = frozenset(
    """adjoint adjointe administratrice ambassadeur ambassadrice animatrice buergermeeschter burgermeister
    burgermeisterin cheffe commissaire comptable conseiller conseillere consul consule depute deputee deputeierten
    dgs directeur directrice dst gardien gardienne gestionnaire greffier greffiere infirmiere inspecteur inspectrice
    intendant intendante juge maire maitresse medecin minister ministerin ministre percepteur prasident prefet
    prefete presidente president principal principale procureur procureure professeure proviseur proviseure
    rapporteur rapporteure recteur rectrice responsable schaffen secretaire senateur senatrice sous-prefet
    sous-prefete tresorier tresoriere vice-president vice-presidente""".split()  # noqa: SIM905 - words to be read
)
_OF_FIRMS: Final = frozenset(
    """est europe energie energies france group groupe industrie industries international nord ouest reseau reseaux
    services sud travaux""".split()  # noqa: SIM905 - words to be read
)
"""What ends the name of a firm, and nobody's."""
_CALENDAR: Final = frozenset(
    """janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi
    vendredi samedi dimanche""".split()  # noqa: SIM905 - words to be read
)
_SHORTEST_IN_CAPITALS: Final = 5
_LONG_CIVILITY: Final = ("monsieur", "madame", "mademoiselle")


def is_no_office(text: str) -> bool:
    """Tell whether what follows a civility is a name rather than an office ("M. le maire")."""
    return folded(text).split()[-1] not in _OFFICES


def begins_with_long_civility(text: str) -> bool:
    """Tell whether the civility is written out: streets bear such names ("rue Madame"), never the short ones."""
    return folded(text).startswith(_LONG_CIVILITY)


def ends_with_known_name(text: str) -> bool:
    """Tell whether the last word is a known surname or given name."""
    last = folded(text).split()[-1]
    return last in SURNAMES or last in FOLDED_GIVEN_NAMES


def reads_as_full_name(name: str) -> bool:
    """Tell whether what a language model takes for a person reads as a full name: capitalised words, two or more.

    Capitals of three letters or fewer among other words are an acronym ("Montant HT").
    """
    words = name.replace(",", " ").split()
    acronyms = not name.isupper()
    capitalised = [
        word
        for word in words
        if word[0].isupper()
        and re.sub(r"[-'’.]", "", word).isalpha()
        and not (acronyms and word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM)
    ]
    others = {folded(word) for word in words} - {folded(word) for word in capitalised} - _PARTICLE_WORDS
    last = folded(words[-1]) if words else ""
    of_a_day = last in FEASTS and "de" in words
    full = len(capitalised) >= 2 and not others  # noqa: PLR2004 - given name and surname
    return full and not of_a_day and last not in _OF_FIRMS | PLACE_HEADS and not is_famous(name)


def is_known_surname(text: str) -> bool:
    """Tell whether what follows a civility in any case is a known name, or a word with a capital."""
    last = text.rsplit(maxsplit=1)[-1]
    known = folded(last) in SURNAMES or (last.isupper() and folded(last) in FOLDED_GIVEN_NAMES)
    return known or (last[0].isupper() and not last.isupper() and is_no_office(text))


_BARE: Final = regex.compile(rf"(?<![\p{{L}}\d.&+'’/-])(?<!taille )MM? ({_NAME})(?<=\p{{L}}{{3}})( \p{{Ll}}{{2}})?")


def after_a_bare_civility(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a known name follows a "M" without its stop, or capitals after which a sentence goes on."""
    for found in _BARE.finditer(text):
        in_capitals = found[1].isupper() and len(found[1]) >= _SHORTEST_IN_CAPITALS
        if ends_with_known_name(found[1]) or (found[2] and in_capitals and is_no_office(found[1])):
            yield found.start(), found.end(1)


CIVILITY: Final = Recogniser(
    kind="person",
    pattern=rf"(?<![\p{{L}}\d]){_CIVILITY}\s+(?:\p{{Lu}}\.\s*)?{_PARTICLE}{_NAME}",
    prefilter=r"(?:M(?:M?\.|r\.?|rs\.?|mes?\.?|lles?\.?|onsieur|adamm?e?|ademoiselle)|Herrn?|Frau|Här|Joffer|Hrn?\.|Hr|Dhr|Miss|Sra?\.|Sig(?:ra)?\.)\W",
    check=is_no_office,
)
ANY_CASE_CIVILITY: Final = Recogniser(
    kind="person",
    pattern=rf"(?i)(?<![\p{{L}}\d]){_ANY_CIVILITY}\s+(?:de |du |d['’]|(?-i:\p{{Lu}}['’](?=\p{{Lu}})))?\p{{L}}{{3,}}",
    prefilter=rf"(?i){_ANY_CIVILITY}[\s\v]",
    check=is_known_surname,
)
_AFTER_NO_NUMBER: Final = r"(?<![\p{L}\d])(?<!\d )"
_NOT_CALLED: Final = frozenset(
    """absent absente accepte agee aime apporte appelle arrive attend aucun aucune aussi avait avec avoir aurait aussi
    bonjour car cherche cela cette comme confirme conteste dans demande depuis deux dire dit doit dont elle encore
    enceinte est etait eu fait fera habite hier hors informe jamais jusque lui mais malade menace merci meme mecontent
    mecontente ne non nous numero oui paie par parle pas passe peut plus porte pour pourquoi prend propose puis que qui
    quitte rappelle rappeler recu refuse refusee rend repond reste retraite sans sera seul seule signale signe sinon
    sollicite son sort souhaite suite sur toujours tres trouve un une va vend venu venue vers veut vient vit vivant voir
    voudrait vous""".split()  # noqa: SIM905 - words to be read
)
"""Right after a civility nobody is called so: somebody does it, or is it."""


def may_follow_a_civility(text: str) -> bool:
    """Tell whether what follows a civility in any case may be a name, though no list holds it."""
    last = folded(text).split()[-1].removeprefix("d'").removeprefix("l'")
    known = last in _NOT_CALLED | _OFFICES | _NO_NAMES | _CALENDAR or last.endswith(("ement", "ees"))
    return not known and not regex.search(r"(?:é|ée|és|ées|ER|er)$", text)


LIKELY_CIVILITY: Final = Recogniser(
    kind="person",
    pattern=rf"(?i){_AFTER_NO_NUMBER}(?:m\.|mr\.?|mmes?\.?|mlles?\.?)\s(?:de |du |d['’])?\p{{L}}{{4,}}",
    prefilter=rf"(?i){_ANY_CIVILITY}[\s\v]",
    check=may_follow_a_civility,
    decision=Decision.REVIEW,
)
"""A short civility before a surname that is a word too: "mme poirier", "MME LORRAIN"."""
BARE_CIVILITY: Final = Recogniser(
    kind="person",
    pattern=r"(?<![\p{L}\d.&+'’/-])MM? \p{Lu}",
    prefilter=r"MM?[\s\v]",
    spans=after_a_bare_civility,
    decision=Decision.REVIEW,
)
"""A "M" without its stop ("M ZAHRAOUI dit")."""
_ANY_NAME: Final = r"\p{L}[\p{L}'’.-]*[\W_]{1,8}(?:\p{L}[\p{L}'’-]{0,11}[\W_]{1,8}){0,2}\p{L}"
_LOOSE: Final = rf"{ANY_LETTER}['.-]*[^0-9A-Za-z]{{1,8}}{ANY_LETTER}"
FULL_NAME: Final = Recogniser(kind="person", pattern=_ANY_NAME, prefilter=_LOOSE, spans=sure_names)
LIKELY_NAME: Final = Recogniser(
    kind="person", pattern=_ANY_NAME, prefilter=_LOOSE, spans=likely_names, decision=Decision.REVIEW
)

_CELL: Final = regex.compile(r"\s*(\p{Lu}[\p{L}'’-]+),? (\p{Lu}[\p{L}'’-]+)\s*")
_COLUMNS_OF_PEOPLE: Final = (
    r"agente?s?\b", r"animat(?:eur|rice)", r"benevole\b", r"binome\b", r"candidat", r"chauffeur", r"concierge",
    r"conduct(?:eur|rice)\b", r"covoitur(?:eur|euse)\b", r"dirigeant", r"equipage\b", r"equipiere?\b", r"passagere?\b",
    r"elue?s?\b", r"enseignante?\b", r"entraineur", r"gardienn?e?s?\b", r"gerante?\b", r"instituteur",
    r"interlocut", r"intervenant", r"locataire\b", r"maire\b", r"medecin\b", r"participants?\b", r"presidente?\b",
    r"redact(?:eur|rice)", r"referent", r"responsable", r"secretaire", r"signataire", r"technicienn?e?\b", r"tresori",
    r"tuteur", r"tutrice", r"ansprechp", r"antragsteller", r"bewerber", r"hausmeister", r"kassier", r"kontakt",
    r"lehrer", r"leiter", r"mieter", r"nachname", r"teilnehmer", r"vorsitz",
)  # fmt: skip
"""What somebody is, in a column's name, in French, German and Luxembourgish."""
_INITIALS: Final = r"(?:\p{Lu}\.[ -]?){1,3}"
_WITH_INITIALS: Final = regex.compile(
    rf"\s*(?:{_INITIALS}\p{{Lu}}[\p{{L}}'’-]+|\p{{Lu}}[\p{{L}}'’-]+,? {_INITIALS})\s*"
)
_LETTERS: Final = rf"(?:{ANY_LETTER}|['-])+"
_FEW: Final = rf"(?:{ANY_LETTER}\.[ -]?){{1,3}}"


def fills_a_cell(text: str) -> Iterator[tuple[int, int]]:
    """Yield the text if it is a capitalised word beside a given name or initials, and no place's or body's."""
    if _WITH_INITIALS.fullmatch(text):
        yield 0, len(text)
    found = _CELL.fullmatch(text)
    if found is None or is_known_word(found[1]) or is_known_word(found[2]) or is_famous(found[0]):
        return
    given = any(set(folded(word).split("-")) <= FOLDED_GIVEN_NAMES for word in found.groups())
    if given and not is_body_name(text, *found.span()):
        yield found.span()


CELL_NAME: Final = Recogniser(
    kind="person",
    pattern=rf"\A(?:\s*\p{{Lu}}[\p{{L}}'’-]+,? \p{{Lu}}[\p{{L}}'’-]+\s*|{_WITH_INITIALS.pattern})\Z",
    prefilter=rf"^[\s\v]*(?:{_LETTERS},? {_LETTERS}|{_FEW}{_LETTERS}|{_LETTERS},? {_FEW})[\s\v]*$",
    context=(*PEOPLE, *_COLUMNS_OF_PEOPLE),
    decision=Decision.REVIEW,
    spans=fills_a_cell,
)
"""In a column of people, a known given name or initials beside a word that no list holds are somebody's."""


_BETWEEN: Final = " ?[+&/,] ?| [-–] | et "
_IN_A_ROW: Final = regex.compile(_BETWEEN)


def is_one_known_name(text: str) -> bool:
    """Tell whether a word that fills a cell is a known name and no word besides, or one of such in a row."""
    words = _IN_A_ROW.split(text.strip())
    sure = sum(is_sure_name(folded(word)) for word in words)
    return sure > 0 and 2 * sure >= len(words) and not any(is_known_word(word) for word in words)


ONE_NAME: Final = Recogniser(
    kind="person",
    pattern=rf"\A(?=.{{2,40}}\Z)\s*\p{{Lu}}[\p{{L}}'’-]+(?:(?:{_BETWEEN})\p{{Lu}}[\p{{L}}'’-]+){{0,3}}\s*\Z",
    prefilter=r"^[^0-9]{2,40}$",
    check=is_one_known_name,
    context=_COLUMNS_OF_PEOPLE,
    decision=Decision.REVIEW,
)
"""In a column of what somebody is, a known name alone or several in a row ("Karim + Léa"); never in one of given
names, which may be counted."""

_CAPITALISED: Final = regex.compile(
    r"(?<![\p{L}-])(?<!\p{Lu}\p{L}*['’])(\p{Lu}[\p{L}'’-]+),? "
    r"(?:d[eu] |de la |la |le |van |von |d['’])?(\p{Lu}[\p{L}'’-]+)"
)
_FEWEST_WORDS: Final = 4
_LONGEST_ACRONYM: Final = 3


def unknown_names(text: str, may_name: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield where a language model may find a full name: in a sentence, two capitalised words that are no place's.

    `may_name` tells of a capitalised word whether it is no common word: one of the two is none.
    """
    if len(text.split()) < _FEWEST_WORDS:
        return
    for found in _CAPITALISED.finditer(text, overlapped=True):
        if (
            not (is_known_word(found[1]) or is_known_word(found[2]))
            and (may_name(found[1]) or may_name(found[2]))
            and not any(judged(text, found.start(), found.end()) for judged in (is_place_name, is_body_name))
        ):
            yield found.span()


@lru_cache(maxsize=65_536)
def is_known_word(word: str) -> bool:
    """Tell whether a capitalised word is an office, a day, or one that names a place: no part of somebody's name."""
    plain = folded(word).removeprefix("d'")
    return plain in LOOSE_HEADS or plain in _NO_NAMES or plain in _OFFICES or plain in _CALENDAR or plain.endswith("-")
