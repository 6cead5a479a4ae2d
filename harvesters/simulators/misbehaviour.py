"""Systems that misbehave on demand: which ones and how, as a file says, which may be written while they run.

A line of the file is an order, `SYSTEM=WORD,WORD`. A system is the first part of its address (`ocpi`, `mobilite`),
`lamps` are those on the broker, `depot` is the file drop, `notifications` what context brokers tell, `all` is every
one. Each answer, message, file or notification takes the next word; the damage is drawn from the seed and the number
of the turn, so that the same orders give the same damage.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

import numpy as np
import structlog

from harvesters.simulators.seeds import generator

FILE: Final = "misbehave"
"""Name of the orders' file, in the systems' home."""
ALL: Final = "all"
LAMPS: Final = "lamps"
DROP: Final = "depot"
NOTIFICATIONS: Final = "notifications"
APART: Final = frozenset({ALL, LAMPS, DROP, NOTIFICATIONS})
"""Names of systems that are no part of an address."""
DAMAGE: Final = b"\xff" * 32 + b"\0" * 4
"""No text in UTF-8, no text at all, no number of protobuf, and no checksum survives it."""

_log = structlog.get_logger()


class Misbehaviour(Enum):
    """How a system misbehaves, by the word that orders it."""

    LATE = "late"
    DUPLICATE = "duplicate"
    MALFORMED = "malformed"
    SLOW = "slow"
    RATE_LIMITED = "rate-limited"
    REDIRECTED = "redirected"
    HUGE = "huge"
    TRUNCATED = "truncated"


Ordered = Mapping[str, tuple[Misbehaviour, ...]]


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer or message that must misbehave: how, the how-manieth of its system, and its own draws."""

    kind: Misbehaviour
    number: int
    draws: np.random.Generator


@dataclass(slots=True)
class Orders:
    """The orders in force: those of the file, as it stands now. No file, no misbehaviour."""

    file: Path
    seed: int
    _written: tuple[int, int] | None = None
    """When the file was written, and which it is: two may come within one tick of the disk's clock."""
    _ordered: Ordered = field(default_factory=dict)
    _turns: dict[str, int] = field(default_factory=dict)

    def next_turn(self, system: str) -> Turn | None:
        """Return how the system's next answer misbehaves; None if it does not. A new order begins at its first turn."""
        self._read_again()
        kinds = self._ordered.get(system) or self._ordered.get(ALL)
        if not kinds:
            return None
        number = self._turns.get(system, 0)
        self._turns[system] = number + 1
        return Turn(kinds[number % len(kinds)], number, generator(self.seed, "misbehaviour", system, number))

    def _read_again(self) -> None:
        try:
            stands = self.file.stat()
            written = (stands.st_mtime_ns, stands.st_ino)
        except FileNotFoundError:
            written = None
        if written == self._written:
            return
        self._written, self._ordered, self._turns = written, {}, {}
        if written is None:
            return
        try:
            self._ordered = read_orders(self.file.read_text("utf-8").splitlines())
        except ValueError as error:
            _log.warning("misbehaviour.not_understood", why=str(error))
        else:
            _log.info("misbehaviour.ordered", systems=sorted(self._ordered))


def write_orders(file: Path, orders: Iterable[str]) -> None:
    """Order so, at once; refuse (`ValueError`) what is no order. None at all: every system behaves."""
    lines = [*orders]
    read_orders(lines)
    unfinished = file.with_name(f".{file.name}")
    unfinished.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    unfinished.replace(file)


def read_orders(lines: Iterable[str]) -> Ordered:
    """Return the orders of some lines; refuse (`ValueError`) a word that is none."""
    return dict(_order(line) for line in lines if line.strip())


def _order(line: str) -> tuple[str, tuple[Misbehaviour, ...]]:
    system, sign, words = (part.strip() for part in line.partition("="))
    known = {kind.value: kind for kind in Misbehaviour}
    said = [word.strip() for word in words.split(",")]
    if not system or not sign or not all(word in known for word in said):
        message = f"an order is SYSTEM=WORD,WORD with the words {', '.join(known)}: not {line!r}"
        raise ValueError(message)
    return system, tuple(known[word] for word in said)


def system_of(path: str) -> str:
    """Return the system that an address belongs to: its first part, without an ending."""
    return path.lstrip("/").partition("/")[0].partition(".")[0]


def damaged(content: bytes, draws: np.random.Generator) -> bytes:
    """Return the bytes with a wound in the middle half: same length where they are long enough."""
    at = int(draws.integers(len(content) // 4, max(len(content) * 3 // 4, len(content) // 4 + 1)))
    return content[:at] + DAMAGE + content[at + len(DAMAGE) :]


def cut(content: bytes, draws: np.random.Generator) -> bytes:
    """Return the beginning of some bytes: a quarter at least, never all."""
    return content[: int(draws.integers(len(content) // 4, max(len(content), 1)))]


def repeated(content: bytes) -> Iterator[bytes]:
    """Yield some bytes again and again, by the megabyte, for ever."""
    block = content * max(1, (1 << 20) // max(len(content), 1))
    while True:
        yield block
