"""EXIF (CIPA DC-008, on TIFF 6.0): what a picture's directories say of its author, its device and its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from catalog.scanning.found import Metadata, Trace
from catalog.scanning.iptc import in_iptc

PLACE: Final = "EXIF"
_ORDERS: Final = {b"II": "little", b"MM": "big"}
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MAX_DIRECTORIES: Final = 1_024
_MAX_ENTRIES: Final = 4_096
_ENTRY: Final = 12

_POINTERS: Final = frozenset({0x8769, 0xA005, 0x014A})
_GPS: Final = 0x8825
_GPS_PLACES: Final = frozenset({2, 4, 20, 22})
"""Latitude and longitude, of the picture and of what it shows."""
_AUTHORS: Final = frozenset({0x013B, 0xA430, 0xA437, 0xA438, 0x9C9D})
_SERIALS: Final = frozenset({0xA431, 0xA435, 0xC62F})
_TEXTS: Final = frozenset({0x010D, 0x010E, 0x013C, 0x8298, 0x9286, 0xA436, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F})
_WIDE_TEXTS: Final = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
_IPTC: Final = 0x83BB
_MAKER_NOTE: Final = 0x927C


@dataclass(slots=True)
class _Directories:
    """Walks the directories of one TIFF structure, each once; raises `ValueError` rather than leave one out."""

    content: bytes
    order: str
    seen: set[int] = field(default_factory=set)
    read: int = 0
    """Bytes of values: more than there are if values lie one upon the other."""

    def number(self, at: int, size: int) -> int:
        if at < 0 or at + size > len(self.content):
            raise ValueError("beyond the end")
        return int.from_bytes(self.content[at : at + size], self.order)  # type: ignore[arg-type]

    def entries(self, at: int, *, gps: bool = False) -> Iterator[tuple[int, bytes, bool]]:
        """Yield tag, value and whether it stands in the GPS directory, of a directory and all that it leads to."""
        waiting = [(at, gps)]
        while waiting:
            place, in_gps = waiting.pop()
            if place == 0 or place in self.seen:
                continue
            self.seen.add(place)
            count = self.number(place, 2)
            if count > _MAX_ENTRIES or len(self.seen) > _MAX_DIRECTORIES:
                raise ValueError("too many")
            for each in range(count):
                tag, value = self._entry(place + 2 + _ENTRY * each)
                if value.strip(b"\0 "):
                    yield tag, value, in_gps
                waiting += [(offset, tag == _GPS) for offset in self._led_to(tag, value)]
            waiting.append((self.number(place + 2 + _ENTRY * count, 4), False))

    def _entry(self, at: int) -> tuple[int, bytes]:
        tag, kind, count = self.number(at, 2), self.number(at + 2, 2), self.number(at + 4, 4)
        length = _SIZES.get(kind, 1) * count
        if length <= 4:  # noqa: PLR2004 - the value stands in the entry itself
            return tag, self.content[at + 8 : at + 8 + length]
        start = self.number(at + 8, 4)
        self.read += length
        if start + length > len(self.content) or self.read > 2 * len(self.content):
            raise ValueError("beyond the end")
        return tag, self.content[start : start + length]

    def _led_to(self, tag: int, value: bytes) -> list[int]:
        if tag != _GPS and tag not in _POINTERS:
            return []
        if len(value) > 4 * _MAX_DIRECTORIES:
            raise ValueError("too many directories")
        return [int.from_bytes(value[at : at + 4], self.order) for at in range(0, len(value) - 3, 4)]  # type: ignore[arg-type]


def in_tiff(content: bytes) -> Metadata:
    """Return what a TIFF structure says of people; raises `ValueError` where it is damaged."""
    order = _ORDERS.get(content[:2])
    if order is None:
        raise ValueError("no byte order")
    walk, found = _Directories(content, order), Metadata()
    if walk.number(2, 2) != 42:  # noqa: PLR2004 - what TIFF is known by; BigTIFF has 43
        raise ValueError("no TIFF")
    for tag, value, in_gps in walk.entries(walk.number(4, 4)):
        _note(tag, value, found, in_gps=in_gps)
    return found


def _note(tag: int, value: bytes, found: Metadata, *, in_gps: bool) -> None:
    if in_gps and tag in _GPS_PLACES:
        found.add(PLACE, Trace.POSITION)
    elif in_gps:
        return
    elif tag in _AUTHORS:
        found.author(PLACE, _text(tag, value))
    elif tag in _SERIALS:
        found.add(PLACE, Trace.DEVICE)
    elif tag in _TEXTS:
        found.text(PLACE, _text(tag, value))
    elif tag == _MAKER_NOTE:
        found.add(PLACE, Trace.MAKER_NOTE)
    elif tag == _IPTC:
        in_iptc(value, found)


def _text(tag: int, value: bytes) -> str:
    if tag in _WIDE_TEXTS:
        return value.decode("utf-16-le", "replace")
    plain = value.removeprefix(b"ASCII\0\0\0")
    if value.startswith(b"UNICODE\0"):
        return value.removeprefix(b"UNICODE\0").decode("utf-16", "replace")
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1252", "replace")
