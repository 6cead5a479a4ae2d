"""What presidio's results mean in a cell: matches that count, in their context and apart from places' names."""

from dataclasses import dataclass
from typing import Final

from catalog.gates.recognisers.names import CIVILITY, begins_with_long_civility, full_name_start, reads_as_full_name
from catalog.gates.recognisers.place_names import is_place_name, names_its_place
from catalog.gates.recognisers.recogniser import Decision, Recogniser, folded, has_word

PERSON: Final = "person"
_FEWEST_WORDS_AROUND: Final = 2
PLACE_CATEGORY: Final = "lieu"
_OF_PLACES: Final = (
    "ad", "adresse", "arret", "com", "commune", "ecole", "enseigne", "equipement", "etablissement", "gare", "lieu",
    "point", "quartier", "rue", "secteur", "site", "station", "voie", "zone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What a column says of its cells: its folded name and words, and whether it holds the names of places."""

    name: str
    words: str
    of_places: bool

    @classmethod
    def of(cls, name: str, *, words: str = "", category: str = "") -> "Context":
        """Return the context that a column gives."""
        plain = folded(name)
        of_places = category == PLACE_CATEGORY or not set(plain.split()).isdisjoint(_OF_PLACES)
        return cls(plain, folded(f"{name} {words}"), of_places)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A kind of personal data found in a text, and what that means."""

    kind: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text that a recogniser or the language model takes."""

    text: str
    start: int
    end: int

    @property
    def taken(self) -> str:
        """Return what was taken."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Where personal data of a kind stands in a text."""

    start: int
    end: int
    kind: str


def may_count(recogniser: Recogniser, context: Context, around: str) -> bool:
    """Tell whether a recogniser's matches count in a cell, whose folded text is `around`."""
    if recogniser.public_in and has_word(recogniser.public_in, context.name):
        return False
    return not recogniser.context or has_word(recogniser.context, f"{context.words} {around}")


def counts(recogniser: Recogniser, match: Match, context: Context) -> bool:
    """Tell whether a match is what it looks like: a person's name may be that of a place."""
    if recogniser.kind != PERSON:
        return True
    if recogniser is CIVILITY and not begins_with_long_civility(match.taken):
        return True
    return not _is_of_a_place(match, context)


def is_person(match: Match, context: Context) -> bool:
    """Tell whether what the language model takes for a person is one: a full name in a sentence, and no place's."""
    around = f"{match.text[: match.start]} {match.text[match.end :]}".split()
    in_a_sentence = len(around) >= _FEWEST_WORDS_AROUND
    return in_a_sentence and reads_as_full_name(match.taken) and not _is_of_a_place(match, context)


def _is_of_a_place(match: Match, context: Context) -> bool:
    start = match.start + max(full_name_start(match.taken), 0)
    judged = names_its_place if context.of_places else is_place_name
    return judged(match.text, start, match.end)
