"""`q` and `full_text` of a DataStore search: words that stand in a row, case and accents apart.

Plain text: each word stands somewhere. With `plain=false`, PostgreSQL's `to_tsquery` syntax: `&`, `|`, `!`, parentheses
and `word:*`. No language's endings are cut: `language` is checked and changes nothing. The rank is the same for all
rows that fit, so that these stay in their order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from api.ckan.cells import cell_of
from api.ckan.given import Given
from api.ckan.table import NUMBERS, Column, Table
from api.ckan.wire import ActionRefused, invalid
from api.grammar import MOST_LETTERS
from api.rows import And, Condition, Expression, Not, Operator, Or

RANK: Final = 0.057308756
"""What PostgreSQL gives to a word that stands once in a row."""
LANGUAGES: Final = frozenset(
    {
        "simple", "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french",
        "german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian", "nepali",
        "norwegian", "portuguese", "romanian", "russian", "serbian", "spanish", "swedish", "tamil", "turkish",
        "yiddish",
    }
)  # fmt: skip
_MOST_WORDS: Final = 20
_TOKEN: Final = re.compile(r"[&|!()]|[^\s&|!()]+")
_WORD: Final = re.compile(r"[^\W_]+(?:[.,'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """What must hold of rows, and the columns of ranks that the answer shows."""

    expression: Expression
    ranks: tuple[str, ...]


def read_words(given: Given, table: Table) -> Words | None:
    """Return what `q` and `full_text` ask for, or None. Refuses (409) an unknown column or language."""
    if given.text("language", "english") not in LANGUAGES:
        name = given.text("language")[:60]
        orig = [f'text search configuration "{name}" does not exist']
        raise invalid(query=["Invalid query"], info={"orig": orig})
    plain = given.yes("plain", "true")
    asked: list[tuple[str, Iterable[Column], str]] = [
        ("rank", table.columns.values(), given.text("full_text")),
        *_by_column(question(given), table),
    ]
    found = [(rank, _expression(text, columns, plain=plain)) for rank, columns, text in asked if text]
    if not found:
        return None
    return Words(And(tuple(one for _, one in found)), tuple(dict.fromkeys(rank for rank, _ in found)))


def question(given: Given) -> object:
    """Return `q` as an answer gives it back: a text, or texts by column."""
    asked = given.values.get("q")
    return given.json("q") if isinstance(asked, str) and asked.lstrip().startswith("{") else asked


def _by_column(asked: object, table: Table) -> list[tuple[str, Iterable[Column], str]]:
    match asked:
        case None:
            return []
        case dict():
            return [_of_column(str(name), text, table) for name, text in asked.items()]
        case str() | int() | float():
            return [("rank", table.columns.values(), str(asked))]
        case _:
            raise invalid(q=["Must be a Unicode string value"])


def _of_column(name: str, text: object, table: Table) -> tuple[str, Iterable[Column], str]:
    if name not in table.columns:
        raise invalid(q=[f'invalid value "{name[:60]}"'])
    if not isinstance(text, str | int | float):
        raise invalid(q=["Must be a Unicode string value"])
    return f"rank {name}", [table.columns[name]], str(text)


def _expression(text: str, columns: Iterable[Column], *, plain: bool) -> Expression:
    searched = tuple(columns)
    if not plain:
        return _Query(text, searched).read()
    words = _WORD.findall(text)
    if len(words) > _MOST_WORDS or sum(map(len, words)) > MOST_LETTERS:
        raise invalid(q=[f"Too many words: more than {_MOST_WORDS}, or than {MOST_LETTERS} letters"])
    return And(tuple(_standing(word, searched) for word in words)) if words else Or()


def _standing(word: str, columns: Iterable[Column]) -> Expression:
    """Return what holds of rows in which a word stands: inside a text, or as a whole number."""
    found: list[Expression] = []
    for column in columns:
        if column.type in NUMBERS:
            found += _number(word, column)
        elif column.type != "bool":
            found.append(Condition(column.name, Operator.CONTAINS, (word,), folded=True))
    return Or(tuple(found))


def _number(word: str, column: Column) -> list[Expression]:
    if not word.isdigit() or word != (word.lstrip("0") or "0"):
        return []
    try:
        return [Condition(column.name, Operator.EQ, (cell_of(column, word),))]
    except ActionRefused:
        return []


class _Query:
    """A text in the syntax of `to_tsquery`, read by descent."""

    def __init__(self, text: str, columns: tuple[Column, ...]) -> None:
        self._tokens = _TOKEN.findall(text)
        self._columns = columns
        if len(self._tokens) > 3 * _MOST_WORDS or sum(map(len, self._tokens)) > MOST_LETTERS:
            raise self._wrong()

    def read(self) -> Expression:
        found = self._any()
        if self._tokens:
            raise self._wrong()
        return found

    def _any(self) -> Expression:
        parts = [self._all()]
        while self._taken("|"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Expression:
        parts = [self._one()]
        while self._taken("&"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Expression:
        if self._taken("!"):
            return Not(self._one())
        if self._taken("("):
            found = self._any()
            if not self._taken(")"):
                raise self._wrong()
            return found
        word = self._tokens.pop(0).removesuffix(":*").strip("'") if self._tokens else ""
        if not _WORD.fullmatch(word):
            raise self._wrong()
        return _standing(word, self._columns)

    def _taken(self, sign: str) -> bool:
        if self._tokens and self._tokens[0] == sign:
            del self._tokens[0]
            return True
        return False

    @staticmethod
    def _wrong() -> ActionRefused:
        return invalid(query=["Invalid query"], info={"orig": ["syntax error in tsquery"]})
