"""One example: a language, and lines that run as they stand; values of a dataset are written as the language quotes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from shlex import quote
from types import MappingProxyType
from typing import Final

from orjson import dumps


class Language(StrEnum):
    """The languages of the examples."""

    CURL = "curl"
    PYTHON = "python"
    PANDAS = "pandas"
    JAVASCRIPT = "javascript"
    R = "r"
    DUCKDB = "duckdb"


LANGUAGES: Final[Mapping[Language, str]] = MappingProxyType(
    {
        Language.CURL: "curl",
        Language.PYTHON: "Python",
        Language.PANDAS: "pandas",
        Language.JAVASCRIPT: "JavaScript",
        Language.R: "R",
        Language.DUCKDB: "DuckDB",
    }
)
"""Language → its name, in the order of the page."""


_SPECIAL: Final = frozenset('"$`!\\')
"""What a shell still reads between double quotes."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """An example; `needs` names what must be installed, if anything."""

    language: Language
    code: str
    needs: str = ""

    @property
    def name(self) -> str:
        """Return the language's name."""
        return LANGUAGES[self.language]


def shell(text: str) -> str:
    """Return a text as a shell's word; one with an apostrophe is easier to read between double quotes."""
    if "'" in text and not set(text) & _SPECIAL:
        return f'"{text}"'
    return quote(text)


def double(text: str) -> str:
    """Return a text between double quotes, as Python, JavaScript and R read it alike."""
    return dumps(text).decode()


def sql(text: str) -> str:
    """Return a text as SQL's literal."""
    return "'" + text.replace("'", "''") + "'"


def name(column: str) -> str:
    """Return a column's name as SQL quotes it."""
    return '"' + column.replace('"', '""') + '"'
