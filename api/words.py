"""Rows in which words stand, by the index of words of a version where it is there: the same that a scan finds.

It is made in the background once words are looked for; until then, and for what it does not answer (a word of one
letter, a sign that parts pieces, `not`), the rows are scanned. `Found` says what of a question is still to be asked.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

import numpy as np

from api.folding import fold
from api.makings import Making, Makings
from api.rows import And, Condition, Expression, Not, Operator, Or, Within
from catalog.catalogue import copies_folder
from catalog.letters import sought
from catalog.rows_index import SCANNED
from catalog.views import VersionView
from catalog.words_index import NAME, SHORT, Order, Places, once, run_of, unpacked

LEAST_ROWS: Final = 20_000
"""Fewer rows are looked through in a few milliseconds."""
_MOST_BYTES: Final = 200_000_000
"""Of CSV: what is longer has no index of words, for it would take more memory to make than a worker has."""
_MOST_PIECES: Final = 4_000
"""Pieces that may hold a word, for the index to answer."""
_OPEN_FILES: Final = 8
_OPEN_S: Final = 60.0
"""How long a file stays open: a withdrawn version's blocks leave the disk within that time."""
_SOME: Final = 4_096
_LARGEST: Final = 2**63 - 1
_NOWHERE: Final[Places] = np.zeros(0, np.uint32)
_PIECES: Final = "SELECT piece, many, rows FROM pieces WHERE id = ?"
_RUN: Final = "SELECT pieces FROM runs WHERE place = ? AND run = ?"
_NUMBER: Final = "SELECT many, rows FROM numbers WHERE place = ? AND n = ?"


@dataclass(frozen=True, slots=True)
class Found:
    """Rows by their place from 0, in order, where a part of a question holds; and the other parts."""

    places: Places
    rest: tuple[Expression, ...]


@dataclass(slots=True)
class _Index:
    until: float
    connection: sqlite3.Connection
    columns: dict[str, tuple[int, int]]
    turn: Lock = field(default_factory=Lock)
    last: tuple[tuple[Expression, ...], Found | None] = ((), None)


class Words:
    """The indexes of words of one worker."""

    def __init__(self, published: Path, makings: Makings, ticks: Callable[[], float] = monotonic) -> None:
        self._published = published
        self._makings = makings
        self._ticks = ticks
        self._open: OrderedDict[int, _Index] = OrderedDict()
        self._opening = Lock()

    def there(self, version: VersionView, asked: Sequence[Expression]) -> bool:
        """Say whether these are words that an index may find; make it in the background if it is not there yet."""
        if version.rows < LEAST_ROWS or not any(map(_has_words, asked)):
            return False
        if version.id in self._open or self._path(version).exists():
            return True
        csv = version.file("data.csv")
        if csv is not None and csv.size_bytes <= _MOST_BYTES:
            rows = self._published / version.folder / SCANNED
            order = Order(str(rows), str(self._path(version).parent), version.columns)
            self._makings.begin(Making("catalog.words_index", order.text()), lambda: None)
        return False

    def find(self, version: VersionView, asked: tuple[Expression, ...]) -> Found | None:
        """Return the rows that the index finds, in a thread; None if it does not answer for any of the words."""
        try:
            index = self._held(version)
            with index.turn:
                if index.last[0] != asked:
                    index.last = (asked, _found(index, asked))
                return index.last[1]
        except sqlite3.Error:
            return None

    def close(self) -> None:
        """Close what is open."""
        with self._opening:
            while self._open:
                self._open.popitem()[1].connection.close()

    def _path(self, version: VersionView) -> Path:
        return copies_folder(self._published, version.dataset, version.number) / NAME

    def _held(self, version: VersionView) -> _Index:
        now = self._ticks()
        with self._opening:
            while self._open and (next(iter(self._open.values())).until <= now or len(self._open) > _OPEN_FILES):
                self._open.popitem(last=False)[1].connection.close()
            if version.id not in self._open:
                self._open[version.id] = _opened(self._path(version), now + _OPEN_S)
            return self._open[version.id]


def _opened(path: Path, until: float) -> _Index:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    with closing(connection.execute("SELECT name, place, rows FROM columns")) as told:
        return _Index(until, connection, {name: (place, rows) for name, place, rows in told})


def _has_words(expression: Expression) -> bool:
    match expression:
        case Condition():
            return _is_word(expression)
        case And(parts) | Or(parts):
            return any(map(_has_words, parts))
        case _:
            return False


def _is_word(condition: Condition) -> bool:
    return condition.folded and condition.operator == Operator.CONTAINS


def _found(index: _Index, asked: Sequence[Expression]) -> Found | None:
    places: list[Places] = []
    rest: list[Expression] = []
    for part in _flat(asked):
        held = _where(index, part) if _has_words(part) else None
        if held is None:
            rest.append(part)
        else:
            places.append(held)
    return Found(reduce(_both, sorted(places, key=len)), tuple(rest)) if places else None


def _flat(parts: Sequence[Expression]) -> Iterator[Expression]:
    for part in parts:
        if isinstance(part, And):
            yield from _flat(part.parts)
        else:
            yield part


def _where(index: _Index, expression: Expression) -> Places | None:
    """Return where an expression holds, and not what is unknown; None if the index does not say."""
    match expression:
        case And(parts) | Or(parts):
            held = [_where(index, part) for part in parts]
            known = [one for one in held if one is not None]
            if len(known) < len(held) or (isinstance(expression, And) and not known):
                return None
            return reduce(_both, sorted(known, key=len)) if isinstance(expression, And) else _either(known)
        case Condition():
            return _standing(index, expression)
        case Not() | Within():
            return None


def _standing(index: _Index, condition: Condition) -> Places | None:
    column = index.columns.get(condition.column)
    if column is None:
        return None
    if _is_word(condition):
        word = sought(fold(str(condition.values[0])))
        return None if word is None else _pieces(index, column, word.encode())
    value = condition.values[0] if condition.operator == Operator.EQ and not condition.folded else None
    if not isinstance(value, int) or abs(value) > _LARGEST:
        return None
    kept = index.connection.execute(_NUMBER, (column[0], value)).fetchone()
    return unpacked(kept[1], kept[0], column[1]) if kept else _NOWHERE


def _pieces(index: _Index, column: tuple[int, int], word: bytes) -> Places | None:
    """Return where the pieces stand that hold a word."""
    place, rows = column
    width = min(len(word), SHORT + 1)
    if width < SHORT:
        return None
    runs = {run_of(word[first : first + width]) for first in range(len(word) - width + 1)}
    kept = [index.connection.execute(_RUN, (place, run)).fetchone() for run in runs]
    if None in kept:
        return _NOWHERE
    few = reduce(_both, sorted((np.frombuffer(pieces, "<u4") for (pieces,) in kept), key=len))
    if len(few) > _MOST_PIECES:
        return None
    told = [index.connection.execute(_PIECES, (piece,)).fetchone() for piece in few.tolist()]
    return _either([unpacked(held, many, rows) for piece, many, held in told if word in piece])


def _either(several: Sequence[Places]) -> Places:
    held = [one for one in several if len(one)]
    if len(held) < 2:  # noqa: PLR2004 - nothing to put together
        return held[0] if held else _NOWHERE
    return once(np.concatenate(held))


def _both(few: Places, many: Places) -> Places:
    """Return what stands in both, of which the first is the shorter."""
    if not len(few) or not len(many):
        return _NOWHERE
    if len(few) > _SOME:
        marked = np.zeros(int(max(few[-1], many[-1])) + 1, np.bool_)
        marked[many] = True
        return np.compress(marked[few], few)
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return np.compress(many[at] == few, few)
