"""Conditional requests (RFC 9110, section 13): when 304 is the answer."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime


def validators(etag: str, modified: datetime) -> dict[str, str]:
    """Return the headers by which a client may ask again; caches must ask each time."""
    return {
        "ETag": etag,
        "Last-Modified": format_datetime(modified, usegmt=True),
        "Cache-Control": "no-cache",
    }


def is_unchanged(asked: Mapping[str, str], *, etag: str, modified: datetime) -> bool:
    """Say whether the client already has this: by its ETags if it sends any, else by its date."""
    tags = asked.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    since = asked.get("if-modified-since")
    if since is None:
        return False
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
