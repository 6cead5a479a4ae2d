"""Intervals: what is told of each masked number, and what is said where telling it would be too much work."""

from dataclasses import replace

import numpy as np
import pytest

from anonymizers.cells import TOGETHER, Booleans, Bounds, CellTable, EmptyCellRule
from anonymizers.disclosure import intervals as told
from anonymizers.disclosure.intervals import Intervals, Shown, intervals
from anonymizers.disclosure.programme import Programme
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.work import QUESTION, Allowance
from benchmarks.suppression_tables import asked, households, plain_axis
from tests.cell_tables import Key, by_hand, rules

T = TOGETHER
ROW: dict[Key, tuple[int, int, int]] = {
    ("a",): (2, 20, 10),
    ("b",): (5, 30, 10),
    ("c",): (9, 50, 10),
    (T,): (16, 100, 10),
}
CELLS = by_hand(ROW, ("d",))
CUBE = households([plain_axis(7), plain_axis(6), plain_axis(5)], seed=3, spread=1.6)


def of_sums(found: Intervals, cells: CellTable) -> dict[str, tuple[float, float | None]]:
    """Return the interval of the sum of each masked cell, by its label."""
    return {cells.keys[one.cell][0]: (one.low, one.high) for one in found.told if one.indicator == 1}


def hides(*labels: str) -> Booleans:
    return np.array([key[0] in labels for key in CELLS.keys], dtype=np.bool_)


def every(shown: Shown) -> set[tuple[int, int]]:
    indicators = range(len(shown.true.indicators))
    return {(cell, number) for cell in np.flatnonzero(shown.masked).tolist() for number in indicators}


def places(bounds: tuple[Bounds, ...]) -> set[tuple[int, int]]:
    return {(one.cell, one.indicator) for one in bounds}


def test_a_cell_that_is_masked_for_another_has_its_interval_like_it() -> None:
    found = intervals(Shown(CELLS, CELLS, hides("a", "b"), rules()))
    assert of_sums(found, CELLS) == {"a": (0, 50), "b": (0, 50)}
    assert found.missing == ()


def test_nothing_is_told_where_nothing_is_masked() -> None:
    assert intervals(Shown(CELLS, CELLS, hides(), rules())) == Intervals((), ())


def test_an_older_number_tells_nothing_of_todays_and_the_same_one_does() -> None:
    older = tuple(np.where(hides("b"), values - 1, values) for values in CELLS.values)
    kept = replace(CELLS, values=older)
    assert of_sums(intervals(Shown(CELLS, kept, hides("a"), rules())), CELLS) == {"a": (0, 50)}
    assert of_sums(intervals(Shown(CELLS, CELLS, hides("a"), rules())), CELLS) == {"a": (20, 20)}


@pytest.mark.parametrize(("base", "interval"), [(10, (5, 35)), (None, (10, 30)), (4, (6, 30))])
def test_a_kept_cell_is_read_as_its_version_rounded_it(base: int | None, interval: tuple[float, float]) -> None:
    """100 ± 5 and 50 ± 5 now, less what was 30 ± 5, 30 itself, or 32 ± 2."""
    shown = Shown(CELLS, CELLS, hides("a"), rules(rounding=10), [(base, hides("b"))])
    assert of_sums(intervals(shown), CELLS) == {"a": interval}


def test_an_empty_cell_that_is_masked_all_the_same_is_none_that_everyone_knows() -> None:
    cells = by_hand({**ROW, ("d",): (0, 0, 0)}, ("d",))
    hidden = np.array([key[0] in {"a", "d"} for key in cells.keys])
    found = intervals(Shown(cells, cells, hidden, rules(empty_cells=EmptyCellRule.KNOWN_ZERO)))
    assert of_sums(found, cells) == {"a": (0, 20), "d": (0, 20)}


@pytest.fixture(scope="module")
def shown() -> Shown:
    return Shown(CUBE, CUBE, protect(CUBE, asked(11)).masked, asked(11))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_what_would_be_too_much_work_is_said_to_be_missing(shown: Shown, share: float) -> None:
    free = intervals(shown)
    least = work_of(shown)
    found = intervals(shown, work=int(share * least))
    assert places(found.told) | set(found.missing) == every(shown)
    assert found.missing
    assert not places(found.told) & set(found.missing)
    assert set(found.told) <= set(free.told)
    assert intervals(shown, work=least).missing == free.missing == ()


def test_nothing_is_asked_once_the_work_is_spent(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    class Strict(Allowance):
        def spend(self, amount: int) -> None:
            assert not self.is_spent
            super().spend(amount)

    monkeypatch.setattr(told, "Allowance", Strict)
    assert intervals(shown, work=30 * QUESTION).missing


def test_what_the_solver_cannot_tell_is_missing_and_not_taken_for_known(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = intervals(shown)
    monkeypatch.setattr(Programme, "least", lambda _: None)
    found = intervals(shown)
    assert found.missing
    assert set(found.told) <= set(free.told)
    assert places(found.told) | set(found.missing) == every(shown)


def test_what_hangs_together_in_few_cells_is_told_before_what_is_much_work(shown: Shown) -> None:
    """Beside the cube, and after it, a square of four masked cells."""
    square = households([plain_axis(3), plain_axis(3)], seed=4, spread=0.2)
    square = replace(square, keys=tuple((*(label.replace("00", "s") for label in key), "x") for key in square.keys))
    hidden = np.array([{*key[:2]} <= {"s0", "s1"} for key in square.keys])
    alone = Shown(square, square, hidden, asked(11))
    both = joined(CUBE, square)
    found = intervals(Shown(both, both, np.concatenate([shown.masked, hidden]), asked(11)), work=work_of(alone))
    of_square = [(one.low, one.high) for one in found.told if both.keys[one.cell][2] == "x"]
    assert of_square == [(one.low, one.high) for one in intervals(alone).told]
    assert len(of_square) == 4
    assert found.missing


def test_what_was_told_before_is_not_asked_again(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    free = intervals(shown)
    monkeypatch.setattr(told, "spans_of", None)
    assert intervals(shown, free.told) == free


def work_of(shown: Shown) -> int:
    """Return the least work that tells all."""
    low, high = 0, told.LIMIT
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if intervals(shown, work=middle).missing else (low, middle)
    return high


def joined(one: CellTable, other: CellTable) -> CellTable:
    """Put two tables of as many dimensions into one; no line ties the one to the other."""
    return replace(
        one,
        keys=one.keys + other.keys,
        rows=np.concatenate([one.rows, other.rows]),
        units=tuple(np.concatenate(both) for both in zip(one.units, other.units, strict=True)),
        values=tuple(np.concatenate(both) for both in zip(one.values, other.values, strict=True)),
        weights=tuple(np.concatenate(both) for both in zip(one.weights, other.weights, strict=True)),
        tops=tuple(
            tuple(np.concatenate(both) for both in zip(*entry, strict=True))
            for entry in zip(one.tops, other.tops, strict=True)
        ),
    )
