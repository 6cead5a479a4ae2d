"""A request as it came in: which right, which unit, which identifiers, never on a command line nor in a message."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from charter.vocabulary import Unit
from eclor.errors import EclorError
from eclor.house import House
from eclor.names import FieldName, Slug
from harvesters.screening import normal

MOST_UNITS: Final = 10_000


class Right(StrEnum):
    """What is asked."""

    ACCESS = "accès"
    ERASURE = "effacement"
    OBJECTION = "opposition"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `units` are normal texts (NFC, trimmed) and never show."""

    right: Right
    kind: Unit | FieldName
    """What the units are by the catalogue; or the column that names a record, of the one dataset asked about."""
    units: frozenset[str] = field(repr=False)
    datasets: frozenset[Slug]
    """The datasets that it names; empty for all of them."""

    def is_about(self, dataset: Slug) -> bool:
        """Say whether the request is about a dataset."""
        return not self.datasets or dataset in self.datasets


def asked(right: Right, kind: str, content: bytes, *, datasets: Iterable[str], house: House) -> Asked:
    """Read a request: one identifier a line, UTF-8. Refuses (`EclorError`) what it cannot use."""
    datasets = list(datasets)
    known = {*house.policies, *house.declarations, *(dataset for _, dataset in house.store.places())}
    for dataset in datasets:
        if dataset not in known:
            raise EclorError("rights.no-dataset", dataset=dataset, known=", ".join(sorted(known)))
    return Asked(right, _kind(kind, datasets, house), _units(content), frozenset(Slug(one) for one in datasets))


def _kind(kind: str, datasets: Sequence[str], house: House) -> Unit | FieldName:
    """Return the unit of that name, or the column of the one dataset named: rows that speak of nobody by a unit."""
    if kind in set(Unit):
        return Unit(kind)
    entry = house.territory.entry(datasets[0]) if len(datasets) == 1 else None
    if entry is None or kind not in {column.name for column in entry.columns}:
        raise EclorError("rights.kind", kind=kind, known=", ".join(one.value for one in Unit))
    return FieldName(kind)


def _units(content: bytes) -> frozenset[str]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise EclorError("rights.units", most=MOST_UNITS) from error
    units = frozenset(text for line in lines if (text := normal(line)))
    is_odd = any(unicodedata.category(letter) == "Cc" for unit in units for letter in unit)
    if not units or len(units) > MOST_UNITS or is_odd:
        raise EclorError("rights.units", most=MOST_UNITS)
    return units
