"""An attacker that subtracts published numbers, of versions and of sisters; and a judge who knows the true rows.

Written from LANGUAGE.md section 9 on published files alone: it shares no code with the engine.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.attack.publishing import PERCENT, K, Key, Publication, Row

Held = Mapping[tuple[str, int], tuple[int, int]]
"""Of each unit and month: its rows and its volume; a difference holds what one side has more of."""
FAMILIES = 4000
"""Combinations of cells tried under one cell: bounded work."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a cell said, when it first said so, in which results it stands, and whose rows made it."""

    dataset: str
    key: Key
    shown: tuple[int, ...]
    since: int
    stands: frozenset[int]
    held: Held


@dataclass(frozen=True, slots=True)
class Leak:
    """A difference of published numbers that speaks of too few units."""

    rule: str
    around: Fact
    taken: tuple[Fact, ...]
    units: tuple[str, ...]

    def __str__(self) -> str:
        named = [f"{one.dataset}{one.key} of result {one.since}" for one in (self.around, *self.taken)]
        return f"{self.rule}: {' less '.join(named)} speaks of {self.units}"


def held_by(rows: Sequence[Row]) -> Held:
    """Sum rows by unit and month."""
    count, volume = Counter((row.unit, row.month) for row in rows), Counter[tuple[str, int]]()
    for row in rows:
        volume[row.unit, row.month] += row.volume
    return {who: (count[who], volume[who]) for who in count}


def units_of(held: Held) -> list[str]:
    """Name the units that it speaks of."""
    return sorted({unit for unit, _ in held})


def less(whole: Held, parts: Sequence[Held]) -> Held:
    """Take parts away; units of which nothing is left are gone, those of which too much was taken stay, negative."""
    left = {who: list(values) for who, values in whole.items()}
    for part in parts:
        for who, (rows, volume) in part.items():
            mine = left.setdefault(who, [0, 0])
            mine[0] -= rows
            mine[1] -= volume
    return {who: (rows, volume) for who, (rows, volume) in left.items() if rows or volume}


def keys_of(made: Sequence[Publication], dataset: str) -> list[Key]:
    """List every key that a table ever had: a cell that is not listed is a zero."""
    return sorted({key for one in made if one.shape.dataset == dataset for key in one.cells})


def said(one: Publication, key: Key) -> tuple[int, ...] | None:
    """Tell what a result says of a cell: nothing listed is a zero."""
    return one.cells.get(key, (0, 0, 0))


def facts_of(made: Sequence[Publication]) -> list[Fact]:
    """Read each number once: shown again by later results, it says nothing more."""
    found: dict[tuple[str, Key, tuple[int, ...]], Fact] = {}
    for one in made:
        for key in keys_of(made, one.shape.dataset):
            shown = said(one, key)
            if shown is None:
                continue
            name = (one.shape.dataset, key, shown)
            rows = [row for row in one.rows if one.shape.holds(key, row)]
            fact = found.get(name) or Fact(*name, one.number, frozenset(), held_by(rows))
            found[name] = replace(fact, stands=fact.stands | {one.number})
    return list(found.values())


class Subtraction:
    """All that can be had by taking published numbers from one another."""

    def __init__(self, made: Sequence[Publication]) -> None:
        self.made = made
        self.shapes = {one.shape.dataset: one.shape for one in made}
        self.facts = facts_of(made)

    def leaks(self) -> Iterator[Leak]:
        """Yield every difference that speaks of one to k - 1 units."""
        yield from self._plainly_shown()
        yield from self._revised()
        yield from self._nested()

    def _plainly_shown(self) -> Iterator[Leak]:
        for fact in self.facts:
            if is_small(fact.held) or is_dominated(fact.held):
                yield Leak("shown", fact, (), tuple(units_of(fact.held)))

    def _revised(self) -> Iterator[Leak]:
        for one in self.facts:
            for other in self.facts:
                if (one.dataset, one.key) == (other.dataset, other.key) and one.since < other.since:
                    change = less(other.held, [one.held])
                    if is_small(change):
                        yield Leak("revision", other, (one,), tuple(units_of(change)))

    def _nested(self) -> Iterator[Leak]:
        for around in self.facts:
            inside = [fact for fact in self.facts if self._lies_in(fact, around)]
            for number, family in enumerate(self._families(inside)):
                if number > FAMILIES:
                    break
                stands = frozenset.intersection(around.stands, *(fact.stands for fact in family))
                rest = less(around.held, [fact.held for fact in family])
                if family and not stands and is_small(rest):
                    yield Leak("nesting", around, tuple(family), tuple(units_of(rest)))

    def _lies_in(self, fact: Fact, around: Fact) -> bool:
        """Tell by the labels whether a cell is part of another one, which any reader sees."""
        if not fact.held or (fact.dataset, fact.key) == (around.dataset, around.key):
            return False
        (site, time), (whole, span) = fact.key, around.key
        return (whole in {"*", "ensemble", site}) and is_within(time, span) and not (site == "*" and whole != "*")

    def _families(self, inside: Sequence[Fact]) -> Iterator[list[Fact]]:
        if not inside:
            yield []
            return
        head, *rest = inside
        for family in self._families([fact for fact in rest if self._is_apart(fact, head)]):
            yield [head, *family]
        yield from self._families(rest)

    def _is_apart(self, one: Fact, other: Fact) -> bool:
        """Tell whether two cells can have no row in common, whatever the rows."""
        apart = {one.key[0], other.key[0]}.isdisjoint({"*", "ensemble"}) and one.key[0] != other.key[0]
        return apart or not (is_within(one.key[1], other.key[1]) or is_within(other.key[1], one.key[1]))


def is_within(time: str, span: str) -> bool:
    """Tell whether a month or a quarter lies in another."""
    if time == span:
        return True
    year, _, part = time.partition("-")
    return not part.startswith("T") and span == f"{year}-T{(int(part) + 2) // 3}"


def is_small(held: Held) -> bool:
    """Tell whether it speaks of some units, but of fewer than k."""
    return 0 < len(units_of(held)) < K


def is_dominated(held: Held) -> bool:
    """Tell whether one unit makes more than its share of the rows or of the volume."""
    return any(is_dominated_in(held, place) for place in (0, 1))


def is_dominated_in(held: Held, place: int) -> bool:
    """Tell it of the rows (0) or of the volume (1) alone."""
    of_unit = Counter[str]()
    for (unit, _), values in held.items():
        of_unit[unit] += values[place]
    return bool(of_unit) and max(of_unit.values()) * 100 > PERCENT * sum(of_unit.values())
