"""Which paths of a delivery come in, judged once a layout (LANGUAGE.md section 5, "Delivery").

Tables: a column that nobody declared, or one declared `collecte: non`, refuses the delivery whole. Nested payloads:
only mapped paths come in, the others are named; a path mapped to a `collecte: non` column refuses the message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, assert_never

from eclor.errors import DeclarationRefused, PayloadRefused, Place
from eclor.names import FieldName
from harvesters.intake import AllowedFields, RawColumn
from harvesters.layout import Layout, Steps, paths_of
from harvesters.parsing import Shape
from harvesters.sayable import UNSAID, sayable, sayable_column
from harvesters.source import MappedColumn, Source

STRUCTURAL: Final[Mapping[str, frozenset[str]]] = MappingProxyType({"geojson": frozenset({"geometry", "@id"})})
"""Members that a table's format has beside its columns: dropped when unmapped, like a nested payload's."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of every row of one layout."""

    steps: tuple[tuple[Steps, ...], ...]
    """For each stored column the way to its value (two ways for a position in two columns); none where it misses."""
    missing: tuple[MappedColumn, ...]
    """Mapped columns that the row lacks and may not lack."""
    unmapped: tuple[str, ...]
    kept: tuple[Steps | None, ...]
    units: tuple[Steps | None, ...]
    members: int
    """How many the layout has, at any depth."""


@dataclass(frozen=True, slots=True)
class Admission:
    """The columns of one flow that are stored, and those that must not come."""

    source: Source
    shape: Shape
    stored: tuple[MappedColumn, ...]
    forbidden: Mapping[str, FieldName]
    """Path to column."""
    known: frozenset[str]
    """All paths that the declaration maps."""

    @classmethod
    def of(cls, source: Source, allowed: AllowedFields, *, shape: Shape) -> "Admission":
        """Return the admission of a flow; refuse (`DeclarationRefused`) a map whose columns are not the policy's."""
        stored = tuple(column for column in source.columns if column.name in allowed.collected)
        mapped = frozenset(column.name for column in source.columns)
        for code, names in (
            ("intake.column-unmapped", allowed.collected - mapped),
            ("intake.column-not-in-policy", mapped - allowed.collected - allowed.refused),
        ):
            if names:
                raise DeclarationRefused(code, place=Place(source.file), dataset=source.dataset, column=min(names))
        # A table may well head a column by its name, whether or not the source maps it.
        forbidden: dict[str, FieldName] = (
            {str(name): name for name in allowed.refused - mapped} if shape is Shape.TABLE else {}
        )
        forbidden |= {
            path: column.name for column in source.columns if column.name in allowed.refused for path in ways(column)
        }
        known = frozenset(path for column in stored for path in (column.path, *ways(column)))
        return cls(source, shape, stored, MappingProxyType(forbidden), known)

    @property
    def columns(self) -> tuple[RawColumn, ...]:
        """Return the stored columns as the raw store names them."""
        return tuple(RawColumn(column.name, column.type, column.decimals) for column in self.stored)

    @property
    def wanted(self) -> frozenset[str]:
        """Return the paths that are read: of stored columns, selections and units."""
        units = {column.unit.path for column in self.stored if column.unit}
        return self.known | units | {kept.path for kept in self.source.kept}

    def judge(self, layout: Layout) -> Verdict:
        """Return what becomes of rows of this layout.

        Refuses (`PayloadRefused`) a layout with a column that may not come, or in a table one that nobody declared.
        """
        steps = {".".join(way): way for way, _ in paths_of(layout)}
        leaves = [".".join(way) for way, is_value in paths_of(layout) if is_value]
        self._refuse_forbidden(steps)
        found = tuple(self._found(column, steps) for column in self.stored)
        missing = tuple(
            column for column, way in zip(self.stored, found, strict=True) if not way and not column.optional
        )
        unmapped = tuple(leaf for leaf in leaves if not self._is_known(leaf))
        match self.shape:
            case Shape.TABLE:
                self._refuse_undeclared(unmapped, missing, steps)
            case Shape.NESTED:
                unmapped = tuple(leaf for leaf in unmapped if leaf not in self.wanted)
            case _:
                assert_never(self.shape)
        return Verdict(
            steps=found,
            missing=missing,
            unmapped=unmapped,
            kept=tuple(steps.get(kept.path) for kept in self.source.kept),
            units=tuple(steps.get(column.unit.path) if column.unit else None for column in self.stored),
            members=len(steps),
        )

    def _found(self, column: MappedColumn, steps: Mapping[str, Steps]) -> tuple[Steps, ...]:
        if column.path in steps:
            return (steps[column.path],)
        pair = ways(column)
        return tuple(steps[way] for way in pair) if all(way in steps for way in pair) else ()

    def _is_known(self, leaf: str) -> bool:
        return leaf in self.known or any(leaf.startswith(f"{path}.") for path in self.known)

    def _refuse_forbidden(self, steps: Mapping[str, Steps]) -> None:
        for path, column in self.forbidden.items():
            if path in steps:
                raise PayloadRefused("intake.not-collected", place=Place(self.source.file), path=path, column=column)

    def _refuse_undeclared(
        self, unmapped: tuple[str, ...], missing: tuple[MappedColumn, ...], steps: Mapping[str, Steps]
    ) -> None:
        structural = STRUCTURAL.get(self.source.protocol, frozenset())
        undeclared = [path for path in unmapped if steps[path][0] not in structural]
        if not undeclared:
            return
        if missing:
            said = [sayable(path) for path in undeclared]
            alone = said[0] if len(said) == len(missing) == 1 else ""
            raise missing_column(missing[0], said, file=self.source.file, instead=alone)
        first = sayable_column(undeclared[0], [*steps].index(undeclared[0]) + 1)
        raise PayloadRefused(
            "intake.undeclared-column", place=Place(self.source.file), path=first, count=len(undeclared),
            columns=len(steps),
        )  # fmt: skip


def ways(column: MappedColumn) -> tuple[str, ...]:
    """Return the paths of a column: one, or for a position « longitude,latitude » both."""
    return tuple(part.strip() for part in column.path.split(",")) if column.type == "position" else (column.path,)


def missing_column(column: MappedColumn, present: list[str], *, file: str, instead: str = "") -> PayloadRefused:
    """Return the refusal of a delivery that lacks a mapped column, with the nearest path that nobody declared.

    `instead` is named if none is near: the one new column where one is missing.
    """
    near = next(iter(get_close_matches(column.path, present, n=1, cutoff=0.5)), instead)
    near = "" if UNSAID in near else near
    code = "intake.missing-column-near" if near else "intake.missing-column"
    return PayloadRefused(code, place=Place(file), path=column.path, column=column.name, near=near)
