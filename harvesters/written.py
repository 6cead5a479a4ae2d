"""Numbers and days as people write them, to the one way that types are read in; which way is declared, never guessed.

`1,234` is a number and a thousand times that number, `01/02/2026` two days: a column's `ecrit` says which, by the
example that names it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_SPACE: Final = "[ \u00a0\u202f\u2009]"
"""A space of text, of HTML, of the French and of typography: all stand between thousands."""
_MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing: the types that it is of, and a text in that way in the plain one; None for any other text."""

    types: frozenset[str]
    plain: Callable[[str], str | None]


def forms_of(kind: str) -> tuple[str, ...]:
    """Return the examples that a type may be declared by."""
    return tuple(example for example, form in FORMS.items() if kind in form.types)


def in_plain(cell: object, example: str) -> object:
    """Return a cell as types are read, each text of a pair too; what is no text is as it was. None for another way."""
    match cell:
        case str():
            return FORMS[example].plain(cell.strip())
        case [*parts]:
            return [in_plain(part, example) for part in parts]
        case _:
            return cell


def _number(thousands: str, mark: str) -> Form:
    """Return the numbers with these marks, a currency behind them or not (`1 234,50 €`)."""
    shape = re.compile(rf"([+-]?)(\d{{1,3}}(?:{thousands}\d{{3}})+|\d+)(?:{mark}(\d+))?(?:{_SPACE}?€)?", re.ASCII)

    def plain(text: str) -> str | None:
        found = shape.fullmatch(text.replace(_MINUS, "-", 1))
        if found is None:
            return None
        sign, whole, rest = found.groups()
        return sign + re.sub(thousands, "", whole) + (f".{rest}" if rest else "")

    return Form(frozenset({"entier", "decimal", "position"}), plain)


def _day(mark: str) -> Form:
    shape = re.compile(rf"(\d{{1,2}}){mark}(\d{{1,2}}){mark}(\d{{4}})", re.ASCII)

    def plain(text: str) -> str | None:
        found = shape.fullmatch(text)
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else None

    return Form(frozenset({"date"}), plain)


def _moment(mark: str) -> Form:
    day = _day(mark)
    shape = re.compile(r"([^ ,]+)(?:, ?| )(\d{1,2})[:h](\d{2})(:\d{2})?", re.ASCII)

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
        "31/12/2026": _day("/"),
        "31.12.2026": _day(r"\."),
        "31/12/2026 23:59": _moment("/"),
        "31.12.2026 23:59": _moment(r"\."),
    }
)
"""By the example that declares each."""
