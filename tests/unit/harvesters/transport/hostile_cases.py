"""What a hostile server says once it was trusted, and the refusal that each must give."""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, repeat

MIB = 1024 * 1024
CSV = b"badge,poids\nA1,1\nB2,2\n"
JSON = b'[{"badge":"A1","poids":"1"},{"badge":"B2","poids":"2"}]'
PAGE = b'{"data":' + JSON + b"}"
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
Piece = bytes | Callable[[], bytes]
"""A heavy one is made when it is sent: whoever only lists the cases neither packs nor holds it."""


@dataclass(frozen=True)
class Case:
    """One lie: `body` is sent piece by piece until the reader hangs up."""

    name: str
    code: str
    body: tuple[Piece, ...]
    again: bytes = b""
    """Sent for ever after the body."""
    protocol: str = "csv"
    options: Mapping[str, str] = field(default_factory=dict)
    headers: bytes = b""
    good: bytes = CSV

    def pieces(self) -> Iterator[bytes]:
        body = (piece() if callable(piece) else piece for piece in self.body)
        return chain(body, repeat(self.again) if self.again else ())


def _json(name: str, code: str, *body: Piece, again: bytes = b"") -> Case:
    return Case(name, code, body, again, protocol="json", good=JSON)


def _paged(name: str, code: str, *body: Piece, again: bytes = b"") -> Case:
    options = {"pages": "suivant", "lignes": "data"}
    return Case(name, code, body, again, protocol="json", options=options, good=PAGE)


def _zip(name: str, code: str, content: Piece) -> Case:
    return Case(name, code, (content,), protocol="gtfs", options={"fichiers": "agency"}, good=_feed())


def _feed(method: int = zipfile.ZIP_DEFLATED, **more: bytes) -> bytes:
    """A zip that GTFS would take, whose agency table is our two rows."""
    others = ("routes", "trips", "stop_times", "stops", "calendar")
    files = {"agency.txt": CSV} | {f"{name}.txt": b"a\n" for name in others}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for file_name, content in (files | more).items():
            archive.writestr(file_name, content)
    return packed.getvalue()


def _long_rows() -> bytes:
    """Rows that must not wait by the thousand, packed below the ratio that is refused."""
    row = b"A1," + hashlib.shake_128(b"").hexdigest(600).encode() + b"a" * 99_000 + b"\n"
    return b"badge,poids\n" + row * 2500 + b'A2,"'


def _bomb(head: bytes, cell: bytes, times: int) -> bytes:
    """Gzip `head`, then `cell` many times, without ever holding it unpacked."""
    engine = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    return b"".join([engine.compress(head), *(engine.compress(cell) for _ in range(times)), engine.flush()])


def _packed_spaces() -> bytes:
    return _bomb(b"badge,poids\n", (b"A1," + b" " * 100_000 + b"\n") * 10, 200)


_GZIP = b"Content-Encoding: gzip\r\n"
_TEXT = (b"A1," + bytes(48 + number * number * 7919 % 70 for number in range(100_000)) + b"\n") * 10
CASES = (
    Case("endless-rows", "source.too-big", (b"badge,poids\n",), _TEXT),
    Case("endless-line", "payload.line-too-long", (b"badge,poids\nA1,",), b"x" * MIB),
    Case("endless-header", "payload.line-too-long", (), b"x" * MIB),
    _json("endless-json", "payload.too-large", b"[1", again=b",1" * (MIB // 2)),
    _json("endless-objects", "source.too-big", again=b'{"badge":"A1","poids":"' + b"x" * MIB + b'"}\n'),
    _json("endless-string", "payload.too-large", b'["', again=b"x" * MIB),
    _paged("endless-page", "source.too-big", b'{"data":[1', again=b",1" * (MIB // 2)),
    Case("gzip-bomb", "source.bomb", (_packed_spaces,), headers=_GZIP),
    Case("gzip-bomb-unsaid", "source.bomb", (_packed_spaces,)),
    Case("gzip-in-gzip", "payload.other-file", (gzip.compress(gzip.compress(CSV)),), headers=_GZIP),
    Case("brotli", "source.coding", (b"\x1b\x00",), headers=b"Content-Encoding: br\r\n"),
    Case("gzip-cut", "source.truncated", (gzip.compress(CSV * 99)[:-9],), headers=_GZIP),
    Case("no-utf8", "payload.not-utf8", (b"badge,poids\n\xc9cole,1\n",)),
    Case("too-short", "source.truncated", (CSV,), headers=b"Content-Length: 999\r\n"),
    Case("too-long", "payload.cut-short", (CSV,), headers=b"Content-Length: 14\r\n"),
    Case("html", "source.html", (b"<html>",), headers=b"Content-Type: text/html\r\n"),
    _json("heavy-objects", "payload.too-heavy", lambda: b"[" + b'{"a":1},' * (3 * MIB) + b"1]"),
    _json("heavy-rows", "payload.json-syntax", lambda: b"[" + b'{"badge":"A1"},' * (2 * MIB) + b'{"badge":oui}]'),
    _json(
        "heavy-object", "payload.too-heavy", b"{", lambda: b"".join(b'"%x":1,' % n for n in range(MIB)), b'"badge":1}'
    ),
    _json("heavy-lists", "payload.too-heavy", lambda: b"[" + b"[]," * (10 * MIB) + b"1]"),
    _json("heavy-numbers", "payload.too-heavy", lambda: b"[" + b"1.5," * (7 * MIB) + b"1]"),
    _json("heavy-text", "payload.too-heavy", lambda: '["\U0001f600'.encode() + b"x" * 30 * MIB + b'"]'),
    _paged("heavy-page", "payload.too-heavy", lambda: b'{"data":[' + b'{"a":1},' * (MIB // 2) + b"1]}"),
    _json("deep", "payload.too-deep", b"[" * 10_000 + b"]" * 10_000),
    _json("deep-open", "payload.too-deep", b'{"a":' * 10_000),
    _json("nan", "payload.json-not-a-number", b'[{"badge":"A1","poids":NaN}]'),
    _json("twice", "payload.json-duplicate-member", b'[{"badge":"A1","badge":"A2"}]'),
    _paged("page-deep", "payload.too-deep", b'{"data":' + b"[" * 10_000 + b"]" * 10_000 + b"}"),
    _zip("zip-bomb", "payload.zip-bomb", lambda: _feed(**{"shapes.txt": b"0" * 64 * MIB})),
    _zip("zip-long-rows", "payload.quote-unclosed", lambda: _feed(**{"agency.txt": _long_rows()})),
    _zip("zip-path", "payload.zip-path", _feed(**{"../../etc/agency.txt": CSV})),
    _zip("zip-bzip2", "payload.zip-method", _feed(zipfile.ZIP_BZIP2)),
    _zip("zip-lzma", "payload.zip-method", _feed(zipfile.ZIP_LZMA)),
    _zip("zip-cut", "payload.zip", _feed()[:-30]),
)
