"""Refusals of reading (L) in the wording that fits: what a character, a value, a key or the bytes of a file are not."""

import re
from typing import Final

from charter.respelt import plain
from charter.scalars import integer, odd_character, shown
from eclor.errors import Place, PolicyRefused
from eclor.sentences.variants import variant

_YES: Final = frozenset({"true", "yes", "on", "y", "vrai"})
_NO: Final = frozenset({"false", "no", "off", "n", "faux"})
OFFICE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""How a file of an office suite begins: a zip (DOCX, XLSX, ODT), a compound file (DOC, XLS), RTF."""

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_GLUED: Final = re.compile(r"([a-z][a-z0-9_]*):([\u00a0\u2007\u2009\u202f]*)(\S.*)")
_DASHED: Final = re.compile(r"[\u2010-\u2015\u2212\u2022]\s*(\{?[a-z].*)")
"""A dash or a bullet of typography where the mark of a list, “-”, was meant."""


def unread(code: str, wording: str, place: Place, /, **facts: object) -> PolicyRefused:
    """Return the refusal of a code that has several wordings."""
    return PolicyRefused(code, place=place, **variant(code, wording, **facts))


def of_bytes(payload: bytes, place: Place) -> PolicyRefused:
    """Return the refusal (L103) of bytes that are not UTF-8 from a place on."""
    wording = "office" if payload.startswith(OFFICE) else "utf-16" if payload.startswith(_UTF_16) else "other"
    return unread("L103", wording, place)


def of_character(character: str, place: Place) -> PolicyRefused:
    """Return the refusal (L104) of a character that no file may hold."""
    return unread("L104", "tab" if character == "\t" else "other", place, point=f"U+{ord(character):04X}")


def of_value(code: str, text: str, place: Place) -> PolicyRefused:
    """Return the refusal of a plain value, by the code that `charter.scalars` gives it."""
    if code != "L114":
        return PolicyRefused(code, place=place, text=shown(text))
    word = text.lower()
    return unread(code, "oui" if word in _YES else "non" if word in _NO else "nothing", place, text=shown(text))


def of_key(code: str, key: str, place: Place, *, after_comma: bool = False) -> PolicyRefused:
    """Return the refusal of a key, by the code of `charter.scalars`; `after_comma`: within braces, not the first."""
    if code == "L116":
        return unread(code, "other" if integer(key) is None else "number", place, text=shown(key))
    if code != "L117":
        return of_value(code, key, place)
    if glued := _GLUED.fullmatch(key):
        near = shown(f"{glued[1]}: {glued[3]}")
        return unread(code, "unbroken" if glued[2] else "space", place, text=shown(key), near=near)
    if dashed := _DASHED.fullmatch(key):
        return unread(code, "dash", place, text=shown(key), near=shown(f"- {dashed[1]}"))
    if after_comma and " " in key:
        return unread(code, "comma", place, text=shown(key))
    near = "_".join(re.findall(r"[^\W_]+", plain(key)))
    odd = odd_character(key)
    facts = {"text": shown(key), "odd": shown(odd), "point": f"U+{ord(odd):04X}", "near": near}
    return unread(code, "near" if near and not odd_character(near) else "other", place, **facts)
