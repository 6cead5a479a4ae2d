"""PDF (ISO 32000): what its information dictionary, its packets and its pictures say. Its pages are not read."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from catalog.scanning.found import Metadata
from catalog.scanning.images import in_image
from catalog.scanning.xmp import in_xmp
from eclor.errors import PayloadRefused, Place

PLACE: Final = "propriétés"
_ENTRY: Final = re.compile(
    rb"/(Author|Title|Subject|Keywords|Creator|Manager|Company)\s*"
    rb"(?:\(((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*)\)|<([0-9A-Fa-f\s]*)>|(\d{1,10})\s+\d{1,5}\s+R\b)",
    re.DOTALL,
)
_STRING: Final = re.compile(rb"\s*(?:\(((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_STREAM: Final = re.compile(rb"stream\r?\n")
_END: Final = b"endstream"
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_NAMED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MAX_STREAM: Final = 16 << 20
_MAX_UNPACKED: Final = 256 << 20
_JPEG: Final = b"\xff\xd8\xff"
_UTF16: Final = (b"\xfe\xff", b"\xff\xfe")
_AUTHORS: Final = (b"Author", b"Manager")
_UTF8_BOM: Final = b"\xef\xbb\xbf"


def in_document(content: bytes, *, name: str) -> Metadata:
    """Return what a PDF says of people; refuses (`PayloadRefused`) one under a password, or that unpacks too far."""
    if re.search(rb"/Encrypt\b", content):
        raise PayloadRefused("scan.pdf-locked", place=Place(name))
    found = Metadata()
    for part in (content, *_streams(content, name=name)):
        for match in _ENTRY.finditer(part):
            string = match[2], match[3]
            if match[4] is not None:
                string = _led_to(content, match[4], name=name)
            _note(match[1], _decoded(_raw(*string)), found)
        found.take(in_xmp(part, name=name))
    found.take(_in_pictures(content, name=name))
    return found


def _led_to(content: bytes, number: bytes, *, name: str) -> tuple[bytes | None, bytes | None]:
    """Return the string of an object that an entry only names; refuse one that stands elsewhere than in the open."""
    opened = re.search(rb"(?<!\d)" + number + rb"\s+\d{1,5}\s+obj\b", content)
    match = _STRING.match(content, opened.end()) if opened else None
    if match is None:
        raise PayloadRefused("scan.pdf", place=Place(name))
    return match[1], match[2]


def _raw(literal: bytes | None, digits: bytes | None) -> bytes:
    return _unescaped(literal) if literal is not None else bytes.fromhex(_even(digits or b""))


def _note(entry: bytes, text: str, found: Metadata) -> None:
    if entry in _AUTHORS:
        found.author(PLACE, text)
    else:
        found.text(PLACE, text)


def _even(digits: bytes) -> str:
    plain = b"".join(digits.split()).decode("ascii")
    return plain + "0" * (len(plain) % 2)


def _unescaped(raw: bytes) -> bytes:
    def one(match: "re.Match[bytes]") -> bytes:
        code = match[1]
        if code[:1].isdigit():
            return bytes([int(code, 8) & 0xFF])
        return b"" if code in {b"\n", b"\r", b"\r\n"} else _NAMED.get(code, code)

    return _ESCAPE.sub(one, raw)


def _decoded(raw: bytes) -> str:
    if raw.startswith(_UTF16):
        return raw.decode("utf-16", "replace")
    return raw.removeprefix(_UTF8_BOM).decode("utf-8" if raw.startswith(_UTF8_BOM) else "cp1252", "replace")


def _streams(content: bytes, *, name: str) -> Iterator[bytes]:
    """Yield the streams that hold objects or text, unpacked; look at the pictures among them."""
    total = 0
    for match in _STREAM.finditer(content):
        body = content[match.end() : content.find(_END, match.end())]
        if not body or b"FlateDecode" not in content[max(0, match.start() - 512) : match.start()]:
            continue
        unpacked = _inflated(body)
        total += len(unpacked)
        if total > _MAX_UNPACKED:
            raise PayloadRefused("scan.pdf-too-large", place=Place(name), mib=_MAX_UNPACKED >> 20)
        yield unpacked


def _inflated(body: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, _MAX_STREAM)
    except zlib.error:
        return b""


def _in_pictures(content: bytes, *, name: str) -> Metadata:
    """Return what the JPEG pictures of a PDF say of people."""
    found = Metadata()
    for match in _STREAM.finditer(content):
        if content.startswith(_JPEG, match.end()):
            found.take(in_image(content[match.end() : content.find(_END, match.end())], name=name))
    return found
