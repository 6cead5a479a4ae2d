"""What presidio's results mean in a cell: matches that count, in their context and apart from places' names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from catalog.gates.recognisers.names import (
    ANY_CASE_CIVILITY,
    CIVILITY,
    begins_with_long_civility,
    ends_with_known_name,
    reads_as_full_name,
)
from catalog.gates.recognisers.namesakes import is_namesake
from catalog.gates.recognisers.place_names import is_body_name, is_place_name, names_its_body, names_its_place
from catalog.gates.recognisers.recogniser import Decision, Recogniser, folded, has_word
from catalog.gates.recognisers.titles import is_quoted_title
from catalog.gates.short_words import spelled_out

PERSON: Final = "person"
_CIVILITIES: Final = (CIVILITY, ANY_CASE_CIVILITY)
_FEWEST_WORDS_AROUND: Final = 2
_NEAR: Final = 64
"""Characters before and after, in which a word must stand to be a match's context."""
PLACE_CATEGORY: Final = "lieu"
_OF_PLACES: Final = (
    "ad", "adresse", "arret", "com", "commune", "destination", "direction", "ecole", "ecoles", "enseigne", "eqpt",
    "equip", "equipement", "equipements", "etab", "etablissement", "gare", "girouette", "graphie", "headsign", "lieu",
    "ligne", "odonyme", "point", "quartier", "rue", "rues", "secteur", "site", "station", "terminus", "toponyme", "voi",
    "voie", "voies", "zone",
    "gemeinde", "gemeng", "ort", "platz", "plaz", "schoul", "schule", "strasse", "strooss", "uert",
)  # fmt: skip
_OF_BODIES: Final = (
    r"acheteur\b", r"amenageur\b", r"asso\b", r"association", r"attribuant\b", r"club", r"concessionnaire\b",
    r"denomination", r"employeur\b", r"entreprise", r"equipes?\b", r"fabricant\b", r"fournisseur", r"marque\b",
    "nom commercial", r"operateur\b", r"organisme", r"organisation", r"prestataire", r"raison sociale", r"recevant\b",
    r"societe", r"structure\b", r"visiteur\b", "betrib", "firma", "verain",
)  # fmt: skip
_OF_BODIES_OR_PEOPLE: Final = (
    r"attributaire", r"beneficiaire", r"delegataire", r"exploitant", r"gestionnaire", r"proprietaire",
    r"tiers\b", r"titulaire",
)  # fmt: skip
_NUMBERS_OF_BODIES: Final = (r"rna", r"siren\b", r"siret\b", r"naf\b", r"ape\b", r"forme juridique", r"tva intra")
"""Beside such columns, those who hold or receive something are bodies."""
_NUMBERS_OF_ASSOCIATIONS: Final = (r"rna\b", r"(?:numero|num|code) rna\b")
"""Beside such a column, a name is that of an association."""
_NAMES_OF_ANYTHING: Final = frozenset(
    {"appellation", "designation", "intitule", "lib", "libel", "libelle", "name", "nom"}
)
_OF_FEATURES: Final = (
    r"amenity\b", r"code voie", r"fantoir", r"finess\b", r"odonym", r"osm id", r"rivoli", r"rne\b", r"shop\b",
    r"(?:code|numero) uai", r"uai\b", r"typ(?:e )?voie?\b",
)  # fmt: skip
"""Beside such columns, a name is that of a place."""
_OF_PEOPLE: Final = (r"civilite", r"firstname", r"naissance", r"nee? le", r"prenom")
"""Beside such columns, it is somebody's all the same."""
_GLUED: Final = re.compile(
    r"(?:cd|code|date|id|lib(?!elles?$)|libelle|nom|num(?!ero)|numero|type?)([a-z]{3,})|([a-z]{4,})\d"
)
_TITLES: Final = (r"titre\b", r"title\b", r"oeuvre", r"ouvrage\b", r"intitule\b")
_OF_WORKS: Final = (
    r"album", r"artiste", r"auteur", r"cote\b", r"distributeur\b", r"ean\b", r"ean13", r"editeur", r"isbn", r"issn",
    r"realisateur", r"titre original",
)  # fmt: skip
"""Beside such columns, a title is that of a work, which may be somebody's name."""
_OF_THINGS: Final = (
    r"baumart", r"biere\b", r"cultivar", r"cuvee\b", r"dessert\b", r"entree\b", r"espece", r"essence\b", r"film\b",
    r"fromage\b", r"gattung", r"laitage\b", r"menu\b",
    r"modele\b", r"plat\b", r"produit\b", r"race\b", r"sorte\b", r"taxon", r"variete", r"vernaculaire",
)  # fmt: skip
"""What is called after people as works are: roses, dishes, benches."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a column says of its cells: its folded name and words, and whether it holds names of places, bodies, works.

    `beside` are the names of the file's other columns, folded; `guessed` is what shortened words of its own may mean.
    """

    name: str
    words: str
    of_places: bool
    of_bodies: bool = False
    of_works: bool = False
    beside: str = ""
    guessed: str = ""

    @classmethod
    def of(cls, name: str, *, words: str = "", category: str = "", beside: Iterable[str] = ()) -> "Context":
        """Return the context that a column gives."""
        plain = column_words(name)
        neighbours = " ".join(column_words(each) for each in beside)
        of_places = (
            category == PLACE_CATEGORY
            or not set(plain.split()).isdisjoint(_OF_PLACES)
            or _names_a_feature(plain, neighbours)
        )
        of_bodies = (
            has_word(_OF_BODIES, plain)
            or (has_word(_OF_BODIES_OR_PEOPLE, plain) and has_word(_NUMBERS_OF_BODIES, neighbours))
            or (plain in _NAMES_OF_ANYTHING and has_word(_NUMBERS_OF_ASSOCIATIONS, neighbours))
        )
        of_works = has_word(_OF_THINGS, plain) or (has_word(_TITLES, plain) and has_word(_OF_WORKS, neighbours))
        return cls(plain, f"{plain} {folded(words)}", of_places, of_bodies, of_works, neighbours, spelled_out(plain))

    @property
    def of_names(self) -> bool:
        """Tell whether it holds the names of what bears persons' names too."""
        return self.of_places or self.of_bodies or self.of_works

    def gives(self, recogniser: Recogniser) -> bool:
        """Tell whether the column gives all the context that a recogniser asks for, whatever stands in a cell."""
        return self.tells(recogniser) or has_word(recogniser.context, self.guessed)

    def tells(self, recogniser: Recogniser) -> bool:
        """Tell whether it gives it without a guess at shortened words."""
        if not recogniser.context or has_word(recogniser.context, self.words):
            return True
        return bool(recogniser.beside) and has_word(recogniser.beside, self.beside)

    def proves(self, recogniser: Recogniser, text: str) -> bool:
        """Tell whether the context of what was found is more than a guess."""
        return not self.guessed or self.tells(recogniser) or has_word(recogniser.context, folded(text))

    def refuses(self, recogniser: Recogniser) -> bool:
        """Tell whether the column is one that may hold what a recogniser looks for."""
        return bool(recogniser.public_in) and has_word(recogniser.public_in, self.name)


def _names_a_feature(plain: str, neighbours: str) -> bool:
    return plain in _NAMES_OF_ANYTHING and has_word(_OF_FEATURES, neighbours) and not has_word(_OF_PEOPLE, neighbours)


def column_words(name: str) -> str:
    """Return the words of a column's name, folded: marks and capitals part them ("dateNaissance", "nom-usage").

    What stands glued to a word for a name, a number or a code, or before a digit, is a word of its own too ("NUMTEL",
    "librue", "enseigne1").
    """
    apart = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[a-zà-ÿ]\d)(?=[A-Z])", " ", name)
    words = re.sub(r"[^\w]+", " ", f"{folded(name)} {folded(apart)}" if apart != name else folded(name)).strip()
    glued = [found[1] or found[2] for word in words.split() if (found := _GLUED.fullmatch(word))]
    return " ".join([words, *glued])


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A kind of personal data found in a text, and what that means."""

    kind: str
    decision: Decision


class Match(NamedTuple):
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


def counts(recogniser: Recogniser, match: Match, context: Context) -> bool:
    """Tell whether a match is what it looks like: its context is near, and a person's name is not that of a place."""
    if not context.gives(recogniser) and not has_word(recogniser.context, _near(match)):
        return False
    before = match.text[max(match.start - _NEAR, 0) : match.start]
    if recogniser.announced_by and recogniser.announced_by.search(folded(before)):
        return False
    return recogniser.kind != PERSON or _names_somebody(recogniser, match, context)


def _names_somebody(recogniser: Recogniser, match: Match, context: Context) -> bool:
    if context.of_names and recogniser.decision is Decision.REVIEW:
        return False  # a place's or a firm's name reads as a person's too often for a doubt to mean something
    short = recogniser in _CIVILITIES and not begins_with_long_civility(match.taken)
    if short and (recogniser is CIVILITY or match.text[: match.start].endswith(" de ")):
        return True  # no street is called so: "place de m. scholtes" is his
    if context.of_works and _is_of_a_work(recogniser, match):
        return False
    return not _bears_it(match, context)


def _is_of_a_work(recogniser: Recogniser, match: Match) -> bool:
    """Tell whether a name is a work's or a rose's: what fills a cell, a cultivar's ("Malus 'Kaiser Wilhelm'").

    "Madame Bovary" is within a title too, "Madame Martin" is not.
    """
    if recogniser in _CIVILITIES and not begins_with_long_civility(match.taken):
        return not ends_with_known_name(match.taken)
    if match.taken == match.text.strip() or (recogniser in _CIVILITIES and not ends_with_known_name(match.taken)):
        return True
    return match.text[max(match.start - 1, 0) : match.start] == "'" == match.text[match.end : match.end + 1]


def _near(match: Match) -> str:
    return folded(match.text[max(match.start - _NEAR, 0) : match.end + _NEAR])


def is_person(match: Match, context: Context) -> bool:
    """Tell whether what the language model takes for a person is one: a full name in a sentence, and no place's."""
    around = f"{match.text[: match.start]} {match.text[match.end :]}".split()
    in_a_sentence = len(around) >= _FEWEST_WORDS_AROUND
    return in_a_sentence and reads_as_full_name(match.taken) and not _bears_it(match, context)


def _bears_it(match: Match, context: Context) -> bool:
    """Tell whether a person's name is that of a place, a body, a work, an animal or a thing."""
    of_place = names_its_place if context.of_places else is_place_name
    of_body = names_its_body if context.of_bodies else is_body_name
    return any(
        judged(match.text, match.start, match.end) for judged in (of_place, of_body, is_quoted_title, is_namesake)
    )
