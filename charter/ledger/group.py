"""The comparison group of a dataset: those that share a source or a register of units, one after another.

A table is compared when something could be: it revises its periods, its deliveries have no time to tell them apart,
or another dataset of the catalogue could hold the same units. Elsewhere its periods are disjoint and never change, so
no cell of one can be taken from a cell of another, and nothing is kept of who was in them (docs/decisions).
"""

import hashlib
import hmac

from charter.model import Catalogue, CatalogueEntry, Policy
from charter.vocabulary import Category, LateRows, Unit
from eclor.world import Secret

_UNITS = frozenset(Category(unit.value) for unit in Unit)


def comparison_group(catalogue: Catalogue, dataset: str) -> str:
    """Return the name of a dataset's group: the first, in order, of the sources and registers that tie it together.

    A catalogue that ties groups together gives one of them another name: what was kept under the former one can no
    longer be compared, and counts as destroyed.
    """
    ties = _ties(catalogue, dataset)
    return min(ties, default=f"jeu.{dataset}")


def key_mark(key: Secret) -> str:
    """Return what tells the key of a group from another, and nothing of it."""
    return hmac.new(key.reveal(), b"eclor-ledger", hashlib.sha256).hexdigest()[:16]


def could_share(catalogue: Catalogue, dataset: str) -> tuple[str, ...]:
    """Return the other datasets of the group that count units: a cell of theirs could hold units of ours."""
    ties = _ties(catalogue, dataset)
    return tuple(
        entry.dataset
        for entry in catalogue.datasets
        if entry.dataset != dataset and ties & _own_ties(entry) and _counts_units(entry)
    )


def counts_units(catalogue: Catalogue, dataset: str) -> bool:
    """Tell whether a dataset's cells could hold units; without any it nests nothing (LANGUAGE.md section 6).

    A dataset that the catalogue does not know could hold anything.
    """
    entry = catalogue.entry(dataset)
    return entry is None or _counts_units(entry)


def is_compared(policy: Policy, catalogue: Catalogue) -> bool:
    """Tell whether a table is compared with anything, so that who is in its cells is asked and kept."""
    guarantees = policy.guarantees
    if guarantees.differencing is None or not guarantees.minimum_counts:
        return False
    revises = guarantees.differencing.late_rows is LateRows.REVISE
    return revises or not has_time(policy) or bool(could_share(catalogue, policy.dataset))


def has_time(policy: Policy) -> bool:
    """Tell whether a table has a dimension of time."""
    return any(policy.field(name).category is Category.TIME for name in policy.publication.dimensions or ())


def _counts_units(entry: CatalogueEntry) -> bool:
    return any(column.category in _UNITS for column in entry.columns)


def _own_ties(entry: CatalogueEntry) -> set[str]:
    register = {f"registre.{entry.unit_register}"} if entry.unit_register else set()
    return {f"source.{entry.source}", *register}


def _ties(catalogue: Catalogue, dataset: str) -> set[str]:
    entry = catalogue.entry(dataset)
    ties = _own_ties(entry) if entry else set()
    grown: set[str] = set()
    while ties != grown:
        grown = set(ties)
        for other in catalogue.datasets:
            if ties & _own_ties(other):
                ties |= _own_ties(other)
    return ties
