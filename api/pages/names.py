"""How a version's columns and values are said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.pages.words import cell
from api.row_files import Cell
from api.rows import is_number
from catalog.declaration import DatasetDeclaration
from catalog.notes import period_words
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from charter.vocabulary import STATUS, FieldType
from eclor.names import Period

MASKED: Final = "masque"
TOTAL: Final = "ensemble"
"""What every margin's value begins with."""
_MARGIN: Final = re.compile(rf"{TOTAL}(?: (\d{{4}}\S*))?")
Row = Mapping[str, Cell]
_STATUS_WORDS: Final = {"publie": "publié", MASKED: "masqué"}


def is_total(value: Cell) -> bool:
    """Say whether a value is a margin's: `ensemble`, or `ensemble 2026-10` where several periods stand together."""
    return _MARGIN.fullmatch(str(value)) is not None


@dataclass(frozen=True, slots=True)
class Names:
    """The words of a dataset's columns, as declared, for the columns that a version has."""

    declaration: DatasetDeclaration
    columns: Mapping[str, ReleaseColumn]

    @classmethod
    def of(cls, declaration: DatasetDeclaration, version: VersionView) -> "Names":
        """Return the words of a version."""
        return cls(declaration, {column.name: column for column in version.columns})

    def has(self, *names: str | None) -> bool:
        """Say whether the version has all these columns."""
        return all(name in self.columns for name in names)

    def title(self, name: str) -> str:
        """Return a column's title."""
        declared = self.declaration.column(name)
        return declared.title.fr if declared else ("Statut" if name == STATUS else name)

    def description(self, name: str) -> str:
        """Return what a column holds, or nothing."""
        declared = self.declaration.column(name)
        if declared is not None and declared.description is not None:
            return declared.description.fr
        return "« publié » ou « masqué »." if name == STATUS else ""

    def unit(self, name: str) -> str:
        """Return a column's unit, or nothing."""
        declared = self.declaration.column(name)
        return declared.unit if declared else ""

    def value(self, name: str, value: Cell) -> str:
        """Return a value's words: its label, else itself as people read it; nothing for an absent one."""
        if value is None:
            return ""
        if name == STATUS:
            return _STATUS_WORDS.get(str(value), str(value))
        column, labels = self.columns[name], self.declaration.labels.get(name, {})
        label = labels.get(str(value))
        if label is None and column.kind == "dimension" and (margin := _MARGIN.fullmatch(str(value))):
            total = labels.get(TOTAL, TOTAL.capitalize())
            return f"{total}, {period_words(Period(margin[1]))}" if margin[1] else total
        return label or cell(value, column.type, column.level)

    def kind(self, name: str) -> str:
        """Return how a column is laid out: `num`, `geometry`, `code` or `text`."""
        column = self.columns[name]
        if column.type == FieldType.GEOMETRY:
            return "geometry"
        return "num" if is_number(column) else "text"
