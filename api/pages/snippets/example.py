"""What the examples speak of: a dataset's own addresses, columns and values, as published."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.pages.names import Names, is_total
from api.row_files import Cell, Record
from api.shelf import Kept
from catalog.export import place_column
from charter.release_parts import ReleaseColumn
from charter.vocabulary import STATUS, FieldType

SAMPLE: Final = 500
"""Rows that are read to find a value worth filtering by."""
_LONGEST: Final = 40
_HALF: Final = 2
_DULL: Final = frozenset({FieldType.POSITION, FieldType.DATETIME})
"""Types of columns that one seldom filters by one value."""
_AROUND: Final = 0.02
"""Degrees around a place, about two kilometres."""


@dataclass(frozen=True, slots=True)
class Example:
    """A dataset in the examples: `column` and `value` to filter by, `measure` a column of numbers, if it has one.

    `codes` are columns of texts that look like numbers, which a reader must not turn into some; `resource` is the
    identifier of its table for CKAN's clients; `live` a dataset whose states come as events, this one if it does;
    `totals` the values of columns that stand for all others, and are not to be added up with them; `placed` says
    whether rows have places, `box` is around one of them where that is a point.
    """

    origin: str
    slug: str
    title: str
    number: int
    former: int | None
    column: str
    value: str
    measure: str
    last: str
    totals: Mapping[str, tuple[str, ...]]
    codes: tuple[str, ...]
    resource: str
    live: str
    placed: bool
    box: str

    @property
    def dataset(self) -> str:
        """Return the dataset's address."""
        return f"{self.origin}/dataset/{self.slug}"

    @property
    def version(self) -> str:
        """Return the version's address."""
        return f"{self.dataset}/versions/{self.number}"

    @property
    def records(self) -> str:
        """Return where its rows are asked for."""
        return f"{self.origin}/api/v1/datasets/{self.slug}/records"

    @property
    def sorted(self) -> str:
        """Return the column to sort by."""
        return self.measure or self.last


@dataclass(frozen=True, slots=True)
class Where:
    """Where it is served: the origin, the identifier of its table for CKAN, the live dataset to follow."""

    origin: str
    resource: str
    live: str


def example_of(
    kept: Kept, names: Names, rows: Sequence[Record], where: Where, totals: Mapping[str, tuple[str, ...]]
) -> Example:
    """Choose what the examples of a version speak of, among its first rows."""
    columns, place = [*names.columns], place_column(kept.version.columns)
    values = {name: [row[rank] for row in rows if row[rank] is not None] for rank, name in enumerate(columns)}
    texts = {name: [*map(str, values[name])] for name in columns if names.kind(name) == "text"}
    numbers = [name for name in columns if names.kind(name) == "num" and values[name]]
    column, value = _filtered({name: found for name, found in texts.items() if name != STATUS}, names)
    return Example(
        origin=where.origin,
        slug=kept.dataset.slug,
        title=kept.dataset.title,
        number=kept.version.number,
        former=kept.former,
        column=column or columns[0],
        value=value,
        measure=numbers[0] if numbers else "",
        last=next((name for name in reversed(columns) if name in texts and name != STATUS), columns[-1]),
        totals=totals,
        codes=tuple(name for name, found in texts.items() if found and all(map(str.isdigit, found))),
        resource=where.resource,
        live=kept.dataset.slug if kept.dataset.kind == "live" else where.live,
        placed=place is not None,
        box="" if place is None else _box(place, values[place.name]),
    )


def _filtered(texts: dict[str, list[str]], names: Names) -> tuple[str, str]:
    """Choose a column of few values and the commonest of them, codes and words before instants and places."""
    found: list[tuple[int, str, str]] = []
    for name, values in texts.items():
        short = [text for text in values if 0 < len(text) <= _LONGEST and text.isprintable() and not is_total(text)]
        if short:
            counted = Counter(short)
            dull = len(counted) == 1 or len(counted) > len(short) / _HALF or names.columns[name].type in _DULL
            found.append((len(counted) + SAMPLE * dull, name, counted.most_common(1)[0][0]))
    return min(found)[1:] if found else ("", "")


def _box(place: ReleaseColumn, values: Sequence[Cell]) -> str:
    """Return a box around the first point, as OGC API reads it; nothing where places are outlines or absent."""
    if place.type != FieldType.POSITION or not values:
        return ""
    longitude, latitude = map(float, str(values[0]).split(","))
    corners = (longitude - _AROUND, latitude - _AROUND, longitude + _AROUND, latitude + _AROUND)
    return ",".join(f"{corner:.4f}" for corner in corners)
