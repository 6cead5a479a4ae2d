"""Small random person-level tables, and what every node of their lattice costs, counted row by row in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest

from anonymizers.microdata.hierarchy import Hierarchy, hierarchy
from anonymizers.microdata.leaves import Leaves, Node, leaves_of
from anonymizers.microdata.models import Asked
from eclor.errors import GuaranteeBroken


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of leaf places, whose each is, and its sensitive value."""

    hierarchies: tuple[Hierarchy, ...]
    rows: tuple[tuple[int, ...], ...]
    units: tuple[int, ...] | None
    sensitive: tuple[int, ...] | None

    def columns(self) -> list[np.ndarray]:
        return [np.array(own, dtype=np.int64) for own in zip(*self.rows, strict=True)]

    def leaves(self) -> Leaves:
        ones = np.ones(len(self.rows), dtype=np.int64)
        units = None if self.units is None else np.array(self.units, dtype=np.int64)
        sensitive = None if self.sensitive is None else np.array(self.sensitive, dtype=np.int64)
        return leaves_of(self.hierarchies, self.columns(), ones, units=units, sensitive=sensitive)

    def reordered(self, order: Sequence[int]) -> "Table":
        return Table(
            self.hierarchies,
            tuple(self.rows[place] for place in order),
            None if self.units is None else tuple(self.units[place] for place in order),
            None if self.sensitive is None else tuple(self.sensitive[place] for place in order),
        )


@dataclass(frozen=True, slots=True)
class Class:
    """Rows that look alike: which, of how many people, with how many sensitive values, how far from the whole."""

    members: frozenset[int]
    people: int
    values: int
    far: float
    penalty: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What one node costs: its loss, and which rows are left out."""

    loss: float
    out: frozenset[int]


def random_hierarchy(chance: np.random.Generator, name: str) -> Hierarchy:
    """A hierarchy of up to six leaves and four levels; the coarsest level need not be one value."""
    leaves = int(chance.integers(2, 7))
    lines = [[f"{name}{leaf}"] for leaf in range(leaves)]
    groups = list(range(leaves))
    for level in range(int(chance.integers(1, 4))):
        merged = chance.integers(0, max(1, len(set(groups)) - 1), leaves)
        groups = [int(merged[group]) for group in groups]
        for line, group in zip(lines, groups, strict=True):
            line.append(f"{name}-{level}-{group}")
    return hierarchy(name, lines)


def random_table(seed: int, *, units: bool, sensitive: bool, width: int = 4) -> Table:
    """Four quasi-identifiers, sixty to two hundred rows that crowd some values; a unit has three rows or so."""
    chance = np.random.default_rng(seed)
    hierarchies = tuple(random_hierarchy(chance, "abcdefgh"[place]) for place in range(width))
    size = int(chance.integers(60, 200))
    columns = []
    for each in hierarchies:
        shares = chance.dirichlet(np.full(len(each.labels[0]), 0.6))
        columns.append(chance.choice(len(shares), size, p=shares).tolist())
    return Table(
        hierarchies,
        tuple(zip(*columns, strict=True)),
        tuple(chance.integers(0, size // 3, size).tolist()) if units else None,
        tuple(chance.choice(4, size, p=[0.6, 0.2, 0.15, 0.05]).tolist()) if sensitive else None,
    )


def classes_at(table: Table, node: Node) -> list[Class]:
    """The classes of a node, by the definitions and from the rows alone."""
    members = defaultdict(list)
    for number, row in enumerate(table.rows):
        members[shown(table, row, node)].append(number)
    return [described(table, node, label, own) for label, own in members.items()]


def described(table: Table, node: Node, label: tuple[str, ...], members: Sequence[int]) -> Class:
    penalties = [penalty(*each) for each in zip(table.hierarchies, node, label, strict=True)]
    own, whole = Counter(), Counter(table.sensitive)
    if table.sensitive is not None:
        own = Counter(table.sensitive[number] for number in members)
    return Class(
        frozenset(members),
        people=len(members) if table.units is None else len({table.units[number] for number in members}),
        values=len(own),
        far=sum(abs(own[value] / len(members) - whole[value] / len(table.rows)) for value in whole) / 2,
        penalty=sum(penalties) / len(penalties),
    )


def cost(classes: Sequence[Class], asked: Asked) -> Cost:
    out = [each for each in classes if not holds(each, asked)]
    lost = sum(len(each.members) * (1 if each in out else each.penalty) for each in classes)
    return Cost(lost / sum(len(each.members) for each in classes), frozenset().union(*(each.members for each in out)))


def holds(own: Class, asked: Asked) -> bool:
    diverse = asked.l == 1 or own.values >= asked.l
    return own.people >= asked.k and diverse and (asked.t_percent is None or own.far <= asked.t_percent / 100)


def shown(table: Table, row: tuple[int, ...], node: Node) -> tuple[str, ...]:
    return tuple(
        each.labels[level][int(each.codes[level][leaf])]
        for each, level, leaf in zip(table.hierarchies, node, row, strict=True)
    )


def penalty(each: Hierarchy, level: int, label: str) -> float:
    """How much of the hierarchy a label may stand for: (leaves under it - 1) / (leaves - 1)."""
    leaves = len(each.labels[0])
    under = sum(each.labels[level][int(code)] == label for code in each.codes[level])
    return (under - 1) / (leaves - 1)


class Trial:
    """Every node of a table, tried."""

    def __init__(self, table: Table) -> None:
        self._rows = len(table.rows)
        self.nodes = {
            node: classes_at(table, node) for node in product(*(range(each.top + 1) for each in table.hierarchies))
        }

    def best(self, asked: Asked) -> float | None:
        """The least loss over all nodes that leave out few enough rows; None where none does."""
        limit = asked.suppressible_percent * self._rows // 100
        costs = (cost(classes, asked) for classes in self.nodes.values())
        return min((each.loss for each in costs if len(each.out) <= limit), default=None)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(GuaranteeBroken) as said:
        yield
    assert said.value.code == code
