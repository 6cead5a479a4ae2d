"""What can be filtered of a collection: its columns by name, what each is, how it stands in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.rows import is_number
from catalog.export import place_column
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from charter.vocabulary import TIME_CHAIN, FieldType
from eclor.engine.quoting import quoted

PLACE: Final = "geometry"
"""What the place of a feature answers to besides its column's own name: a feature shows it so."""
_TIMES: Final = frozenset({FieldType.DATE, FieldType.DATETIME})
_PLACES: Final = (FieldType.GEOMETRY, FieldType.POSITION)
_TRUE: Final = "('1', 'true')"


class Kind(StrEnum):
    """What a term is."""

    NUMBER = "number"
    TEXT = "string"
    TRUTH = "boolean"
    PLACE = "geometry"


@dataclass(frozen=True, slots=True)
class Queryable:
    """One property: its kind, its SQL, whether its texts say a time, or a position (`longitude,latitude`)."""

    name: str
    kind: Kind
    sql: str
    timed: bool = False
    title: str = ""
    is_position: bool = False


@dataclass(frozen=True, slots=True)
class Queryables:
    """The properties of a collection; `place` and `time` are those that `bbox` and `datetime` look at."""

    by_name: Mapping[str, Queryable]
    place: Queryable | None
    time: Queryable | None

    def find(self, name: str) -> Queryable | None:
        """Return the property of that name; the place answers to `geometry` where nothing else does."""
        return self.by_name.get(name) or (self.place if name == PLACE else None)


def queryables_of(version: VersionView, titles: Mapping[str, str]) -> Queryables:
    """Return the properties of a version's rows."""
    found = {column.name: _queryable(column, titles.get(column.name, "")) for column in version.columns}
    place = place_column(version.columns)
    return Queryables(
        found,
        None if place is None else found[place.name],
        next((one for one in found.values() if one.timed), None),
    )


def _queryable(column: ReleaseColumn, title: str) -> Queryable:
    name = quoted(column.name)
    timed = column.level in TIME_CHAIN or (not column.level and column.type in _TIMES)
    if column.level:
        return Queryable(column.name, Kind.TEXT, name, timed, title)
    if is_number(column):
        return Queryable(column.name, Kind.NUMBER, name, title=title)
    if column.type in _PLACES:
        at = column.type == FieldType.POSITION
        return Queryable(column.name, Kind.PLACE, name, title=title, is_position=at)
    if column.type == FieldType.BOOLEAN:
        return Queryable(column.name, Kind.TRUTH, f"({name} IN {_TRUE})", title=title)
    return Queryable(column.name, Kind.TEXT, name, timed, title)
