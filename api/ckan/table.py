"""A table of the DataStore: rows of a version, its columns with the types that PostgreSQL would give them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from api.dating import Dated
from api.streaming import Allowed
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

ID: Final = "_id"
_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        FieldType.INTEGER: "int8",
        FieldType.DECIMAL: "numeric",
        FieldType.DATE: "date",
        FieldType.DATETIME: "timestamptz",
        FieldType.GEOMETRY: "json",
        FieldType.BOOLEAN: "bool",
    }
)
"""Of columns kept as they are; generalised ones are labels, thus text."""
NATIVE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "text",
        "int4": "integer",
        "int8": "bigint",
        "numeric": "numeric",
        "float8": "double precision",
        "bool": "boolean",
        "date": "date",
        "time": "time without time zone",
        "timestamp": "timestamp without time zone",
        "timestamptz": "timestamp with time zone",
        "json": "json",
        "_int4": "integer[]",
    }
)
"""PostgreSQL's short names of types and its long ones; a column that names one has it."""
_FOREIGN: Final = frozenset(NATIVE) - frozenset(FieldType)
NUMBERS: Final = frozenset({"int4", "int8", "numeric", "float8"})


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column as the DataStore shows it; `info` is what CKAN's data dictionary says of it."""

    name: str
    type: str
    decimals: int = 0
    info: Mapping[str, str] | None = None

    @property
    def shown(self) -> dict[str, object]:
        """Return it as an answer lists it."""
        return {"id": self.name, "type": self.type, **({"info": self.info} if self.info else {})}


KEY: Final = Column(ID, "int")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows that a resource holds: those of a version, dated; `allowed` refuses once these may no longer leave."""

    id: str
    version: VersionView
    columns: Mapping[str, Column]
    allowed: Allowed
    modified: Dated
    aliases: tuple[str, ...] = ()
    indexes: Mapping[str, str] = field(default_factory=dict)
    """The name of a column's index, where it has one."""
    exact: bool = field(init=False)
    """Whether some column has a type that the charter's language does not have: its values are read as such."""

    def __post_init__(self) -> None:
        """Look at the columns once: it is asked several times a question."""
        object.__setattr__(self, "exact", any(column.type in _FOREIGN for column in self.version.columns))


def columns_of(version: VersionView, infos: Mapping[str, Mapping[str, str]]) -> Mapping[str, Column]:
    """Return a version's columns by name."""
    return {
        column.name: Column(column.name, type_of(column), column.decimals, infos.get(column.name))
        for column in version.columns
    }


def type_of(column: ReleaseColumn) -> str:
    """Return the PostgreSQL type under which CKAN would hold a column."""
    if column.type in NATIVE:
        return column.type
    if column.level:
        return "text"
    if column.kind == "measure" and column.type not in {FieldType.INTEGER, FieldType.DECIMAL}:
        return "int8"
    return "text" if column.kind == "dimension" else _TYPES.get(column.type, "text")
