"""Two deliveries between which each cell changed by a household: sums that leave too few are not gone through.

Of thirty cells that one household each entered, any ten make a sum that leaves ten: thirty million of them, k being 11.
"""

import numpy as np
import pytest

from anonymizers.differencing.doubt import doubtful
from anonymizers.differencing.equations import Equations
from anonymizers.differencing.facts import facts_of
from anonymizers.differencing.leaving import Leaving
from anonymizers.disclosure.work import Work
from eclor.errors import GuaranteeBroken
from tests.cell_tables import ROWS, UNITS, rules
from tests.chance import Chance
from tests.releases import Row, Table, people

CELLS, K, NOBODY = 30, 11, -1
STEPS = 3_000
FRAME = {"a": [f"a{n}" for n in range(6)], "b": [f"b{n}" for n in range(5)]}
STOCK = Table(
    "stock", FRAME, rules(ks=(K,)), margins=[["a"], ["b"], []], measures=(ROWS, UNITS), tells_corrections=False
)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many equations are let hold."""
    found, holding = list[int](), Leaving._holding

    def noted(self: Leaving, *asked: object) -> object:
        found.append(1)
        return holding(self, *asked)  # type: ignore[arg-type]

    monkeypatch.setattr(Leaving, "_holding", noted)
    return found


def rows(each: int, start: int) -> list[Row]:
    places = [(a, b) for a in FRAME["a"] for b in FRAME["b"]]
    return [row for n, (a, b) in enumerate(places) for row in people(each, start + 100 * n, a=a, b=b)]


def test_columns_in_any_sum_that_leaves_too_few_are_told_without_looking_at_all_such_sums(steps: list[int]) -> None:
    """Of each cell the number then and the number now, with one household between them."""
    pairs, twice = np.arange(CELLS), np.repeat(np.arange(CELLS), 2)
    facts = np.stack([2 * pairs, 2 * pairs + 1], axis=1).ravel()
    entered = Equations(twice, facts, np.tile([1, 1], CELLS), pairs, pairs)
    assert Leaving(entered, None, Work(), k=K, nobody=NOBODY).in_sums().all()
    assert len(steps) < STEPS


def test_the_cells_in_doubt_of_a_delivery_in_which_each_changed_by_a_household_are_told_at_once(
    steps: list[int],
) -> None:
    before, since = rows(14, 0), rows(1, 50)
    releases = STOCK.release([*before, *since], "v2"), STOCK.release(before, "v1")
    shown = [(release, np.ones(len(release.cells.keys), dtype=np.bool_)) for release in releases]
    assert doubtful(facts_of(shown, "foyer"), Work()).all()
    assert 0 < len(steps) < STEPS


def came_again(several: int, since: int, chance: Chance) -> list[Row]:
    """Return rows of units that are in some six places each."""
    places = [{"a": a, "b": b} for a in FRAME["a"] for b in FRAME["b"]]
    drawn = [(places[chance.below(CELLS)], chance.below(250)) for _ in range(several)]
    return [Row(number, place, (f"h{unit}",)) for number, (place, unit) in enumerate(drawn, since)]


def test_where_units_came_again_all_sums_are_settled(steps: list[int]) -> None:
    """Two tables without margins, between which twenty rows came to each cell: no sum of them leaves fewer than k."""
    chance = Chance()
    before = came_again(900, 0, chance)
    releases = STOCK.release([*before, *came_again(600, 900, chance)], "v2"), STOCK.release(before, "v1")
    shown = [(release, ~release.cells.margins) for release in releases]
    work = Work()
    assert not doubtful(facts_of(shown, "foyer"), work).any()
    assert 0 < len(steps) < STEPS
    assert work.steps(1) < Work().steps(1)


def test_a_search_takes_no_more_than_the_work_that_is_left() -> None:
    pairs, twice = np.arange(CELLS), np.repeat(np.arange(CELLS), 2)
    facts = np.stack([2 * pairs, 2 * pairs + 1], axis=1).ravel()
    entered = Equations(twice, facts, np.tile([1, 1], CELLS), pairs, pairs)
    with pytest.raises(GuaranteeBroken) as refused:
        Leaving(entered, None, Work(1), k=K, nobody=NOBODY).in_sums()
    assert refused.value.code == "protection.too-tied"
