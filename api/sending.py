"""Answers put on the wire under the conditions that the request sets: bytes in memory, or a file as it lies."""

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.answers import Answer, RawHeaders, raw
from api.conditional import (
    Decision,
    Failed,
    NotModified,
    Partial,
    Unsatisfiable,
    Validators,
    Whole,
    decide,
    http_date,
)
from api.refusals import WithHeaders
from eclor.errors import EclorError, RequestRefused

log = structlog.get_logger()
CHUNK: Final = 262_144
EXPOSED: Final = "ETag, Link, Content-Range, Accept-Ranges, Content-Length, Content-Location, Content-Disposition"
CORS: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
}
_RAW_CORS: Final = raw(CORS)
_CONDITIONS: Final[Mapping[bytes, str]] = {
    name.encode(): name for name in ("if-match", "if-none-match", "if-modified-since", "if-range", "range")
}


Allowed = Callable[[], Awaitable[object]]
"""Refuses (`EclorError`) once something may no longer leave."""


class Stored:
    """A file to send: where it lies, what it is known by; `headers` go with 200, 206 and 304 alike.

    `allowed` refuses once its bytes may no longer leave: it is asked again while they are on their way.
    """

    __slots__ = ("allowed", "headers", "media_type", "path", "validators")

    def __init__(
        self, path: Path, media_type: str, validators: Validators, headers: Mapping[str, str], allowed: Allowed
    ) -> None:
        self.path, self.media_type, self.validators = path, media_type.encode("latin-1"), validators
        self.allowed = allowed
        dated = {} if validators.modified is None else {"Last-Modified": http_date(validators.modified)}
        whole = {"ETag": validators.etag, "Accept-Ranges": "bytes", **dated, **CORS, **headers}
        self.headers: RawHeaders = raw(whole)


class Ready(Response):
    """An answer whose headers are bytes already."""

    def __init__(self, status: int, headers: RawHeaders, body: bytes = b"") -> None:
        self.status_code, self.raw_headers, self.body = status, [*headers], body
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, without a body to HEAD."""
        del receive
        body = b"" if scope["method"] == "HEAD" else self.body
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": body})


def send_answer(scope: Scope, made: Answer) -> Response:
    """Send bytes whole, or say that the reader has them; ranges are for files."""
    asked = _asked(scope)
    asked.pop("range", None)
    decision = decide(scope["method"], asked, Validators(made.etag, len(made.body))) if asked else None
    if isinstance(decision, NotModified):
        return Ready(304, (*made.headers, *_RAW_CORS))
    if isinstance(decision, Failed):
        raise WithHeaders("api.precondition", {"ETag": made.etag})
    sized = ((b"content-type", made.media_type), (b"content-length", b"%d" % len(made.body)))
    return Ready(200, (*made.headers, *_RAW_CORS, *sized), made.body)


def send_file(scope: Scope, stored: Stored) -> Response:
    """Send a file or a part of it, or say why not."""
    asked = _asked(scope)
    decision = decide(scope["method"], asked, stored.validators) if asked else Whole()
    return _decided(stored, decision)


def _asked(scope: Scope) -> dict[str, str]:
    """Return the request's conditions; a header sent twice is one list (RFC 9110, section 5.3)."""
    found: dict[str, str] = {}
    for raw_name, value in scope["headers"]:
        if (name := _CONDITIONS.get(raw_name)) is not None:
            text = value.decode("latin-1")
            found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def _decided(stored: Stored, decision: Decision) -> Response:
    size = stored.validators.size
    match decision:
        case NotModified():
            return Ready(304, stored.headers)
        case Failed():
            raise WithHeaders("api.precondition", {"ETag": stored.validators.etag})
        case Unsatisfiable():
            raise WithHeaders("api.range", {"Content-Range": f"bytes */{size}"})
        case Partial(first, last):
            named = (b"content-range", f"bytes {first}-{last}/{size}".encode())
            return _Streamed(stored, _Span(206, first, last - first + 1), (named, *stored.headers))
        case Whole():
            return _Streamed(stored, _Span(200, 0, size), stored.headers)
        case _:
            assert_never(decision)


@dataclass(frozen=True, slots=True)
class _Span:
    status: int
    first: int
    length: int


class _Streamed(Ready):
    """A part of a file, read by chunks in a thread; the file is opened before a status is sent."""

    def __init__(self, stored: Stored, span: _Span, headers: RawHeaders) -> None:
        sized = ((b"content-type", stored.media_type), (b"content-length", b"%d" % span.length))
        super().__init__(span.status, (*headers, *sized))
        self._path, self._span, self._allowed = stored.path, span, stored.allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the status, then the bytes; a file that ends early, or is withdrawn meanwhile, breaks the connection."""
        del receive
        descriptor = await run_in_threadpool(self._open)
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            place, end = self._span.first, self._span.first + self._span.length
            while place < end and scope["method"] != "HEAD":
                if place > self._span.first and not await self._may_go_on():
                    return
                chunk = await run_in_threadpool(os.pread, descriptor, min(CHUNK, end - place), place)
                if not chunk:
                    raise EOFError(self._path.name)
                place += len(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            os.close(descriptor)

    async def _may_go_on(self) -> bool:
        try:
            await self._allowed()
        except EclorError as refusal:
            log.info("file.cut", name=self._path.name, code=refusal.code)
            return False
        return True

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDONLY)
        except OSError as missing:
            raise RequestRefused("api.bytes-missing") from missing
