"""What several columns tell of somebody by their names: a birth in days and months, a home by its number and street.

Equipment has addresses too, and contracts have anniversaries: those count only where the table speaks of persons.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from catalog.gates.cells import Cells
from catalog.gates.explaining import BODIES
from catalog.gates.findings import Finding, column_words
from catalog.gates.recognisers import Decision
from catalog.gates.recognisers.numbers import NUMBERED
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.scanned_column import ScannedColumn, Tally
from catalog.gates.short_words import spelled_out

BIRTH: Final = Finding("birth-date", Decision.REVIEW)
"""A doubt: births are counted by day too."""
HOME: Final = Finding("address", Decision.REVIEW)
BORN: Final = (r"nais(?:s|sance)?\b", r"nee?\b", "birth", r"geb(?:urt\w*)?\b", r"gebuert")
_DAY_WORDS: Final = (r"jour\b", r"jj?\b", r"day\b", r"tag\b", r"dag\b", "birthday", "geburtstag")
_MONTH_WORDS: Final = (r"mois\b", r"mm?\b", r"month\b", r"monat\b", r"mount\b", "birthmonth", "geburtsmonat")
_BIRTHDAY: Final = (r"anniv(?:ersaire)?\b(?!.*(?:abonnement|adhesion|bail|contrat|convention|marche))",)
_HOUSE: Final = re.compile(
    r"(?:numero|num|no|n)|(?:.* )?(?:numero|num|no|n) ?(?:de |dans )?(?:la )?(?:adresse|maison|rue|voie)(?: .*)?"
    r"|(?:adresse|rue|voie) (?:numero|num|no)|hausnummer|house (?:number|no)"
)
STREET_WORDS: Final = (
    r"(?:l|li|lib|libelle|nom|typ|type)?voie\b", r"rue\b", r"street\b", r"stra(?:ss|ß)e\b", r"strooss\b",
    r"adresse\b",
)  # fmt: skip
_PERSONS: Final = (
    r"abonnee?\b", r"adherente?\b", r"allocataire\b", r"contribuable\b", r"eleve\b", r"habitante?\b", r"locataire\b",
    r"menage\b", r"haushalt\b",
    rf"(?:id|identifiant|num|numero|no|code|ref) {NUMBERED}\b",
    r"naissance\b", r"nee? le\b", r"patiente?\b", r"prenom\b", r"redevable\b", r"usagere?\b",
)  # fmt: skip
"""Not "famille" nor "foyer", which lamps have, nor whoever asks or reports: the street is that of the works."""

_DAY: Final = r"0?[1-9]|[12]\d|3[01]"
_MONTH: Final = r"0?[1-9]|1[0-2]|\pL{3,9}\.?"
_ANNIVERSARY: Final = re.compile(r"(?:date|dt|jour)?(?: d)? ?anniv(?:ersaire)?")
"""A column called so, and no more, holds days of birth if they have years."""
_WHOLE_DATE: Final = r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
_DATE: Final = r"[^\n]*\d[^\n]*"
_NUMBER: Final = r"\d{1,4} ?(?i:bis|ter|quater|[a-d])?"
_STREET: Final = r"[^\n]*\pL{3}[^\n]*"


def parted_findings(cells: Cells, columns: Sequence[ScannedColumn]) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what columns tell of somebody together, for each of them; of one whose values are all listed, nothing."""
    plain = {column.name: column_words(column.name) for column in columns}
    asked = {name: plain[name] for name in (column.name for column in columns if not column.closed)}
    yield from _together(cells, BIRTH, _named(asked, _is_birth_day, _DAY), _named(asked, _is_birth_month, _MONTH))
    yield from _told_alone(cells, _named(asked, lambda words: _ANNIVERSARY.fullmatch(words) is not None, _WHOLE_DATE))
    if not any(has_word(_PERSONS, f"{words} {spelled_out(words)}") for words in plain.values()):
        return
    yield from _told_alone(cells, _named(asked, _holds(_BIRTHDAY), _DATE))
    if any(has_word(BODIES, words) for words in plain.values()):
        return
    numbers = _named(asked, _is_number, _NUMBER)
    yield from _together(cells, HOME, numbers, _named(asked, _holds(STREET_WORDS), _STREET, apart=numbers))


def _told_alone(cells: Cells, forms: dict[str, str]) -> Iterator[tuple[str, Finding, Tally]]:
    for name, form in forms.items():
        yield from _told(cells, BIRTH, {name: form})


def _named(
    plain: dict[str, str], judged: Callable[[str], bool], form: str, apart: dict[str, str] | None = None
) -> dict[str, str]:
    """Return the columns whose folded names are judged so, each with its cells' form; not those of `apart`."""
    return {name: form for name, words in plain.items() if judged(words) and name not in (apart or {})}


def _holds(stems: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda words: has_word(stems, words)


def _is_birth_day(words: str) -> bool:
    return has_word(BORN, words) and has_word(_DAY_WORDS, words)


def _is_birth_month(words: str) -> bool:
    return has_word(BORN, words) and has_word(_MONTH_WORDS, words)


def _is_number(words: str) -> bool:
    """Tell whether it is a house's number: "numero", "num_voie", never "numero_adherent"."""
    return _HOUSE.fullmatch(words) is not None


def _together(
    cells: Cells, finding: Finding, ones: dict[str, str], others: dict[str, str]
) -> Iterator[tuple[str, Finding, Tally]]:
    for one, form in ones.items():
        for other, other_form in others.items():
            yield from _told(cells, finding, {one: form, other: other_form})


def _told(cells: Cells, finding: Finding, forms: dict[str, str]) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield a finding of some columns, if they all have their form in one row."""
    rows, first = cells.of_forms(forms)
    if rows:
        yield from ((name, finding, Tally(rows, rows, first)) for name in forms)
