"""A calendar as booking software and agendas write it (RFC 5545): its properties' text, folded lines."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

_LINE: Final = 75
"""Octets of a line, its end left out (RFC 5545, section 3.1)."""
_END: Final = "\r\n"


def calendar(product: str, lines: Iterable[str]) -> bytes:
    """Return a calendar of these components' lines, unfolded, in UTF-8."""
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{product}", *lines, "END:VCALENDAR"]
    return "".join(_folded(line) for line in whole).encode()


def utc(instant: datetime) -> str:
    """Write an instant as a calendar does, in UTC."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return the text of a property (RFC 5545, section 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text


def _folded(line: str) -> str:
    """Return a line, its ends of line included, folded after so many octets and never within a letter."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += octets
    return _END.join(pieces) + _END
