"""Patterns that RE2 reads as Python does: a text that RE2 finds to follow one follows it in Python too.

Whatever reads differently in the two, or is known to one alone, is left to the library: look-around, back references,
inline flags, classes of Unicode that are negated, escapes that are no sign.
"""

import re
from collections.abc import Mapping
from typing import Final

_SIGN: Final = r"\\[!-/:-@\[-`{-~]"  # an escaped sign of ASCII stands for itself in both
_LETTER: Final = r"\\u(?!00[0-7])(?!d[89a-f])[0-9A-Fa-f]{4}"  # none of ASCII, no surrogate
_KIND: Final = r"\\[dws]"  # narrower in RE2, which knows those of ASCII only
_PLAIN: Final = r"[^\\\[\](){}*+?.|^$\x00]"
_MEMBER: Final = rf"(?:{_SIGN}|{_LETTER}|[^\\\[\]^&|~\x00])"
_TOKEN: Final = re.compile(
    rf"(?P<copied>{_PLAIN}|{_SIGN}|{_KIND}|\((?!\?)|\(\?:|\)|\||\^|\$)"
    rf"|(?P<letter>{_LETTER})"
    r"|(?P<any>\.)"
    r"|(?P<times>(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??(?![*+?{]))"
    rf"|(?P<members>\[\^{_MEMBER}+\]|\[(?:{_MEMBER}|{_KIND})+\])"
)
_DOUBLED: Final = re.compile(r"--|&&|\|\||~~")
_LONGEST: Final = 500


def read_alike(pattern: str) -> str | None:
    """Return the pattern for RE2, to be matched against the whole text; none where the two might not agree.

    The library searches `^PATTERN$` from the first letter on: what follows the whole pattern is found by it, also where
    an alternative at its end or its beginning escapes `^` or `$`.
    """
    if len(pattern) > _LONGEST:
        return None
    told, place = [], 0
    while place < len(pattern):
        token = _TOKEN.match(pattern, place)
        if token is None:
            return None
        told.append(_told(token.groupdict()))
        place = token.end()
    return None if None in told or not _compiles(pattern) else "".join(part for part in told if part)


def _told(token: Mapping[str, str | None]) -> str | None:
    """Return a part as RE2 takes it."""
    if token["any"]:
        return r"[^\n]"
    if members := token["members"]:
        return None if _DOUBLED.search(members) else _with_letters(members)
    return _with_letters(token["copied"] or token["letter"] or token["times"] or "")


def _with_letters(part: str) -> str:
    """Return a part with its letters written by number written out."""
    if part.startswith(("[", r"\u")):
        return re.sub(r"(?<!\\)((?:\\\\)*)\\u([0-9A-Fa-f]{4})", lambda found: found[1] + chr(int(found[2], 16)), part)
    return part


def _compiles(pattern: str) -> bool:
    try:
        re.compile(f"^{pattern}$")
    except (re.error, OverflowError, RecursionError):
        return False
    return True
