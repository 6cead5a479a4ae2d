"""A file put on the wire as it lies, whole or in parts, by chunks, for as long as it may leave."""

import os
from asyncio import ensure_future
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.answers import RawHeaders, raw
from api.conditional import Partial, Validators
from api.cors import CORS
from eclor.errors import EclorError, RequestRefused

log = structlog.get_logger()
CHUNK: Final = 262_144
Allowed = Callable[[], Awaitable[object]]
"""Refuses (`EclorError`) once something may no longer leave."""


class Stored:
    """A file to send: where it lies, what it is known by; `headers` go with 200, 206 and 304 alike.

    `allowed` refuses once its bytes may no longer leave: it is asked again while they are on their way.
    """

    __slots__ = ("allowed", "media_type", "path", "said", "validators")

    def __init__(
        self, path: Path, media_type: str, validators: Validators, headers: Mapping[str, str], allowed: Allowed
    ) -> None:
        self.path, self.media_type, self.validators = path, media_type.encode("latin-1"), validators
        self.allowed = allowed
        self.said: RawHeaders = raw({"ETag": validators.etag, "Accept-Ranges": "bytes", **CORS, **headers})

    @property
    def headers(self) -> RawHeaders:
        """Return the headers of now: its date is among them."""
        return (*self.said, *self.validators.modified.lines())

    def placed(self, piece: "Piece") -> "Piece":
        """Return a piece of the body as a piece of the file."""
        return piece


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


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a file, from `first`, after a head of our own; a piece without length is its head alone."""

    first: int
    length: int
    head: bytes = b""


class Excerpt(Stored):
    """Bytes of our own, then those of a file from a place on, as many as make the size that the validators say."""

    __slots__ = ("_before", "_start")

    def __init__(self, stored: Stored, before: bytes, start: int) -> None:
        self.path, self.media_type, self.validators = stored.path, stored.media_type, stored.validators
        self.said, self.allowed = stored.said, stored.allowed
        self._before, self._start = before, start

    def placed(self, piece: Piece) -> Piece:
        """Return a piece of the body as what it has of our bytes, then a piece of the file."""
        ours = self._before[piece.first : piece.first + piece.length]
        first = self._start + max(piece.first - len(self._before), 0)
        return Piece(first, piece.length - len(ours), piece.head + ours)


class Multipart:
    """The parts of a body as `multipart/byteranges` (RFC 9110, section 14.6): pieces, and the media type of the whole.

    The boundary is made of the tag of the whole: the same question gives the same bytes.
    """

    __slots__ = ("media_type", "pieces")

    def __init__(self, parts: Sequence[Partial], media_type: bytes, about: Validators) -> None:
        boundary = b"parts-" + about.etag.strip('"')[:40].encode("latin-1")
        self.media_type = b"multipart/byteranges; boundary=" + boundary
        heads = (
            b"\r\n--%s\r\nContent-Type: %s\r\nContent-Range: bytes %d-%d/%d\r\n\r\n"
            % (boundary, media_type, part.first, part.last, about.size)
            for part in parts
        )
        self.pieces = [
            *(Piece(part.first, part.last - part.first + 1, head) for part, head in zip(parts, heads, strict=True)),
            Piece(0, 0, b"\r\n--%s--\r\n" % boundary),
        ]

    @property
    def length(self) -> int:
        """Return how many bytes it is on the wire."""
        return sum(len(piece.head) + piece.length for piece in self.pieces)


class Streamed(Ready):
    """Pieces of a file, read by chunks in a thread; the file is opened before a status is sent."""

    def __init__(self, stored: Stored, status: int, pieces: Sequence[Piece], headers: RawHeaders) -> None:
        super().__init__(status, headers)
        self._path, self._allowed = stored.path, stored.allowed
        self._pieces = [*map(stored.placed, pieces)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the status, then the bytes; a file that ends early, or is withdrawn meanwhile, breaks the connection.

        Nothing more is read for a reader that left.
        """
        descriptor = await run_in_threadpool(self._open)
        left = ensure_future(reader_left(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            for number, chunk in enumerate(() if scope["method"] == "HEAD" else self._chunks()):
                if number and (left.done() or not await self._may_go_on()):
                    return
                read = await run_in_threadpool(os.pread, descriptor, chunk.length, chunk.first)
                if len(read) < chunk.length:
                    raise EOFError(self._path.name)
                await send({"type": "http.response.body", "body": chunk.head + read, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            os.close(descriptor)
            left.cancel()

    def _chunks(self) -> Iterator[Piece]:
        """Cut the pieces into what is read at once."""
        for piece in self._pieces:
            end = piece.first + piece.length
            yield Piece(piece.first, min(CHUNK, piece.length), piece.head)
            for place in range(piece.first + CHUNK, end, CHUNK):
                yield Piece(place, min(CHUNK, end - place))

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


async def reader_left(receive: Receive) -> None:
    """Return once the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        continue
