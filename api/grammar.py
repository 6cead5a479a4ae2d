"""The plain grammar of rows, from a query string to a question; `api.wider_grammar` has the rest.

`select=a,b` · `sort=a,-b` · `limit=1…1000` · conditions, which must all hold: `column=value` or `column__OP=value`,
where OP is one of `eq ne gt gte lt lte in notin between contains startswith endswith like isnull`. `in`, `notin` and
`between` take values between commas, `isnull` true or false, `like` a pattern of `%` and `_`; `contains` holds whatever
the case and the accents. A column named like a parameter is written `limit__eq`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from api.refusals import bad_parameter, guess
from api.row_files import Cell
from api.rows import And, Condition, Operator, Question, Sort, is_number, is_text, is_yes_or_no
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from charter.vocabulary import TIME_CHAIN, FieldType
from eclor.errors import RequestRefused

DEFAULT_LIMIT: Final = 100
MOST_ROWS: Final = 1000
MOST_CONDITIONS: Final = 20
_MOST_VALUES: Final = 200
_MOST_SHOWN: Final = 60
MOST_LETTERS: Final = 200
"""Of a text that is looked for within others."""
_BOUNDS: Final = 2
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_MOMENT: Final = re.compile(
    r"(\d{4})(?:-(?:[A-Z]\d{1,2}|(\d{2})(?:-(\d{2})(?:T\d{2}(?::\d{2}){0,2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?)?))?",
    re.ASCII,
)
"""A label of time as releases write it, or its beginning: a year, `2026-T3`, a month, a day, an instant."""
_PATTERN: Final = re.compile(r"(?s:[^\\]|\\[%_\\])*")
_OF_TEXTS: Final = frozenset({Operator.CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH, Operator.LIKE})
_ONE_AFTER_ANOTHER: Final = frozenset({Operator.GT, Operator.GTE, Operator.LT, Operator.LTE, Operator.BETWEEN})
_YES_OR_NO: Final[Mapping[str, bool]] = MappingProxyType({"true": True, "false": False, "1": True, "0": False})
_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("offset", "page", "start", "skip", "after"), "cursor"),
        **dict.fromkeys(("rows", "per_page", "page_size", "size", "top"), "limit"),
        **dict.fromkeys(("fields", "columns", "properties"), "select"),
        **dict.fromkeys(("order", "order_by", "orderby", "sort_by", "sortby"), "sort"),
        **dict.fromkeys(("group_by", "groupby"), "group"),
        **dict.fromkeys(("where", "filter", "filters"), "column=value, column__gt=value"),
        "f": "format",
    }
)
"""What other APIs call a parameter, and what it is here."""
PLAIN: Final = frozenset({"select", "sort", "limit", "cursor", "format"})
"""Parameters that are no condition."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a version, by name."""

    dataset: str
    by_name: Mapping[str, ReleaseColumn]

    @classmethod
    def of(cls, version: VersionView) -> "Columns":
        """Return a version's columns."""
        return cls(version.dataset, {column.name: column for column in version.columns})

    def find(self, name: str) -> ReleaseColumn:
        """Return the column. Refuses an unknown one, with the closest names."""
        found = self.by_name.get(name)
        if found is None:
            raise self._unknown(name)
        return found

    def allow(self, what: str, column: ReleaseColumn, fits: Callable[[ReleaseColumn], bool]) -> None:
        """Refuse (400) what only some columns have to the others, with the names of those."""
        if not fits(column):
            allowed = ", ".join(name for name, one in self.by_name.items() if fits(one)) or "-"
            kind = str(column.type)
            raise RequestRefused("rows.not-for-column", what=what, column=column.name, type=kind, columns=allowed)

    def _unknown(self, name: str) -> RequestRefused:
        here = "aggregate" if "(" in name else _ELSEWHERE.get(name.lower())
        close = [here] if here else get_close_matches(name[:_MOST_SHOWN], self.by_name, n=1)
        return RequestRefused(
            "api.unknown-column",
            place=None,
            dataset=self.dataset,
            column=shown(name),
            columns=", ".join(self.by_name),
            **guess(close),
        )


def shown(text: str) -> str:
    """Return a name from a request, fit for a message: short, printable."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:_MOST_SHOWN])


def read_question(parameters: Sequence[tuple[str, str]], columns: Columns) -> Question:
    """Return the question, its cursor apart. Refuses (400) what the grammar does not have, naming it."""
    single = _singles(parameters)
    conditions = [read_condition(name, text, columns) for name, text in parameters if name not in PLAIN]
    if len(conditions) > MOST_CONDITIONS:
        raise bad_parameter("conditions", f"<= {MOST_CONDITIONS}")
    return Question(
        columns=_selected(single.get("select"), columns),
        limit=_limit(single.get("limit")),
        where=And(tuple(conditions)),
        sorts=_sorts(single.get("sort"), columns),
    )


def _singles(parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in parameters:
        if name in found and name in PLAIN:
            raise bad_parameter(name, "1 ×")
        found[name] = text
    return found


def _selected(text: str | None, columns: Columns) -> tuple[str, ...]:
    if not text or text == "*":
        return tuple(columns.by_name)
    return tuple(dict.fromkeys(columns.find(name.strip()).name for name in text.split(",")))


def _sorts(text: str | None, columns: Columns) -> tuple[Sort, ...]:
    sorts: dict[str, Sort] = {}
    for part in text.split(",") if text else ():
        name = part.strip()
        column = columns.find(name.removeprefix("-")).name
        sorts.setdefault(column, Sort(column, descending=name.startswith("-")))
    return tuple(sorts.values())


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_ROWS)) and 1 <= int(text) <= MOST_ROWS:
        return int(text)
    raise bad_parameter("limit", f"1..{MOST_ROWS}")


def read_condition(name: str, text: str, columns: Columns) -> Condition:
    """Return the condition that a parameter makes. Refuses (400) what its column does not have."""
    column_name, mark, operator = name.rpartition("__")
    if name in columns.by_name or not mark:
        return Condition(columns.find(name).name, Operator.EQ, (value_of(columns.find(name), text),))
    column = columns.find(column_name)
    if operator not in set(Operator):
        raise RequestRefused("api.unknown-operator", operator=shown(operator), operators=", ".join(Operator))
    chosen = Operator(operator)
    if chosen in _OF_TEXTS:
        columns.allow(operator, column, is_text)
        if len(text) > MOST_LETTERS:
            raise bad_parameter(f"{column.name}__{operator}", f"<= {MOST_LETTERS}")
    return Condition(column.name, chosen, _values(column, chosen, text), folded=chosen == Operator.CONTAINS)


def _values(column: ReleaseColumn, operator: Operator, text: str) -> tuple[Cell, ...]:
    match operator:
        case Operator.IN | Operator.NOT_IN | Operator.BETWEEN:
            parts = text.split(",")
            if len(parts) > _MOST_VALUES or (operator == Operator.BETWEEN and len(parts) != _BOUNDS):
                expected = "a,b" if operator == Operator.BETWEEN else f"<= {_MOST_VALUES}"
                raise bad_parameter(f"{column.name}__{operator}", expected)
            return tuple(_placed(column, operator, part) for part in parts)
        case Operator.IS_NULL:
            if text not in {"true", "false"}:
                raise bad_parameter(f"{column.name}__isnull", "true, false")
            return (text,)
        case Operator.LIKE:
            if not _PATTERN.fullmatch(text):
                raise bad_parameter(f"{column.name}__like", "%, _, \\% \\_ \\\\")
            return (text,)
        case Operator.CONTAINS | Operator.STARTS_WITH | Operator.ENDS_WITH:
            return (text,)
        case _:
            return (_placed(column, operator, text),)


def _placed(column: ReleaseColumn, operator: Operator, text: str) -> Cell:
    """Return a value; refuse, before or after which a time is asked for, what is no time: all or nothing would come."""
    if operator in _ONE_AFTER_ANOTHER and _is_time(column) and not _is_moment(text):
        raise RequestRefused("api.bad-moment", column=column.name)
    return value_of(column, text)


def _is_time(column: ReleaseColumn) -> bool:
    return column.level in TIME_CHAIN or (not column.level and column.type in {FieldType.DATE, FieldType.DATETIME})


def _is_moment(text: str) -> bool:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def value_of(column: ReleaseColumn, text: str) -> Cell:
    """Return a value as the column compares it. Refuses a text where a number is due, without repeating it."""
    if is_yes_or_no(column):
        if text not in _YES_OR_NO:
            raise bad_parameter(column.name, "true, false")
        return _YES_OR_NO[text]
    if not is_number(column):
        return text
    if not _NUMBER.fullmatch(text):
        raise RequestRefused("api.bad-value", column=column.name, type=column.type)
    return float(text) if "." in text else int(text)
