"""Conditional and range requests (RFC 9110, sections 13 and 14), decided once for every answer: pure, no body touched.

Order: If-Match (412), If-Unmodified-Since only without it (412), If-None-Match (304), If-Modified-Since only without
it, then Range under If-Range.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from api.dating import Dated

MOST_RANGES: Final = 32
"""Ranges that one request may ask for; more get the whole, so that no header makes more work than that."""
GAP: Final = 80
"""Bytes between two ranges under which they are sent as one: a part's own head weighs as much (section 14.2)."""
_TAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"(?=\s*(?:,|$))')
_RANGE: Final = re.compile(r"[ \t]*([0-9]{0,40})-([0-9]{0,40})[ \t]*")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a representation is known by: its strong tag, quoted; its size; since when it is what it is."""

    etag: str
    size: int
    modified: Dated


@dataclass(frozen=True, slots=True)
class Whole:
    """Send all of it."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The reader has it: 304."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not what the reader expects: 412."""


@dataclass(frozen=True, slots=True)
class Partial:
    """Send the bytes from `first` to `last`, both included: 206."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Several:
    """Send these parts, in ascending order and apart from each other: 206, `multipart/byteranges`."""

    parts: tuple[Partial, ...]


@dataclass(frozen=True, slots=True)
class Unsatisfiable:
    """Every range begins after the end: 416."""


Decision = Whole | NotModified | Failed | Partial | Several | Unsatisfiable


def strong_tag(digest: str) -> str:
    """Return the strong entity tag of bytes that have this digest."""
    return f'"{digest}"'


def decide(method: str, headers: Mapping[str, str], about: Validators) -> Decision:
    """Say what to send for a GET or a HEAD; header names in lower case. A malformed precondition counts as absent."""
    if (expected := headers.get("if-match")) is not None:
        if not _has(expected, about.etag, weakly=_STRONG):
            return Failed()
    elif _unmodified_since(headers.get("if-unmodified-since"), about) is False:
        return Failed()
    if (known := headers.get("if-none-match")) is not None:
        if _has(known, about.etag, weakly=_WEAK):
            return NotModified()
    elif _unmodified_since(headers.get("if-modified-since"), about):
        return NotModified()
    asked = headers.get("range")
    if method == "GET" and asked is not None and _range_holds(headers.get("if-range"), about):
        return _range(asked, about.size)
    return Whole()


_STRONG: Final = ""
_WEAK: Final = "W/"


def _has(header: str, etag: str, *, weakly: str) -> bool:
    """Say whether a list of tags holds this one; under weak comparison `W/"x"` is `"x"`."""
    if header == etag or header.strip() == "*":
        return True
    return any(tag.removeprefix(weakly) == etag for tag in _TAG.findall(header))


def _unmodified_since(header: str | None, about: Validators) -> bool | None:
    """Say whether it is as it was at an instant; None where either says no instant."""
    since, at = _date(header), about.modified.at
    return None if since is None or at is None else at <= since


def _range_holds(header: str | None, about: Validators) -> bool:
    """Strong comparison; a date counts only when it is the very date (RFC 9110, section 13.1.5).

    Such a date is strong: it is told only once the second that it names is over, and nothing else ever had it.
    """
    if header is None:
        return True
    if '"' in header:
        return header.strip() == about.etag
    date = _date(header)
    return date is not None and date == about.modified.at


def _date(header: str | None) -> datetime | None:
    if header is None:
        return None
    try:
        read = parsedate_to_datetime(header)
    except (ValueError, IndexError, OverflowError):
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def _range(header: str, size: int) -> Decision:
    """Ranges of bytes; anything malformed, or too much asked for, gets the whole (allowed by section 14.2)."""
    unit, equals, listed = header.strip().partition("=")
    specs = [spec for spec in listed.split(",", MOST_RANGES) if spec.strip()]
    if not equals or unit.lower() != "bytes" or not specs or len(specs) > MOST_RANGES or "," in specs[-1]:
        return Whole()
    found = [_part(spec, size) for spec in specs]
    if None in found:
        return Whole()
    parts = _together([part for part in found if isinstance(part, Partial)])
    if len(parts) <= 1:
        return parts[0] if parts else Unsatisfiable()
    asked = sum(part.last - part.first + 1 for part in parts)
    return Several(tuple(parts)) if asked + GAP * len(parts) < size else Whole()


def _part(spec: str, size: int) -> Partial | Unsatisfiable | None:
    """Return the part that one range names; None if it is malformed."""
    found = _RANGE.fullmatch(spec)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        return Partial(size - length, size - 1) if length else Unsatisfiable()
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return Unsatisfiable()
    return Partial(int(first), min(int(last), size - 1) if last else size - 1)


def _together(parts: list[Partial]) -> list[Partial]:
    """Return parts in ascending order, those that overlap or nearly touch made one: no byte is sent twice."""
    joined: list[Partial] = []
    for part in sorted(parts, key=lambda part: part.first):
        if joined and part.first <= joined[-1].last + 1 + GAP:
            joined[-1] = Partial(joined[-1].first, max(joined[-1].last, part.last))
        else:
            joined.append(part)
    return joined
