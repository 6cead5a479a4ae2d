"""A defect put into the code on purpose is seen in what is published: the attackers can fail.

Those of the protection of one table (units counted as rows, no complementary cells, no margins, `>` for `>=`, hidden
zeros, no single contributor…) are in test_linear_attacker.py; here are those of what the engine counts, of several
publications, of keys and of rounding.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from anonymizers.cells import Booleans, CellTable, Rules
from anonymizers.columns import Column
from anonymizers.differencing import entering, nesting, remainder, small
from anonymizers.differencing import settle as settling
from anonymizers.differencing.membership import Memberships
from anonymizers.guarantees import minimum_count
from charter import cells_expression, comparison, ladder
from charter.comparison import Comparer
from charter.dimensions import Dimension
from charter.due import Due
from charter.raw_table import Table
from charter.run import Run
from charter.steps import build
from charter.unit_rows import Layout
from eclor.world import FileKeyRing, Secret
from tests.attack.differencing_attacker import Subtraction
from tests.attack.publishing import OWN, SISTER, Press, Row, Shape, visits

BY_SITE = Shape(OWN, sited=True, quarterly=False, margins="aucun", late="reviser")
REVISED = Shape(OWN, sited=True, quarterly=False, margins="aucun", late="reviser", alone=True)
FROZEN = Shape(OWN, sited=True, quarterly=False, margins="aucun", late="geler", alone=True)
ROUNDED = Shape(OWN, sited=True, quarterly=False, margins="aucun", late="geler", rounding=4, alone=True)
BY_QUARTER = Shape(SISTER, sited=True, quarterly=True, margins="aucun", late="reviser")
BY_MONTH = Shape(SISTER, sited=False, quarterly=False, margins="aucun", late="reviser")
FULL = visits([("a", 1, 6), ("a", 2, 6), ("b", 1, 6), ("b", 2, 6)])
SECOND = visits([("a", 3, 6)])
TWICE = [Row("x", "b", 1, 2), Row("x", "b", 1, 3), Row("y", "b", 1, 2)]
THREE, TWO = ([Row(name, "a", 1, 2) for name in names] for names in ("xyz", "vw"))
Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class Told:
    """Publications, each of all rows then held, one after the other."""

    parts: tuple[tuple[Shape, list[Row]], ...]
    sister: Shape | None = None


STORIES = {
    "three rows of two": Told(((FROZEN, [*visits([("a", 1, 6)]), *TWICE]),)),
    "three of four": Told(((ROUNDED, visits([("a", 1, 2), ("b", 1, 8)])),)),
    "one goes, one comes": Told(((REVISED, FULL), (REVISED, [Row("other", "a", 1, 9), *FULL[1:], *SECOND]))),
    "one comes late": Told(((FROZEN, FULL), (FROZEN, [*FULL, Row("other", "a", 1, 9), *SECOND]))),
    "a total of two more": Told(
        ((BY_SITE, FULL), (BY_MONTH, [*FULL, *visits([("c", 1, 2)])])),
        BY_MONTH,
    ),
    "two more than a total": Told(
        ((BY_SITE, FULL), (BY_MONTH, [*FULL, *THREE]), (BY_SITE, [*FULL, *THREE, *TWO, *SECOND])), BY_MONTH
    ),
    "a correction between two": Told(
        ((BY_MONTH, FULL[:12]), (BY_SITE, [Row(FULL[0].unit, "a", 1, 9), *FULL[1:12]])), BY_MONTH
    ),
    "months of a quarter": Told(
        ((BY_QUARTER, [*FULL, *visits([("a", 3, 2)])]), (BY_SITE, [*FULL, *visits([("a", 3, 2)])])), BY_QUARTER
    ),
}


def told(folder: Path, names: Iterable[str] = STORIES) -> dict[str, Press]:
    """Publish the stories, each on a press of its own."""
    presses = {}
    for number, name in enumerate(names):
        (folder / str(number)).mkdir()
        press, story = Press(folder / str(number)), STORIES[name]
        presses[name] = press
        for shape, rows in story.parts:
            press.publish(shape, rows, story.sister)
        assert len(press.made) + len(press.refused) == len(story.parts)
    return presses


def leaks(presses: Mapping[str, Press]) -> list[str]:
    """Name the stories whose public files tell of too few."""
    return [name for name, press in presses.items() if list(Subtraction(press.made).leaks())]


def test_nothing_leaks(tmp_path: Path) -> None:
    presses = told(tmp_path)
    assert {name: press.refused for name, press in presses.items() if press.refused} == {}
    assert leaks(presses) == []


def count_rows_for_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engine counts them: what is judged then is true of rows."""
    whole = cells_expression._counts

    def counts(layout: Layout, rows: Table) -> dict[str, Column]:
        return {**whole(layout, rows), "units": rows["n"].sum()}

    monkeypatch.setattr(cells_expression, "_counts", counts)


def threshold_after_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(cells: CellTable, asked: Rules, entry: int) -> Booleans:
        base = asked.rounding or 1
        units = (cells.units[entry] * 2 + base) // (2 * base) * base
        return (cells.units[entry] > 0) & (units < asked.ks[entry])

    monkeypatch.setattr(minimum_count, "_short", short)


def net_change_for_symmetric_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_few(differences: Memberships, rules: Rules) -> Booleans:
        short = small.touched(differences)
        for difference, k in zip(differences, rules.ks, strict=True):
            net = np.abs(np.bincount(difference.cells, weights=difference.rows, minlength=len(difference)))
            short = short & (net > 0) & (net < k)
        return short

    monkeypatch.setattr(entering, "too_few", too_few)
    monkeypatch.setattr(entering, "dominated", lambda change, rules, indicators: np.zeros(len(change[0]), np.bool_))


def late_rows_merged_under_freeze(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "published_days", lambda former, time, frequency: ())
    original = ladder.due_periods

    def due_again(run: Run, time: Dimension, days: tuple[date, ...]) -> Due:
        return original(replace(run, held=replace(run.held, former=None)), time, days)

    monkeypatch.setattr(ladder, "due_periods", due_again)


def skip_nesting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "nesting", lambda new, fresh, past, work: iter(()))


def forget_what_came_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what exceeds a total is looked for, nor the sum that the total lies in."""
    monkeypatch.setattr(nesting, "nearly_inside", lambda facts: iter(()))
    monkeypatch.setattr(nesting, "with_totals", lambda facts, tables: facts)


def forget_corrections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remainder.Remainders, "_amounts", lambda self, left: iter(()))


def compare_each_period_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Comparer, "_around", lambda self, days, beside: days)
    monkeypatch.setattr(Comparer, "_beside", lambda self, days, beside: [])


def mark_units_apart_in_each_dataset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each dataset has a key of its own in the group, and says that it is the group's: nothing meets anything."""
    made = iter(bytes([number]) * 32 for number in range(99))
    monkeypatch.setattr(FileKeyRing, "comparison_key", lambda self, group: Secret(next(made)))
    monkeypatch.setattr(comparison, "key_mark", lambda key: "the group's")
    monkeypatch.setattr("charter.ledger.store.key_mark", lambda key: "the group's")


DEFECTS: Mapping[Plant, str] = {
    count_rows_for_units: "three rows of two",
    threshold_after_rounding: "three of four",
    net_change_for_symmetric_difference: "one goes, one comes",
    late_rows_merged_under_freeze: "one comes late",
    skip_nesting: "a total of two more",
    forget_what_came_in_between: "two more than a total",
    forget_corrections: "a correction between two",
    compare_each_period_alone: "months of a quarter",
    mark_units_apart_in_each_dataset: "a total of two more",
}


@pytest.fixture(autouse=True)
def _steps_made_anew() -> Iterator[None]:
    """Steps are remembered by their policy, not by the code that is broken here."""
    build.cache_clear()
    yield
    build.cache_clear()


@pytest.mark.parametrize("plant", DEFECTS, ids=lambda plant: plant.__name__)
def test_a_planted_defect_is_found(plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the search of all sums of cells left out: it finds most of what another check would miss."""
    monkeypatch.setattr(settling, "combinations", lambda new, fresh, past, work: iter(()))
    plant(monkeypatch)
    assert leaks(told(tmp_path, [DEFECTS[plant]])) == [DEFECTS[plant]]
