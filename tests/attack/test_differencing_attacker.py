"""Deliveries one after the other, two tables at two grains: no difference of published numbers tells of too few.

The attackers read the public files of all results (`differencing_attacker`, `joint_attacker`); the stories are random:
late rows, corrections, deletions, frozen or revised, with and without totals, one table or two of one source.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from tests.attack.differencing_attacker import Leak, Subtraction
from tests.attack.joint_attacker import Narrowed, narrowed
from tests.attack.publishing import OWN, SISTER, Press, Row, Shape, visits

BY_MONTH = "[{par: [jour]}]"
DAILY = range(5)
OF_SISTERS_WITHOUT_TOTALS = (5104, 6001)
"""A table without totals added up masked cells of its sister: over the months of a quarter, and in one month."""
MORE = range(60)

Drawn = TypeVar("Drawn")


@dataclass
class Dice:
    """The dice of one number."""

    numbers: np.random.Generator

    def below(self, end: int) -> int:
        return int(self.numbers.integers(end))

    def between(self, low: int, end: int) -> int:
        return int(self.numbers.integers(low, end))

    def one_of(self, several: Sequence[Drawn]) -> Drawn:
        return several[self.below(len(several))]


@dataclass
class Story:
    """Rows that come, go and are corrected, by the dice of one number."""

    dice: Dice
    rows: list[Row]
    sites: str
    units: int

    @classmethod
    def told_by(cls, number: int) -> "Story":
        dice = Dice(np.random.default_rng(number))
        story = cls(dice, [], "abc"[: dice.between(2, 4)], dice.between(8, 24))
        story.rows = [story.row(last=3) for _ in range(dice.between(30, 80))]
        return story

    def row(self, *, last: int) -> Row:
        dice = self.dice
        unit = dice.below(self.units)
        return Row(f"u{unit}", dice.one_of(self.sites), dice.between(1, last + 1), dice.between(1, 4))

    def shapes(self) -> tuple[Shape, Shape | None]:
        dice = self.dice
        late, alone = dice.one_of(["geler", "reviser", "reviser"]), dice.below(4) == 0
        own = Shape(OWN, sited=True, quarterly=False, margins=dice.one_of(["aucun", BY_MONTH]), late=late, alone=alone)
        sited, quarterly = dice.one_of([(False, True), (False, False), (True, True)])
        margins = dice.one_of(["aucun", BY_MONTH]) if sited else "aucun"
        return own, None if alone else Shape(SISTER, sited=sited, quarterly=quarterly, margins=margins, late=late)

    def goes_on(self) -> None:
        """Lose a few rows, correct a few, and receive late and new ones."""
        dice = self.dice
        for _ in range(dice.below(3)):
            self.rows.pop(dice.below(len(self.rows)))
        for _ in range(dice.below(3)):
            place = dice.below(len(self.rows))
            old = self.rows[place]
            self.rows[place] = Row(old.unit, old.site, old.month, old.volume + 1)
        self.rows += [self.row(last=dice.one_of([3, 3, 6])) for _ in range(dice.below(30))]


def told(number: int, folder: Path) -> Press:
    """Publish a whole story."""
    story, press = Story.told_by(number), Press(folder)
    own, sister = story.shapes()
    for _ in range(story.dice.between(3, 5)):
        press.publish(story.dice.one_of([own, sister]) if sister else own, story.rows, sister)
        story.goes_on()
    return press


def found(press: Press) -> list[Leak | Narrowed]:
    return [*Subtraction(press.made).leaks(), *narrowed(press.made)]


@pytest.mark.parametrize("number", [*DAILY, *OF_SISTERS_WITHOUT_TOTALS])
def test_what_is_published_one_after_the_other_tells_of_nobody(tmp_path: Path, number: int) -> None:
    press = told(number, tmp_path)
    assert len(press.made) > 1
    assert [str(one) for one in found(press)] == []


@pytest.mark.soak
@pytest.mark.parametrize("number", MORE)
def test_longer(tmp_path: Path, number: int) -> None:
    drawn = number + 100 * int.from_bytes(os.urandom(4))
    assert (drawn, [str(one) for one in found(told(drawn, tmp_path))]) == (drawn, [])


def quarter_and_months(late: str, margins: str) -> tuple[Shape, Shape]:
    own = Shape(OWN, sited=True, quarterly=False, margins=margins, late=late)
    return own, Shape(SISTER, sited=True, quarterly=True, margins="aucun", late=late)


@pytest.mark.parametrize("margins", ["aucun", BY_MONTH])
@pytest.mark.parametrize("late", ["geler", "reviser"])
def test_months_published_together_are_not_taken_from_a_sister_s_quarter(
    tmp_path: Path, late: str, margins: str
) -> None:
    own, sister = quarter_and_months(late, margins)
    rows = visits([("a", 1, 5), ("a", 2, 5), ("a", 3, 2), ("b", 1, 6), ("b", 2, 6), ("b", 3, 6)])
    press = Press(tmp_path)
    press.publish(sister, rows, sister)
    press.publish(own, rows, sister)
    assert press.refused == []
    assert press.made[1].cells["a", "2026-01"] is not None
    assert [str(leak) for leak in Subtraction(press.made).leaks()] == []


def test_a_month_that_is_kept_is_not_told_by_the_quarter_and_the_months_that_changed(tmp_path: Path) -> None:
    own, sister = quarter_and_months("reviser", "aucun")
    rows = visits([("a", month, 5) for month in (1, 2, 3)])
    late = [Row("late", "a", 1, 7), *(Row(f"new{unit}", "a", month, 2) for month in (2, 3) for unit in range(4))]
    press = Press(tmp_path)
    press.publish(own, rows, sister)
    press.publish(sister, [*rows, *late], sister)
    press.publish(own, [*rows, *late], sister)
    assert [one.shape for one in press.made] == [own, sister, own]
    assert press.made[2].cells["a", "2026-01"] == (5, 5, 10)
    assert [str(leak) for leak in Subtraction(press.made).leaks()] == []


def test_a_row_corrected_between_two_sisters_is_not_told_by_their_difference(tmp_path: Path) -> None:
    own = Shape(OWN, sited=True, quarterly=False, margins="aucun", late="reviser")
    sister = Shape(SISTER, sited=False, quarterly=False, margins="aucun", late="reviser")
    rows = visits([("a", 1, 5), ("a", 2, 5)])
    press = Press(tmp_path)
    press.publish(sister, rows, sister)
    press.publish(own, [Row(rows[0].unit, "a", 1, 9), *rows[1:]], sister)
    assert press.made[1].cells == {("a", "2026-01"): None, ("a", "2026-02"): (5, 5, 10)}


def test_rows_that_come_between_a_total_and_its_parts_are_not_told_by_their_sum(tmp_path: Path) -> None:
    own = Shape(OWN, sited=True, quarterly=False, margins="aucun", late="reviser")
    sister = Shape(SISTER, sited=False, quarterly=False, margins="aucun", late="reviser")
    rows = visits([("a", 1, 5), ("b", 1, 5)])
    before, after = (
        [Row(row.unit, "a", 1, 2) for row in visits([(name, 1, units)])] for name, units in (("c", 3), ("d", 2))
    )
    press = Press(tmp_path)
    press.publish(own, rows, sister)
    press.publish(sister, [*rows, *before], sister)
    press.publish(own, [*rows, *before, *after, *visits([("e", 1, 4)])], sister)
    assert [one.shape for one in press.made] == [own, sister, own]
    assert press.made[1].cells["*", "2026-01"] == (13, 13, 26)
    assert press.made[2].cells == {
        ("a", "2026-01"): (5, 5, 10),
        ("b", "2026-01"): (5, 5, 10),
        ("e", "2026-01"): (4, 4, 8),
    }
    assert [str(leak) for leak in Subtraction(press.made).leaks()] == []


def test_a_cell_that_was_kept_does_not_let_a_sister_s_quarter_narrow_masked_months(tmp_path: Path) -> None:
    """January of `a` was shown at 5 and then kept: of the 9 of its quarter, February and March would hold 4 at most."""
    own, sister = quarter_and_months("reviser", BY_MONTH)
    january = [("a", 1, 5), ("b", 1, 5), ("c", 1, 5)]
    rows = visits([*january, ("a", 2, 1), ("b", 2, 4), ("c", 2, 8), ("a", 3, 2), ("b", 3, 8), ("c", 3, 4)])
    late = [Row("late", "a", 1, 2)] * 3 + [Row(f"late-{site}{n}", site, 1, 2) for site in "bc" for n in range(2)]
    more = [*rows, *late, *visits([("d", 1, 4)])]
    press = Press(tmp_path)
    press.publish(own, rows, sister)
    press.publish(own, more, sister)
    press.publish(sister, more, sister)
    assert [one.shape for one in press.made] == [own, own, sister]
    assert [press.made[1].cells["a", f"2026-0{month}"] for month in (1, 2, 3)] == [(5, 5, 10), None, None]
    assert [str(one) for one in found(press)] == []
    assert {site: said for (site, _), said in press.made[2].cells.items()} == {
        "a": None,
        "b": (19, 19, 38),
        "c": (19, 19, 38),
        "d": (4, 4, 8),
    }
