"""Absolute addresses of what is served, under the territory's own origin, and the Link headers made of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from api.shelf import Kept
from catalog.licences import LICENCES
from catalog.metadata.csvw import MEDIA_TYPE as CSVW

Target = tuple[str, str] | tuple[str, str, str]
"""An address, its relation and, where it is told, its media type."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses under one origin."""

    origin: str

    def dataset(self, slug: str) -> str:
        """Return the dataset's own address: its IRI."""
        return f"{self.origin}/dataset/{slug}"

    def file(self, slug: str, name: str) -> str:
        """Return where the newest version of a file is."""
        return f"{self.origin}/dataset/{slug}/{name}"

    def version_file(self, slug: str, number: int, name: str) -> str:
        """Return where a version's file always is."""
        return f"{self.origin}/dataset/{slug}/versions/{number}/{name}"

    def version_page(self, slug: str, number: int) -> str:
        """Return where a version's page is."""
        return f"{self.origin}/dataset/{slug}/versions/{number}"

    def records(self, slug: str) -> str:
        """Return where its rows are asked for."""
        return f"{self.origin}/api/v1/datasets/{slug}/records"

    def of_file(self, kept: Kept, name: str) -> str:
        """Return the Link header of a file of a version: newest, former, next, descriptions, licence.

        A CSV's last description is its CSVW metadata, where a reader of CSVW looks for them (section 5.2).
        """
        slug = kept.dataset.slug
        targets: list[Target] = [(self.file(slug, name), "latest-version")]
        if kept.former is not None:
            targets.append((self.version_file(slug, kept.former, name), "predecessor-version"))
        if kept.later is not None:
            targets.append((self.version_file(slug, kept.later, name), "successor-version"))
        if name != "schema.json":
            targets.append((self.version_file(slug, kept.version.number, "schema.json"), "describedby"))
        if name == "data.csv":
            targets.append((self.version_file(slug, kept.version.number, "csvw.json"), "describedby", CSVW))
        targets.append((self.dataset(slug), "collection"))
        return header([*targets, *licence_link(kept.dataset.licence)])


def licence_link(licence: str) -> list[tuple[str, str]]:
    """Return the link to a licence's text; none for a dataset whose policy names none yet."""
    return [(_TEXTS[licence], "license")] if licence in _TEXTS else []


_TEXTS: Final[Mapping[str, str]] = {known.value: licence.url for known, licence in LICENCES.items()}


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Return pairs as the query of an address, as `urlencode` does; most need nothing, and are only looked at."""
    return "&".join([f"{_quoted(name)}={_quoted(text)}" for name, text in pairs])


def _quoted(text: str) -> str:
    return text if _UNRESERVED.fullmatch(text) else quote_plus(text)


_UNRESERVED: Final = re.compile(r"[A-Za-z0-9_.~-]*")


def header(targets: Iterable[Target]) -> str:
    """Return a Link header (RFC 8288) of addresses, relations and, where it is told, media types."""
    return ", ".join(_link(*target) for target in targets)


def _link(address: str, relation: str, media_type: str = "") -> str:
    typed = f'; type="{media_type}"' if media_type else ""
    return f'<{address}>; rel="{relation}"{typed}'
