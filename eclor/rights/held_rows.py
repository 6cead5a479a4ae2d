"""Where a unit's rows may stand in what is held, and which they are: one pass a partition, of its identifiers only."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from charter.model import Policy
from charter.vocabulary import Category, FieldType, Operation, Role, Unit
from eclor.house import House
from eclor.names import FieldName, Slug, SourceName
from eclor.retention.signed_terms import signed_policy
from eclor.rights.asked import Asked
from harvesters import index, write_ahead
from harvesters.intake import Partition
from harvesters.screening import holding

_NAMING: Final = frozenset({Operation.PSEUDONYMISE, Operation.COUNT_UNITS})
_TEXTS: Final = frozenset({FieldType.TEXT.value, FieldType.CODE.value, FieldType.INTEGER.value})


@dataclass(frozen=True, slots=True)
class Shelf:
    """A dataset's folder, and the columns in which a unit of the kind asked is named."""

    dataset: Slug
    source: SourceName
    place: Path
    columns: tuple[str, ...]
    policy: Policy | None
    """The policy that was signed; none if none was, and then nothing of the request is refused."""


@dataclass(frozen=True, slots=True)
class Held:
    """A partition, and those of its shelf's columns that the delivery which brought it has."""

    partition: Partition
    columns: tuple[str, ...]


def shelves(asked: Asked, house: House) -> tuple[Shelf, ...]:
    """Return every folder that could hold a unit of that kind, of datasets no longer declared too."""
    declared = {(flow.name, flow.dataset) for flow in house.sources}
    found = []
    for source, dataset in sorted({*house.store.places(), *declared}):
        if not asked.is_about(dataset):
            continue
        place, policy = house.store.place(dataset, source), signed_policy(dataset, house)
        columns = _columns(dataset, asked.kind, policy, place, house)
        if columns:
            found.append(Shelf(dataset, source, place, columns, policy))
    return tuple(found)


def _columns(
    dataset: Slug, kind: Unit | FieldName, policy: Policy | None, place: Path, house: House
) -> tuple[str, ...]:
    """Return the columns that name such a unit: by the catalogue, less those that only describe it.

    Of a dataset that the catalogue no longer knows, every text, code and integer that is held.
    """
    if not isinstance(kind, Unit):
        return (kind,)
    entry = house.territory.entry(dataset)
    if entry is None:
        held = {column for one in index.entries(place) for column in one.delivery.columns}
        return tuple(sorted(column.name for column in held if column.type in _TEXTS))
    described = set()
    for field in policy.fields if policy else ():
        names_one = field.role is Role.DIRECT_IDENTIFIER or field.treatment.operation in _NAMING
        if not names_one:
            described.add(field.name)
    named = [column.name for column in entry.columns if column.category is Category(kind.value)]
    return tuple(name for name in named if name not in described)


def partitions(shelf: Shelf) -> tuple[Held, ...]:
    """Return every partition that a folder holds now, those that a later delivery hides included."""
    found = []
    for entry in index.entries(shelf.place):
        stored = {column.name for column in entry.delivery.columns}
        columns = tuple(name for name in shelf.columns if name in stored)
        found += [Held(partition, columns) for partition in entry.delivery.partitions]
    return tuple(found)


def rows_of(shelf: Shelf, held: Held, asked: Asked, house: House) -> int:
    """Return how many rows of a partition are of the units asked; reads the naming columns alone."""
    if not held.columns or not held.partition.rows:
        return 0
    table = house.store.table(shelf.dataset, shelf.source, held.partition, columns=held.columns)
    return int(pc.sum(holding(table, held.columns, asked.units)).as_py() or 0)


def taken(shelf: Shelf, partition: Partition, asked: Asked, house: House) -> pa.Table:
    """Return the rows of a partition that are of the units asked, whole."""
    table = house.store.table(shelf.dataset, shelf.source, partition)
    return table.filter(holding(table, shelf.columns, asked.units))


def waiting(shelf: Shelf, asked: Asked, house: House) -> Iterator[pa.Table]:
    """Give the rows of the units asked among the messages that no partition holds yet."""
    for path in sorted(shelf.place.glob(f"*{write_ahead.SUFFIX}")):
        for record in write_ahead.read_segment(path, house.world):
            found = record.table.filter(holding(record.table, shelf.columns, asked.units))
            if found.num_rows:
                yield found
