"""Prepared answers: bytes with their tag, kept in memory up to a size, forgotten oldest use first."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from api.codings import CODINGS, IDENTITY, LEAST_CODED, MOST_CODED, coded, compressible
from api.conditional import strong_tag
from api.cors import CORS
from api.dating import Dated

MOST_BYTES: Final = 32_000_000
_OVERHEAD: Final = 500
"""Bytes that an entry weighs besides its body and the texts of its question, about."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
RawHeaders = tuple[tuple[bytes, bytes], ...]
"""Headers as ASGI takes them: lower case, bytes."""
Question = tuple[Hashable, ...]
"""What an answer is kept by: a version, and what was asked of it."""


def raw(headers: Mapping[str, str]) -> RawHeaders:
    """Return headers as ASGI takes them."""
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, ready to send: its headers, tag and date among them, are those of 200 and of 304 alike.

    `codings` are those it may be sent in, the best liked first; each has a tag of its own, and is made when asked for.
    """

    body: bytes
    media_type: bytes
    etag: str
    headers: RawHeaders
    modified: Dated
    codings: tuple[str, ...] = ()
    _coded: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    _ready: dict[str, RawHeaders] = field(default_factory=dict, repr=False, compare=False)

    def tag(self, coding: str) -> str:
        """Return the strong tag of the bytes in this coding."""
        return self.etag if coding == IDENTITY else f'{self.etag[:-1]}-{coding}"'

    def bytes_in(self, coding: str) -> bytes:
        """Return the bytes in this coding."""
        if coding == IDENTITY:
            return self.body
        if coding not in self._coded:
            self._coded[coding] = coded(self.body, coding)
        return self._coded[coding]

    def headers_in(self, coding: str) -> RawHeaders:
        """Return the headers of the answer in this coding: the same bytes again, once its date is settled."""
        if (ready := self._ready.get(coding)) is not None:
            return ready
        headers = self.headers
        if coding != IDENTITY:
            tagged = ((b"etag", self.tag(coding).encode("latin-1")), (b"content-encoding", coding.encode()))
            headers = (*tagged, *(header for header in headers if header[0] != b"etag"))
        made = (*headers, *self.modified.lines())
        if self.modified.settled:
            self._ready[coding] = made
        return made


def answer(body: bytes, media_type: str, headers: Mapping[str, str] = _NONE, *, modified: Dated) -> Answer:
    """Return an answer under the tag of its bytes and of its media type; `modified` is since when it is what it is.

    It is taken before what the answer is made of is read: then a change meanwhile can only make it older than it is.
    Text of some size may be sent coded; `Vary` then says so.
    """
    kind = media_type.encode("latin-1")
    etag = strong_tag(sha256(kind + b"\n" + body).hexdigest()[:32])
    codings = CODINGS if LEAST_CODED <= len(body) <= MOST_CODED and compressible(kind) else ()
    said = {"ETag": etag, "Accept-Ranges": "bytes", **CORS, **headers}
    if compressible(kind):
        said["Vary"] = f"{headers['Vary']}, Accept-Encoding" if "Vary" in headers else "Accept-Encoding"
    return Answer(body, kind, etag, raw(said), modified, codings)


class Answers:
    """Answers by their question. A question names a version: the caller asks first whether that one may still leave."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Question, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, question: Question) -> Answer | None:
        """Return the answer already made, if it is still kept."""
        found = self._kept.get(question)
        if found is not None:
            self._kept.move_to_end(question)
        return found

    def keep(self, question: Question, made: Answer) -> Answer:
        """Keep an answer, unless it alone weighs more than an eighth of the room; give it back."""
        if len(made.body) > self._most_bytes // 8 or question in self._kept:
            return made
        self._kept[question] = made
        self._bytes += _weight(question, made)
        while self._bytes > self._most_bytes:
            self._bytes -= _weight(*self._kept.popitem(last=False))
        return made


def _weight(question: Question, made: Answer) -> int:
    texts = sum(len(part) for part in question if isinstance(part, str | bytes))
    return len(made.body) + texts + _OVERHEAD
