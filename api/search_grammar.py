"""What a search is asked: words, facets, a place, days, a page. An unknown parameter is refused by its name."""

from collections.abc import Iterable
from datetime import date
from math import isfinite
from typing import Final

from api.refusals import bad_parameter, refuse_others
from catalog.finding.asking import PAGE, Asked
from catalog.finding.coverage import Zones
from catalog.finding.fields import FACETS
from catalog.metadata.record import LANGUAGES, Bounds

LONGEST_WORDS: Final = 200
MOST_LIMIT: Final = 100
MOST_OFFSET: Final = 100_000
_MOST_VALUES: Final = 40
_CORNERS: Final = 4
_ALONE: Final = ("q", "bbox", "commune", "from", "to", "limit", "offset", "lang")
PARAMETERS: Final = (*_ALONE, *FACETS)
_IN_WORDS: Final = frozenset({"service", "frequency"})
"""Facets whose values are words that somebody wrote; the others' are codes."""
_DAYS: Final = "AAAA-MM-JJ (2026-01-31)"
_EVER: Final = (date.min, date.max)


def read_asked(given: Iterable[tuple[str, str]], zones: Zones) -> Asked:
    """Return the question of a query string. Refuses (400) a parameter that is unknown, repeated or unreadable."""
    pairs = [(name, value) for name, value in given if value]
    single: dict[str, str] = {}
    refuse_others((name for name, _ in pairs), PARAMETERS)
    for name, value in pairs:
        if name in _ALONE and single.setdefault(name, value) is not value:
            raise bad_parameter(name, "1")
    if len(pairs) > _MOST_VALUES:
        raise bad_parameter("query", f"<= {_MOST_VALUES}")
    return Asked(
        words=single.get("q", "")[:LONGEST_WORDS],
        chosen={facet: found for facet in FACETS if (found := _chosen(facet, pairs))},
        box=_box(single.get("bbox")),
        commune=_commune(single.get("commune"), zones),
        days=_days(single.get("from"), single.get("to")),
        offset=_number("offset", single.get("offset", "0"), 0, MOST_OFFSET),
        limit=_number("limit", single.get("limit", str(PAGE)), 1, MOST_LIMIT),
    )


def _chosen(facet: str, pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the values asked of a facet; codes are in small letters, whatever their labels (`GeoJSON`)."""
    values = tuple(value for name, value in pairs if name == facet)
    return values if facet in _IN_WORDS else tuple(value.lower() for value in values)


def language(text: str | None) -> str:
    """Return the language of the words of an answer. Refuses (400) one that is not spoken here."""
    if text is not None and text not in LANGUAGES:
        raise bad_parameter("lang", ", ".join(LANGUAGES))
    return text or LANGUAGES[0]


def _number(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise bad_parameter(name, f"{least}..{most}")
    return int(text)


def _box(text: str | None) -> Bounds | None:
    if text is None:
        return None
    expected = "west,south,east,north"
    try:
        degrees = [float(part) for part in text.split(",")]
    except ValueError:
        raise bad_parameter("bbox", expected) from None
    if (
        len(degrees) != _CORNERS
        or not all(map(isfinite, degrees))
        or degrees[1] > degrees[3]
        or degrees[0] > degrees[2]
    ):
        raise bad_parameter("bbox", expected)
    return Bounds(*degrees)


def _commune(text: str | None, zones: Zones) -> str | None:
    if text is None:
        return None
    code = zones.code(text)
    if code is None:
        raise bad_parameter("commune", ", ".join(sorted(zones.boxes)))
    return code


def _days(first: str | None, last: str | None) -> tuple[date, date] | None:
    if first is None and last is None:
        return None
    days = _day("from", first) or _EVER[0], _day("to", last) or _EVER[1]
    if days[0] > days[1]:
        raise bad_parameter("to", ">= from")
    return days


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_parameter(name, _DAYS) from None
