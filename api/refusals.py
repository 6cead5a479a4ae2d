"""Refusals that several routes make, with the headers that their answers carry."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType

from catalog.views import DatasetView
from eclor.errors import RequestRefused


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


def bad_parameter(parameter: str, expected: str) -> RequestRefused:
    """Refuse a parameter by its name alone: its value may be anything."""
    return RequestRefused("api.bad-parameter", parameter=parameter, expected=expected)
