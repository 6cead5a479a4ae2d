"""What a character and a plain scalar of the language may be (LANGUAGE.md section 2): pure rules over text."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,9}")
_NUMBER_LIKE: Final = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+"
    r"|[0-9][0-9_]*(?:[.,][0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|[.,][0-9][0-9_]*(?:[eE][-+]?[0-9]+)?"
    r"|[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?)"
)
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
_SWITCHES: Final = frozenset(
    {"true", "false", "yes", "no", "on", "off", "null", "~", "y", "n", "vrai", "faux"}
    | {".nan", ".inf", "-.inf", "+.inf"}
)
_BLOCK_STYLES: Final = ("|", ">")
_SHOWN: Final = 60
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})


def is_unseen(character: str) -> bool:
    """Tell whether a character is a control (tab included), a format, a private or an unassigned one."""
    return unicodedata.category(character) in _UNSEEN


def unseen(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of the first occurrence of each refused character; LF is not one."""
    for character in sorted(character for character in set(text) - {"\n"} if is_unseen(character)):
        yield text.index(character), character


def integer(plain: str) -> int | None:
    """Return the integer that a plain scalar writes, or none if it is text."""
    return int(plain) if _INTEGER.fullmatch(plain) else None


def fault_of_value(text: str, style: str) -> str:
    """Return the code that refuses a value, or "" where it stands; `style` is YAML's, "" for a plain scalar."""
    if style:
        return "L113" if style in _BLOCK_STYLES and not text.strip() else ""
    if not text:
        return "L113"
    if text.lower() in _SWITCHES:
        return "L114"
    if _NUMBER_LIKE.fullmatch(text) and not _INTEGER.fullmatch(text):
        return "L115"
    return ""


def fault_of_key(key: str, style: str) -> str:
    """Return the code that refuses a key, or "" where it stands; that it stands once is seen by the reader."""
    if not style and key == "<<":
        return "L107"
    if not key or (not style and integer(key) is not None):
        return "L116"
    return fault_of_value(key, style) or ("L117" if odd_character(key) else "")


def odd_character(key: str) -> str:
    """Return the first character that keeps a key from matching ``[a-z][a-z0-9_]*``, or "" if it matches."""
    well_made = _KEY.match(key)
    end = well_made.end() if well_made else 0
    return key[end : end + 1]


def is_normal(text: str) -> bool:
    """Tell whether a text is in Unicode's form NFC."""
    return unicodedata.is_normalized("NFC", text)


def shown(text: str) -> str:
    """Return what a message may quote of a text: one line, at most sixty characters, nothing invisible."""
    seen = "".join(f"U+{ord(letter):04X}" if is_unseen(letter) else letter for letter in text[: _SHOWN + 1])
    return seen if len(text) <= _SHOWN else f"{seen[:_SHOWN]}…"
