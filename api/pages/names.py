"""How a version's columns and values are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.pages.words import cell
from api.row_files import Cell
from api.rows import is_number
from catalog.declaration import DatasetDeclaration
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from charter.vocabulary import STATUS, FieldType

MASKED: Final = "masque"
TOTAL: Final = "ensemble"
Row = Mapping[str, Cell]
_STATUS_WORDS: Final = {"publie": "publié", MASKED: "masqué"}


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
        label = self.declaration.labels.get(name, {}).get(str(value))
        column = self.columns[name]
        return label or cell(value, column.type, column.level)

    def kind(self, name: str) -> str:
        """Return how a column is laid out: `num`, `geometry`, `code` or `text`."""
        column = self.columns[name]
        if column.type == FieldType.GEOMETRY:
            return "geometry"
        return "num" if is_number(column) else "text"
