"""What a search reads of a dataset: its words by the weight of the place where they stand, and its facets.

Of a dataset that is not served only what is declared is read.
"""

from collections.abc import Callable, Iterator, Mapping
from sys import intern
from types import MappingProxyType
from typing import Final

from catalog.finding.themes import THEMES
from catalog.finding.words import STEMS, stem_of, words_of
from catalog.views import DatasetView

WEIGHTS: Final = (8, 5, 4, 2, 1)
"""Of a word found in: title; theme and keywords; slug and columns; service and question; description."""
LANGUAGES: Final = tuple(STEMS)
Stems = tuple[tuple[str, ...], ...]
"""The stems of a dataset by weight, each under its greatest only."""
_Said = tuple[str, str]
"""A language, or "" where a text is of all, and the text."""


def stems_of(view: DatasetView, surfaces: dict[str, str]) -> Stems:
    """Return the stems of a dataset; `surfaces` learns how a stem is first written."""
    known: set[str] = set()
    found = []
    for said in _places(view):
        here: dict[str, None] = {}
        for stem, word in _stems(said):
            if stem not in known:
                here[intern(stem)] = None
                surfaces.setdefault(stem, word)
        known |= here.keys()
        found.append(tuple(here))
    return tuple(found)


def _stems(said: list[_Said]) -> Iterator[tuple[str, str]]:
    """Give each stem of some texts with the word that it was found in."""
    for language, text in said:
        for word in words_of(text):
            for code in (language,) if language else LANGUAGES:
                yield stem_of(word, code), word


def _places(view: DatasetView) -> Iterator[list[_Said]]:
    declared = view.declared
    yield [("fr", view.title), *_texts(declared.get("titre"))]
    yield [*THEMES.get(view.theme, {}).items(), *_texts(declared.get("mots_cles"))]
    yield [("", view.slug), *_columns(view)]
    yield [("fr", view.service), *_texts(declared.get("question"))]
    yield [("fr", view.description), *_texts(declared.get("description"))]


def _columns(view: DatasetView) -> Iterator[_Said]:
    columns = view.declared.get("colonnes")
    for column in columns if isinstance(columns, list | tuple) else ():
        if isinstance(column, dict):
            yield "", str(column.get("nom", ""))
            yield from _texts(column.get("titre"))
    if view.served and view.current:
        for published in view.current.columns:
            yield "", published.name


def _texts(value: object, language: str = "fr") -> Iterator[_Said]:
    """Give the texts of a declared value, each in the language that its key names; French without one."""
    match value:
        case str():
            yield language, value
        case list() | tuple():
            for item in value:
                yield from _texts(item, language)
        case dict():
            for code, item in value.items():
                yield from _texts(item, code if code in STEMS else language)
        case _:
            return


def _one(name: str) -> Callable[[DatasetView], tuple[str, ...]]:
    def value(view: DatasetView) -> tuple[str, ...]:
        return tuple(filter(None, (str(getattr(view, name)),)))

    return value


def _formats(view: DatasetView) -> tuple[str, ...]:
    names = [file.name for file in view.current.files] if view.served and view.current else []
    return tuple(name.removeprefix("data.") for name in names if name.startswith("data."))


def _protection(view: DatasetView) -> tuple[str, ...]:
    return ("masked" if view.served and view.current and view.current.masked else "whole",)


def _frequency(view: DatasetView) -> tuple[str, ...]:
    said = view.declared.get("frequence")
    return (said,) if isinstance(said, str) else ()


FACETS: Final[Mapping[str, Callable[[DatasetView], tuple[str, ...]]]] = MappingProxyType(
    {
        "theme": _one("theme"),
        "kind": _one("kind"),
        "state": _one("state"),
        "service": _one("service"),
        "format": _formats,
        "licence": _one("licence"),
        "frequency": _frequency,
        "protection": _protection,
    }
)
"""Facet → the values of a dataset."""
