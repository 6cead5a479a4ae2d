"""Names of persons in small letters, as notes are written in haste: "vu avec karim", "chez les marchetti", "mme rossi".

Names that are words too tell nothing there; of the others, what stands before tells, or what somebody does.
"""

from collections.abc import Hashable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, Protocol

import regex

from catalog.gates.recognisers.foreign import nouns_have_capitals
from catalog.gates.recognisers.name_words import is_given_name, is_sure_name
from catalog.gates.recognisers.namesakes import is_namesake
from catalog.gates.recognisers.place_names import is_body_name, is_institution_name, is_place_name
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import FIRMS, is_role
from catalog.gates.recognisers.surnames import SURNAMES

DOES: Final = ("a", "avait", "aura", "est", "etait", "était", "sera", "serait", "doit", "peut", "veut", "fera", "fait")
CIVILITIES: Final = ("frau", "herr", "hr", "mr", "mme", "mlle", "melle", "monsieur", "madame", "mademoiselle")
_FEWEST_WORDS: Final = 4
_WORD: Final = regex.compile(r"\p{L}{2,}")
_BY_ITSELF: Final = regex.compile(
    r"(?<![\p{L}\d@/._#-]|\p{Lu}['’])\p{Ll}{4,}(?:-\p{Ll}{3,})*(?![\p{L}'’@/_#-]|\.\p{L})"
)
_OF_MANY: Final = frozenset({"aux ", "des ", "les "})
"""Before a family's name, whatever it has: "le jardin des gasparini"."""
_AFTER_AN_INITIAL: Final = regex.compile(r"(?<![\p{L}.@-])\p{Ll}\. ?(\p{Ll}{4,})(?![\p{L}'’@_-]|\.\p{L})")
"""But for the initials of a street: those are borne by it."""
_SMALL_WORD: Final = regex.compile(r"\p{Ll}{3,}(?:-\p{Ll}{3,})*")
_AFTER_A_CIVILITY: Final = regex.compile(
    rf"(?<!\p{{L}})(?:{'|'.join(CIVILITIES)})\.? (\p{{Ll}}{{4,}}(?:-\p{{Ll}}{{3,}})*)(?![\p{{L}}'’-])"
)
_IN_SMALL_LETTERS: Final = regex.compile(
    r"(?<!\p{L})(?:(?:appeler|avec|chez|contacter|demander|d[ée]nomm[ée]e?|nomm(?:er|[ée]e?)|par|pr[ée]nomm[ée]e?|"
    r"pr[ée]venir|rappeler|voir) )+"
    r"(\p{Ll}{3,}(?:-\p{Ll}{3,})*)(?![\p{L}'’@_-]|\.\p{L})"
)
_OF_SOMEBODY: Final = regex.compile(r"(?<!\p{L})(?:[dD]e |[dD]['’]|à |[pP]our )(\p{Ll}{4,})(?![\p{L}'’@_-]|\.\p{L})")
ACTS: Final = (
    rf"(?:n['’]|ne |s['’]|se |l['’]|le |la |nous |te |t['’])?"
    rf"(?:{'|'.join(DOES)}|absente?|malade|(?:re|en)?pass[eé]e?|(?:re)?demande|"
    r"accept|apport|attend|attest|confirm|conteste|dit|habite|ok\b|parle|pay[eé]|pos|propose|(?:re)?vient|r?appel|refus|"
    r"réclam|rend|signal|sollicit|souhait|transmet)\p{L}*"
)
"""What somebody does, after a name that begins a note."""
_SMALL_LABELLED: Final = regex.compile(
    r"(?i:\b(?:agente?|b[ée]n[ée]f|contact|enfant|famille|loc(?:ataire)?|nom|proprio|propri[ée]taire|r[ée]f|resp|usager|"
    r"victime)) ?[:=] ?(\p{Ll}{4,})(?![\p{L}'’@_-]|\.\p{L})"
)
_OF_KIN: Final = regex.compile(
    r"(?<!\p{L})(?:(?:fille|fils|fr[eè]re|maman|m[eè]re|papa|p[eè]re|s(?:œ|oe)ur)s? (?:de |d['’])|petite? )(\p{Ll}{4,})"
    r"(?![\p{L}'’@_-]|\.\p{L})"
)
_SMALL_ACTS: Final = regex.compile(rf"(?:\A|[.:;!?]\s)(\p{{Ll}}{{3,}})(?= {ACTS}\b)")
_SMALL_AT_HOME: Final = regex.compile(
    r"(?<!\p{L})(\p{L}+) (?:les )?(\p{Ll}{4,}(?:-\p{Ll}{3,})*)(?![\p{L}'’@_-]|\.\p{L})"
)
AT_HOME: Final = frozenset({"chez"})


class Words(Hashable, Protocol):
    """What is known of capitalised words."""

    def may_name(self, word: str) -> bool:
        """Tell whether it is no common word."""
        ...

    def is_name(self, word: str) -> bool:
        """Tell whether it stands where names stand, and is no common word."""
        ...

    def names_people(self, word: str) -> bool:
        """Tell whether a word in small letters says what somebody is, though no list holds it."""
        ...


def names_in_small_letters(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield where names in small letters stand that nothing but somebody bears, each once."""
    yield from dict.fromkeys(_in_small_letters(text, words))


def _in_small_letters(text: str, words: Words) -> Iterator[tuple[int, int]]:
    for found in _AFTER_A_CIVILITY.finditer(text):
        if words.is_name(found[1].capitalize()):
            yield found.span(1)
    small = _SMALL_WORD.findall(text)
    yield from _nothing_but_names(text, words)
    if not any(map(_is_sure_in_small_letters, small)):
        return
    for found in _IN_SMALL_LETTERS.finditer(text):
        plain = folded(found[1])
        if (is_given_name(plain) and is_sure_name(plain)) or _is_small_name(found[1], words):
            yield found.span(1)
    yield from _small_in_a_note(text, words)


def _nothing_but_names(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield words of a sentence that stand where names stand and nowhere else; and those known, after an initial."""
    if nouns_have_capitals(text) or sum(1 for _ in islice(_WORD.finditer(text), _FEWEST_WORDS)) < _FEWEST_WORDS:
        return
    for found in _BY_ITSELF.finditer(text):
        of_many = text[max(found.start() - 4, 0) : found.start()] in _OF_MANY
        if is_unlisted_name(found[0], words) and (of_many or not is_borne(text, *found.span())):
            yield found.span()
    for found in _AFTER_AN_INITIAL.finditer(text) if "." in text else ():
        if folded(found[1]) in SURNAMES and is_sure_name(folded(found[1])) and not is_borne(text, *found.span()):
            yield found.span(1)


@lru_cache(maxsize=65_536)
def is_unlisted_name(word: str, words: Words) -> bool:
    """Tell whether a word in small letters is a name wherever it stands: no word besides, no firm's."""
    return words.is_name(word.capitalize()) and folded(word) not in FIRMS


@lru_cache(maxsize=65_536)
def _is_sure_in_small_letters(word: str) -> bool:
    """Tell whether a word is one of which all that follows no civility is, as few are."""
    return is_sure_name(folded(word))


def _small_in_a_note(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield names in small letters that are no words: of whom, who does what, whose home."""
    for found in _OF_KIN.finditer(text):
        if is_given_name(folded(found[1])) and is_sure_name(folded(found[1])):
            yield found.span(1)
    yield from _small_surnames(text, words)
    for found in (*_OF_SOMEBODY.finditer(text), *_SMALL_ACTS.finditer(text)):
        if _is_small_name(found[1], words) and is_given_name(folded(found[1])) and not is_borne(text, *found.span(1)):
            yield found.span(1)
    for found in _SMALL_AT_HOME.finditer(text, overlapped=True):
        before = folded(found[1])
        civil = before == "m" and not text[max(found.start() - 2, 0) : found.start()].strip().isdigit()
        if (civil or is_role(before) or words.names_people(found[1].lower()) or before in AT_HOME) and _is_small_name(
            found[2], words
        ):
            yield found.span(2)


def _small_surnames(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield surnames in small letters, of those who do something or follow a label."""
    labelled = _SMALL_LABELLED.finditer(text) if ":" in text or "=" in text else ()
    for found in (*_SMALL_ACTS.finditer(text), *labelled):
        if not is_given_name(folded(found[1])) and _is_small_name(found[1], words):
            yield found.span(1)


def _is_small_name(word: str, words: Words) -> bool:
    """Tell whether a word in small letters is a known name, and no word that is written so."""
    return is_sure_name(folded(word)) and words.is_name(word.capitalize())


def is_borne(text: str, start: int, end: int) -> bool:
    """Tell whether a name is that of a place, a body, an animal or a thing."""
    bearers = (is_place_name, is_body_name, is_institution_name, is_namesake)
    return any(judged(text, start, end) for judged in bearers)
