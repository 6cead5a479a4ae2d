"""A cell's text as a reader sees it, and what it hides: one form of each character, and codes undone.

What is undone: full-width and other scripts' digits, letters of other alphabets that look like ours, characters of no
width, pictures and wide gaps within a number, percent and HTML and JSON escapes, base64, values apart in JSON or a
query, "(at)" or "arobase" for "@", the letter O for a zero of a telephone.
"""

import base64
import binascii
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_plus

LETTER: Final = "A-Za-zÀ-ÖØ-öø-ÿŒœŸ"
"""Of a class of characters: the letters that need no undoing."""
ODD: Final = rf"[^\t\n\r -~{LETTER}]"
"""RE2: a character that may be another than it seems. A text without one is its own plain form."""
ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|&#?[0-9A-Za-z]{2,8};|[?&][^\s=&]+=[^\s=&+]+\+[0-9A-Za-z]"
"""RE2: also the spaces of a query ("?tel=06+12+34+56+78")."""
GAPPED: Final = r"[0-9](?:  +|[ ]*[\t\n\r]\s*)[0-9A-Za-z]|[A-Za-z](?:  +|[ ]*[\t\n\r]\s*)[0-9]"
"""RE2: what stands before or after a digit, past a line's end, a tab or more spaces than one."""
_SAID_AT: Final = r"[\[({<]\s*(?:at?|arr?obase?|@)\s*[\])}>]|\barr?obase?\b|(?-i:\bAT\b)|(?<=\s)@(?=\s)"
AT: Final = r"(?i)[\[({<]\s*(?:at?|arr?obase?|@)\s*[\])}>]|\barr?obase?\b|(?-i:\bAT\b)|\s@\s"
OH: Final = r"(?:^|[^0-9A-Za-z])(?:[Oo][1-9]|0[1-9])(?:[ ./-]?[0-9Oo]{2}){4}"
"""RE2: a telephone, of which some zeros may be letters."""
RUN: Final = r"[A-Za-z0-9+/_-]{12}"
BOTH_CASES: Final = "[a-z][^a-zA-Z]*[A-Z]|[A-Z][^a-zA-Z]*[a-z]"
"""RE2: with `RUN`, what a text in base64 has."""
BRACED: Final = r"^\s*[{\[]"
"""RE2: a text in JSON, whose values are read apart."""
SLUG: Final = "[a-z0-9]-[a-z]{2,}-[a-z0-9]"
JOINED: Final = rf"[{LETTER}][_+.=|/\\&:]+[{LETTER}]|{SLUG}"
"""RE2: words with marks between them, or three with hyphens in small letters, which are read apart too."""
CODED: Final = r"(?:^|[^A-Za-z0-9+/_-])[A-Za-fw-z0-9][A-Za-z0-9+/_-]{11}"
"""RE2: a run that may be base64; with another first letter it begins with a byte that begins no character."""

_ODD: Final = re.compile(ODD)
_ESCAPED: Final = re.compile(ESCAPED)
_GAPPED: Final = re.compile(GAPPED)
_GAP: Final = re.compile(r"\s+")
_WITHIN: Final = re.compile(r"(?<=[\w ])[^\w\s]+(?=\s?\w)")
_PICTURES: Final = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+")
_AT: Final = re.compile(rf"(?<!\s)\s*(?:{_SAID_AT})\s*", re.IGNORECASE)
_OH: Final = re.compile(r"(?<![0-9A-Za-z])[0Oo][1-9](?:[ ./-]?[0-9Oo]{2}){4}(?![0-9A-Za-z])")
_DOT: Final = re.compile(r"(?<!\s)\s*[\[({<]\s*(?:dot|point|\.)\s*[\])}>]\s*", re.IGNORECASE)
_SAID_DOT: Final = re.compile(
    r"(?<!\s)\s*[\[({<]\s*(?:dot|point|\.)\s*[\])}>]\s*|(?<!\s)\s+(?:dot|point|\.)\s+", re.IGNORECASE
)
_TOKEN: Final = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_BOTH_CASES: Final = re.compile(BOTH_CASES)
_JOINED: Final = re.compile(rf"(?<=[{LETTER}])[_+.=|/\\&:]+(?=[{LETTER}])")
_SLUG: Final = re.compile(SLUG)
_HYPHEN: Final = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")
_DIGIT: Final = re.compile(r"\d")
_MAIL: Final = re.compile(r"(?<!\S)\S+@\S+")
_DEEPEST: Final = 3
WINDOW: Final = 65_536
"""Characters that are looked at together."""
_OVERLAP: Final = 512
_PRINTABLE_SHARE: Final = 0.9

_LOOK_ALIKE: Final = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХЗаеѕіјорсухԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυıɡǀ",
        "ABESIJKMHOPCTYX3aesijopcyxdhABEZHIKMNOPTYXaiknopuigl",
        strict=False,
    )
)
_QUOTES: Final = frozenset("‘’‚‛′´`ʼ＇")
_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_FIRST_PICTURE: Final = "\U0001f000"
"""From here on symbols are pictures, which part words and digits as a space does."""
_VARIATION: Final = range(0xFE00, 0xFE10)


class _Plain(dict[int, str | None]):
    """What each character becomes, learned as they come."""

    def __missing__(self, code: int) -> str | None:
        self[code] = plain = _plain_character(chr(code))
        return plain


def _plain_character(letter: str) -> str | None:
    category = unicodedata.category(letter)
    if letter in "\t\n\r":
        return letter
    if category in {"Cf", "Cc", "Cs", "Mn", "Me", "Co"} or letter in _INVISIBLE or ord(letter) in _VARIATION:
        return None
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category in {"Zs", "Zl", "Zp"} or letter == "\u2800" or (category == "So" and letter >= _FIRST_PICTURE):
        return " "
    if category == "Pd" or letter == "\u2212":
        return "-"
    return "'" if letter in _QUOTES else _LOOK_ALIKE.get(letter, letter)


_TABLE: Final = _Plain()


def plain(text: str) -> str:
    """Return a text in one form of each character, without what nobody sees."""
    if not _ODD.search(text):
        return text
    return unicodedata.normalize("NFKC", text).translate(_TABLE)


def views(text: str) -> list[str]:
    """Return the plain form of a text, then each text that it hides, as far as it hides one in another."""
    found = dict.fromkeys(map(plain, (text, _without_pictures(text))))
    fresh = list(found)
    for _ in range(_DEEPEST):
        fresh = [view for each in fresh for view in map(plain, _hidden(each)) if view not in found]
        if not fresh:
            break
        found.update(dict.fromkeys(fresh))
    return list(found)


def _without_pictures(text: str) -> str:
    """Return a text without the pictures that stand within a word or a number: elsewhere they part as a space does."""
    return _WITHIN.sub(lambda marks: _PICTURES.sub("", marks[0]), text) if _PICTURES.search(text) else text


def decodes(text: str) -> bool:
    """Tell whether a text holds base64 of a text."""
    return next(_decoded(text), None) is not None


def windows(text: str) -> list[str]:
    """Return the views of a text; those of a very long one in pieces that overlap, each bounded in length."""
    return [view for piece in pieces(text, WINDOW) for view in views(piece)]


def pieces(text: str, longest: int) -> list[str]:
    """Return a text cut in pieces of at most so many characters; each begins with the end of the one before."""
    if len(text) <= longest:
        return [text]
    return [text[start : start + longest] for start in range(0, len(text), longest - _OVERLAP)]


def _hidden(text: str) -> Iterator[str]:
    if _ESCAPED.search(text):
        yield html.unescape(unquote_plus(text, errors="replace"))
    if _GAPPED.search(text):
        yield _GAP.sub(" ", text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9A-Fa-f]{4})", _of_code, text)
    if _AT.search(text):
        marked = _AT.sub("@", text)
        yield _DOT.sub(".", marked)
        yield _SAID_DOT.sub(".", marked)
    if ("O" in text or "o" in text) and _OH.search(text):
        yield _OH.sub(lambda found: found[0].replace("O", "0").replace("o", "0"), text)
    if text.lstrip()[:1] in {"{", "["}:
        yield from _in_json(text)
    if _BOTH_CASES.search(text):
        yield from _decoded(text)
    yield from _parted(text)


def _parted(text: str) -> Iterator[str]:
    if _JOINED.search(text):
        apart = _JOINED.sub(" ", _MAIL.sub(" ", text))
        yield apart
        if "-" in text and " " not in text:
            yield apart.replace("-", " ")
    if _SLUG.search(text):
        yield _HYPHEN.sub(" ", text)


def _of_code(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return " " if 0xD800 <= code < 0xE000 else chr(code)  # noqa: PLR2004 - halves of pairs are no characters


def _decoded(text: str) -> Iterator[str]:
    return filter(None, map(_clear, _TOKEN.findall(text)))


@lru_cache(maxsize=8_192)
def _clear(token: str) -> str:
    """Return the text of which a token is the base64, "" of any other: long words come back."""
    bare = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        held = base64.b64decode(bare + "=" * (-len(bare) % 4))
        clear = held.decode("utf-16-le" if _is_wide(held) else "utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return clear if sum(map(str.isprintable, clear)) >= _PRINTABLE_SHARE * len(clear) else ""


def _is_wide(held: bytes) -> bool:
    """Tell whether bytes are a text in UTF-16 as Windows writes one: every second byte of Latin letters is nought."""
    return len(held) % 2 == 0 and held[1::2].count(0) * 2 > len(held) // 2


def _in_json(text: str) -> Iterator[str]:
    """Yield the words of a JSON text, joined, and its keys and values in lines; nothing if it is none."""
    try:
        lines = list(_lines("", json.loads(text)))
    except (ValueError, RecursionError):
        return
    yield " ".join(value for _, value in lines if not _DIGIT.search(value))
    yield "\n".join(f"{key} {value}" for key, value in lines)


def _lines(key: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, each in value.items():
                yield from _lines(str(name), each)
        case list():
            for each in value:
                yield from _lines(key, each)
        case _:
            yield key, str(value)
