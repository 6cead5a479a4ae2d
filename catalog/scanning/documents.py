"""PDF (ISO 32000): what its information dictionary, its packets, its remarks and forms and its pictures say.

What is drawn on its pages is not read. A file that lies within it is not opened: the whole is refused.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from catalog.scanning.found import Metadata
from catalog.scanning.images import in_image
from catalog.scanning.xmp import in_xmp
from eclor.errors import PayloadRefused, Place

PLACE: Final = "propriétés"
REMARKS: Final = "annotations et formulaires"
_TEXT: Final = rb"(?:[^\\()]++|\\.|\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*+\))*+\))*+"
_QUOTED: Final = rb"\((" + _TEXT + rb")\)|<([0-9A-Fa-f\s]*+)>"
_ENTRY: Final = re.compile(
    rb"/(Author|Title|Subject|Keywords|Creator|Manager|Company)\s*+"
    rb"(?:" + _QUOTED + rb"|(\d{1,10})\s++\d{1,5}\s++R\b|(?=\(|<(?!<)))",
    re.DOTALL,
)
"""Ends without any of them before a text that nests too deep or does not end."""
_REMARK: Final = re.compile(
    rb"/(?:Contents|RC|TU?|V)\s*+(?:\((" + _TEXT + rb")\)|<([0-9A-Fa-f\s]{0,4000}+)>)", re.DOTALL
)
"""Who notes what on a page, and what stands in a form; a signature is longer."""
_WITHIN: Final = re.compile(rb"/(?:EmbeddedFiles?\b|FileAttachment\b|EF\s*+(?:<<|\d))")
_STRING: Final = re.compile(rb"\s*+(?:" + _QUOTED + rb")", re.DOTALL)
_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,10})\s++\d{1,5}\s++obj\b")
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_HEAD: Final = 4_096
_PREDICTED: Final = re.compile(rb"/Predictor\s*+(?!1\b)")
_MUST_READ: Final = re.compile(rb"/Type\s*+/(?:ObjStm|Metadata)\b")
"""Streams in which properties stand."""
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
    """Return what a PDF says of people.

    Refuses (`PayloadRefused`) one under a password, one that holds other files, or that unpacks too far.
    """
    if re.search(rb"/Encrypt\b", content):
        raise PayloadRefused("scan.pdf-locked", place=Place(name))
    found = Metadata()
    led_to: dict[bytes, set[bytes]] = {}
    for part in (content, *_streams(content, name=name)):
        if _WITHIN.search(part):
            raise PayloadRefused("scan.pdf-attachment", place=Place(name))
        for match in _REMARK.finditer(part):
            found.text(REMARKS, _string(match[1], match[2], name=name))
        for match in _ENTRY.finditer(part):
            if match[4] is not None:
                led_to.setdefault(match[4].lstrip(b"0"), set()).add(match[1])
            else:
                _note(match[1], _string(match[2], match[3], name=name), found)
        found.take(in_xmp(part, name=name))
    _follow(led_to, content, found, name=name)
    found.take(_in_pictures(content, name=name))
    return found


def _follow(led_to: Mapping[bytes, set[bytes]], content: bytes, found: Metadata, *, name: str) -> None:
    """Note the texts that entries only lead to, each time they were written; refuse one that is not in the open."""
    left = set(led_to)
    for opened in _OBJECT.finditer(content) if left else ():
        number = opened[1].lstrip(b"0")
        if number not in led_to:
            continue
        match = _STRING.match(content, opened.end())
        text = _string(match and match[1], match and match[2], name=name)
        for entry in led_to[number]:
            _note(entry, text, found)
        left.discard(number)
    if left:
        raise PayloadRefused("scan.pdf", place=Place(name))


def _string(literal: bytes | None, digits: bytes | None, *, name: str) -> str:
    if literal is not None:
        return _decoded(_unescaped(literal))
    if digits is None:
        raise PayloadRefused("scan.pdf", place=Place(name))
    return _decoded(bytes.fromhex(_even(digits)))


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
    for start, end in _bodies(content, name=name):
        head = content[max(0, start - _HEAD) : start].rpartition(b"endobj")[2]
        is_flat = b"FlateDecode" in head
        unpacked, is_whole = _inflated(content[start:end]) if is_flat else (b"", b"/Filter" not in head)
        if _MUST_READ.search(head) and (not is_whole or _PREDICTED.search(head)):
            raise PayloadRefused("scan.pdf", place=Place(name))
        total += len(unpacked)
        if total > _MAX_UNPACKED:
            raise PayloadRefused("scan.pdf-too-large", place=Place(name), mib=_MAX_UNPACKED >> 20)
        yield unpacked


def _bodies(content: bytes, *, name: str) -> Iterator[tuple[int, int]]:
    """Yield where streams start and end; refuse those that lie one upon the other beyond reason."""
    end = read = 0
    for match in _STREAM.finditer(content):
        start = match.end()
        if end < start:
            end = content.find(_END, start)
            end = end if end >= 0 else len(content)
        read += end - start
        if read > 2 * len(content):
            raise PayloadRefused("scan.pdf", place=Place(name))
        yield start, end


def _inflated(body: bytes) -> tuple[bytes, bool]:
    """Return what a stream unpacks to, and whether that is all of it."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(body, _MAX_STREAM)
    except zlib.error:
        return b"", False
    return unpacked, unpacker.eof


def _in_pictures(content: bytes, *, name: str) -> Metadata:
    """Return what the JPEG pictures of a PDF say of people."""
    found = Metadata()
    for start, end in _bodies(content, name=name):
        if content.startswith(_JPEG, start):
            found.take(in_image(content[start:end], name=name))
    return found
