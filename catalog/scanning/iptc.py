"""IPTC-IIM: by-lines, contacts and captions that agencies and photo programs write into pictures."""

import re
from typing import Final

from catalog.scanning.found import Metadata

PLACE: Final = "IPTC"
_AUTHORS: Final = frozenset({80, 122})
"""By-line, writer."""
_TEXTS: Final = frozenset({5, 25, 40, 85, 105, 110, 115, 116, 118, 120})
_SET: Final = re.compile(rb"\x1c\x02(.)(.)(.)", re.DOTALL)
_LONGEST: Final = 1 << 15


def in_iptc(content: bytes, found: Metadata) -> None:
    """Note what the data sets of record 2 say of people."""
    for match in _SET.finditer(content):
        number = match[1][0]
        length = match[2][0] << 8 | match[3][0]
        if length >= _LONGEST or number not in _AUTHORS | _TEXTS:
            continue
        text = _decoded(content[match.end() : match.end() + length])
        if number in _AUTHORS:
            found.author(PLACE, text)
        else:
            found.text(PLACE, text)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
