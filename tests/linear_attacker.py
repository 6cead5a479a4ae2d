"""An attacker with a linear programme, who reads published cells and nothing else; and a judge who knows the truth.

Written from LANGUAGE.md section 9 alone, on scipy's solver, so that it shares no code with the engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from anonymizers.cells import TOGETHER, CellTable, EmptyCellRule, Kind, Protected, Rules

Key = tuple[str, ...]
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Publication:
    """One indicator as published: what each shown cell says (None: masked), and which sums a reader may rely on."""

    shown: Mapping[Key, int | None]
    exact: frozenset[Key]
    """Shown cells of which no rounding hides anything."""
    least: int
    half_base: Fraction
    lines: Sequence[tuple[Key, tuple[Key, ...], bool]]
    """A margin, its parts, and whether they add up (else: largest part <= margin <= sum of parts)."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A primary cell that the attacker narrows more than allowed."""

    indicator: str
    cell: Key
    low: float
    high: float
    knowing: Key | None


def lines_in(keys: Sequence[Key]) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Yield each margin with its parts, for each set of its opened dimensions that leads to published cells."""
    places = set(keys)
    for margin in keys:
        opened = [place for place, label in enumerate(margin) if label == TOGETHER]
        for size in range(1, len(opened) + 1):
            for chosen in combinations(opened, size):
                parts = tuple(key for key in places if _details(key, margin, chosen))
                if parts:
                    yield margin, parts


def _details(key: Key, margin: Key, chosen: Sequence[int]) -> bool:
    return all((label != TOGETHER) if place in chosen else (label == margin[place]) for place, label in enumerate(key))


def rounded(value: int, base: int) -> int:
    return floor(Fraction(value, base) + Fraction(1, 2)) * base


def published(cells: CellTable, rules: Rules, masked: Sequence[bool], indicator: int) -> Publication:
    """Show the table as its readers see it: masked cells empty, the others rounded (a mean as its exact sum).

    Where empty cells are zeros, everyone knows them, masked or not.
    """
    values = dict(zip(cells.keys, cells.values[indicator].tolist(), strict=True))
    empty = {key for key, rows in zip(cells.keys, cells.rows, strict=True) if rows == 0}
    known_zeros = empty if rules.empty_cells is EmptyCellRule.KNOWN_ZERO else set()
    kind = cells.indicators[indicator].kind
    rounds = rules.rounding is not None and kind is not Kind.MEAN
    base = (rules.rounding or 1) * 10 ** cells.indicators[indicator].decimals if rounds else 1
    counted = kind in (Kind.ROW_COUNT, Kind.DISTINCT_COUNT)
    return Publication(
        shown={
            key: None if hidden and key not in known_zeros else rounded(values[key], base)
            for key, hidden in zip(cells.keys, masked, strict=True)
        },
        exact=frozenset(empty) if rounds else frozenset(cells.keys),
        least=1 if counted and rules.empty_cells is EmptyCellRule.KNOWN_ZERO else 0,
        half_base=Fraction(base, 2),
        lines=[
            (margin, parts, kind is not Kind.DISTINCT_COUNT or sum(values[part] for part in parts) == values[margin])
            for margin, parts in lines_in(cells.keys)
        ],
    )


class Attacker:
    """Bound any cell from a publication; `known` holds cells that the attacker knows for other reasons."""

    def __init__(self, publication: Publication, known: Mapping[Key, int], floors: Mapping[Key, int]) -> None:
        self._place = {key: place for place, key in enumerate(publication.shown)}
        self._ranges = [self._range(publication, known, floors, key) for key in publication.shown]
        self._equal: list[dict[int, float]] = []
        self._below: list[dict[int, float]] = []
        for margin, parts, adds_up in publication.lines:
            difference = {self._place[part]: -1.0 for part in parts} | {self._place[margin]: 1.0}
            (self._equal if adds_up else self._below).append(difference)
            if not adds_up:
                self._below += [{self._place[part]: 1.0, self._place[margin]: -1.0} for part in parts]

    @staticmethod
    def _range(
        publication: Publication, known: Mapping[Key, int], floors: Mapping[Key, int], key: Key
    ) -> tuple[float, float | None]:
        if key in known:
            return float(known[key]), float(known[key])
        shown = publication.shown[key]
        if shown is None:
            return float(min(publication.least, floors.get(key, publication.least))), None
        if key in publication.exact:
            return float(shown), float(shown)
        return max(0.0, float(shown - publication.half_base)), float(shown + publication.half_base)

    def bounds(self, key: Key) -> tuple[float, float]:
        """Return the least and the most that the cell can hold."""
        low = self._solve(key, 1.0)
        high = self._solve(key, -1.0)
        return low, -high

    def _solve(self, key: Key, sign: float) -> float:
        cost = np.zeros(len(self._place))
        cost[self._place[key]] = sign
        equal, below = self._matrix(self._equal), self._matrix(self._below)
        answer = linprog(
            cost,
            A_eq=equal,
            b_eq=None if equal is None else np.zeros(equal.shape[0]),
            A_ub=below,
            b_ub=None if below is None else np.zeros(below.shape[0]),
            bounds=self._ranges,
            options={"presolve": False},
        )
        if answer.status == 3:
            return -float("inf")
        assert answer.status == 0, answer.message
        return float(answer.fun)

    def _matrix(self, rows: Sequence[Mapping[int, float]]) -> csr_matrix | None:
        if not rows:
            return None
        entries = [(row, column, value) for row, line in enumerate(rows) for column, value in line.items()]
        row, column, value = zip(*entries, strict=True)
        return csr_matrix((value, (row, column)), shape=(len(rows), len(self._place)))


class Judge:
    """Hold a pattern against the criterion of LANGUAGE.md section 9, knowing the true table."""

    def __init__(
        self, cells: CellTable, rules: Rules, *, same_unit: Mapping[Key, frozenset[Key]] | None = None
    ) -> None:
        self._cells, self._rules = cells, rules
        self._same_unit = same_unit or {}

    def breaches(self, protected: Protected) -> list[Breach]:
        """Read what is wrongly shown; attack each indicator as any reader, then as each unit alone in a cell."""
        return self._shown_to_all(protected) + [
            breach
            for indicator in range(len(self._cells.indicators))
            for knowing in (None, *self._alone(protected))
            for breach in self._attack(protected, indicator, knowing)
        ]

    def _shown_to_all(self, protected: Protected) -> list[Breach]:
        return [
            Breach(
                one.name,
                key,
                float(self._cells.values[indicator][place]),
                float(self._cells.values[indicator][place]),
                None,
            )
            for indicator, one in enumerate(self._cells.indicators)
            for place, key in enumerate(self._cells.keys)
            if self._concerned(place, indicator) and not protected.masked[place]
        ]

    def _alone(self, protected: Protected) -> list[Key]:
        alone = np.zeros(len(self._cells.keys), dtype=bool)
        for units in self._cells.units:
            alone |= units == 1
        return [key for key, one in zip(self._cells.keys, alone & protected.masked, strict=True) if one]

    def _attack(self, protected: Protected, indicator: int, knowing: Key | None) -> Iterator[Breach]:
        publication = published(self._cells, self._rules, protected.masked.tolist(), indicator)
        values = dict(zip(self._cells.keys, self._cells.values[indicator].tolist(), strict=True))
        known = {} if knowing is None else {knowing: values[knowing]}
        attacker = Attacker(publication, known, values)
        exempt = frozenset() if knowing is None else self._same_unit.get(knowing, frozenset()) | {knowing}
        for place, key in enumerate(self._cells.keys):
            if key not in exempt and protected.masked[place] and self._concerned(place, indicator):
                low, high = attacker.bounds(key)
                if not self._uncertain(place, indicator, low=low, high=high):
                    yield Breach(self._cells.indicators[indicator].name, key, low, high, knowing)

    def _concerned(self, place: int, indicator: int) -> bool:
        small = self._small_entries(place) or self._is_empty_and_masked(place) or self._in_a_small_zone(place)
        return bool(small) or self._dominated(place, indicator) or self._alike(place)

    def _in_a_small_zone(self, place: int) -> bool:
        key = self._cells.keys[place]
        shown = self._cells.rows[place] > 0 or self._is_empty_and_masked(place)
        return bool(shown and any(label in zones for label, zones in zip(key, self._rules.small_zones, strict=False)))

    def _alike(self, place: int) -> bool:
        """Tell whether the cell's group has too few sensitive values, or too many of its units share one."""
        rule, key = self._rules.diversity, self._cells.keys[place]
        if rule is None:
            return False
        at = self._cells.dimensions.index(rule.dimension)
        if key[at] == TOGETHER:
            return False
        mine = [
            other
            for other, theirs in enumerate(self._cells.keys)
            if theirs[at] != TOGETHER and theirs[:at] + theirs[at + 1 :] == key[:at] + key[at + 1 :]
        ]
        wholes = self._cells.wholes[(*key[:at], TOGETHER, *key[at + 1 :])]
        for units, whole in zip(self._cells.units, wholes, strict=True):
            held = sorted((int(units[other]) for other in mine if units[other]), reverse=True)
            if len(held) < rule.least or Fraction(held[0], whole) > Fraction(rule.percent, 100):
                return True
        return False

    def _is_empty_and_masked(self, place: int) -> bool:
        return self._cells.rows[place] == 0 and self._rules.empty_cells is EmptyCellRule.MASKED

    def _small_entries(self, place: int) -> list[int]:
        return [
            entry
            for entry, k in enumerate(self._rules.ks)
            if 0 < self._cells.units[entry][place] < k
            or (self._cells.units[entry][place] == 0 and self._cells.rows[place] > 0)
        ]

    def _dominated(self, place: int, indicator: int) -> bool:
        rule = self._rules.dominance
        if rule is None or self._cells.indicators[indicator].kind is Kind.DISTINCT_COUNT:
            return False
        total = int(self._cells.values[indicator][place])
        return any(int(tops[indicator][place]) * 100 > rule.percent * total for tops in self._cells.tops)

    def _uncertain(self, place: int, indicator: int, *, low: float, high: float) -> bool:
        assert self._rules.protection is not None
        value = int(self._cells.values[indicator][place])
        one = self._cells.indicators[indicator]
        scale = 10**one.decimals
        margin = scale * max(
            self._rules.protection.minimum, ceil(Fraction(value * self._rules.protection.percent, 100 * scale))
        )
        counted = one.kind in (Kind.ROW_COUNT, Kind.DISTINCT_COUNT)
        least = 1 if counted and self._rules.empty_cells is EmptyCellRule.KNOWN_ZERO else 0
        reached = value + margin
        if one.kind is Kind.DISTINCT_COUNT and one.entry is not None:
            small = one.entry in self._small_entries(place) or self._is_empty_and_masked(place)
            reached = max(reached, self._rules.ks[one.entry] if small else 0)
        return high >= reached - TOLERANCE and low <= max(least, value - margin) + TOLERANCE
