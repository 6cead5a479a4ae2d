"""The search page: what was found, the filters that are on with the way to take each off, those one may add."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from api.pages import words
from api.pages.cards import Card, card
from catalog.finding.asking import Asked, Found, find
from catalog.finding.coverage import Zones
from catalog.finding.index import Index
from catalog.freshness import Tried

Given = Sequence[tuple[str, str]]
CARDS: Final = 30
"""Datasets of a page."""
_PLACE_AND_TIME: Final = ("commune", "from", "to", "bbox")


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
class Commune:
    """A commune that one may choose."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that the page shows; `words` is what was typed, `before` and `after` the pages next to this one."""

    words: str
    count: int
    meant: str | None
    meant_query: str
    cards: tuple[Card, ...]
    facets: tuple[Facet, ...]
    communes: tuple[Commune, ...]
    first_day: str
    last_day: str
    chips: tuple[Chip, ...]
    before: str
    after: str
    all_themes: tuple[str, ...]


def search_page(index: Index, asked: Asked, given: Given, *, tried: Mapping[str, Tried], now: datetime) -> SearchPage:
    """Search, and say what was found; `given` is the query string that `asked` was read from."""
    found = find(index, asked)
    single = dict(given)
    return SearchPage(
        words=asked.words.strip(),
        count=found.count,
        meant=found.meant,
        meant_query=_query([(name, value) for name, value in given if name != "q"], ("q", found.meant or "")),
        cards=tuple(card(view, tried.get(view.slug, Tried()), now) for view in found.datasets),
        facets=tuple(_facet(name, found, asked.chosen) for name in words.FACETS),
        communes=_communes(index.zones, asked.commune),
        first_day=single.get("from", ""),
        last_day=single.get("to", ""),
        chips=tuple(_chips(given, asked, index.zones)),
        before=_at(given, asked.offset - asked.limit) if asked.offset else "",
        after=_at(given, asked.offset + asked.limit) if asked.offset + asked.limit < found.count else "",
        all_themes=tuple(name for name, _ in words.THEMES.values()),
    )


def _at(given: Given, offset: int) -> str:
    return _query([pair for pair in given if pair[0] != "offset"], ("offset", str(max(offset, 0))))


def _query(given: Given, *more: tuple[str, str]) -> str:
    return urlencode([*more, *given])


def _facet(name: str, found: Found, chosen: Mapping[str, Sequence[str]]) -> Facet:
    on = chosen.get(name, ())
    counted = {**dict.fromkeys(on, 0), **found.facets[name]}
    values = (FacetValue(value, words.facet_value(name, value), count, value in on) for value, count in counted.items())
    return Facet(name, words.FACETS[name], tuple(values))


def _communes(zones: Zones, chosen: str | None) -> tuple[Commune, ...]:
    named = sorted(zones.names.items(), key=lambda pair: pair[1])
    return tuple(Commune(code, name, code == chosen) for code, name in named)


def _chips(given: Given, asked: Asked, zones: Zones) -> Iterable[Chip]:
    """Give what is on, in the order in which it was asked; each without itself and from the first page again."""
    rest = [pair for pair in given if pair[0] != "offset" and pair[1]]
    for name, value in rest:
        if name in asked.chosen or name in _PLACE_AND_TIME:
            yield Chip(_chip_words(name, value, zones), urlencode([pair for pair in rest if pair != (name, value)]))


def _chip_words(name: str, value: str, zones: Zones) -> str:
    match name:
        case "commune":
            return zones.names[zones.code(value) or value]
        case "from":
            return f"à partir du {value}"
        case "to":
            return f"jusqu'au {value}"
        case "bbox":
            return f"emprise {value}"
        case _:
            return words.facet_value(name, value)
