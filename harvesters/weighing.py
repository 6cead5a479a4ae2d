"""What a document takes once it is built, told before it is: an upper bound by what it holds of each sign.

The sizes are CPython's, of 64 bits, rounded up. A smallest object of JSON takes thirty times its own bytes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from eclor.errors import PayloadRefused, Place

_MIB: Final = 1024 * 1024
LIGHT_BYTES: Final = 2 * _MIB
"""Below this nothing is weighed: whatever it holds, it takes less than what is allowed (a bracket in a bracket: 48)."""
MOST_BYTES: Final = 100 * _MIB
"""Of a document, its text and its values; a process that harvests holds 165 MiB before, its libraries' pages too."""
REMADE_BYTES: Final = MOST_BYTES // 2
"""Of one of which rows are made that may take more than what they are made of, beside it."""
_STRINGS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NAMES: Final = re.compile(rb'("(?:[^"\\]++|\\.)*+")\s*:', re.DOTALL)
_UP_TO_STRING: Final = re.compile(rb'(?:[^"]*+"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_FOUR: Final = re.compile(rb"[\xf0-\xf4]")
_TWO: Final = re.compile(rb"[\xc4-\xef]")
_SIGNS: Final = (b"{", b"[", b"{}", b"[]", b",", b":", b".", b"e", b"E", b"true", b"false", b"null")
_PIECE_BYTES: Final = 256 * 1024
_FEW_NAMES: Final = 20_000
_EMPTY, _OBJECT, _ARRAY, _SLOT, _MEMBER = 64, 160, 96, 9, 30
_DECIMAL, _INTEGER, _STRING, _NAME = 112, 32, 64, 240
_ELEMENT, _WITH_ATTRIBUTES, _ATTRIBUTE, _TEXT = 96, 300, 96, 64


def without_strings(content: bytes) -> bytes:
    """Return JSON without its strings: in it every sign is one of structure."""
    return b"".join(piece for piece, _ in _pieces(content))


def _pieces(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield JSON without its strings, and how many they were: what is substituted in one go is a list of parts."""
    at = 0
    while at < len(content):
        end = _end_of_piece(content, at)
        yield _STRINGS.subn(b"", content[at:end])
        at = end


def _end_of_piece(content: bytes, at: int) -> int:
    """Return where a piece that begins there may end: after a string, or a comma where there is none."""
    size = _PIECE_BYTES
    while at + size < len(content):
        found = _UP_TO_STRING.match(content, at, at + size)
        end = found.end() if found else at
        if end == at and content.find(b'"', at, at + size) < 0:
            end = content.rfind(b",", at, at + size) + 1
        if end > at:
            return end
        size *= 2
    return len(content)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a JSON document takes."""

    size: int
    """Bytes of its content, its text and its values."""
    members: int
    """How many its objects have."""

    @classmethod
    def of(cls, content: bytes) -> "Weight":
        """Weigh JSON in UTF-8."""
        signs: Counter[bytes] = Counter()
        strings = left = 0
        for piece, count in _pieces(content):
            signs.update({sign: piece.count(sign) for sign in _SIGNS})
            strings, left = strings + count, left + len(piece)
        members, commas, words = signs[b":"], signs[b","], signs[b"true"] + signs[b"false"]
        decimals = signs[b"."] + signs[b"e"] + signs[b"E"] - words
        texts = max(0, strings - members)
        integers = max(0, commas + 1 - decimals - texts - words - signs[b"null"])
        values = (
            (signs[b"{}"] + signs[b"[]"]) * _EMPTY + (signs[b"{"] - signs[b"{}"]) * _OBJECT + members * _MEMBER
            + (signs[b"["] - signs[b"[]"]) * _ARRAY + commas * _SLOT + _names(content, members) * _NAME
            + decimals * _DECIMAL + integers * _INTEGER + texts * _STRING
        )  # fmt: skip
        letters = 2 * len(content) - left  # as a text, and its strings once more as values
        return cls(len(content) + letters * _width(content) + values, members)


def _width(content: bytes) -> int:
    """Return the bytes of each letter of a text: the widest one makes all of them as wide."""
    if _FOUR.search(content):
        return 4
    return 2 if _TWO.search(content) else 1


def refuse_heavy_json(content: bytes, *, place: Place, most: int = MOST_BYTES) -> int:
    """Refuse JSON that would take more than that; return how many members its objects have."""
    weight = Weight.of(content)
    _refuse(weight.size, len(content), place=place, most=most)
    return weight.members


def _names(content: bytes, members: int) -> int:
    """Return how many names members have: one that comes back is kept once."""
    seen: set[bytes] = set()
    for found in _NAMES.finditer(content):
        seen.add(found[1])
        if len(seen) > _FEW_NAMES:
            return members
    return len(seen)


def refuse_heavy_xml(content: bytes, *, name: str) -> None:
    """Refuse XML whose tree would take too much beside it."""
    if len(content) <= LIGHT_BYTES:
        return
    elements = content.count(b"<") - content.count(b"</")
    attributes = content.count(b"=")
    weight = (
        2 * len(content) + elements * (_ELEMENT + _TEXT)
        + min(elements, attributes) * _WITH_ATTRIBUTES + attributes * _ATTRIBUTE
    )  # fmt: skip
    _refuse(weight, len(content), place=Place(name), most=MOST_BYTES)


def _refuse(weight: int, size: int, *, place: Place, most: int) -> None:
    if weight > most:
        size_mib, mib, limit_mib = -(-size // _MIB), -(-weight // _MIB), most // _MIB
        raise PayloadRefused("payload.too-heavy", place=place, size_mib=size_mib, mib=mib, limit_mib=limit_mib)
