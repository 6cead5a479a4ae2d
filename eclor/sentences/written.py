"""How a value of each type is written in a delivery: what the refusal of a column of another type says to write."""

from collections.abc import Iterable
from typing import Final

_OTHERWISE_FR: Final = " ; autrement, la colonne le déclare par un exemple : ecrit: "
_OTHERWISE_EN: Final = "; any other way is declared by an example: ecrit: "
_NAMED: Final = {
    "fr": "Un « code » ou un « texte » n'est ni une formule (« =… »), ni un numéro qu'un tableur a abrégé (« 2,45E+13 ») : "
    "dans le tableur, mettez la colonne au format texte.",
    "en": "A “code” or a “texte” is no formula (“=…”), nor a number that a spreadsheet cut short (“2,45E+13”): "
    "in the spreadsheet, give the column the format text.",
}
_PLAIN: Final = {
    "fr": "Une géométrie s'écrit en GeoJSON, un fichier par son nom.",
    "en": "A geometry is written in GeoJSON, a file by its name.",
}

WRITTEN: Final[dict[str, dict[str, str]]] = {
    "date": {
        "fr": f'Une « date » s\'écrit AAAA-MM-JJ{_OTHERWISE_FR}"31/12/2026".',
        "en": f'A “date” is written YYYY-MM-DD{_OTHERWISE_EN}"31/12/2026".',
    },
    "date-heure": {
        "fr": f'Une « date-heure » s\'écrit AAAA-MM-JJTHH:MM{_OTHERWISE_FR}"31/12/2026 14:05".',
        "en": f'A “date-heure” is written YYYY-MM-DDTHH:MM{_OTHERWISE_EN}"31/12/2026 14:05".',
    },
    "decimal": {
        "fr": f'Un « decimal » s\'écrit en chiffres, avec un point, sans unité : 1234.50{_OTHERWISE_FR}"1 234,50".',
        "en": f'A “decimal” is written in digits, with a point, without a unit: 1234.50{_OTHERWISE_EN}"1 234,50".',
    },
    "entier": {
        "fr": f'Un « entier » s\'écrit en chiffres seuls, sans unité ni décimales : 1234{_OTHERWISE_FR}"1 234".',
        "en": f'An “entier” is written in digits alone, without a unit nor decimals: 1234{_OTHERWISE_EN}"1 234".',
    },
    "position": {
        "fr": 'Une « position » s\'écrit longitude,latitude, en degrés, une virgule entre les deux : "5.9421,49.4713".',
        "en": 'A “position” is written longitude,latitude, in degrees, a comma between the two: "5.9421,49.4713".',
    },
    "booleen": {
        "fr": "Un « booleen » s'écrit oui ou non, true ou false, 1 ou 0.",
        "en": "A “booleen” is written oui or non, true or false, 1 or 0.",
    },
    "code": _NAMED,
    "texte": _NAMED,
    "geometrie": _PLAIN,
    "fichier": _PLAIN,
}
"""By the French name of the type (`charter.vocabulary.FieldType`)."""


WRONG_ROWS: Final = (
    "Lignes fausses, {count} sur {rows} (l'en-tête ne compte pas) : {told}. Une seule fait refuser tout le fichier : "
    "corrigez-les à leur source, ou retirez-les, puis relancez."
)
"""What is said of a file given by hand in which rows were refused one by one."""


def rows_told(reasons: Iterable[tuple[str, int, str]]) -> str:
    """Say in French how many rows each column had refused, and which first, by reason as `columns_told` does."""
    return ", ".join(
        f"{_about(reason)} {times} fois (ligne{'s' if times > 1 else ''} {named})" for reason, times, named in reasons
    )


def columns_told(reasons: Iterable[tuple[str, int]]) -> str:
    """Say in French how many rows each column had set aside, by the reasons of `harvesters.intake.IntakeCounts`.

    A reason is a code, and after ": " the column that it is about; where there is none, the code is named as one.
    """
    return ", ".join(f"{_about(reason)} {times} fois" for reason, times in reasons)


def _about(reason: str) -> str:
    column = reason.partition(": ")[2]
    return f"« {column} »" if column else f"code {reason}"
