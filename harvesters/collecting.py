"""Rows in, typed batches out: only what the admission lets in, exactly typed, everything else counted by reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import pyarrow as pa
import structlog

from eclor.errors import PayloadRefused, Place
from eclor.sentences.written import WRITTEN, WRONG_ROWS, rows_told
from eclor.world import Clock
from harvesters.admission import Admission, Verdict, missing_column
from harvesters.admitted_columns import chosen_rows, taken, texts_at
from harvesters.boxes import Where
from harvesters.intake import MOST_NAMED, IntakeCounts
from harvesters.layout import Layout, Steps, found_at, layout_of
from harvesters.parsing import Columns, RefusedRow, Row
from harvesters.sayable import sayable
from harvesters.scrutiny import Met, Scrutiny
from harvesters.source import MappedColumn
from harvesters.storage_types import typed_cells
from harvesters.typed_columns import TypedColumn, to_come, typed_column, typed_texts
from harvesters.units import UNITS
from harvesters.written import CENTURY

BATCH_ROWS: Final = 8_192
BATCH_BYTES: Final = 4 * 1024 * 1024
"""Of the delivery, between two batches: rows of a megabyte must not wait by the thousand."""
_MOST_JUDGED: Final = 100_000
"""Members of the layouts whose verdicts are kept: payloads whose every row has its own must not fill the memory."""

log = structlog.get_logger()


@dataclass(slots=True)
class Collector:
    """Collects the rows of one delivery, or of one stream. Holds one batch."""

    admission: Admission
    clock: Clock
    """Tells what is to come, for columns that cannot be."""
    scrutiny: Scrutiny | None = None
    """What a file that somebody hands in is held to besides."""
    _cells: list[list[object]] = field(init=False)
    _listed: list[tuple[MappedColumn, list[object], frozenset[str]]] = field(init=False)
    """The columns that have a code list, the cells that wait of each, the list."""
    _numbers: list[int] = field(default_factory=list)
    """Of each row that waits, its number in the delivery."""
    _verdicts: dict[Layout, Verdict] = field(default_factory=dict)
    _members: int = 0
    """Of the layouts judged."""
    _unmapped: set[str] = field(default_factory=set)
    _reasons: dict[str, Met] = field(default_factory=dict)
    """Why rows were refused, « code: column », and which."""
    _unread: dict[str, RefusedRow] = field(default_factory=dict)
    """Of each reason that is a parser's, the first refusal."""
    rows: int = 0
    left_out: int = 0
    quarantined: int = 0
    repeated: int = 0
    hidden: dict[str, set[str]] = field(default_factory=dict)
    """Who stands in rows that a selection leaves out and withdraws, by the column that names them, as it is stored."""

    def __post_init__(self) -> None:
        self._new_cells()

    def _new_cells(self) -> None:
        stored = self.admission.stored
        self._cells = [[] for _ in stored]
        listed = zip(stored, self._cells, strict=True)
        self._listed = [(column, cells, column.empties.union(column.codes)) for column, cells in listed if column.codes]

    @property
    def pending(self) -> int:
        """Return how many rows wait to be typed."""
        return len(self._numbers)

    def take(self, row: Row) -> None:
        """Take one row; refuse (`PayloadRefused`) what stops the delivery, count what costs only the row."""
        self.rows += 1
        verdict = self._judged(layout_of(row))
        if not self._selected(row, verdict):
            self.left_out += 1
            return
        if verdict.missing:
            self._count(f"intake.missing-column: {verdict.missing[0].name}", self.rows)
            return
        self._check_units(row, verdict)
        self._numbers.append(self.rows)
        for cells, ways in zip(self._cells, verdict.steps, strict=True):
            cells.append(found_at(row, ways[0]) if len(ways) == 1 else _together(row, ways))
        for column, cells, codes in self._listed:
            if (code := cells[-1]) is not None and (text := str(code).strip()) and text not in codes:
                raise self._unlisted(column)

    def refuse(self, refused: RefusedRow) -> None:
        """Count a row that the parser refused."""
        self.rows += 1
        self._unread.setdefault(refused.code, refused)
        self._count(refused.code, self.rows)

    def mark(self) -> tuple[int, int]:
        """Return where we are, to come `back_to` if a message turns out to be refused."""
        return self.rows, self.pending

    def back_to(self, mark: tuple[int, int]) -> None:
        """Forget the rows taken since a mark."""
        self.rows, pending = mark
        del self._numbers[pending:]
        for cells in self._cells:
            del cells[pending:]

    def repeat(self) -> None:
        """Count a row that was already held."""
        self.rows += 1
        self.repeated += 1

    def batch(self) -> pa.Table:
        """Return the rows taken since the last batch, typed, in their order; refused rows are left out and counted."""
        numbers, cells = self._numbers, self._cells
        self._numbers = []
        self._new_cells()
        return self._kept([*map(typed_column, self.admission.stored, cells)], numbers=numbers)

    def batch_of(self, columns: Columns) -> pa.Table:
        """Take rows side by side and return them typed, after those that wait, as one by one they would have come."""
        verdict = self._judged(tuple(columns.table.column_names))
        chosen = chosen_rows(columns.table, verdict, self.admission)
        if chosen is None:
            for row in columns.rows():
                self.take(row)
            return self.batch()
        waiting = [self.batch()] if self.pending else []
        first, rows = self.rows + 1, columns.table.num_rows
        self.rows += rows
        self.left_out += rows - len(chosen)
        table = taken(columns.table, chosen)
        numbers = range(first, first + rows) if table is columns.table else [first + at for at in chosen]
        texts = (texts_at(table, ways) for ways in verdict.steps)
        typed = [*map(typed_texts, self.admission.stored, texts)]
        return pa.concat_tables([*waiting, self._kept(typed, numbers=numbers)])

    def _kept(self, typed: Sequence[TypedColumn], *, numbers: Sequence[int]) -> pa.Table:
        """Return the rows of which every cell is of its type; count the others."""
        table = pa.table({name: cells for column in typed for name, cells in column.arrays.items()})
        outside = self._outside(typed, numbers=numbers)
        dropped = outside | self._dropped(typed, numbers=numbers, but=outside)
        local: dict[str, pa.Array] = {column.column.name: column.local for column in typed if column.local is not None}
        if dropped:
            keep = pa.array([at not in dropped for at in range(table.num_rows)])
            numbers = [number for at, number in enumerate(numbers) if at not in dropped]
            table, local = table.filter(keep), {name: cells.filter(keep) for name, cells in local.items()}
        if self.scrutiny is not None:
            self.scrutiny.see(table, local=local, numbers=numbers)
        return table

    def _outside(self, typed: Sequence[TypedColumn], *, numbers: Sequence[int]) -> set[int]:
        """Return the rows out of the box of some column, whatever else is wrong with them; count them.

        They are left out, for they are no fault of the source; where its axes are exchanged they are refused.
        """
        outside: set[int] = set()
        for column in typed:
            if (box := column.column.box) is None:
                continue
            for at, cell in enumerate(column.arrays[column.column.name].to_pylist()):
                if at in outside or (where := box.where(cell)) is Where.INSIDE:
                    continue
                outside.add(at)
                if where is Where.EXCHANGED:
                    self._count(f"intake.axes-exchanged: {column.column.name}", numbers[at])
                else:
                    self.left_out += 1
        return outside

    def _dropped(self, typed: Sequence[TypedColumn], *, numbers: Sequence[int], but: set[int]) -> set[int]:
        """Return the rows of which a cell is not of its type, to come, or at an hour that is not; count them."""
        refused: set[int] = set()
        skipped: set[int] = set()
        for column in typed:
            late = to_come(column, now=self.clock.now()) if column.column.past else ()
            for code, rows in (("intake.retyped-column", column.refused), ("intake.to-come", late)):
                for at in rows:
                    if at not in refused and at not in but:
                        self._count(f"{code}: {column.column.name}", numbers[at])
                refused.update(rows)
            skipped.update(column.skipped)
        self.quarantined += len(skipped - refused - but)
        return refused | skipped

    def _check_centuries(self) -> None:
        """Refuse (`PayloadRefused`) to read days that have come in a hundred years that are over."""
        for column in self.admission.stored:
            last = None if column.first_year is None else column.first_year + CENTURY - 1
            if column.past and last is not None and self.clock.now().year > last:
                place = Place(self.admission.source.file)
                raise PayloadRefused("intake.century-over", place=place, column=column.name, last=last)

    def _judged(self, layout: Layout) -> Verdict:
        if (known := self._verdicts.get(layout)) is not None:
            return known
        verdict = self.admission.judge(layout)
        self._check_centuries()
        self._unmapped.update(islice(map(sayable, verdict.unmapped), MOST_NAMED - len(self._unmapped)))
        self._members += verdict.members
        if self._members > _MOST_JUDGED:
            self._verdicts.clear()
            self._members = verdict.members
        self._verdicts[layout] = verdict
        return verdict

    def _selected(self, row: Row, verdict: Verdict) -> bool:
        for kept, way in zip(self.admission.source.kept, verdict.kept, strict=True):
            value = None if way is None else found_at(row, way)
            values = value if isinstance(value, list) else [value]
            if not any(value is not None and _said(value) in kept.values for value in values):
                self._hide(row, verdict, kept.withdraws)
                return False
        return True

    def _hide(self, row: Row, verdict: Verdict, withdraws: str) -> None:
        for column, ways in zip(self.admission.stored, verdict.steps, strict=True):
            if column.name != withdraws or not ways:
                continue
            (unit,) = typed_cells(column, [found_at(row, ways[0])]).values
            if unit is not None:
                self.hidden.setdefault(withdraws, set()).add(str(unit))

    def _check_units(self, row: Row, verdict: Verdict) -> None:
        for column, ways, way in zip(self.admission.stored, verdict.steps, verdict.units, strict=True):
            if column.unit is None or not ways:
                continue
            found = None if way is None else found_at(row, way)
            if found != column.unit.value:
                unit = found if isinstance(found, str) and found in UNITS else ""
                code = "intake.unit-changed-known" if unit else "intake.unit-changed"
                raise PayloadRefused(
                    code, place=Place(self.admission.source.file), column=column.name, path=column.unit.path,
                    expected=column.unit.value, found=unit,
                )  # fmt: skip

    def _unlisted(self, column: MappedColumn) -> PayloadRefused:
        """Return the refusal of a code that is in no list: where it stands, never what it is."""
        return PayloadRefused(
            "intake.code-list-changed", place=Place(self.admission.source.file), column=column.name, path=column.path,
            expected=", ".join(column.codes), first=self.rows,
        )  # fmt: skip

    def _count(self, reason: str, row: int) -> None:
        self._reasons.setdefault(reason, Met()).at(row)

    @property
    def refused(self) -> int:
        """Return how many rows were refused, by the parser or by a type."""
        return sum(met.count for met in self._reasons.values())

    @property
    def counts(self) -> IntakeCounts:
        """Return what was seen so far."""
        return IntakeCounts(
            rows=self.rows,
            left_out=self.left_out,
            refused=self.refused,
            quarantined=self.quarantined,
            repeated=self.repeated,
            unmapped=tuple(sorted(self._unmapped)),
            reasons=tuple(sorted((reason, met.count) for reason, met in self._reasons.items())),
        )

    def settle(self, *, name: str) -> IntakeCounts:
        """Return the counts of a whole delivery; refuse it when more than half of its rows were refused.

        What most rows lack or mistype is a change of the source, not a fault of the row: the dataset stops. A file that
        somebody hands in is refused for one row.
        """
        if self.scrutiny is not None:
            self._refuse_wrong(name=name)
            self.scrutiny.settle(self.admission.stored, name=name)
        elif self.refused * 2 > self.rows - self.left_out - self.repeated:
            raise self.changed(name=name)
        for reason, met in self._reasons.items():
            line = self._unread[reason].place.line if reason in self._unread else met.first[0]
            log.warning("intake.rows_refused", payload=name, reason=reason, count=met.count, first=line)
        return self.counts

    def _refuse_wrong(self, *, name: str) -> None:
        if not self._reasons:
            return
        refusal = self.changed(name=name)
        told = rows_told((reason, met.count, met.named) for reason, met in self._reasons.items())
        refusal.add_note(WRONG_ROWS.format(count=self.refused, rows=self.rows, told=told))
        raise refusal

    def changed(self, *, name: str) -> PayloadRefused:
        """Return the refusal of what most rows were refused for, as a change of the source."""
        reason, met = max(self._reasons.items(), key=lambda pair: pair[1].count)
        code, _, column_name = reason.partition(": ")
        if (unread := self._unread.get(reason)) is not None:
            return PayloadRefused(unread.code, place=unread.place, **unread.facts)
        column = next(column for column in self.admission.stored if column.name == column_name)
        if code == "intake.missing-column":
            return missing_column(column, sorted(self._unmapped), file=name)
        return PayloadRefused(
            code, place=Place(name), column=column.name, path=column.path, expected=column.type, count=met.count,
            rows=self.rows, first=met.first[0], written=WRITTEN[column.type],
        )  # fmt: skip


def _together(row: Row, ways: tuple[Steps, ...]) -> object:
    """Return the values of a column read at several paths, or None when none of them says anything."""
    values = [found_at(row, way) for way in ways]
    return None if all(value in (None, "") for value in values) else values


def _said(value: object) -> str:
    """Return a value as a selection names it: a truth is « oui » or « non »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
