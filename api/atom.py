"""Atom feeds (RFC 4287), as values and as bytes: the same feed gives the same bytes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

MEDIA_TYPE: Final = "application/atom+xml"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a feed or of an entry; `size_bytes` is of what it leads to, where that is a file."""

    relation: str
    address: str
    media_type: str
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told; its `identifier` never changes, `updated` is when the data did."""

    identifier: str
    title: str
    updated: datetime
    published: datetime
    summary: str
    category: str
    links: tuple[Link, ...]
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What is told at one address, by one author, newest first.

    `changed` is when something was last told of it that no entry shows any more.
    """

    identifier: str
    title: str
    author: str
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    changed: datetime | None = None

    @property
    def modified(self) -> datetime | None:
        """Return when something was last told, or None before anything was."""
        told = [entry.updated for entry in self.entries]
        return max([*told, self.changed] if self.changed else told, default=None)


def lasting_name(*parts: str) -> str:
    """Return an identifier of its own for what these parts name, the same wherever it is served (RFC 4287, 4.2.6)."""
    return uuid5(NAMESPACE_URL, "/".join(("eclor:", *parts))).urn


def atom(feed: Feed) -> bytes:
    """Return the document, in French."""
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "fr"})
    _text(root, "id", feed.identifier)
    _text(root, "title", feed.title)
    _text(root, "updated", instant_text(feed.modified or _NEVER))
    _links(root, feed.links)
    _text(SubElement(root, "author"), "name", feed.author)
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _entry(parent: Element, entry: Entry) -> None:
    _text(parent, "id", entry.identifier)
    _text(parent, "title", entry.title)
    _text(parent, "updated", instant_text(entry.updated))
    _text(parent, "published", instant_text(entry.published))
    _text(parent, "summary", entry.summary)
    SubElement(parent, "category", {"term": entry.category})
    if entry.rights:
        _text(parent, "rights", entry.rights)
    _links(parent, entry.links)


def _links(parent: Element, links: Iterable[Link]) -> None:
    for link in links:
        sized = {} if link.size_bytes is None else {"length": str(link.size_bytes)}
        SubElement(parent, "link", {"rel": link.relation, "type": link.media_type, "href": link.address, **sized})


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = xml_text(text)


def xml_text(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def instant_text(instant: datetime) -> str:
    """Return an instant as RFC 3339 writes it, in UTC, to the second."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
