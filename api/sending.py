"""Answers put on the wire under the conditions that the request sets: bytes in memory, or a file as it lies.

A representation is chosen first (`Accept-Encoding`), then the conditions are judged by its tag. A part of a body is a
part of the plain one, unless `If-Range` names a coded one: what a reader began to download, it can go on with.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from starlette.responses import Response
from starlette.types import Scope

from api.answers import Answer, RawHeaders
from api.codings import IDENTITY, preferred, refuses_identity
from api.conditional import (
    Failed,
    NotModified,
    Partial,
    Several,
    Unsatisfiable,
    Validators,
    Whole,
    decide,
)
from api.refusals import WithHeaders
from api.streaming import Multipart, Piece, Ready, Stored, Streamed

_CONDITIONS: Final[Mapping[bytes, str]] = {
    name.encode(): name
    for name in (
        "if-match",
        "if-none-match",
        "if-modified-since",
        "if-unmodified-since",
        "if-range",
        "range",
        "accept-encoding",
    )
}
_WHOLE_ALONE: Final = frozenset({"range", "if-range", "accept-encoding"})
_NO_COPIES: Final[Mapping[str, Stored]] = MappingProxyType({})


def send_answer(scope: Scope, made: Answer) -> Response:
    """Send bytes whole or in part, coded if the reader likes, or say that the reader has them."""
    asked = _asked(scope)
    coding = _coding(asked, made.codings, made.tag)
    if not asked:
        return _whole(made, coding)
    size = len(made.bytes_in(coding)) if "range" in asked else 0
    about = Validators(made.tag(coding), size, made.modified)
    decision = decide(scope["method"], asked, about)
    headers = made.headers_in(coding)
    match decision:
        case NotModified():
            return Ready(304, headers)
        case Failed() | Unsatisfiable():
            raise _refused(decision, about)
        case Partial(first, last):
            part = (_content_range(decision, size), *sized(made.media_type, last - first + 1))
            return Ready(206, (*headers, *part), made.bytes_in(coding)[first : last + 1])
        case Several(parts):
            several, body = Multipart(parts, made.media_type, about), made.bytes_in(coding)
            joined = b"".join(piece.head + body[piece.first : piece.first + piece.length] for piece in several.pieces)
            return Ready(206, (*headers, *sized(several.media_type, len(joined))), joined)
        case Whole():
            return _whole(made, coding)
        case _:
            assert_never(decision)


def send_file(scope: Scope, stored: Stored, coded: Mapping[str, Stored] = _NO_COPIES) -> Response:
    """Send a file or parts of it, or say why not; `coded` are its copies by their coding, the best liked first."""
    asked = _asked(scope)
    coding = _coding(asked, tuple(coded), lambda name: coded[name].validators.etag)
    chosen = stored if coding == IDENTITY else coded[coding]
    decision = decide(scope["method"], asked, chosen.validators) if asked else Whole()
    size = chosen.validators.size
    match decision:
        case NotModified():
            return Ready(304, chosen.headers)
        case Failed() | Unsatisfiable():
            raise _refused(decision, chosen.validators)
        case Partial(first, last):
            headers = (*chosen.headers, _content_range(decision, size), *sized(chosen.media_type, last - first + 1))
            return Streamed(chosen, 206, (Piece(first, last - first + 1),), headers)
        case Several(parts):
            several = Multipart(parts, chosen.media_type, chosen.validators)
            return Streamed(chosen, 206, several.pieces, (*chosen.headers, *sized(several.media_type, several.length)))
        case Whole():
            return Streamed(chosen, 200, (Piece(0, size),), (*chosen.headers, *sized(chosen.media_type, size)))
        case _:
            assert_never(decision)


def unless_had(scope: Scope, about: Validators, headers: RawHeaders) -> Response | None:
    """Return that the reader has an answer without ranges, None if not. Refuses (412) what is not what it expects."""
    asked = {name: value for name, value in _asked(scope).items() if name not in _WHOLE_ALONE}
    match decide(scope["method"], asked, about) if asked else Whole():
        case NotModified():
            return Ready(304, headers)
        case Failed() as failed:
            raise _refused(failed, about)
        case _:
            return None


def _whole(made: Answer, coding: str) -> Response:
    body = made.bytes_in(coding)
    return Ready(200, (*made.headers_in(coding), *sized(made.media_type, len(body))), body)


def _refused(decision: Failed | Unsatisfiable, about: Validators) -> WithHeaders:
    if isinstance(decision, Failed):
        return WithHeaders("api.precondition", {"ETag": about.etag})
    return WithHeaders("api.range", {"Content-Range": f"bytes */{about.size}"})


def _content_range(part: Partial, size: int) -> tuple[bytes, bytes]:
    return (b"content-range", b"bytes %d-%d/%d" % (part.first, part.last, size))


def sized(media_type: bytes, length: int) -> RawHeaders:
    """Return the headers that only an answer with a body has."""
    return ((b"content-type", media_type), (b"content-length", b"%d" % length))


def _asked(scope: Scope) -> dict[str, str]:
    """Return the request's conditions; a header sent twice is one list (RFC 9110, section 5.3)."""
    found: dict[str, str] = {}
    for raw_name, value in scope["headers"]:
        if (name := _CONDITIONS.get(raw_name)) is not None:
            text = value.decode("latin-1")
            found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def _coding(asked: dict[str, str], offers: tuple[str, ...], tag: Callable[[str], str]) -> str:
    """Take what was asked of the coding, and choose it."""
    header = asked.pop("accept-encoding", None)
    if header is None or not offers:
        return IDENTITY
    liked = preferred(header, offers)
    if liked != IDENTITY and '"' not in asked.get("if-range", '"'):
        asked.pop("range", None)  # a date is that of every coding: it does not tell which one a reader began
    if "range" not in asked or refuses_identity(header):
        return liked
    begun = asked.get("if-range", "").strip()
    return next((offer for offer in offers if tag(offer) == begun), IDENTITY)
