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
from typing import Final, TypeAlias, TypeGuard

import numpy as np
from orjson import dumps

from api.folding import fold
from api.makings import Making, Makings
from api.rows import And, Condition, Expression, Not, Operator, Or, Within
from catalog.beside import Order
from catalog.catalogue import copies_folder
from catalog.letters import sought
from catalog.rows_index import SCANNED
from catalog.views import VersionView
from catalog.words_index import NAME, SHORT, Marks, Places, once, run_of, unpacked

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
Rows: TypeAlias = Places | Marks
_NOWHERE: Final[Places] = np.zeros(0, np.uint32)
_PIECES: Final = "SELECT piece, many, rows FROM pieces WHERE id IN (SELECT value FROM json_each(?))"
_RUNS: Final = "SELECT pieces FROM runs WHERE place = ? AND run IN (SELECT value FROM json_each(?))"
_NUMBER: Final = "SELECT many, rows FROM numbers WHERE place = ? AND n = ?"


@dataclass(frozen=True, slots=True)
class Found:
    """Rows where a part of a question holds, by their place from 0 or by a mark each; and the other parts."""

    rows: Rows
    rest: tuple[Expression, ...]

    @property
    def count(self) -> int:
        """Return how many they are."""
        return int(np.count_nonzero(self.rows)) if _is_marks(self.rows) else len(self.rows)

    def places(self, first: int, most: int) -> list[int]:
        """Return the places of so many of them at most, in order, from a place on."""
        if not _is_marks(self.rows):
            start = int(self.rows.searchsorted(first))
            return [*map(int, self.rows[start : start + most])]
        width = max(_SOME, most)
        while len(held := np.flatnonzero(self.rows[first : first + width])) < most and first + width < len(self.rows):
            width *= 4
        return [*map(int, held[:most] + first)]


@dataclass(slots=True)
class _Index:
    until: float
    connection: sqlite3.Connection
    columns: dict[str, tuple[int, int]]
    turn: Lock = field(default_factory=Lock)
    last: tuple[tuple[Expression, ...], Found | None] = ((), None)

    def close(self) -> None:
        """Close it once nobody reads it: `sqlite3` ends the process where a connection goes under a question."""
        with self.turn:
            self.connection.close()


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
                self._open.popitem()[1].close()

    def _path(self, version: VersionView) -> Path:
        return copies_folder(self._published, version.dataset, version.number) / NAME

    def _held(self, version: VersionView) -> _Index:
        now = self._ticks()
        old: list[_Index] = []
        with self._opening:
            while self._open and (next(iter(self._open.values())).until <= now or len(self._open) > _OPEN_FILES):
                old.append(self._open.popitem(last=False)[1])
            if version.id not in self._open:
                self._open[version.id] = _opened(self._path(version), now + _OPEN_S)
            held = self._open[version.id]
        for index in old:  # outside, or a long question of one index would hold up every other
            index.close()
        return held


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
    found: list[Rows] = []
    rest: list[Expression] = []
    for part in _flat(asked):
        held = _where(index, part) if _has_words(part) else None
        if held is None:
            rest.append(part)
        else:
            found.append(held)
    return Found(reduce(_both, sorted(found, key=len)), tuple(rest)) if found else None


def _flat(parts: Sequence[Expression]) -> Iterator[Expression]:
    for part in parts:
        if isinstance(part, And):
            yield from _flat(part.parts)
        else:
            yield part


def _where(index: _Index, expression: Expression) -> Rows | None:
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


def _standing(index: _Index, condition: Condition) -> Rows | None:
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


def _pieces(index: _Index, column: tuple[int, int], word: bytes) -> Rows | None:
    """Return where the pieces stand that hold a word."""
    place, rows = column
    width = min(len(word), SHORT + 1)
    if width < SHORT:
        return None
    runs = {run_of(word[first : first + width]) for first in range(len(word) - width + 1)}
    kept = index.connection.execute(_RUNS, (place, dumps([*runs]).decode())).fetchall()
    if len(kept) < len(runs):
        return _NOWHERE
    few = reduce(_both, sorted((np.frombuffer(pieces, "<u4") for (pieces,) in kept), key=len))
    if len(few) > _MOST_PIECES:
        return None
    told = index.connection.execute(_PIECES, (dumps(few.tolist()).decode(),))
    return _either([unpacked(held, many, rows) for piece, many, held in told if word in piece])


def _is_marks(rows: Rows) -> TypeGuard[Marks]:
    return rows.dtype == np.bool_


def _is_places(rows: Rows) -> TypeGuard[Places]:
    return not _is_marks(rows)


def _either(several: Sequence[Rows]) -> Rows:
    """Return what stands in one of them at least."""
    places = [one for one in several if not _is_marks(one) and len(one)]
    marks = [one for one in several if _is_marks(one)]
    if not marks:
        return once(np.concatenate(places)) if len(places) > 1 else (*places, _NOWHERE)[0]
    marked = reduce(np.logical_or, marks)
    if not places:
        return marked
    marked = marked.copy()
    for one in places:
        marked[one] = True
    return marked


def _both(few: Rows, many: Rows) -> Rows:
    """Return what stands in both; of places, the first are the fewer."""
    if _is_marks(few):
        few, many = many, few
    if not _is_places(few):
        return few & many
    if _is_marks(many):
        return _kept(few, many[few])
    if not len(few) or not len(many):
        return _NOWHERE
    if len(few) > _SOME:
        marked = np.zeros(int(max(few[-1], many[-1])) + 1, np.bool_)
        marked[many] = True
        return _kept(few, marked.take(few))
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return _kept(few, np.equal(many[at], few))


def _kept(places: Places, marks: Marks) -> Places:
    kept: Places = np.compress(marks, places)
    return kept
