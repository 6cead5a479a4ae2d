"""Pictures and documents as small as they may be, with the metadata that a test plants."""

import struct
import zlib
from collections.abc import Mapping

_ASCII = 2
_LONG = 4
_RATIONAL = 5
_UNDEFINED = 7
ARTIST, OWNER, SERIAL, DESCRIPTION, MAKER_NOTE = 0x013B, 0xA430, 0xA431, 0x010E, 0x927C
EXIF_DIRECTORY, GPS_DIRECTORY = 0x8769, 0x8825
DEGREES = struct.pack(">6I", 49, 1, 28, 1, 1234, 100)
Directory = Mapping[int, "str | bytes | Directory"]


def tiff(directory: Directory, *, at: int = 8) -> bytes:
    """A TIFF structure (big-endian) of one directory, as if it stood at `at`; texts, raw values, directories within."""
    return b"MM\0*" + struct.pack(">I", 8) + _directory(directory, at)


def _directory(directory: Directory, at: int) -> bytes:
    entries, tail = b"", b""
    end = at + 2 + 12 * len(directory) + 4
    for tag, value in sorted(directory.items()):
        if isinstance(value, Mapping):
            kind, count, body = _LONG, 1, struct.pack(">I", end + len(tail))
            tail += _directory(value, end + len(tail))
        else:
            kind = _ASCII if isinstance(value, str) else _RATIONAL if len(value) == len(DEGREES) else _UNDEFINED
            raw = value.encode() + b"\0" if isinstance(value, str) else value
            count = len(raw) // 8 if kind == _RATIONAL else len(raw)
            body = raw.ljust(4, b"\0")
            if len(raw) > 4:
                body = struct.pack(">I", end + len(tail))
                tail += raw
        entries += struct.pack(">HHI", tag, kind, count) + body
    return struct.pack(">H", len(directory)) + entries + b"\0\0\0\0" + tail


GPS: Directory = {GPS_DIRECTORY: {1: "N", 2: DEGREES, 3: "E", 4: DEGREES}}


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A JPEG of the segments that are given, then an empty picture."""
    parts = [b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments]
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xda\0\2\xff\xd9"


def exif_jpeg(directory: Directory) -> bytes:
    return jpeg((0xE1, b"Exif\0\0" + tiff(directory)))


def iptc_jpeg(number: int, text: str) -> bytes:
    raw = text.encode()
    body = b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(raw)) + raw
    return jpeg((0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(body)) + body))


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    whole = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in whole
    )


def webp(directory: Directory) -> bytes:
    body = tiff(directory)
    chunk = b"EXIF" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def heic(directory: Directory, *, mark: bytes = b"Exif\0\0") -> bytes:
    """A HEIC with an item of EXIF (ISO 23008-12, A.2.1), which may do without a mark before its TIFF structure."""
    return boxed(struct.pack(">I", len(mark)) + mark + tiff(directory))


def boxed(item: bytes) -> bytes:
    entry = struct.pack(">I", 21) + b"infe\2\0\0\0\0\1\0\0Exif\0"
    head = struct.pack(">I", 16) + b"ftypheic\0\0\0\0" + entry
    return head + struct.pack(">I", len(item) + 8) + b"mdat" + item


def xmp(inner: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/">'
        f'<rdf:Description rdf:about="">{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def xmp_creator(name: str) -> bytes:
    return xmp(f"<dc:creator><rdf:Seq><rdf:li>{name}</rdf:li></rdf:Seq></dc:creator>")


def pdf(information: bytes, *, packed: bool = False, more: bytes = b"") -> bytes:
    """A PDF with an information dictionary, in the open or in a stream of objects."""
    entry = b"<<" + information + b">>"
    body = b"2 0 obj\n" + entry + b"\nendobj\n"
    if packed:
        stream = zlib.compress(b"2 0 " + entry)
        body = b"3 0 obj\n<</Type/ObjStm/Filter/FlateDecode/N 1/First 4>>\nstream\n" + stream + b"\nendstream\nendobj\n"
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
        + body
        + more
        + b"trailer\n<</Root 1 0 R/Info 2 0 R>>\n%%EOF\n"
    )
