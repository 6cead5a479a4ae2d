"""A search: words, facets, a place, days; what was found, best first, and what each value of a facet would leave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from catalog.finding.coverage import Coverage
from catalog.finding.index import Heard, Index
from catalog.finding.pairs import numbers_in
from catalog.finding.words import STOP_WORDS, words_of
from catalog.metadata.record import Bounds
from catalog.views import DatasetView

MOST_WORDS: Final = 12
"""Words of a question that are looked for; what comes after is left aside."""
MOST_GUESSES: Final = 3
"""Words of a question that are looked for with their typing errors."""
PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: all of its words, one of the values of each facet chosen, a row in the place, a row in the days.

    `commune` is a code of the territory. Datasets from `offset`, at most `limit`.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    box: Bounds | None = None
    commune: str | None = None
    days: tuple[date, date] | None = None
    offset: int = 0
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: how many datasets in all, those of the page with what they are worth, the facets.

    Facet name → value → count, over what fits everything but that facet, most frequent first. `meant` is the question
    with its misspelt words as the catalogue writes them, if that finds anything.
    """

    count: int
    ranked: tuple[tuple[DatasetView, int], ...]
    facets: Mapping[str, Mapping[str, int]]
    meant: str | None

    @property
    def datasets(self) -> tuple[DatasetView, ...]:
        """Return the datasets of the page, best first."""
        return tuple(view for view, _ in self.ranked)


def find(index: Index, asked: Asked) -> Found:
    """Answer a question. An unknown facet, or a commune of elsewhere, is a bug of the caller."""
    words = _looked_for(asked.words)
    heard = _hear(index, words)
    ranks = _scores(index, heard)
    within = _within(index, asked)
    matched = 0
    for held in ranks.values():
        matched |= held
    matched &= within
    fitting = {name: _fitting(index, name, values) for name, values in asked.chosen.items() if values}
    whole = matched
    for held in fitting.values():
        whole &= held
    shown = tuple(_page(index, ranks, whole, asked))
    facets = {name: _counted(index, name, matched, fitting) for name in index.facets}
    return Found(whole.bit_count(), shown, facets, _meant(words, heard) if whole else None)


def _hear(index: Index, words: list[str]) -> list[Heard]:
    """Hear each word; only the first few that nothing begins with are taken for misspelt ones."""
    heard: list[Heard] = []
    for word in words:
        guesses = sum(one.instead is not None or not one.ranked for one in heard)
        heard.append(index.hear(word, guess=guesses < MOST_GUESSES))
    return heard


def _looked_for(text: str) -> list[str]:
    words = words_of(text)[:MOST_WORDS]
    return [word for word in words if word not in STOP_WORDS] or words


def _scores(index: Index, heard: list[Heard]) -> dict[int, int]:
    """Return the datasets that hold every word, by what their matches are worth together."""
    ranks = {0: index.all}
    for one in heard:
        summed: dict[int, int] = {}
        for score, held in ranks.items():
            for worth, holders in one.ranked:
                if both := held & holders:
                    summed[score + worth] = summed.get(score + worth, 0) | both
        ranks = summed
    return ranks


def _within(index: Index, asked: Asked) -> int:
    """Return the datasets of which some row may stand in the place and in the days asked for."""
    held = index.all
    if asked.box is not None or asked.commune is not None:
        held &= _union(held for place, held in index.places.items() if _stands(index, place, asked))
    if asked.days is not None:
        first, last = asked.days
        held &= _union(held for days, held in index.days.items() if Coverage(days=days).meets_days(first, last))
    return held


def _stands(index: Index, place: tuple[frozenset[str] | None, Bounds | None], asked: Asked) -> bool:
    coverage = Coverage(*place)
    in_box = asked.box is None or coverage.meets_box(asked.box, index.zones)
    return in_box and (asked.commune is None or coverage.meets_commune(asked.commune, index.zones))


def _union(several: Iterator[int]) -> int:
    held = 0
    for one in several:
        held |= one
    return held


def _fitting(index: Index, name: str, values: tuple[str, ...]) -> int:
    return _union(index.facets[name].get(value, 0) for value in values)


def _counted(index: Index, name: str, matched: int, fitting: Mapping[str, int]) -> Mapping[str, int]:
    for other, held in fitting.items():
        if other != name:
            matched &= held
    counted = {value: count for value, held in index.facets[name].items() if (count := (held & matched).bit_count())}
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _page(index: Index, ranks: Mapping[int, int], whole: int, asked: Asked) -> Iterator[tuple[DatasetView, int]]:
    """Give the datasets of the page: what is worth more first, equal ones in the order of the index."""
    skipped, left = asked.offset, asked.limit
    for score in sorted(ranks, reverse=True):
        held = ranks[score] & whole
        if skipped >= (size := held.bit_count()):
            skipped -= size
            continue
        for number in numbers_in(held):
            if skipped:
                skipped -= 1
            elif left:
                left -= 1
                yield index.views[number], score
            else:
                return


def _meant(words: list[str], heard: list[Heard]) -> str | None:
    if all(one.instead is None for one in heard):
        return None
    return " ".join(one.instead or word for word, one in zip(words, heard, strict=True))
