"""What lets pages of other sites read the open API (Fetch, CORS protocol): any origin, no credentials."""

from collections.abc import Mapping
from typing import Final

EXPOSED: Final = (
    "ETag, Link, Content-Range, Accept-Ranges, Content-Length, Content-Location, Content-Disposition, Last-Modified, "
    "Retry-After, RateLimit, RateLimit-Policy, Allow, Content-Crs, Eclor-Version, WWW-Authenticate"
)
CORS: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
}
ALLOWED_HEADERS: Final = (
    "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, "
    "If-Unmodified-Since, Last-Event-ID, Range, X-CKAN-API-Key"
)
"""What a page may ask with; `*` would leave `Authorization` out."""
MOST_AGE_S: Final = 86_400


def preflight(methods: str) -> dict[str, str]:
    """Return the headers of the answer to a preflight of a route that takes these methods."""
    return {
        "Allow": methods,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Max-Age": str(MOST_AGE_S),
    }
