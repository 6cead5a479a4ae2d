"""Answers put on the wire under the conditions that the request sets: bytes in memory, or a file as it lies."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.answers import Answer
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
from eclor.errors import RequestRefused

CHUNK: Final = 262_144
EXPOSED: Final = "ETag, Link, Content-Range, Accept-Ranges, Content-Length, Content-Location, Content-Disposition"
CORS: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
}
_FAMILIAR: Final = ("if-match", "if-none-match", "if-modified-since", "if-range", "range")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file to send: where it lies, what it is known by; `headers` go with 200, 206 and 304 alike."""

    path: Path
    media_type: str
    validators: Validators
    headers: Mapping[str, str]


def send_answer(request: Request, made: Answer) -> Response:
    """Send bytes whole, or say that the reader has them; ranges are for files."""
    headers = {"ETag": made.etag, **CORS, **made.headers}
    asked = _asked(request)
    asked.pop("range", None)
    decision = decide(request.method, asked, Validators(made.etag, len(made.body))) if asked else Whole()
    if isinstance(decision, NotModified):
        return Response(status_code=304, headers=headers)
    if isinstance(decision, Failed):
        raise WithHeaders("api.precondition", {"ETag": made.etag})
    headers["Content-Length"] = str(len(made.body))
    return Response(b"" if request.method == "HEAD" else made.body, headers=headers, media_type=made.media_type)


def send_file(request: Request, stored: Stored) -> Response:
    """Send a file or a part of it, or say why not."""
    about = stored.validators
    headers = {"ETag": about.etag, "Accept-Ranges": "bytes", **CORS, **stored.headers}
    if about.modified is not None:
        headers["Last-Modified"] = http_date(about.modified)
    asked = _asked(request)
    return _decided(request, stored, headers, decision=decide(request.method, asked, about) if asked else Whole())


def _asked(request: Request) -> dict[str, str]:
    """Return the request's conditions; a header sent twice is one list (RFC 9110, section 5.3)."""
    found: dict[str, str] = {}
    for raw_name, value in request.scope["headers"]:
        name = raw_name.decode("latin-1")
        if name in _FAMILIAR:
            text = value.decode("latin-1")
            found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def _decided(request: Request, stored: Stored, headers: dict[str, str], *, decision: Decision) -> Response:
    size = stored.validators.size
    match decision:
        case NotModified():
            return Response(status_code=304, headers=headers)
        case Failed():
            raise WithHeaders("api.precondition", {"ETag": stored.validators.etag})
        case Unsatisfiable():
            raise WithHeaders("api.range", {"Content-Range": f"bytes */{size}"})
        case Partial(first, last):
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
            return _Streamed(stored, first, last - first + 1, headers=headers)
        case Whole():
            return _Streamed(stored, 0, 0 if request.method == "HEAD" else size, headers=headers)
        case _:
            assert_never(decision)


class _Streamed(Response):
    """A part of a file, read by chunks in a thread; the file is opened before a status is sent."""

    def __init__(self, stored: Stored, first: int, length: int, *, headers: Mapping[str, str]) -> None:
        self._path, self._first, self._length = stored.path, first, length
        shown = length if "Content-Range" in headers else stored.validators.size
        sized = {**headers, "Content-Length": str(shown)}
        super().__init__(
            status_code=206 if "Content-Range" in headers else 200, headers=sized, media_type=stored.media_type
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the status, then the bytes; a file that ends early breaks the connection, which its reader sees."""
        del scope, receive
        descriptor = await run_in_threadpool(self._open)
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            place, end = self._first, self._first + self._length
            while place < end:
                chunk = await run_in_threadpool(os.pread, descriptor, min(CHUNK, end - place), place)
                if not chunk:
                    raise EOFError(self._path.name)
                place += len(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDONLY)
        except OSError as missing:
            raise RequestRefused("api.bytes-missing") from missing
