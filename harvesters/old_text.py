"""Texts as some spreadsheets still write them, to the bytes of a usual one: UTF-8, lines that end in LF.

UTF-16 is known by its mark ("Unicode text" of Excel), lines that end in CR by their first end ("CSV (Macintosh)").
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from itertools import chain
from typing import Final

from eclor.errors import PayloadRefused, Place

WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_FIRST_END: Final = re.compile(rb"[^\r\n]*\r[^\n]")
_QUOTED: Final = re.compile(rb'"[^"]*"?')


def is_wide(first: bytes) -> bool:
    """Say whether a text that begins so is in UTF-16."""
    return first.startswith(WIDE_BOMS)


def ends_in_cr(first: bytes) -> bool:
    """Say whether the lines of a text that begins so end in CR alone; a line feed may stand in a quoted cell."""
    if _FIRST_END.match(first) is None:
        return False
    bare = _QUOTED.sub(b"", first)
    return b"\r" in bare and b"\n" not in bare


def in_utf8(pieces: Iterator[bytes], *, name: str) -> Iterator[bytes]:
    """Yield a text of UTF-16 in UTF-8, without its mark; refuse half a letter, at the end as a text cut short."""
    decoder = getincrementaldecoder("utf-16")()
    line, code = 1, "payload.nul"
    try:
        for piece in pieces:
            text = decoder.decode(piece).encode()
            line += text.count(b"\n")
            yield text
        code = "payload.cut-short"
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].decode(error.encoding).count("\n")
        raise PayloadRefused(code, place=Place(name, line)) from error


def with_line_feeds(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a text whose lines end in CR with LF for each."""
    return (piece.replace(b"\r", b"\n") for piece in pieces)


def usual(first: bytes, rest: Iterator[bytes], *, name: str) -> Iterator[bytes]:
    """Yield the pieces of a text in UTF-8 or in what its source declares, each line with an LF at its end."""
    pieces: Iterator[bytes] = chain([first], rest)
    if is_wide(first):
        pieces = in_utf8(pieces, name=name)
        pieces = chain([first := next(pieces, b"")], pieces)
    return with_line_feeds(pieces) if ends_in_cr(first) else pieces
