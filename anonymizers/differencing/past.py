"""What was published before, and what is about to be: the sets behind the numbers."""

from dataclasses import dataclass
from enum import Enum

from anonymizers.cells import Booleans, CellTable, Protected, Rules
from anonymizers.differencing.membership import Memberships


class Late(Enum):
    """What becomes of rows of a period that is published already (LANGUAGE.md section 9, "Ledger")."""

    FREEZE = "freeze"
    """A published period never changes."""
    REVISE = "revise"
    """It may change, each cell by nobody or by k units."""


class Mark(Enum):
    """What a release says of one cell."""

    MASKED = "masked"
    FRESH = "fresh"
    """It shows the number of its own version."""
    KEPT = "kept"
    """It shows again the number of the last earlier version that has it fresh."""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The ledger of a release is gone: its periods are frozen.

    `overlapping` says of each cell of the table to come whether its rows could meet those of that release (its
    span of time does; every cell where nothing tells): it is masked.
    """

    overlapping: Booleans


@dataclass(frozen=True, slots=True)
class Release:
    """One period of one version of a dataset: the true numbers, what is asked of them, and who is in them.

    `cells` holds every cell of the table, margins and empty ones included, listed in the file or not. `memberships`
    holds the rows of that version, whatever is shown of them, in the **finest cells** only; the entries of margins are
    left empty, since a margin's units are those of its parts. Everything is indexed as `cells.keys`. `units` names what
    each minimum count counts: two releases are compared by the minimum counts of one name, whose sets must meet.
    """

    dataset: str
    version: str
    period: str
    cells: CellTable
    rules: Rules
    units: tuple[str, ...]
    memberships: Memberships


@dataclass(frozen=True, slots=True)
class Change:
    """What entered less what left since a version, in finest cells, from the rows entered, changed or removed alone.

    `keys` names the cells that `memberships` count; numbers are negative for what left (digests modulo 2**64).
    """

    keys: tuple[tuple[str, ...], ...]
    memberships: Memberships


@dataclass(frozen=True, slots=True)
class PastRelease:
    """A release that was published once: downloaded or not, withdrawn or not, it counts for ever.

    `marks` says what it shows of each cell, in the order of `release.cells.keys`. With `ledger` destroyed,
    `release.memberships` is empty (a tuple of none).

    `change`: what the caller knows of the rows that differ between that version and the table to come, if it is an
    earlier version of the same period; None has it worked out from the two memberships.
    """

    release: Release
    marks: tuple[Mark, ...]
    ledger: Destroyed | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A cell of a release, named for the internal report; an empty key stands for the whole release."""

    dataset: str
    version: str
    period: str
    key: tuple[str, ...]


class Rule(Enum):
    """Which part of the rule a breach breaks."""

    REVISION = "revision"
    NESTING = "nesting"
    JOINT = "joint"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Breach:
    """Two cells that say too much together, and so the new one was masked or kept. Internal: never public.

    `others` are the further published cells inside `coarser` that the difference takes away.
    """

    rule: Rule
    finer: Located
    coarser: Located
    others: tuple[Located, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What may be shown of a release next to all that was published before.

    `shown` is the table to publish: the numbers of kept cells are those of the version they are kept from, those of
    other cells the new ones. `sources[c]` is the version that a kept cell comes from, None for the others: where the
    rounding has changed since, copy that version's row. `protected.masked` says what is masked; kept cells are not.
    Store `release` (true numbers and memberships) and `marks` as the next `PastRelease`. All of these are indexed as
    `release.cells.keys`: the keys of the new table and, with zeros, those that only an earlier version of it had.
    """

    release: Release
    shown: CellTable
    protected: Protected
    marks: tuple[Mark, ...]
    sources: tuple[str | None, ...]
    breaches: tuple[Breach, ...]
    late_rows: int
    """Rows, finest cells added up, by which the period differs from its last version and that are not shown."""
