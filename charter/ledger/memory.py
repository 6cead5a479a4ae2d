"""What a run remembers of all that was published before: its own dataset's versions and those of its sisters."""

from dataclasses import dataclass
from typing import Protocol

from charter.ledger.records import Kept, PastPeriod, PastVersion


class SealedHalves(Protocol):
    """Gives back what was kept of a period, as long as it lives (`charter.ledger.store`)."""

    def kept(self, version: PastVersion, period: PastPeriod, *, group: str) -> Kept | None:
        """Return the sealed half of a period; none where it is destroyed, due, or could not be compared any more."""
        ...

    def lives(self, version: PastVersion, period: PastPeriod, *, group: str) -> bool:
        """Tell whether `kept` may give something, at the cost of a look."""
        ...


@dataclass(frozen=True, slots=True)
class Memory:
    """The versions that count, of the dataset and of those it is compared with, oldest first.

    `revises` says whether published periods may change in this run: a release is due, or was asked for. `gone` are the
    numbers of the dataset's own versions that may not be served again: all are compared with, none is carried on.
    """

    halves: SealedHalves
    versions: tuple[PastVersion, ...]
    revises: bool
    gone: frozenset[int] = frozenset()
