"""Where a page ends, as an opaque text: it holds its dataset and version: pages of one walk never mix two of them."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from orjson import JSONDecodeError, dumps, loads

from api.row_files import Cell
from api.rows import After, Question
from api.summaries import Summary
from eclor.errors import RequestRefused

_LONGEST: Final = 4000
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """The dataset and version, the question it belongs to, and the row it stands behind."""

    dataset: str
    version: int
    question: str
    after: After

    def text(self) -> str:
        """Return its opaque form; values that are too long for it are left out, as the row's place tells them."""
        whole = self._text(self.after.values)
        return whole if len(whole) <= _LONGEST or not self.after.place else self._text(())

    def _text(self, values: tuple[Cell, ...]) -> str:
        plain = [self.dataset, self.version, self.question, [*values], self.after.place]
        if self.after.byte:
            plain.append(self.after.byte)
        return urlsafe_b64encode(dumps(plain)).decode().rstrip("=")


def read_cursor_of(dataset: str, text: str) -> Cursor:
    """Read a cursor of this dataset. Refuses (400) one of another, whose versions have the same numbers."""
    cursor = read_cursor(text)
    if cursor.dataset != dataset:
        raise RequestRefused("api.cursor-elsewhere", dataset=dataset)
    return cursor


def fingerprint(asked: Question | Summary) -> str:
    """Return what two pages of one walk share: conditions, groups and order; not the columns shown nor their size."""
    if isinstance(asked, Summary):
        return _short((asked.groups, asked.aggregates, asked.filter, asked.sorts))
    return "" if asked.by_key_alone else _short((asked.filter, asked.sorts))


def _short(what: object) -> str:
    return sha256(repr(what).encode()).hexdigest()[:12]


@lru_cache(maxsize=64)
def read_cursor(text: str) -> Cursor:
    """Read a cursor's text. Refuses (400) anything that this server would not have written."""
    try:
        if len(text) > _LONGEST:
            raise RequestRefused("api.bad-cursor")
        plain = loads(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except (UnicodeEncodeError, binascii.Error, JSONDecodeError, ValueError) as error:
        raise RequestRefused("api.bad-cursor") from error
    return _checked(plain)


def _checked(plain: object) -> Cursor:
    match plain:
        case [str(dataset), int(version), str(question), list(values), int(place)]:
            byte = 0
        case [str(dataset), int(version), str(question), list(values), int(place), int(byte)]:
            pass
        case _:
            raise RequestRefused("api.bad-cursor")
    if not (0 < version <= _LARGEST and _is_place(place) and _is_place(byte) and all(map(_is_cell, values))):
        raise RequestRefused("api.bad-cursor")
    return Cursor(dataset, version, question, After(tuple(values), place, byte))


def _is_place(number: int) -> bool:
    return 0 <= number <= _LARGEST


def _is_cell(value: object) -> bool:
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) <= _LARGEST
    return value is None or isinstance(value, str | float)


def check(cursor: Cursor, asked: Question | Summary) -> After:
    """Return where the next page begins, without values where these were left out.

    Refuses (400) a cursor of another question.
    """
    keys = asked.keys if isinstance(asked, Summary) else asked.sorts
    after = cursor.after
    left_out = isinstance(asked, Question) and after.place > 0 and not after.values
    if cursor.question != fingerprint(asked) or not (len(after.values) == len(keys) or left_out):
        raise RequestRefused("api.bad-cursor")
    return after
