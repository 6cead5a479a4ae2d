"""What a file is, by its first bytes; its name only breaks no tie."""

from enum import Enum
from pathlib import Path
from typing import Final

from eclor.errors import PayloadRefused, Place

_HEAD: Final = 4096
_BOX: Final = slice(4, 8)
_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


class Kind(Enum):
    """How a file is read."""

    TEXT = "text"
    JSON = "json"
    PARQUET = "parquet"
    WORKBOOK = "workbook"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"


_MAGIC: Final = {
    b"PAR1": Kind.PARQUET,
    b"PK\x03\x04": Kind.WORKBOOK,
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"II*\x00": Kind.TIFF,
    b"MM\x00*": Kind.TIFF,
    b"II+\x00": Kind.TIFF,
    b"MM\x00+": Kind.TIFF,
    b"%PDF-": Kind.PDF,
}
_REFUSED: Final = {
    b"\x1f\x8b": "scan.packed",
    b"BZh": "scan.packed",
    b"\xfd7zXZ": "scan.packed",
    b"7z\xbc\xaf": "scan.packed",
    b"\x28\xb5\x2f\xfd": "scan.packed",
    b"Rar!": "scan.packed",
    b"PK\x05\x06": "scan.packed",
    b"\xd0\xcf\x11\xe0": "scan.old-office",
    b"SQLite format 3": "scan.unknown",
    b"{\\rtf": "scan.unknown",
    b"\x00\x00\xfe\xff": "scan.encoding",
    b"\xff\xfe\x00\x00": "scan.encoding",
}
_UTF8_BOM: Final = b"\xef\xbb\xbf"


def kind_of(path: Path, *, name: str) -> Kind:
    """Return what a file is; refuse (`PayloadRefused`) an empty one, and what there is no reader for."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        blank = head.removeprefix(_UTF8_BOM).strip() == b""
        while blank and (more := stream.read(_HEAD)):
            head, blank = more, more.strip() == b""
    if blank:
        raise PayloadRefused("scan.empty", place=Place(name))
    if code := next((code for magic, code in _REFUSED.items() if head.startswith(magic)), None):
        raise PayloadRefused(code, place=Place(name))
    if kind := next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None):
        return kind
    return _boxed(head) or _written(head, name=name)


def _boxed(head: bytes) -> Kind | None:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    return Kind.HEIC if head[_BOX] == b"ftyp" and head[8:12] in _BRANDS else None


def _written(head: bytes, *, name: str) -> Kind:
    text = head.removeprefix(_UTF8_BOM).lstrip()
    if text.startswith((b"{", b"[")):
        return Kind.JSON
    if text.startswith(b"<"):
        raise PayloadRefused("scan.markup", place=Place(name))
    return Kind.TEXT
