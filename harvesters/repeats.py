"""Rows that came before: known by the key that the declaration names (`cle`), never by a stored list of identifiers.

A key is compared as a digest in memory. Increments are compared with the partitions that could hold the same rows:
those received since the earliest instant in the new ones (two hours early, for clocks that differ), or all of them
where the key has no instant. Of a state that came page by page, while it went on changing, the later row of a key is
the one that holds.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import repeat
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from eclor.errors import PayloadRefused, Place
from harvesters.intake import RawColumn
from harvesters.parsing import Shape
from harvesters.source import key_columns
from harvesters.span import Span

_MARGIN: Final = timedelta(hours=2)
_DIGEST_SIZE: Final = 16
_NEVER: Final = -(2**63)


@dataclass(slots=True)
class KeyWatch:
    """Watches the keys of one delivery. With no key it sees nothing."""

    key: tuple[str, ...]
    instant: str | None
    """The first date-heure column of the key, as long as every row has one."""
    modified: str | None
    """The column that tells the later of two rows (`instant`); None: the one that came later."""
    seen: set[bytes] = field(default_factory=set)
    newest: dict[bytes, int] = field(default_factory=dict)
    """Of each key of a state, when its latest row was modified, in microseconds."""
    ties: Counter[bytes] = field(default_factory=Counter)
    """How many more rows of a key that are taken say that same instant; one less than none."""
    gone: set[bytes] = field(default_factory=set)
    """The keys whose latest row is not taken: none of theirs is to be held."""
    span: Span | None = None
    """Of the instants so far; None where the key has none, or a row has none."""
    twice: int = 0

    @classmethod
    def over(cls, options: Mapping[str, str], columns: Sequence[RawColumn]) -> "KeyWatch":
        """Return the watch of a flow."""
        key = key_columns(options)
        instants = [column.name for column in columns if column.name in key and column.type == "date-heure"]
        return cls(key, instants[0] if instants else None, options.get("instant"))

    def first_only(self, table: pa.Table) -> pa.Table:
        """Return the rows whose key was not seen in this delivery, and remember theirs."""
        if not self.key or table.num_rows == 0:
            return table
        self._note_instants(table)
        fresh = []
        for digest in self.digests(table):
            fresh.append(digest not in self.seen)
            self.seen.add(digest)
        self.twice += len(fresh) - sum(fresh)
        return table if all(fresh) else table.filter(pa.array(fresh))

    def note_all(self, table: pa.Table, *, left_out: Iterable[bool]) -> None:
        """Remember of each key which row is the latest, and whether it is left out: `newest_only` leaves that one."""
        if not self.key:
            return
        for (digest, modified), is_out in zip(self._modified(table), left_out, strict=True):
            former = self.newest.get(digest)
            self.twice += former is not None
            if former is not None and modified < former:
                continue
            if former is None or modified > former:
                self.newest[digest] = modified
                del self.ties[digest]
                if is_out:
                    self.ties[digest] = -1
            elif not is_out:
                self.ties[digest] += 1
            (self.gone.add if is_out else self.gone.discard)(digest)

    def newest_only(self, table: pa.Table) -> pa.Table:
        """Return of each key the latest row, of several the last; takes what was taken, in the same order."""
        kept = []
        for digest, modified in self._modified(table):
            is_newest = modified == self.newest[digest]
            kept.append(is_newest and not self.ties[digest] and digest not in self.gone)
            self.ties[digest] -= is_newest
        return table.filter(pa.array(kept, pa.bool_()))

    def _modified(self, table: pa.Table) -> Iterator[tuple[bytes, int]]:
        """Yield of each row the digest of its key and when it was modified: a row that does not say is the oldest."""
        instants = repeat(0) if self.modified is None else table[self.modified].cast(pa.int64()).to_pylist()
        for digest, instant in zip(self.digests(table), instants, strict=False):
            yield digest, _NEVER if instant is None else instant

    def _note_instants(self, table: pa.Table) -> None:
        if self.instant is None:
            return
        if table[self.instant].null_count:
            self.instant = self.span = None
            return
        ends = pc.min_max(table[self.instant]).as_py()
        first, last = ends["min"], ends["max"]
        former = self.span or Span(self.instant, first, last)
        self.span = Span(self.instant, min(former.first, first), max(former.last, last))

    @property
    def received_since(self) -> datetime | None:
        """Return since when a partition must have been received to hold one of these rows; None: any may."""
        return None if self.span is None else self.span.first.replace(tzinfo=UTC) - _MARGIN

    def repeated_in(self, tables: Iterator[pa.Table]) -> set[bytes]:
        """Return which keys of this delivery stand in those tables."""
        return {digest for table in tables for digest in self.digests(table) if digest in self.seen}

    def without(self, table: pa.Table, repeated: set[bytes]) -> pa.Table:
        """Return the rows whose key is not among the repeated ones."""
        return table.filter(pa.array([digest not in repeated for digest in self.digests(table)], pa.bool_()))

    def digests(self, table: pa.Table) -> Iterator[bytes]:
        """Yield the digest of each row's key."""
        columns = [_comparable(table[name]) for name in self.key]
        for values in zip(*columns, strict=True):
            yield hashlib.blake2b(repr(values).encode(), digest_size=_DIGEST_SIZE).digest()


def _comparable(column: pa.ChunkedArray) -> list[object]:
    values: list[object] = (column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column).to_pylist()
    return values


def refuse_twice(watch: KeyWatch, *, shape: Shape, name: str) -> None:
    """Refuse (`PayloadRefused`) a table that holds a key twice; a message that comes twice is only counted."""
    if watch.twice and shape is Shape.TABLE:
        raise PayloadRefused("intake.key-twice", place=Place(name), count=watch.twice, key=", ".join(watch.key))
