"""The search page: what was found, the filters that are on with the way to take each off, those one may add."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from api.pages import words
from api.pages.cards import Card, card
from catalog.search import FACETS, Found, search
from catalog.views import DatasetView, WalkView

Given = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many datasets it would leave, whether it is chosen."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its values."""

    name: str
    title: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on; `without` is the query string without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that the page shows; `words` is what was typed."""

    words: str
    cards: tuple[Card, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    all_themes: tuple[str, ...]


def search_page(
    views: Iterable[DatasetView], given: Given, *, walks: Mapping[str, WalkView], now: datetime
) -> SearchPage:
    """Search, and say what was found; parameters that are no facet are left alone."""
    typed = next((text.strip() for name, text in given if name == "q"), "")[:200]
    chosen = {name: [text for key, text in given if key == name and text] for name in FACETS}
    found = search(views, typed, chosen=chosen)
    return SearchPage(
        words=typed,
        cards=tuple(card(view, walks.get(view.slug), now) for view in found.datasets),
        facets=tuple(_facet(name, found, chosen) for name in words.FACETS),
        chips=tuple(_chips(typed, chosen)),
        all_themes=tuple(name for name, _ in words.THEMES.values()),
    )


def _facet(name: str, found: Found, chosen: Mapping[str, Sequence[str]]) -> Facet:
    counted = {**dict.fromkeys(chosen[name], 0), **found.facets[name]}
    values = (
        FacetValue(value, words.facet_value(name, value), count, value in chosen[name])
        for value, count in counted.items()
    )
    return Facet(name, words.FACETS[name], tuple(values))


def _chips(typed: str, chosen: Mapping[str, Sequence[str]]) -> Iterable[Chip]:
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    for name, value in pairs:
        rest = [("q", typed)] * bool(typed) + [pair for pair in pairs if pair != (name, value)]
        yield Chip(words.facet_value(name, value), urlencode(rest))
