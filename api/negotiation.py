"""Which representation a reader prefers (RFC 9110, section 12): weights, wildcards, then the server's own order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MOST_RANGES: Final = 40
"""Media ranges read of one header; the rest is noise."""

_FOR_PROGRAMS: Final = ("application/problem+json", "application/json")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One range of an Accept header: `text/*` with its weight, 0 to 1."""

    kind: str
    subkind: str
    weight: float

    def fit(self, media_type: str) -> int:
        """Say how closely a media type fits: 0 not at all, 1 `*/*`, 2 `text/*`, 3 itself."""
        kind, _, subkind = media_type.partition("/")
        if (self.kind, self.subkind) == ("*", "*"):
            return 1
        if self.kind != kind:
            return 0
        return 2 if self.subkind == "*" else 3 * (self.subkind == subkind)


def read_accept(header: str) -> tuple[MediaRange, ...]:
    """Return the ranges of an Accept header; what is malformed is left out, an empty header accepts all."""
    ranges = [read for part in header.split(",")[:_MOST_RANGES] if (read := _read_range(part)) is not None]
    return tuple(ranges) or (MediaRange("*", "*", 1.0),)


def _read_range(part: str) -> MediaRange | None:
    media, *parameters = (piece.strip() for piece in part.lower().split(";"))
    kind, slash, subkind = media.partition("/")
    if not (kind and slash and subkind):
        return None
    weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
    return MediaRange(kind, subkind, _weight(weights[0]) if weights else 1.0)


def _weight(text: str) -> float:
    whole, _, decimals = text.partition(".")
    if whole not in {"0", "1"} or (decimals and not (decimals.isascii() and decimals.isdigit())):
        return 0.0
    return min(float(f"{whole}.{decimals[:3] or 0}"), 1.0)


def quality(ranges: Sequence[MediaRange], media_type: str) -> float:
    """Return the weight of the closest range that fits, 0 if none does."""
    fitting = [(one.fit(media_type), one.weight) for one in ranges if one.fit(media_type)]
    return max(fitting)[1] if fitting else 0.0


def choose(header: str, offers: Sequence[str]) -> str | None:
    """Return the offer that is preferred, the first of equal ones; None if nothing offered is acceptable."""
    ranges = read_accept(header)
    weighed = [(quality(ranges, offer), -place, offer) for place, offer in enumerate(offers)]
    best = max(weighed, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def prefers_html(header: str) -> bool:
    """Say whether HTML is asked for by name and is at least as welcome as JSON: a browser, not a program."""
    if "text/html" not in header:
        return False
    ranges = read_accept(header)
    asked = quality(ranges, "text/html")
    return asked > 0 and asked >= max(quality(ranges, media_type) for media_type in _FOR_PROGRAMS)
