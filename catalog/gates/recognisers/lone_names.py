"""Names of persons by one word in a sentence ("le voisin Kaufmann", "Karim demande"), never sure: a review.

No list holds most surnames. The words around tell where one may stand; whether it is a name, a title or a kinship right
before it tells, or else the language model.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

import regex

from catalog.gates.recognisers.foreign import (
    BEFORE_ELSEWHERE,
    LABELS_ELSEWHERE,
    ROLES_ELSEWHERE,
    SMALL_ELSEWHERE,
    nouns_have_capitals,
)
from catalog.gates.recognisers.full_names import is_given_name, is_sure_name
from catalog.gates.recognisers.namesakes import is_namesake
from catalog.gates.recognisers.one_word import ONE_WORD, names_in_a_row, stands_alone
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import (
    APPOSITIONS,
    ASKED,
    FIRMS,
    HOUSES,
    PAPERS,
    ROLES,
    SAYS_ENOUGH,
    TRADE,
    is_role,
)
from catalog.gates.recognisers.small_names import ACTS, AT_HOME, DOES, Words, is_borne, names_in_small_letters
from catalog.gates.recognisers.surnames import SURNAMES
from catalog.gates.recognisers.telling import is_adverb, is_infinitive, is_verb
from catalog.gates.recognisers.told_beside import is_of_kin, names_told_beside

_NAME: Final = regex.compile(rf"(?<![\p{{L}}\d_@#/.*`-]){ONE_WORD}(?![\p{{L}}'’-])")
_GOES_ON: Final = regex.compile(r"[\d_@/(\[\]:]|(?<!\(\p{L}+)\)|\s+(?:\p{Lu}|\d|[&+]\s|en\s\d)")
_NUMBER: Final = regex.compile(r" \d")
_INITIALS: Final = regex.compile(r"(?<!\p{L})(?:\p{Lu}\.[ -]?)+$")
"""What stands for the given names right before a surname: no end of a sentence."""
WORD_BEFORE: Final = regex.compile(r"(?r)(\p{L}+(?:-\p{L}+)*)([^\p{L}]{1,8})$")
"""Read from its end, where it stands."""
_GOES_BY: Final = regex.compile(
    r",? \(?\d{1,3} (?:ans|mois)\b|, (?:l[ae] \p{Ll}|l['’]\p{Ll})| et (?:sa|ses|son) |"
    r" d(?:e l['’]|e la |es |u )(?:accueil|atelier|cantine|ccas|compta|cr[eè]che|garage|mairie|m[eé]diath|paie|"
    r"r[ée]gie|rh\b|secr[ée]tariat|service|technique|urba|voirie)|"
    r"[ ](?!(?:au|aux|d|dans|de|des|du|en|la|le|les|ou|par|pour|sous|sur)\W)(?:et \p{Lu}|(?!et\W)\p{Ll})"
)
"""After a known name that begins a sentence: what it does, its age, whom it is with. A town has an "en" or a "sur"."""
BEFORE_IT_DOES: Final = ("n", "ne", "s", "se")
_IS: Final = regex.compile(rf" (?:n['’]|ne |s['’]|se )?(?:{'|'.join(DOES)}) \p{{Ll}}")
"""After a given name, whatever stands before: what somebody does."""
_ACTS: Final = regex.compile(rf" {ACTS}\b")
"""After a given name that begins a note."""
_LABELLED: Final = regex.compile(
    r"\b(?:agente?|appelante?|auteure?|benef(?:iciaire)?|cliente?|contact|chauffeur|conducteur|declarante?|"
    r"demande(?:ur|use)|enfant|famille|gardienne?|interlocut(?:eur|rice)|intervenante?|loc(?:ataire)?|nom|plaignante?|"
    r"prop(?:rio|rietaire)?|redact(?:eur|rice)|ref(?:erente?)?|remplacante?|resp(?:onsable)?|signe|signataire|"
    r"technicienne?|temoin|titulaire|usagere?|vict(?:ime)?|voisine?|\p{L}+(?:e|i|u|it)e?s? par|"
    rf"{LABELS_ELSEWHERE})"
    r"(?: \p{L}+){0,3} ?[:=] ?$"
)
"""What announces somebody whose name alone follows."""
_BEGINS_A_NOTE: Final = regex.compile(
    r"(?:\A|\n)\s*$|(?<!\p{L})(?:avec|bei|chez|fir|fir de|für|ma[mt]|mit|pour|v[ou]m|v[ou]n) $"
)
"""Or stands before somebody of whom something is noted: "Adress vum Karim: fehlt"."""
_NOTE: Final = regex.compile(r" ?: ?\p{Ll}")
"""After a given name that begins a note: what is said of somebody ("Kevin : absent")."""
_OF_SPECIES: Final = regex.compile(r"(?:acees?|aceae|idae|ides)$")
"""A family of plants or animals."""
_AGED: Final = regex.compile(r" \(?\d{1,3} (?:ans|mois)\b")
_LOWER: Final = regex.compile(r"(?<!\p{L})\p{Ll}+(?!\p{L})")
_RIGHT_AFTER: Final = frozenset({" ", " ("})
_SHORT: Final = frozenset({"benef", "fam", "loc", "vict"})
"""What somebody is, cut by a stop."""
ELISION: Final = frozenset("'’")
_ELIDED: Final = frozenset({"d", "qu"})
_OF: Final = frozenset({"d", "de"})
_FAMILIES: Final = frozenset({"aux", "des", "les"})
"""Before a known name alone: "le chien des Costa"."""
_ARTICLES: Final = frozenset({"La ", "Le "})
"""Before a given name: a boat, a school."""
_IN_CAPITALS: Final = regex.compile(r"(?<=[:=] ?)(\p{Lu}{3,}(?:[-'’]\p{Lu}{2,})*)(?![\p{L}'’-]| \p{Lu})")
_COMPOUND_INITIALS: Final = regex.compile(
    r"(?<!\p{L})(?:avec|chez|par|voir|vu|à|appeler|demander|pour|selon) ([JM]-\p{Lu})(?![\p{L}\d-])"
)
"""Jean- or Marie-somebody, as colleagues call each other."""
_BEGINS_IN_CAPITALS: Final = regex.compile(
    r"\A(\p{Lu}{4,}(?:[-'’]\p{Lu}{2,})*)(?= ?[:/] ?\p{Ll}| (?:n['’]\p{Ll}|\p{Ll}{2,}))"
)
"""A surname that begins a note: what it does, or what is noted of somebody."""
_IN_CAPITALS_AFTER: Final = regex.compile(
    r"(?<=(?<!\p{L})(\p{L}+) )(\p{Lu}{4,}(?:[-'’]\p{Lu}{2,})*)(?![\p{L}'’\d-]| \p{Lu})"
)
_CAPITALS: Final = regex.compile(r"\p{Lu}{4}")
"""What the one before looks for, without looking back at each letter."""
_SIGNED: Final = regex.compile(
    r"(?i:(?<!\p{L})(?:cordialement|cdl?t|salutations|bien à vous|bonne journée|merci(?: d['’]avance)?|mfg|"
    r"gr(?:ü|ue)(?:ß|ss)e?|gréiss))[,.!]?\s{1,3}(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)\s*[.!]?\s*$"
)
"""A given name that signs a note."""
_ENDS_AS_A_NAME: Final = regex.compile(r"(?r)\p{Lu}\p{Ll}+\s*[.!]?\s*$")
_LEADS_TO_CAPITALS: Final = ASKED | PAPERS | {"avec", "chez", "par", "pour"}
"""Before a surname in capitals."""
_TO: Final = "a"
_MISTER: Final = "m"
_NEAR: Final = 40
"""Characters before a name in which the word before it is looked for."""
ENDS: Final = frozenset('.!?:=;"«»“”(–—\n…')
_FEWEST_IN_LOWER_CASE: Final = 3
_BEFORE: Final = frozenset(
    """a apres avant avec ce celle celui cher chere chez comme contre d de donc dont entre envers est et etait eu gros
    jeune lorsque mais malgre mechant ni ou par pauvre petit petite pour puis qu quand que sa sans sauf selon si son
    vers vieille vieux voici voila""".split()  # noqa: SIM905 - words to be read
)
"""Words after which somebody may be named; articles are not among them, nor what only stands before places."""
PARTICLES: Final = frozenset({"Ben", "Da", "De", "Della", "Di", "Dos", "El", "La", "Le", "Van", "Von"})
"""What stands, with a capital, before the rest of a surname."""
SMALL_PARTICLES: Final = frozenset({"ben", "da", "del", "della", "di", "dos", "van", "von"})
"""The same in small letters, but for those that French has for other things."""
_BEFORE_KNOWN_NAMES: Final = _FAMILIES | PAPERS | SAYS_ENOUGH | BEFORE_ELSEWHERE | SMALL_ELSEWHERE
_MAY_PRECEDE: Final = _BEFORE | _ELIDED | _BEFORE_KNOWN_NAMES | SMALL_PARTICLES | {"m"}
_APPOSED: Final = regex.compile(r", (?:l[ae] |l['’]|notre |m[ao]n? |s[ao]n? )?(\p{Ll}+)")


@dataclass(frozen=True, slots=True)
class LoneName:
    """Where a word stands that may be somebody's name; `told`: a list or what stands before it says so."""

    start: int
    end: int
    told: bool


def lone_names(text: str, words: Words) -> Iterator[LoneName]:
    """Yield the words of a text that may name somebody by themselves, in order of how they are found."""
    yield from _announced(text, words)
    capitalised = [found for found in _NAME.finditer(text) if _may_name(found, words)]
    if not capitalised:
        return
    sentence = _is_sentence(text)
    for found in capitalised:
        if sentence or _needs_no_sentence(found, words):
            name = _judged(found, words)
            if name is not None and (name.told or words.is_name(found[0]) or not nouns_have_capitals(text)):
                yield name


def _announced(text: str, words: Words) -> Iterator[LoneName]:
    """Yield known names in capitals or in small letters, after what announces somebody."""
    for found in _IN_CAPITALS.finditer(text) if ":" in text or "=" in text else ():
        label = folded(text[max(found.start() - _NEAR, 0) : found.start()])
        if _LABELLED.search(label) and _is_known(found[1], words):
            yield LoneName(found.start(1), found.end(1), told=True)
    for found in _IN_CAPITALS_AFTER.finditer(text) if _CAPITALS.search(text) else ():
        if not found[1].isupper() and _leads_to_capitals(folded(found[1]), found[2], words):
            yield LoneName(found.start(2), found.end(2), told=True)
    for found in _COMPOUND_INITIALS.finditer(text) if "-" in text else ():
        yield LoneName(found.start(1), found.end(1), told=True)
    if (begun := _BEGINS_IN_CAPITALS.match(text)) and is_known_person(folded(begun[1])):
        yield LoneName(begun.start(1), begun.end(1), told=True)
    signed = _ENDS_AS_A_NAME.search(text) and _SIGNED.search(text)
    if signed and is_given_name(folded(signed[1])) and is_sure_name(folded(signed[1])):
        yield LoneName(signed.start(1), signed.end(1), told=True)
    told = names_in_small_letters(text, words), names_in_a_row(text, words), names_told_beside(text, words)
    announced = dict.fromkeys(chain.from_iterable(told))
    yield from (LoneName(start, end, told=True) for start, end in announced)


def _leads_to_capitals(before: str, capitals: str, words: Words) -> bool:
    """Tell whether a folded word before a known surname in capitals tells that it is somebody's."""
    if before in ROLES:
        return _is_known(capitals, words) or is_of_kin(before, capitals, words)
    return before in _LEADS_TO_CAPITALS and is_known_person(folded(capitals))


def is_known_person(plain: str) -> bool:
    """Tell whether a folded word is a known surname, no word besides and no firm's."""
    return plain in SURNAMES and is_sure_name(plain) and plain not in FIRMS


def _is_known(capitals: str, words: Words) -> bool:
    return folded(capitals) in SURNAMES or words.is_name(capitals.capitalize())


def may_precede(plain: str) -> bool:
    """Tell whether a folded word may stand before somebody's name, whatever is between."""
    return plain in _MAY_PRECEDE or any(told(plain) for told in (is_role, is_verb, is_adverb, is_infinitive))


def _may_name(found: "regex.Match[str]", words: Words) -> bool:
    if not stands_alone(found[0], words):
        return False
    return (
        not _GOES_ON.match(found.string, found.end())
        or _is_noted(found)
        or _is_numbered(found, words)
        or _is_aged(found)
    )


def _is_numbered(found: "regex.Match[str]", words: Words) -> bool:
    """Tell whether a number follows what somebody is called at home: "chez Roux 2e étage", "la famille Roux 3 bacs"."""
    if _NUMBER.match(found.string, found.end()) is None:
        return False
    before = _before(found.string, found.start(), words)
    return before.between == " " and (before.word in AT_HOME | PAPERS or before.is_role)


def _is_aged(found: "regex.Match[str]") -> bool:
    """Tell whether it is a given name with an age: "Kevin 12 ans"."""
    plain = folded(found[0])
    return is_given_name(plain) and is_sure_name(plain) and _AGED.match(found.string, found.end()) is not None


def _is_in_brackets(found: "regex.Match[str]", before: "_Before") -> bool:
    """Tell whether it stands alone in brackets: "le gérant (Karim)"."""
    return before.between.endswith(" (") and found.string[found.end() : found.end() + 1] == ")"


def _is_noted(found: "regex.Match[str]") -> bool:
    """Tell whether it is a given name of which something is noted: "Kevin : absent"."""
    plain = folded(found[0])
    if _NOTE.match(found.string, found.end()) is None or not (is_given_name(plain) and is_sure_name(plain)):
        return False
    return _BEGINS_A_NOTE.search(found.string, max(found.start() - _NEAR, 0), found.start()) is not None


def _needs_no_sentence(found: "regex.Match[str]", words: Words) -> bool:
    """Tell whether a known name is told by what stands right beside it: "indivision Roux", "vu Karim"."""
    plain, before = folded(found[0]), _before(found.string, found.start(), words)
    if before.between == " " and before.word in HOUSES:
        return _OF_SPECIES.search(plain) is None
    if before.is_role and before.word not in ROLES_ELSEWHERE and words.may_name(found[0]):
        return True
    if not before.makes_sure_of(plain):
        return False
    return _is_told_beside(found, before)


def _is_told_beside(found: "regex.Match[str]", before: "_Before") -> bool:
    """Tell whether what stands right beside a sure name tells that it is somebody's."""
    plain, text, right_after = folded(found[0]), found.string, before.between == " "
    if right_after and (before.word in SAYS_ENOUGH or before.is_of_somebody(text)):
        return is_given_name(plain) or is_known_person(plain)
    papers = right_after and before.word in PAPERS
    if before.is_role or papers or _LABELLED.search(folded(text[max(before.end - _NEAR, 0) : before.end])):
        return True
    acts = _IS.match(text, found.end()) or (before.parted and _ACTS.match(text, found.end()))
    told = acts or (right_after and before.word == _TO)
    return is_given_name(plain) and bool(told or _is_noted(found) or _is_aged(found) or _is_in_brackets(found, before))


def _judged(found: "regex.Match[str]", words: Words) -> LoneName | None:
    """Return the word as a name, `None` where no name stands or where it is that of a place or a body."""
    text, plain, (start, end) = found.string, folded(found[0]), found.span()
    before = _before(text, start, words)
    sure = before.makes_sure_of(plain)
    known = sure or (before.word not in _OF and words.is_name(found[0]))
    if not before.allows(text, end, known=known, given=sure and is_given_name(plain)) or (
        not is_given_name(plain) and before.leads_to_a_place(text)
    ):
        return None
    if is_given_name(plain) and text[start - 3 : start] in _ARTICLES:
        return None
    if before.word in PAPERS and plain in FIRMS:
        return None
    whole = before.start if before.is_role else before.end
    if is_borne(text, whole, end) or is_namesake(text, start, end):
        return None
    is_told_by_role = before.is_role and (known or before.word not in ROLES_ELSEWHERE)
    bracketed = sure and is_given_name(plain) and _is_in_brackets(found, before)
    acts = known and before.acts(text, end)
    told = is_told_by_role or acts or bracketed or (before.parted and _is_apposed(text, end))
    return LoneName(start, end, told)


class _Before(NamedTuple):
    """The word before a name, in small letters without accents, where it starts, and what stands between them.

    `end`: where the name begins, its initials and particles with it. `first`: it begins a sentence. `of_a_name`: it is
    the "de" of what already bears a name ("le Leclerc de Pons").
    """

    word: str
    start: int
    between: str
    end: int
    words: Words
    people: bool = False
    first: bool = False
    capital: bool = False
    of_a_name: bool = False

    @property
    def parted(self) -> bool:
        """Tell whether what follows begins a sentence."""
        return not self.word or not ENDS.isdisjoint(self.between)

    @property
    def is_role(self) -> bool:
        """Tell whether it says what somebody is."""
        right_after = self.between in _RIGHT_AFTER or (self.between == ". " and self.word in _SHORT)
        return right_after and self.people

    def is_of_somebody(self, text: str) -> bool:
        """Tell whether it is the "de" after what somebody is, has or asks: "copain de Karim"."""
        if self.word not in _OF:
            return False
        earlier = _before(text, self.start, self.words)
        return earlier.between == " " and (earlier.is_role or earlier.word in PAPERS)

    def makes_sure_of(self, plain: str) -> bool:
        """Tell whether a folded word is a name and nothing else, or a given name after German kinship."""
        kin = self.word in SMALL_ELSEWHERE or self.word in ROLES_ELSEWHERE
        return is_sure_name(plain) or (kin and is_given_name(plain))

    @property
    def may_announce(self) -> bool:
        """Tell whether somebody may be named right after it."""
        if self.is_role:
            return True
        if self.word == _MISTER:
            return self.capital and self.between == " "
        if self.of_a_name or (self.capital and not self.first):
            return False
        if self.between in ELISION:
            return self.word in _ELIDED
        tells = self.word in _BEFORE or is_verb(self.word) or is_adverb(self.word)
        return self.between == " " and tells

    def allows(self, text: str, end: int, *, known: bool, given: bool) -> bool:
        """Tell whether a name may follow that ends at `end`; after a comma, something more comes than a town.

        `given`: it is a given name and nothing else.
        """
        if self.parted or self.may_announce or (self.between == ", " and text[end : end + 1] == " "):
            return True
        if given and not self.capital and self.between == " " and is_infinitive(self.word):
            return True
        if given and (not self.capital or self.first) and self.between == " " and _IS.match(text, end):
            return self.word not in _FAMILIES | {"la", "le"}
        return (
            known
            and (not self.capital or self.first)
            and (
                (self.between == " " and self.word in _BEFORE_KNOWN_NAMES)
                or (self.between == ", " and text[end : end + 1] == ",")
            )
        )

    def acts(self, text: str, end: int) -> bool:
        """Tell whether the name stands within a sentence, or begins one and does something."""
        if not self.parted or _GOES_BY.match(text, end) is not None or _NOTE.match(text, end) is not None:
            return True
        return _LABELLED.search(folded(text[max(self.end - _NEAR, 0) : self.end])) is not None

    def leads_to_a_place(self, text: str) -> bool:
        """Tell whether it is an "à" without a verb of saying before: a town follows more often than somebody."""
        return self.word == _TO and not is_verb(_before(text, self.start, self.words).word)


@lru_cache(maxsize=64)
def _before(text: str, start: int, words: Words) -> _Before:
    """Return what stands before `start`, initials and the particles of a surname apart."""
    initials = _INITIALS.search(text, max(start - _NEAR, 0), start) if "." in text[max(start - 3, 0) : start] else None
    start = initials.start() if initials else start
    found = WORD_BEFORE.search(text, max(start - _NEAR, 0), start)
    if found is None:
        return _Before("", start, text[max(start - _NEAR, 0) : start], start, words)
    word, between = found[1], found[2]
    if word in PARTICLES | SMALL_PARTICLES and between == " ":
        return _before(text, found.start(), words)
    capital = word[0].isupper()
    earlier = _before(text, found.start(), words) if capital or word in _OF else None
    return _Before(
        folded(word), found.start(), between, start, words,
        people=is_role(folded(word)) or words.names_people(word.lower()),
        first=capital and earlier is not None and earlier.parted,
        capital=capital,
        of_a_name=not capital and earlier is not None and earlier.capital and not earlier.first,
    )  # fmt: skip


def _is_apposed(text: str, end: int) -> bool:
    """Tell whether what somebody is follows: "Rioux, vicaire"."""
    found = _APPOSED.match(text, end)
    return found is not None and (folded(found[1]) in APPOSITIONS or TRADE.fullmatch(folded(found[1])) is not None)


def _is_sentence(text: str) -> bool:
    return sum(1 for _ in islice(_LOWER.finditer(text), _FEWEST_IN_LOWER_CASE)) == _FEWEST_IN_LOWER_CASE
