"""Releases counted by hand from raw rows, with who is in each cell: plain, and sharing nothing with the engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from anonymizers.cells import Rules
from anonymizers.differencing.membership import NO_UNIT, Entries, Membership, gathered
from anonymizers.differencing.past import Late, Mark, PastRelease, Release, Settled
from anonymizers.differencing.settle import settle
from tests.cell_tables import ROWS, UNITS, Key, Layout, Measure, Visit, cell_table, rules

NO_TOTALS = rules(protection=None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was delivered; `number` tells two equal ones apart."""

    number: int
    place: Mapping[str, str]
    units: tuple[str | None, ...]
    amounts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset: how it looks at rows, by which columns of theirs, under which rules."""

    dataset: str
    frame: Mapping[str, Sequence[str]]
    asked: Rules = NO_TOTALS
    margins: Sequence[Sequence[str]] = ()
    measures: Sequence[Measure] = (ROWS, UNITS)
    period: str = "2026-05"
    units: tuple[str, ...] = ("foyer",)
    only: Mapping[str, str] = field(default_factory=dict)
    tells_corrections: bool = True
    """Whether the digest of a row tells all its values, which is more than a ledger has: it tells a row's day."""

    def visits(self, rows: Iterable[Row]) -> list[Visit]:
        return [Visit(tuple(row.place[name] for name in self.frame), row.units, row.amounts) for row in self.held(rows)]

    def held(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if all(row.place[name] == label for name, label in self.only.items())]

    def release(self, rows: Sequence[Row], version: str = "v1") -> Release:
        contributors = self.asked.dominance.contributors if self.asked.dominance else 1
        layout = Layout(self.frame, self.margins, self.measures, contributors)
        cells = cell_table(self.visits(rows), layout)
        members = tuple(self.membership(rows, cells.keys, entry) for entry in range(len(self.units)))
        return Release(self.dataset, version, self.period, cells, self.asked, self.units, members)

    def membership(self, rows: Iterable[Row], keys: Sequence[Key], entry: int) -> Membership:
        place = {key: number for number, key in enumerate(keys)}
        held = self.held(rows)
        cells = [place[tuple(row.place[name] for name in self.frame)] for row in held]
        amounts = [[row.amounts[m.amount] if m.amount is not None else 1 for row in held] for m in self.measures]
        entries = Entries(
            cells=np.array(cells, dtype=np.int64),
            units=np.array([hashed(row.units[entry]) for row in held], dtype=np.uint64),
            rows=np.ones(len(held), dtype=np.int64),
            digests=np.array([self.digest(row) for row in held], dtype=np.uint64),
            amounts=tuple(np.array(amount, dtype=np.int64) for amount in amounts),
        )
        return gathered(entries, len(keys))

    def digest(self, row: Row) -> np.uint64:
        return hashed(row if self.tells_corrections else ("jour", row.place.get("jour"))) >> np.uint64(33)


def hashed(what: object) -> np.uint64:
    if what is None:
        return NO_UNIT
    return np.uint64(int.from_bytes(blake2b(repr(what).encode(), digest_size=8).digest(), "big"))


def published_as(settled: Settled) -> PastRelease:
    return PastRelease(settled.release, settled.marks)


def first(table: Table, rows: Sequence[Row], past: Sequence[PastRelease] = (), version: str = "v1") -> PastRelease:
    return published_as(settle(table.release(rows, version), past, late=Late.REVISE))


def said(settled: Settled, indicator: int = -1) -> dict[Key, int | None]:
    """Return what a reader sees of an indicator: None where masked; empty cells are left out."""
    shown = settled.shown
    values = shown.values[indicator].tolist()
    masked = settled.protected.masked.tolist()
    told = zip(shown.keys, values, masked, shown.rows.tolist(), strict=True)
    return {key: None if hidden else value for key, value, hidden, rows in told if hidden or rows}


def people(count: int, start: int = 0, /, **place: str) -> list[Row]:
    """Return one row each of `count` households."""
    return [Row(number, place, (f"h{number}",)) for number in range(start, start + count)]


def marked(release: Release, marks: Mapping[Key, Mark]) -> PastRelease:
    """Return what was published with these marks, all other cells masked: nothing asks that they be few."""
    return PastRelease(release, tuple(marks.get(key, Mark.MASKED) for key in release.cells.keys))
