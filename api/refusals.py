"""Refusals that several routes make, with the headers that their answers carry."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from catalog.views import DatasetView
from eclor.errors import RequestRefused

_MOST_LETTERS: Final = 60
_MOST_COMPARED: Final = 1000
"""Names among which the closest is looked for: each costs some ten microseconds."""


class WithHeaders(RequestRefused):
    """A refusal whose answer carries headers: a link to a successor, the size of a file."""

    def __init__(self, code: str, headers: Mapping[str, str], **facts: object) -> None:
        super().__init__(code, place=None, **facts)
        self.headers: Mapping[str, str] = MappingProxyType(dict(headers))


def withdrawn(dataset: DatasetView, number: int, reason: str, *, later: int | None = None) -> WithHeaders:
    """Refuse a version whose bytes may no longer leave, with its public reason and the way to what replaces it.

    `later` is the next version that may leave; without it the newest takes its place, if one is served.
    """
    headers = {"Cache-Control": "no-cache"}
    if dataset.served and dataset.current is not None:
        folder = f"/dataset/{dataset.slug}"
        successor = f"{folder}/versions/{later or dataset.current.number}/datapackage.json"
        newest = f'<{folder}/datapackage.json>; rel="latest-version"'
        headers["Link"] = f'<{successor}>; rel="successor-version", {newest}'
    return WithHeaders("api.withdrawn", headers, dataset=dataset.slug, version=number, reason=reason)


def gone(refusal: RequestRefused) -> bool:
    """Say whether a refusal is final: what was asked for existed and will not come back."""
    return refusal.status == HTTPStatus.GONE


def refuse_others(given: Iterable[str], known: Sequence[str]) -> None:
    """Refuse (400) the first parameter that is not known: left out without a word, it would seem to have filtered."""
    for name in given:
        if name not in known:
            raise bad_parameter(name, ", ".join(known))


def no_dataset(slug: str, known: Collection[str]) -> RequestRefused:
    """Refuse a name that no dataset has, with the closest one that some has."""
    close = get_close_matches(slug[:_MOST_LETTERS], known, n=1, cutoff=0.8) if len(known) <= _MOST_COMPARED else []
    return RequestRefused("api.no-dataset", place=None, **guess(close))


def guess(close: Sequence[str]) -> dict[str, str]:
    """Return the facts of a sentence that asks whether a name near the given one was meant; none may be near."""
    return {
        "guess_fr": f" Vouliez-vous « {close[0]} » ?" if close else "",
        "guess_en": f" Did you mean “{close[0]}”?" if close else "",
    }


def bad_parameter(parameter: str, expected: str) -> RequestRefused:
    """Refuse a parameter by its name alone: its value may be anything."""
    return RequestRefused("api.bad-parameter", parameter=parameter, expected=expected)
