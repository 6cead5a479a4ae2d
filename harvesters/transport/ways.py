"""How each family of interfaces says what page comes next: one line each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import httpx

from harvesters.strict_json import member

_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Page:
    """A page that came."""

    url: httpx.URL
    """The address that gave it."""
    body: object
    """What its JSON says, for finding one's way only: rows are read by the parser."""
    headers: httpx.Headers
    rows: int

    def said(self, path: str) -> object:
        """Return what stands at a dotted path of the body, or for `@Name` what a header says; digits as a number."""
        if not path.startswith("@"):
            return member(self.body, path.split("."))
        text = self.headers.get(path[1:], "")
        number = _number(text)
        return text if number is None else number


def _number(text: str) -> int | None:
    """Return what digits say, a billion billions at most."""
    if not (text.isascii() and text.isdecimal()):
        return None
    return int(text) if len(text) <= _DIGITS else 10**_DIGITS


Onward = Callable[[Page], str | None]
"""The address of the next page, absolute or not; None after the last one."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one family of interfaces is walked."""

    rows: tuple[str, ...]
    """Dotted paths at which a page may hold its list; an empty one is the page itself."""
    onward: Onward
    total: tuple[str, ...] = ()
    """Dotted paths at which it may announce how many rows there are; `@Name` is a header."""
    first: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Parameters of the first question, unless the declared address has them."""
    wall: tuple[str, int] = ("", 0)
    """A parameter by which one gets no further than so many rows."""
    cure: str = "pages.wall"
    fields: str = ""
    """The parameter that asks for some fields only."""
    plain: bool = False
    """Whether the parser's names are the source's own: then the mapped ones are asked for without being listed."""
    also: frozenset[int] = frozenset()
    """Statuses that are answers too."""
    resumes: bool = False
    """Whether the next address stays good for later visits: then it is the cursor, and an empty page that names itself
    is the last (RPDE 1.0)."""


def _said(*paths: str) -> Onward:
    """Read the next address in the body."""

    def onward(page: Page) -> str | None:
        return next((said for path in paths if isinstance(said := page.said(path), str) and said), None)

    return onward


def _link(page: Page) -> str | None:
    """Link header with rel="next" (RFC 8288)."""
    return httpx.Response(200, headers=page.headers).links.get("next", {}).get("url")


def _links(page: Page) -> str | None:
    """OGC API: the link of the body whose `rel` is `next`."""
    links = page.said("links")
    for link in links if isinstance(links, list) else []:
        match link:
            case {"rel": "next", "href": str() as onward}:
                return onward
            case _:
                continue
    return None


def offset(name: str, *totals: str) -> Onward:
    """Ask for what comes after the rows so far, until the announced total, or an empty page where none is."""

    def onward(page: Page) -> str | None:
        after = (_number(page.url.params.get(name, "")) or 0) + page.rows
        announced = next((said for path in totals if isinstance(said := page.said(path), int)), after + 1)
        return str(page.url.copy_set_param(name, after)) if page.rows and after < announced else None

    return onward


def _numbered(page: Page) -> str | None:
    """Recherche d'entreprises: `page`, up to `total_pages`."""
    match page.body:
        case {"page": int() as number, "total_pages": int() as last} if number < last:
            return str(page.url.copy_set_param("page", number + 1))
        case _:
            return None


def _cursor(page: Page) -> str | None:
    """Sirene: `curseurSuivant`, until it is the cursor that was asked for."""
    now, onward = page.said("header.curseur"), page.said("header.curseurSuivant")
    return str(page.url.copy_set_param("curseur", onward)) if isinstance(onward, str) and onward != now else None


_OFTEN: Final = ("data", "results", "items", "features", "")
_FOUND: Final = 404
"""Sirene says « nothing » so, with its own header in the body."""

WAYS: Final[Mapping[str, Way]] = MappingProxyType(
    {
        "ckan": Way(("result.results",), offset("start", "result.count"), ("result.count",), {"rows": "1000"}),
        "data-fair": Way(("results",), _said("next"), ("total",), {"size": "1000"}, fields="select", plain=True),
        "datastore": Way(
            ("result.records",), offset("offset", "result.total"), ("result.total",), {"limit": "1000"},
            fields="fields", plain=True,
        ),
        "entreprises": Way(
            ("results",), _numbered, ("total_results",), {"page": "1", "per_page": "25"}, ("page", 10_000)
        ),
        "hubeau": Way(
            ("data.features", "data"), _said("next"), ("count",), {"size": "5000"}, ("page", 20_000), fields="fields",
            also=frozenset({httpx.codes.PARTIAL_CONTENT}),
        ),
        "hydra": Way(
            ("hydra:member", "member"), _said("hydra:view.hydra:next", "view.next", "hydra:next", "next"),
            ("hydra:totalItems", "totalItems"),
        ),
        "lien": Way(_OFTEN, _link, ("@X-Total-Count",)),
        "ocpi": Way(("data",), _link, ("@X-Total-Count",), {"limit": "100"}),
        "ogc": Way(("features",), _links, ("numberMatched",), {"limit": "1000"}, fields="properties"),
        "opendatasoft": Way(
            ("results",), offset("offset", "total_count"), ("total_count",), {"limit": "100"}, ("offset", 10_000),
            cure="pages.wall-exports", fields="select", plain=True,
        ),
        "rpde": Way(("items",), _said("next"), resumes=True),
        "sirene": Way(
            ("etablissements", "unitesLegales"), _cursor, ("header.total",), {"nombre": "1000", "curseur": "*"},
            fields="champs", also=frozenset({_FOUND}),
        ),
        "suivant": Way(_OFTEN, _said("next", "next_page", "links.next")),
        "udata": Way(("data",), _said("next_page"), ("total",), {"page_size": "100"}),
        "wfs": Way(
            ("features",), offset("startIndex", "numberMatched", "totalFeatures"), ("numberMatched", "totalFeatures"),
            {"count": "1000"},
        ),
    }
)  # fmt: skip
