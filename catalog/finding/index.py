"""The index: which datasets hold a stem, a facet's value, a place, a day; sets of datasets are bits of whole numbers.

A dataset is a bit, numbered in the order in which equal answers are shown: what is served first, then by title. An
index never changes: a newer one takes from it the words of what did not change.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from catalog.finding.coverage import NO_ZONES, Coverage, Zones
from catalog.finding.fields import FACETS, WEIGHTS, Stems, stems_of
from catalog.finding.pairs import Pairs, bits
from catalog.finding.words import STEMS, allowed_errors, distance, folded
from catalog.views import DatasetView

_EXACT, _PREFIX, _CLOSE = 6, 4, 3
"""What a match is worth: of the whole stem, of its beginning, of a word with an error."""
_SHORTEST_PREFIX: Final = 3
_MOST_PREFIXED: Final = 1000
_SURFACE: Final = 4
"""Errors up to which what is written is ranked by how near it is."""
_DENSE: Final = 128
"""Datasets from which a stem keeps them as bits."""
Value = TypeVar("Value", bound=Hashable)
CoverageOf = Callable[[DatasetView], Coverage]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a word was taken for: the datasets by what the match is worth, best first; another word, if it was one."""

    ranked: tuple[tuple[int, int], ...]
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A dataset as it was indexed."""

    view: DatasetView
    stems: Stems
    coverage: Coverage


class Index:
    """An index of datasets at one moment; `former` lends what has not changed."""

    def __init__(
        self,
        views: Iterable[DatasetView],
        *,
        coverage: CoverageOf = lambda _view: Coverage(),
        zones: Zones = NO_ZONES,
        former: "Index | None" = None,
    ) -> None:
        self.zones = zones
        self.surfaces: dict[str, str] = former.surfaces if former else {}
        known = former.kept if former else {}
        self.kept: dict[str, _Kept] = {
            view.slug: _keep(view, known.get(view.slug), coverage, self.surfaces) for view in views
        }
        ordered = sorted(
            self.kept.values(), key=lambda one: (not one.view.served, folded(one.view.title), one.view.slug)
        )
        self.views = tuple(one.view for one in ordered)
        self.all = (1 << len(ordered)) - 1
        self._postings = self._stems(ordered)
        self._terms = sorted(self._postings)
        self._pairs = Pairs(self._terms)
        self.facets = {name: self._facet(name) for name in FACETS}
        self.places = self._grouped((one.coverage.communes, one.coverage.box) for one in ordered)
        self.days = self._grouped(one.coverage.days for one in ordered)

    def hear(self, word: str, *, guess: bool = True) -> Heard:
        """Find the datasets that hold a folded word: one of its stems, a longer word, else what it is nearly."""
        stems = {stem(word) for stem in STEMS.values()}
        exact = stems & self._postings.keys()
        longer = {term for stem in stems for term in self._beginning(stem)} - exact
        if exact or longer:
            return Heard(self._ranked([(_EXACT, exact), (_PREFIX, longer)]))
        close = self._close(word) if guess else []
        if not close:
            return Heard(())
        return Heard(self._ranked([(_CLOSE, close)]), min((self.surfaces[term] for term in close), key=self._far(word)))

    def _stems(self, ordered: list[_Kept]) -> dict[str, tuple[tuple[int, "array[int] | int"], ...]]:
        found: dict[str, dict[int, list[int]]] = {}
        for number, one in enumerate(ordered):
            for weight, stems in zip(WEIGHTS, one.stems, strict=True):
                for stem in stems:
                    found.setdefault(stem, {}).setdefault(weight, []).append(number)
        return {
            stem: tuple((weight, self._posting(numbers)) for weight, numbers in by_weight.items())
            for stem, by_weight in found.items()
        }

    def _posting(self, numbers: list[int]) -> "array[int] | int":
        return bits(numbers) if len(numbers) > _DENSE else array("I", numbers)

    def _facet(self, name: str) -> Mapping[str, int]:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, view in enumerate(self.views):
            for value in FACETS[name](view):
                holders[value].append(number)
        return {value: bits(numbers) for value, numbers in sorted(holders.items())}

    def _grouped(self, values: Iterable[Value]) -> Mapping[Value, int]:
        """Return the datasets of each value: those that cover the same are looked at once."""
        holders: defaultdict[Value, list[int]] = defaultdict(list)
        for number, value in enumerate(values):
            holders[value].append(number)
        return {value: bits(numbers) for value, numbers in holders.items()}

    def _beginning(self, stem: str) -> Iterator[str]:
        if len(stem) >= _SHORTEST_PREFIX:
            first = bisect_left(self._terms, stem)
            for term in self._terms[first : first + _MOST_PREFIXED]:
                if not term.startswith(stem):
                    return
                yield term

    def _close(self, word: str) -> list[str]:
        """Return the nearest terms among those that share the most pairs of letters with the word or its stem."""
        most = allowed_errors(word)
        if not most:
            return []
        forms = {word, min((stem(word) for stem in STEMS.values()), key=len)}
        far: dict[str, int] = {}
        for form in forms:
            for term in map(self._terms.__getitem__, self._pairs.alike(form, most)):
                far[term] = min(distance(form, term, most), far.get(term, most + 1))
        nearest = min(far.values(), default=most + 1)
        return [term for term, away in far.items() if away == nearest] if nearest <= most else []

    def _ranked(self, matches: list[tuple[int, Iterable[str]]]) -> tuple[tuple[int, int], ...]:
        """Return the datasets by the best worth of their matches, best first, each once."""
        by_worth: defaultdict[int, list[array[int] | int]] = defaultdict(list)
        for quality, terms in matches:
            for term in terms:
                for weight, posting in self._postings[term]:
                    by_worth[weight * quality].append(posting)
        seen, ranked = 0, []
        for worth in sorted(by_worth, reverse=True):
            held = self._union(by_worth[worth]) & ~seen
            if held:
                ranked.append((worth, held))
                seen |= held
        return tuple(ranked)

    def _union(self, postings: list["array[int] | int"]) -> int:
        dense = 0
        for posting in postings:
            if isinstance(posting, int):
                dense |= posting
        return dense | bits(chain.from_iterable(one for one in postings if not isinstance(one, int)))

    @staticmethod
    def _far(word: str) -> Callable[[str], tuple[int, str]]:
        """Return what orders words as they are written by how far they are from that one."""
        return lambda surface: (distance(word, surface, _SURFACE), surface)


def _keep(view: DatasetView, known: _Kept | None, coverage: CoverageOf, surfaces: dict[str, str]) -> _Kept:
    if known is not None and known.view == view:
        return known
    return _Kept(view, stems_of(view, surfaces), coverage(view))
