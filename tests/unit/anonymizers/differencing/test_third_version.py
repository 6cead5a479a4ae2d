"""A third version beside two others: what is asked for one single contributor is not asked again for each other one."""

import numpy as np
import pytest

from anonymizers.cells import ProtectionRule
from anonymizers.differencing.joint import Joint, Stand
from anonymizers.differencing.nesting import Found
from anonymizers.differencing.past import Late, PastRelease
from anonymizers.differencing.settle import settle
from anonymizers.disclosure.programme import Programme
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, rules
from tests.releases import Row, Table, first

FRAME = {"rue": [f"r{n:02}" for n in range(14)], "type": [f"t{n}" for n in range(8)]}
TABLE = Table(
    "abonnements",
    FRAME,
    rules(ks=(11,), protection=ProtectionRule(10, 1)),
    margins=[["rue"], ["type"], []],
    measures=(ROWS, UNITS, FIRST_SUM),
)
STOCK, HOUSEHOLDS, LATE = 1_400, 350, 60
ENDS = 900
"""Programmes that are enough for three numbers, each read twice: 645; one contributor after another, 1,521."""


def versions() -> list[list[Row]]:
    """Draw three: rows of households that come again, late ones, then late ones and a tenth removed."""
    random = np.random.default_rng(5)
    places = [{"rue": street, "type": kind} for street in FRAME["rue"] for kind in FRAME["type"]]
    share = random.gamma(0.5, 1, len(places))

    def drawn(several: int, start: int) -> list[Row]:
        at = random.choice(len(places), several, p=share / share.sum()).tolist()
        units, amounts = (random.integers(1, most, several).tolist() for most in (HOUSEHOLDS, 100))
        parts = enumerate(zip(at, units, amounts, strict=True), start)
        return [Row(number, places[place], (f"f{unit}",), (amount,)) for number, (place, unit, amount) in parts]

    one = drawn(STOCK, 0)
    two = [*one, *drawn(LATE, 10_000)]
    left = random.random(len(two)) > 0.1
    three = [row for row, stays in zip(two, left.tolist(), strict=True) if stays]
    return [one, two, [*three, *drawn(LATE, 20_000)]]


def test_what_shows_an_end_for_one_contributor_is_not_asked_again_for_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two, three = versions()
    past: list[PastRelease] = []
    for number, rows in enumerate((one, two)):
        past.append(first(TABLE, rows, past, str(number)))
    asked, solves, breaches = list[int](), Programme.solves, Joint.breaches

    def counted(self: Programme) -> bool:
        asked.append(1)
        return solves(self)

    def side_by_side(self: Joint, stand: Stand) -> list[Found]:
        with monkeypatch.context() as patch:
            patch.setattr(Programme, "solves", counted)
            return breaches(self, stand)

    monkeypatch.setattr(Joint, "breaches", side_by_side)
    settle(TABLE.release(three, "2"), past, late=Late.REVISE)
    assert 0 < len(asked) < ENDS
