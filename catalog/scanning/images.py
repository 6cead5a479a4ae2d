"""Pictures: what their metadata say, whichever container holds them. What they show is not looked at."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from catalog.scanning.exif import in_tiff
from catalog.scanning.found import Metadata
from catalog.scanning.iptc import in_iptc
from catalog.scanning.xmp import in_xmp
from eclor.errors import PayloadRefused, Place

_EXIF: Final = b"Exif\0\0"
_EXIF_AT: Final = re.compile(rb"(?<=Exif\0\0)(?=II\*\0|MM\0\*)")
_ITEM_AT: Final = re.compile(_EXIF_AT.pattern + rb"|(?=II\*\0\x08\0\0\0|MM\0\*\0\0\0\x08)")
"""In boxes (ISO 23008-12, A.2.1) a mark before the structure is optional."""
_EXIF_ITEM: Final = re.compile(rb"infe(?:\x02.{7}|\x03.{9})Exif", re.DOTALL)
_PHOTOSHOP: Final = b"Photoshop 3.0\0"
_TIFFS: Final = (b"II*\0", b"MM\0*")
_BIG_TIFFS: Final = (b"II+\0", b"MM\0+")
_MAX_STRUCTURES: Final = 64
_MAX_UNPACKED: Final = 8 << 20
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_COMMENT: Final = 0xFE
_SCAN: Final = 0xDA
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def in_image(content: bytes, *, name: str) -> Metadata:
    """Return what a picture says of people; refuses (`PayloadRefused`) one whose metadata cannot be read for sure."""
    found = Metadata()
    try:
        for structure in _structures(content):
            found.take(in_tiff(structure))
        for text in _texts(content):
            found.text("commentaires", text)
    except (ValueError, struct.error, zlib.error) as error:
        raise PayloadRefused("scan.image", place=Place(name)) from error
    for packet in (content, *_packed(content, name=name)):
        found.take(in_xmp(packet, name=name))
    at = content.find(_PHOTOSHOP)
    if at >= 0:
        in_iptc(content[at : at + _MAX_UNPACKED], found)
    return found


def _structures(content: bytes) -> Iterator[bytes]:
    """Yield the TIFF structures that a picture holds: itself, or those of its EXIF."""
    if content.startswith(_BIG_TIFFS):
        raise ValueError("BigTIFF")
    if content.startswith(_TIFFS):
        yield content
        return
    if content.startswith(_PNG):
        yield from (body for kind, body in _png_chunks(content) if kind == b"eXIf")
    elif content[8:12] == b"WEBP":
        yield from (body.removeprefix(_EXIF) for kind, body in _riff_chunks(content) if kind == b"EXIF")
    elif content[4:8] == b"ftyp":
        if _EXIF_ITEM.search(content) and not _ITEM_AT.search(content):
            raise ValueError("an item that is not found")
        yield from _marked(content, _ITEM_AT)
    else:
        yield from _marked(content, _EXIF_AT)


def _marked(content: bytes, start: "re.Pattern[bytes]") -> Iterator[bytes]:
    """Yield what stands wherever a TIFF structure starts, in a JPEG or in boxes (HEIC, AVIF)."""
    for number, match in enumerate(start.finditer(content)):
        if number == _MAX_STRUCTURES:
            raise ValueError("too many structures")
        yield content[match.start() :]


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if at + 8 + length > len(content):
            raise ValueError("beyond the end")
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length
    if at != len(content):
        raise ValueError("not where it should end")


def _riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        kind, length = struct.unpack_from("<4sI", content, at)
        if at + 8 + length > len(content):
            raise ValueError("beyond the end")
        yield kind, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _texts(content: bytes) -> Iterator[str]:
    """Yield the comments of a JPEG, and the plain texts of a PNG."""
    if content.startswith(_PNG):
        for kind, body in _png_chunks(content):
            if kind in {b"tEXt", b"zTXt", b"iTXt"}:
                key, text = _png_text(kind, body)
                yield f"{key} : {text}"
    elif content.startswith(_JPEG):
        yield from (body.decode("utf-8", "replace") for kind, body in _jpeg_segments(content) if kind == _COMMENT)


def _png_text(kind: bytes, body: bytes) -> tuple[str, str]:
    key, _, rest = body.partition(b"\0")
    match kind:
        case b"tEXt":
            text = rest.decode("latin-1")
        case b"zTXt":
            text = _inflated(rest[1:]).decode("latin-1")
        case _:
            packed, rest = rest[:1] == b"\1", rest[2:].partition(b"\0")[2].partition(b"\0")[2]
            text = (_inflated(rest) if packed else rest).decode("utf-8", "replace")
    return key.decode("latin-1"), text


def _packed(content: bytes, *, name: str) -> Iterator[bytes]:
    """Yield the packets that a PNG holds compressed."""
    if not content.startswith(_PNG):
        return
    try:
        yield from (
            _png_text(kind, body)[1].encode()
            for kind, body in _png_chunks(content)
            if kind == b"zTXt" or (kind == b"iTXt" and body.partition(b"\0")[2][:1] == b"\1")
        )
    except (ValueError, struct.error, zlib.error) as error:
        raise PayloadRefused("scan.image", place=Place(name)) from error


def _inflated(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(packed, _MAX_UNPACKED)
    if unpacker.unconsumed_tail:
        raise ValueError("too much")
    return content


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and body of the segments before the picture itself."""
    at = len(_JPEG)
    while at + 4 <= len(content):
        marker = content[at + 1]
        if content[at] != 0xFF or marker == _SCAN:  # noqa: PLR2004 - what every marker begins with
            return
        if marker in _STANDALONE or marker == 0xFF:  # noqa: PLR2004 - filling
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004 - as above
            continue
        length = struct.unpack_from(">H", content, at + 2)[0]
        yield marker, content[at + 4 : at + 2 + length]
        at += 2 + length
