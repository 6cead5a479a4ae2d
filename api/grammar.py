"""The small grammar of `/api/v1/datasets/{slug}/records`, from a query string to a question.

`select=a,b` · `sort=a,-b` · `limit=1…1000` · `cursor=…` · `format=json|csv|ndjson` · conditions, which must all hold:
`column=value` or `column__OP=value`, where OP is one of `eq ne gt gte lt lte in contains startswith isnull`. `in` takes
values between commas, `isnull` takes true or false. A column named like a parameter is written `limit__eq`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from api.refusals import bad_parameter
from api.row_files import Cell
from api.rows import Condition, Operator, Question, Sort, is_number
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from eclor.errors import RequestRefused

DEFAULT_LIMIT: Final = 100
MOST_ROWS: Final = 1000
MOST_CONDITIONS: Final = 20
_MOST_VALUES: Final = 200
_MOST_SHOWN: Final = 60
_BOUNDS: Final = 2
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_NOT_CONDITIONS: Final = frozenset({"select", "sort", "limit", "cursor", "format"})


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

    def _unknown(self, name: str) -> RequestRefused:
        close = get_close_matches(name[:_MOST_SHOWN], self.by_name, n=1)
        return RequestRefused(
            "api.unknown-column",
            dataset=self.dataset,
            column=shown(name),
            columns=", ".join(self.by_name),
            guess_fr=f" Vouliez-vous « {close[0]} » ?" if close else "",
            guess_en=f" Did you mean “{close[0]}”?" if close else "",
        )


def shown(text: str) -> str:
    """Return a name from a request, fit for a message: short, printable."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:_MOST_SHOWN])


def read_question(parameters: Sequence[tuple[str, str]], columns: Columns) -> Question:
    """Return the question, its cursor apart. Refuses (400) what the grammar does not have, naming it."""
    single = _singles(parameters)
    conditions = [_condition(name, text, columns) for name, text in parameters if name not in _NOT_CONDITIONS]
    if len(conditions) > MOST_CONDITIONS:
        raise bad_parameter("conditions", f"<= {MOST_CONDITIONS}")
    return Question(
        columns=_selected(single.get("select"), columns),
        limit=_limit(single.get("limit")),
        conditions=tuple(conditions),
        sorts=_sorts(single.get("sort"), columns),
    )


def _singles(parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in parameters:
        if name in found and name in _NOT_CONDITIONS:
            raise bad_parameter(name, "1 ×")
        found[name] = text
    return found


def _selected(text: str | None, columns: Columns) -> tuple[str, ...]:
    if not text:
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


def _condition(name: str, text: str, columns: Columns) -> Condition:
    column_name, mark, operator = name.rpartition("__")
    if name in columns.by_name or not mark:
        return Condition(columns.find(name).name, Operator.EQ, (value_of(columns.find(name), text),))
    column = columns.find(column_name)
    if operator not in set(Operator):
        raise RequestRefused("api.unknown-operator", operator=shown(operator), operators=", ".join(Operator))
    chosen = Operator(operator)
    return Condition(column.name, chosen, _values(column, chosen, text), folded=chosen == Operator.CONTAINS)


def _values(column: ReleaseColumn, operator: Operator, text: str) -> tuple[Cell, ...]:
    match operator:
        case Operator.IN | Operator.NOT_IN | Operator.BETWEEN:
            parts = text.split(",")
            if operator == Operator.BETWEEN and len(parts) != _BOUNDS:
                raise bad_parameter(f"{column.name}__between", "a,b")
            if len(parts) > _MOST_VALUES:
                raise bad_parameter(f"{column.name}__{operator}", f"<= {_MOST_VALUES}")
            return tuple(value_of(column, part) for part in parts)
        case Operator.IS_NULL:
            if text not in {"true", "false"}:
                raise bad_parameter(f"{column.name}__isnull", "true, false")
            return (text,)
        case Operator.CONTAINS | Operator.STARTS_WITH | Operator.ENDS_WITH | Operator.LIKE:
            return (text,)
        case _:
            return (value_of(column, text),)


def value_of(column: ReleaseColumn, text: str) -> Cell:
    """Return a value as the column compares it. Refuses a text where a number is due, without repeating it."""
    if not is_number(column):
        return text
    if not _NUMBER.fullmatch(text):
        raise RequestRefused("api.bad-value", column=column.name, type=column.type)
    return float(text) if "." in text else int(text)
