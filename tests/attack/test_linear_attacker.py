"""The attacker with a linear programme finds nothing in what the engine masks, and every defect planted in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from anonymizers.cells import (
    TOGETHER,
    Booleans,
    CellTable,
    DiversityRule,
    DominanceRule,
    EmptyCellRule,
    Integers,
    ProtectionRule,
    Rules,
)
from anonymizers.disclosure import problem as posing
from anonymizers.disclosure import protect as protection
from anonymizers.disclosure import reader as reading
from anonymizers.disclosure import table as studying
from anonymizers.disclosure.lines import Lines
from anonymizers.disclosure.pattern import Pattern
from anonymizers.disclosure.primary import Primary
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.reader import Needs, Reader
from anonymizers.guarantees import diversity, minimum_count, small_populations
from tests.cell_tables import (
    FIRST_SUM,
    ROWS,
    SECOND_SUM,
    UNITS,
    Layout,
    Measure,
    Visit,
    by_hand,
    cell_table,
    everything,
    frames,
    rules,
    with_wholes,
)
from tests.linear_attacker import Judge
from tests.unit.anonymizers.disclosure.worked import CELLS as WORKED
from tests.unit.anonymizers.disclosure.worked import RULES as WORKED_RULES

T = TOGETHER
K = 3


@dataclass(frozen=True, slots=True)
class Attacked:
    """A table, what is asked of it, and cells that must stay shown."""

    cells: CellTable
    asked: Rules
    shown: tuple[tuple[str, ...], ...] = ()


def _day(**hours: tuple[int, int]) -> CellTable:
    """Return hours of so many units and such a sum, and their total."""
    numbers = {(hour,): (units, total, min(total, 10)) for hour, (units, total) in hours.items()}
    whole = (sum(units for units, _ in hours.values()), sum(total for _, total in hours.values()), 10)
    return by_hand({**numbers, (T,): whole}, ("heure",))


def _sums_only(cells: CellTable) -> CellTable:
    """Publish the sum and not the count."""
    return replace(
        cells,
        indicators=cells.indicators[1:],
        values=cells.values[1:],
        weights=cells.weights[1:],
        tops=tuple(tops[1:] for tops in cells.tops),
    )


def _visits(**counts: tuple[int, int]) -> list[Visit]:
    """Return (units, rows of each) for each finest cell, named a0b1."""
    return [
        Visit((cell[:2], cell[2:]), (f"{cell}-{unit}",), (7 + unit, unit % 2))
        for cell, (units, repeats) in counts.items()
        for unit in range(units)
        for _ in range(repeats)
    ]


def _grid(measures: list[Measure], **counts: tuple[int, int]) -> CellTable:
    frame = frames((3, 2))
    return cell_table(_visits(**counts), Layout(frame, everything(frame), measures))


ASKED = rules(ks=(K,), protection=ProtectionRule(10, 1))
FULL = {"a0b0": (2, 1), "a0b1": (6, 1), "a1b0": (5, 1), "a1b1": (8, 1), "a2b0": (9, 1), "a2b1": (7, 1)}
ATTACKED = {
    "the worked example": Attacked(WORKED, WORKED_RULES),
    "one small hour": Attacked(_day(h1=(2, 20), h2=(5, 50), h3=(6, 60)), ASKED),
    "a unit alone": Attacked(_sums_only(_day(h1=(1, 50), h2=(2, 50), h3=(6, 60))), ASKED),
    "two small hours": Attacked(_day(h1=(2, 20), h2=(4, 40), h3=(9, 90)), rules(ks=(6,))),
    "exactly k": Attacked(_day(h1=(K, 30), h2=(K - 1, 20), h3=(9, 90), h4=(9, 90)), ASKED),
    "k is enough": Attacked(_day(h1=(K, 30), h2=(4, 40), h3=(9, 90)), ASKED, shown=(("h1",),)),
    "a known zero": Attacked(_grid([UNITS], **{**FULL, "a0b0": (1, 1), "a2b1": (0, 0)}), ASKED),
    "many rows of few": Attacked(_grid([ROWS, UNITS], **{**FULL, "a0b0": (2, 9)}), ASKED),
    "two measures": Attacked(_grid([FIRST_SUM, SECOND_SUM], **FULL), rules(protection=ProtectionRule(30, 1))),
    "a dominated cell": Attacked(
        _grid([UNITS, FIRST_SUM], **FULL), rules(dominance=DominanceRule(1, 30), protection=ProtectionRule(20, 1))
    ),
    "a dominated hour, rounded": Attacked(
        by_hand(
            {("h1",): (5, 200, 190), ("h2",): (5, 300, 70), ("h3",): (6, 400, 80), (T,): (16, 900, 190)}, ("heure",)
        ),
        rules(dominance=DominanceRule(1, 85), rounding=5),
    ),
}


SENSITIVE = {"place": ["p", "q", "r"], "genre": ["x", "y", "z"]}


def _groups(margins: list[list[str]], *, repeats: int = 1, **counts: tuple[int, int, int]) -> Attacked:
    """Return places of so many homes of each value, under a rule of three values and at most 80 %.

    The first homes of each value come `repeats` times.
    """
    held = [
        Visit((place, genre), (f"{place}{genre}{unit}",), (1, 1))
        for place, of_place in counts.items()
        for genre, count in zip(SENSITIVE["genre"], of_place, strict=True)
        for unit in range(count)
        for _ in range(repeats if unit == 0 else 1)
    ]
    cells = with_wholes(cell_table(held, Layout(SENSITIVE, margins, [ROWS, UNITS])), held, "genre")
    asked = rules(ks=(2,), protection=ProtectionRule(20, 2), empty_cells=EmptyCellRule.MASKED)
    diverse = [] if margins else [place for place, of_place in counts.items() if min(of_place) > 2]
    shown = tuple((place, genre) for place in diverse for genre in "xyz")
    return Attacked(cells, replace(asked, diversity=DiversityRule("genre", 3, 80)), shown)


ATTACKED |= {
    "a place of one value": _groups([["place"]], p=(30, 0, 0), q=(8, 9, 7), r=(9, 9, 9)),
    "a place of nearly one value": _groups([["place"], []], p=(30, 2, 2), q=(8, 9, 7), r=(9, 8, 9)),
    "three values are enough": _groups([], p=(8, 9, 7), q=(12, 3, 3), r=(9, 8, 9)),
    "many rows of one home": _groups([], repeats=60, p=(40, 2, 2), q=(8, 9, 7), r=(9, 8, 9)),
    "a small zone": Attacked(
        _grid([UNITS, FIRST_SUM], **FULL), replace(ASKED, small_zones=(frozenset({"a1"}), frozenset()))
    ),
}


def leaks() -> list[str]:
    """Attack every table; name those that leak, or mask what may be shown."""
    found = []
    for name, one in ATTACKED.items():
        protected = protect(one.cells, one.asked)
        hidden = [key for key in one.shown if protected.masked[one.cells.keys.index(key)]]
        if hidden or Judge(one.cells, one.asked).breaches(protected):
            found.append(name)
    return found


def test_the_attacker_finds_nothing() -> None:
    assert leaks() == []


def _no_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "holds", lambda problem, hidden, routes: routes)
    monkeypatch.setattr(protection, "wide_enough", lambda problem, spans: True)


def skip_complementary_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_audit(monkeypatch)
    monkeypatch.setattr(protection, "complementary", lambda problem: Pattern(problem.primary, ()))


def mask_one_more_cell_a_line_and_check_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not exactly derivable is taken for safe: the smallest cell of each line that holds one masked cell."""

    def one_more(problem: Problem) -> Pattern:
        hidden = problem.primary.copy()
        for lines in problem.hidden_sums.stages * 3:
            for line in range(len(lines)):
                members = np.append(lines.parts_of(line), lines.parents[line])
                if hidden[members].sum() == 1:
                    open_to = members[~hidden[members]]
                    hidden[open_to[np.argmin(problem.units[open_to])]] = True
        return Pattern(hidden, ())

    _no_audit(monkeypatch)
    monkeypatch.setattr(protection, "complementary", one_more)


def forget_margins(monkeypatch: pytest.MonkeyPatch) -> None:
    none = np.zeros(0, dtype=np.int64)
    monkeypatch.setattr(studying, "lines_of", lambda cells: Lines(none, np.zeros(1, dtype=np.int64), none))
    monkeypatch.setattr(studying, "check_additive", lambda cells, lines: None)


def count_rows_for_units(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(cells: CellTable, asked: Rules, entry: int) -> Booleans:
        return (cells.rows > 0) & (cells.rows < asked.ks[entry])

    monkeypatch.setattr(minimum_count, "_short", short)


def ask_for_more_than_k(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(cells: CellTable, asked: Rules, entry: int) -> Booleans:
        return (cells.rows > 0) & ~(cells.units[entry] > asked.ks[entry])

    monkeypatch.setattr(minimum_count, "_short", short)


def show_one_less_than_k(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(cells: CellTable, asked: Rules, entry: int) -> Booleans:
        return (cells.rows > 0) & (cells.units[entry] < asked.ks[entry] - 1)

    monkeypatch.setattr(minimum_count, "_short", short)


def hide_behind_known_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = property(lambda table: np.zeros(len(table.cells.keys), dtype=np.bool_))
    monkeypatch.setattr(studying.Table, "known_zeros", nothing)


def forget_the_single_contributor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posing, "circles_of", lambda table: ())


def forget_that_nobody_may_be_proven_small(monkeypatch: pytest.MonkeyPatch) -> None:
    original = studying.primary_cells

    def without_floors(cells: CellTable, asked: Rules) -> Primary:
        primary = original(cells, asked)
        return replace(primary, floors=np.zeros_like(primary.floors))

    monkeypatch.setattr(studying, "primary_cells", without_floors)


def forget_the_lower_side(monkeypatch: pytest.MonkeyPatch) -> None:
    original = reading._needs

    def up_only(table: studying.Table, indicator: int, *, least: Integers) -> Needs:
        needs = original(table, indicator, least=least)
        return replace(needs, down=np.zeros_like(needs.down))

    monkeypatch.setattr(reading, "_needs", up_only)


def check_the_first_indicator_only(monkeypatch: pytest.MonkeyPatch) -> None:
    original = posing.reader_of

    def first_only(table: studying.Table, indicator: int) -> Reader:
        reader = original(table, indicator)
        nothing = np.zeros(0, dtype=np.int64)
        return reader if indicator == 0 else replace(reader, needs=Needs(nothing, nothing, nothing))

    monkeypatch.setattr(posing, "reader_of", first_only)


def think_that_rounding_hides_more(monkeypatch: pytest.MonkeyPatch) -> None:
    original = reading._shown

    def wider(table: studying.Table, indicator: int, *, least: Integers) -> tuple[np.ndarray, np.ndarray]:
        low, high = original(table, indicator, least=least)
        return 4 * low, 4 * high

    monkeypatch.setattr(reading, "_shown", wider)


def ask_for_one_value_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def diverse(counts: Integers, whole: int, rule: DiversityRule) -> bool:
        return bool((counts > 0).sum() > rule.least) and int(counts.max()) * 100 <= rule.percent * whole

    monkeypatch.setattr(diversity, "is_diverse", diverse)


def be_content_with_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diversity, "is_diverse", lambda counts, whole, rule: (counts > 0).sum() >= rule.least)


def take_shares_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(cells: CellTable, group: tuple[str, ...], members: Integers) -> Iterator[tuple[Integers, int]]:
        yield cells.rows[members], int(cells.rows[members].sum())

    monkeypatch.setattr(diversity, "counted", counted)


def forget_small_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_populations, "_in_small_zones", lambda cells, asked: np.zeros(len(cells.keys), np.bool_))


DEFECTS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = (
    skip_complementary_cells,
    mask_one_more_cell_a_line_and_check_no_bound,
    forget_margins,
    count_rows_for_units,
    ask_for_more_than_k,
    show_one_less_than_k,
    hide_behind_known_zeros,
    forget_the_single_contributor,
    forget_that_nobody_may_be_proven_small,
    forget_the_lower_side,
    check_the_first_indicator_only,
    think_that_rounding_hides_more,
    ask_for_one_value_more,
    be_content_with_values,
    take_shares_of_rows,
    forget_small_zones,
)


@pytest.mark.parametrize("plant", DEFECTS, ids=lambda plant: plant.__name__)
def test_a_planted_defect_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert leaks() != []
