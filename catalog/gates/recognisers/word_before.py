"""What stands before a word that may be a name, and whether somebody may be named after it."""

from functools import lru_cache
from typing import Final, NamedTuple

import regex

from catalog.gates.recognisers.foreign import BEFORE_ELSEWHERE, LABELS_ELSEWHERE, ROLES_ELSEWHERE, SMALL_ELSEWHERE
from catalog.gates.recognisers.name_words import is_given_name, is_sure_name
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.roles import PAPERS, SAYS_ENOUGH, is_role
from catalog.gates.recognisers.small_names import DOES, Words
from catalog.gates.recognisers.telling import is_adverb, is_infinitive, is_verb

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
IT_DOES: Final = regex.compile(rf" (?:n['’]|ne |s['’]|se )?(?:{'|'.join(DOES)}) \p{{Ll}}")
"""After a given name, whatever stands before: what somebody does."""
_LABELLED: Final = regex.compile(
    r"\b(?:agente?|appelante?|auteure?|benef(?:iciaire)?|cliente?|contact|chauffeur|conducteur|declarante?|"
    r"demande(?:ur|use)|enfant|famille|gardienne?|interlocut(?:eur|rice)|intervenante?|loc(?:ataire)?|nom|plaignante?|"
    r"prop(?:rio|rietaire)?|redact(?:eur|rice)|ref(?:erente?)?|remplacante?|resp(?:onsable)?|signe|signataire|"
    r"technicienne?|temoin|titulaire|usagere?|vict(?:ime)?|voisine?|\p{L}+(?:e|i|u|it)e?s? par|"
    rf"{LABELS_ELSEWHERE})"
    r"(?: \p{L}+){0,3} ?[:=] ?$"
)
"""What announces somebody whose name alone follows."""
NOTE: Final = regex.compile(r" ?: ?\p{Ll}")
"""After a given name that begins a note: what is said of somebody ("Kevin : absent")."""
_RIGHT_AFTER: Final = frozenset({" ", " ("})
_SHORT: Final = frozenset({"benef", "fam", "loc", "vict"})
"""What somebody is, cut by a stop."""
ELISION: Final = frozenset("'’")
_ELIDED: Final = frozenset({"d", "qu"})
OF: Final = frozenset({"d", "de"})
_FAMILIES: Final = frozenset({"aux", "des", "les"})
"""Before a known name alone: "le chien des Costa"."""
TO: Final = "a"
_MISTER: Final = "m"
NEAR: Final = 40
"""Characters before a name in which the word before it is looked for."""
ENDS: Final = frozenset('.!?:=;"«»“”(–—\n…')
_BEFORE: Final = frozenset(
    """a apres avant avec ce celle celui cher chere chez comme contre d de donc dont entre envers est et etait eu gros
    jeune lorsque mais malgre mechant ni ou par pauvre petit petite pour puis qu quand que sa sans sauf selon si son
    vers vieille vieux voici voila""".split()  # noqa: SIM905 - words to be read
)
"""Words after which somebody may be named; articles are not among them, nor what only stands before places."""
PARTICLES: Final = frozenset({"Ben", "Da", "De", "Della", "Di", "Dos", "El", "La", "Le", "Van", "Von"})
"""What stands, with a capital, before the rest of a surname."""
_SMALL_PARTICLES: Final = frozenset({"ben", "da", "del", "della", "di", "dos", "van", "von"})
"""The same in small letters, but for those that French has for other things."""
_BEFORE_KNOWN_NAMES: Final = _FAMILIES | PAPERS | SAYS_ENOUGH | BEFORE_ELSEWHERE | SMALL_ELSEWHERE
_MAY_PRECEDE: Final = _BEFORE | _ELIDED | _BEFORE_KNOWN_NAMES | _SMALL_PARTICLES | {"m"}


def may_precede(plain: str) -> bool:
    """Tell whether a folded word may stand before somebody's name, whatever is between."""
    return plain in _MAY_PRECEDE or any(told(plain) for told in (is_role, is_verb, is_adverb, is_infinitive))


def is_labelled(text: str, end: int) -> bool:
    """Tell whether what announces somebody whose name alone follows stands right before `end`: "agent : "."""
    return _LABELLED.search(folded(text[max(end - NEAR, 0) : end])) is not None


class WordBefore(NamedTuple):
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
        if self.word not in OF:
            return False
        earlier = word_before(text, self.start, self.words)
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
        if given and (not self.capital or self.first) and self.between == " " and IT_DOES.match(text, end):
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
        if not self.parted or _GOES_BY.match(text, end) is not None or NOTE.match(text, end) is not None:
            return True
        return is_labelled(text, self.end)

    def leads_to_a_place(self, text: str) -> bool:
        """Tell whether it is an "à" without a verb of saying before: a town follows more often than somebody."""
        return self.word == TO and not is_verb(word_before(text, self.start, self.words).word)


@lru_cache(maxsize=64)
def word_before(text: str, start: int, words: Words) -> WordBefore:
    """Return what stands before `start`, initials and the particles of a surname apart."""
    initials = _INITIALS.search(text, max(start - NEAR, 0), start) if "." in text[max(start - 3, 0) : start] else None
    start = initials.start() if initials else start
    found = WORD_BEFORE.search(text, max(start - NEAR, 0), start)
    if found is None:
        return WordBefore("", start, text[max(start - NEAR, 0) : start], start, words)
    word, between = found[1], found[2]
    if word in PARTICLES | _SMALL_PARTICLES and between == " ":
        return word_before(text, found.start(), words)
    capital = word[0].isupper()
    earlier = word_before(text, found.start(), words) if capital or word in OF else None
    return WordBefore(
        folded(word), found.start(), between, start, words,
        people=is_role(folded(word)) or words.names_people(word.lower()),
        first=capital and earlier is not None and earlier.parted,
        capital=capital,
        of_a_name=not capital and earlier is not None and earlier.capital and not earlier.first,
    )  # fmt: skip
