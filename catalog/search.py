"""Finding a dataset by the words people use: accents, case and plurals do not matter."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from unicodedata import combining, normalize

from catalog.views import DatasetView

_SHORTEST_PLURAL: Final = 4
_WEIGHTS: Final = (8, 4, 4, 2, 1)
"""Of a word found in: title, theme and keywords, slug, service, description and the rest."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: datasets, best first, and how many each value of each facet would leave."""

    datasets: tuple[DatasetView, ...]
    facets: Mapping[str, Mapping[str, int]]
    """Facet name → value → count, over the datasets that match the words and the *other* facets."""


def _formats(view: DatasetView) -> tuple[str, ...]:
    names = [file.name for file in view.current.files] if view.served and view.current else []
    return tuple(name.removeprefix("data.") for name in names if name.startswith("data."))


def _one(name: str) -> Callable[[DatasetView], tuple[str, ...]]:
    def value(view: DatasetView) -> tuple[str, ...]:
        return (str(getattr(view, name)),)

    return value


def _protection(view: DatasetView) -> tuple[str, ...]:
    return ("masked" if view.current and view.current.masked else "whole",)


FACETS: Final[Mapping[str, Callable[[DatasetView], tuple[str, ...]]]] = MappingProxyType(
    {
        "theme": _one("theme"),
        "kind": _one("kind"),
        "state": _one("state"),
        "service": _one("service"),
        "format": _formats,
        "protection": _protection,
    }
)


def search(
    shown: Iterable[DatasetView], words: str = "", *, chosen: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> Found:
    """Find the datasets that hold every word and, for each facet chosen, one of its values.

    A word holds if some word of the dataset begins with it, both without accents nor plural mark. Best first: title
    before keywords before description; equal scores by title. An unknown facet name is a bug of the caller.
    """
    stems = tokens(words)
    scored = [(score, view) for view in shown if (score := _score(view, stems)) is not None]
    wanted = {name: frozenset(values) for name, values in chosen.items()}
    kept = [(score, view) for score, view in scored if _fits(view, wanted)]
    kept.sort(key=lambda pair: (-pair[0], pair[1].title))
    return Found(
        tuple(view for _, view in kept),
        {name: facet(name, [view for _, view in scored], wanted) for name in FACETS},
    )


def facet(name: str, shown: Iterable[DatasetView], wanted: Mapping[str, frozenset[str]]) -> Mapping[str, int]:
    """Count the values of one facet over the datasets that fit the other facets, most frequent first."""
    others = {other: values for other, values in wanted.items() if other != name}
    counted = Counter(value for view in shown if _fits(view, others) for value in FACETS[name](view))
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text: lower case, no accent, ligatures opened, final s or x of a plural dropped."""
    opened = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(letter for letter in normalize("NFKD", opened) if not combining(letter))
    return tuple(_singular(word) for word in re.findall(r"[a-z0-9]+", bare))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def _fits(view: DatasetView, wanted: Mapping[str, frozenset[str]]) -> bool:
    return all(not values or values & set(FACETS[name](view)) for name, values in wanted.items())


def _score(view: DatasetView, stems: tuple[str, ...]) -> int | None:
    """Return the weight of the best place of each word, summed; None if some word stands nowhere."""
    places = tuple(zip(_WEIGHTS, _places(view), strict=True))
    best = [max((weight for weight, held in places if _held(stem, held)), default=0) for stem in stems]
    return None if 0 in best else sum(best)


def _held(stem: str, held: tuple[str, ...]) -> bool:
    return any(word.startswith(stem) for word in held)


def _places(view: DatasetView) -> tuple[tuple[str, ...], ...]:
    keywords = " ".join(_texts(view.declared.get("mots_cles")))
    rest = " ".join([view.description, *_texts(view.declared.get("titre")), *_texts(view.declared.get("description"))])
    return tuple(tokens(text) for text in (view.title, f"{view.theme} {keywords}", view.slug, view.service, rest))


def _texts(value: object) -> tuple[str, ...]:
    match value:
        case str():
            return (value,)
        case list() | tuple():
            return tuple(text for item in value for text in _texts(item))
        case dict():
            return tuple(text for item in value.values() for text in _texts(item))
        case _:
            return ()
