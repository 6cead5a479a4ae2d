"""Numbers and days as people write them, to the one way that types are read in; which way is declared, never guessed.

`1,234` is a number and a thousand times that number, `01/02/2026` two days: a column's `ecrit` says which, by the
example that names it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

CENTURY: Final = 100
_FIRST_YEAR: Final = 1969
"""Of the hundred years that two digits are of where nothing else is declared, as POSIX has them (`%y` of strptime)."""
_SPACE: Final = "[ \u00a0\u202f\u2009]"
"""A space of text, of HTML, of the French and of typography: all stand between thousands."""
_MINUS: Final = "\u2212"
_BARE: Final = str.maketrans("éû", "eu")
_MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            ("janvier janv jan", "fevrier fevr fev", "mars mar", "avril avr", "mai", "juin", "juillet juill juil",
             "aout", "septembre sept sep", "octobre oct", "novembre nov", "decembre dec"), start=1)
        for name in names.split()
    }
)  # fmt: skip
"""In French, whole and cut, without their accents."""
_WEEK: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing: the types that it is of, and a text in that way in the plain one; None for any other text."""

    types: frozenset[str]
    plain: Callable[[str], str | None]


def forms_of(kind: str) -> tuple[str, ...]:
    """Return the examples that a type may be declared by."""
    return tuple(example for example, form in FORMS.items() if kind in form.types)


def in_plain(cell: object, example: str, first_year: int | None = None) -> object:
    """Return a cell as types are read, each text of a pair too; what is no text is as it was. None for another way.

    `first_year` is that of the hundred years that two digits of a year are of.
    """
    match cell:
        case str():
            return _form(example, first_year).plain(cell.strip())
        case [*parts]:
            return [in_plain(part, example, first_year) for part in parts]
        case _:
            return cell


def _number(thousands: str, mark: str, behind: str = f"(?:{_SPACE}?€)?") -> Form:
    """Return the numbers with these marks and what stands behind them: a currency or nothing (`1 234,50 €`)."""
    shape = re.compile(rf"([+-]?)(\d{{1,3}}(?:{thousands}\d{{3}})+|\d+)(?:{mark}(\d+))?{behind}", re.ASCII)

    def plain(text: str) -> str | None:
        found = shape.fullmatch(text.replace(_MINUS, "-", 1))
        if found is None:
            return None
        sign, whole, rest = found.groups()
        return sign + re.sub(thousands, "", whole) + (f".{rest}" if rest else "")

    return Form(frozenset({"entier", "decimal", "position"}), plain)


def _per_cent(thousands: str, mark: str) -> Form:
    """Return the numbers before a sign of per cent, which each has; `diviser: 100` makes shares of them."""
    return replace(_number(thousands, mark, f"{_SPACE}?%"), types=frozenset({"entier", "decimal"}))


def _day(mark: str) -> Form:
    shape = re.compile(rf"(\d{{1,2}}){mark}(\d{{1,2}}){mark}(\d{{4}})", re.ASCII)

    def plain(text: str) -> str | None:
        found = shape.fullmatch(text)
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else None

    return Form(frozenset({"date"}), plain)


def _short_day(mark: str, first_year: int = _FIRST_YEAR) -> Form:
    """Return the days of a year of two digits, one of a hundred years."""
    shape = re.compile(rf"(\d{{1,2}}){mark}(\d{{1,2}}){mark}(\d{{2}})", re.ASCII)

    def plain(text: str) -> str | None:
        found = shape.fullmatch(text)
        if found is None:
            return None
        year = first_year + (int(found[3]) - first_year) % CENTURY
        return f"{year}-{found[2]:0>2}-{found[1]:0>2}"

    return Form(frozenset({"date"}), plain)


def _named_day() -> Form:
    """Return the days with a month in French, whole or cut as usual: `1er août 2026`, `jeudi 31 déc. 2026`."""
    day = rf"([0-9]{{1,2}})(?:er)?{_SPACE}([a-zéû]{{3,9}}\.?){_SPACE}([0-9]{{4}})"
    shape = re.compile(rf"(?:([a-z]{{3,8}})\.?,?{_SPACE})?{day}")

    def plain(text: str) -> str | None:
        found = shape.fullmatch(unicodedata.normalize("NFC", text).lower())
        month = _MONTHS.get(found[3].rstrip(".").translate(_BARE)) if found else None
        if not found or not month:
            return None
        read = f"{found[4]}-{month:02}-{found[2]:0>2}"
        return read if found[1] is None or _falls_on(read, found[1]) else None

    return Form(frozenset({"date"}), plain)


def _falls_on(day: str, named: str) -> bool:
    """Say whether a day is the one of the week that stands before it, whole or cut (`jeudi`, `jeu`)."""
    try:
        name = _WEEK[date.fromisoformat(day).weekday()]
    except ValueError:
        return False
    return named in {name, name[:3]}


def _moment(day: Form) -> Form:
    shape = re.compile(r"(.+?)(?:, ?| à | )(\d{1,2}) ?[:h] ?(\d{2})(:\d{2})?", re.ASCII)

    def plain(text: str) -> str | None:
        found = shape.fullmatch(text)
        read = day.plain(found[1]) if found else None
        return f"{read}T{found[2]:0>2}:{found[3]}{found[4] or ''}" if found and read else None

    return Form(frozenset({"date-heure"}), plain)


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "1 234,50": _number(_SPACE, ","),
        "1.234,50": _number(r"\.", ","),
        "1,234.50": _number(",", r"\."),
        "12,5 %": _per_cent(_SPACE, ","),
        "12.5 %": _per_cent(",", r"\."),
        "31/12/2026": _day("/"),
        "31.12.2026": _day(r"\."),
        "31/12/26": _short_day("/"),
        "31.12.26": _short_day(r"\."),
        "31 décembre 2026": _named_day(),
        "31/12/2026 23:59": _moment(_day("/")),
        "31.12.2026 23:59": _moment(_day(r"\.")),
        "31/12/26 23:59": _moment(_short_day("/")),
        "31.12.26 23:59": _moment(_short_day(r"\.")),
        "31 décembre 2026 23:59": _moment(_named_day()),
    }
)
"""By the example that declares each."""
_SHORT: Final[Mapping[str, Callable[[int], Form]]] = MappingProxyType(
    {
        "31/12/26": lambda first: _short_day("/", first),
        "31.12.26": lambda first: _short_day(r"\.", first),
        "31/12/26 23:59": lambda first: _moment(_short_day("/", first)),
        "31.12.26 23:59": lambda first: _moment(_short_day(r"\.", first)),
    }
)
"""Those with a year of two digits, by the first of the hundred years that it is one of."""


def has_short_year(example: str) -> bool:
    """Say whether a way of writing leaves the century out."""
    return example in _SHORT


@cache
def _form(example: str, first_year: int | None) -> Form:
    return FORMS[example] if first_year is None or example not in _SHORT else _SHORT[example](first_year)
