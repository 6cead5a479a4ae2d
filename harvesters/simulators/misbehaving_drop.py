"""Between the barriers' files and their folder: each file as it should be, or as the drop was ordered to give it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np

from harvesters.simulators.drop import Drop, drop_files
from harvesters.simulators.misbehaviour import DROP, Misbehaviour, Orders, cut, damaged

HUGE_BYTES: Final = 9 << 20
"""Of a last line that has no end."""


@dataclass(slots=True)
class MisbehavingDrop:
    """The file drop, behind its orders. What came wrong or not at all is put right at the next look."""

    drop: Drop
    orders: Orders
    owed: set[date] = field(default_factory=set)
    """The days whose file is wrong, or late."""

    def look(self, wanted: tuple[date, ...]) -> None:
        """Put right what is owed, then drop the files that are missing, each as ordered."""
        owed, self.owed = sorted(self.owed), set()
        for day in owed:
            self.drop.path(day).unlink(missing_ok=True)
        drop_files(self.drop, tuple(owed))
        for day in wanted:
            if not self.drop.path(day).exists():
                self._drop(day)

    def _drop(self, day: date) -> None:
        turn = self.orders.next_turn(DROP)
        spoil = _WAYS.get(turn.kind) if turn else None
        content = self.drop.write(day)
        wrong = spoil(content, turn.draws) if turn and spoil else content
        is_late = turn is not None and turn.kind is Misbehaviour.LATE
        if is_late or wrong != content:
            self.owed.add(day)
        if not is_late:
            drop_files(replace(self.drop, write=lambda _: wrong), (day,))


def _one_twice(content: bytes, _draws: np.random.Generator) -> bytes:
    """Return a file whose last line stands twice; one of a header alone as it is."""
    head, *lines = content.splitlines(keepends=True)
    return b"".join([head, *lines, *lines[-1:]])


def _huge(content: bytes, _draws: np.random.Generator) -> bytes:
    return content + b"0" * HUGE_BYTES


def _truncated(content: bytes, draws: np.random.Generator) -> bytes:
    """Return the beginning of a file, cut within a line: at the end of one nobody could tell."""
    return cut(content, draws).rstrip(b"\n")


_WAYS: Final[Mapping[Misbehaviour, Callable[[bytes, np.random.Generator], bytes]]] = MappingProxyType(
    {
        Misbehaviour.DUPLICATE: _one_twice,
        Misbehaviour.MALFORMED: damaged,
        Misbehaviour.HUGE: _huge,
        Misbehaviour.TRUNCATED: _truncated,
    }
)
"""How a file goes wrong; a folder has no other answers."""
