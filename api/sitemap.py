"""A sitemap (sitemaps.org, protocol 0.9): the addresses of pages, with a date only where it is true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from api.atom import instant_text

MOST: Final = 50_000
"""Addresses that one file may hold; beyond, an index names several files."""
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Located:
    """A page, and when what it shows last changed, if that is known."""

    address: str
    changed: datetime | None = None


def parts_of(pages: Sequence[Located], most: int = MOST) -> list[Sequence[Located]]:
    """Part the pages into files; one at least."""
    return [pages[start : start + most] for start in range(0, max(len(pages), 1), most)]


def urlset(pages: Iterable[Located]) -> bytes:
    """Return a file of pages."""
    return _document("urlset", "url", pages)


def index(files: Iterable[Located]) -> bytes:
    """Return the index of several files."""
    return _document("sitemapindex", "sitemap", files)


def _document(root_name: str, name: str, located: Iterable[Located]) -> bytes:
    root = Element(root_name, {"xmlns": _NAMESPACE})
    for one in located:
        parent = SubElement(root, name)
        SubElement(parent, "loc").text = one.address
        if one.changed is not None:
            SubElement(parent, "lastmod").text = instant_text(one.changed)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body
