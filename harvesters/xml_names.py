"""How many names a payload of XML may have: a parser keeps each for as long as it reads, at 250 bytes and more.

A schema has few, however many elements come: NeTEx, the richest we read, has some four thousand. A source that makes a
name of each identifier has as many as it has rows.
"""

import re
from typing import Final

from eclor.errors import PayloadRefused, Place

MOST_NAMES: Final = 20_000
_PIECE_BYTES: Final = 256 * 1024
_ELEMENT: Final = re.compile(rb"<([^\s<>/!?][^\s<>/]*)")
_ATTRIBUTE: Final = re.compile(rb"\s([^\s<>=\"'/]++)\s*+=\s*+[\"']")


class Names(dict[str, str]):
    """A name as it stands to the one it is called by, worked out once. Holds the names of one payload."""

    def __init__(self, payload: str) -> None:
        super().__init__()
        self.payload = payload

    def __missing__(self, written: str) -> str:
        if len(self) >= MOST_NAMES:
            raise _too_many(self.payload)
        called = self[written] = self.called(written)
        return called

    def called(self, written: str) -> str:
        """Return the name without its namespace."""
        return written.rpartition("}")[2]


def refuse_many_names(content: bytes, *, name: str) -> None:
    """Refuse (`PayloadRefused`) a payload held whole whose elements, or whose attributes, have too many names.

    What is written like an attribute in a text counts as one.
    """
    for sign, pattern in ((b"<", _ELEMENT), (b"=", _ATTRIBUTE)):
        if content.count(sign) > MOST_NAMES:
            _refuse(pattern, content, name=name)


def _refuse(pattern: re.Pattern[bytes], content: bytes, *, name: str) -> None:
    seen: set[bytes] = set()
    for at in range(0, len(content), _PIECE_BYTES):  # one that stands across a border is missed, or cut
        seen.update(pattern.findall(content, at, at + _PIECE_BYTES))
        if len(seen) > MOST_NAMES:
            raise _too_many(name)


def _too_many(payload: str) -> PayloadRefused:
    return PayloadRefused("payload.xml-names", place=Place(payload), limit=MOST_NAMES)
