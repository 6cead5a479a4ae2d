"""A column to be scanned for personal data, and the counts of what is found in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from catalog.gates.cells import TextCount
from catalog.gates.findings import Finding
from catalog.gates.pairs import PairCount
from charter.apply import ReleaseColumn

OFFICIALS: Final = "officials"
"""What may be declared of a column: it holds the names of elected officials or of authors, who are public as such."""


@dataclass(frozen=True, slots=True)
class ScannedColumn:
    """A column to be scanned, and what is known of it.

    `words` are its title and descriptions; `category` is the policy's word or ""; `closed` is true where every value
    that may stand in it is listed; `of_type` is what is published of it, where it is a release's; `declared` is what
    someone signs that it may hold (`OFFICIALS`).
    """

    name: str
    words: str = ""
    category: str = ""
    closed: bool = False
    of_type: ReleaseColumn | None = None
    declared: frozenset[str] = frozenset()


@dataclass(slots=True)
class Tally:
    """The rows of a column in which one thing was found, the first of them, and the shape of what stands there.

    `example` is empty where what was found hides in another form, or in two columns.
    """

    rows: int = 0
    texts: int = 0
    first_row: int = 0
    example: str = ""

    def add(self, seen: TextCount | PairCount) -> None:
        """Count one distinct text."""
        self.rows += seen.rows
        self.texts += 1
        self.first_row = min(self.first_row or seen.first_row, seen.first_row)


Tallies = Mapping[Finding, Tally]
