"""Intervals: of every number that is masked, what a reader with a linear programme of his own finds, and no less."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import Bounds, Kind
from anonymizers.differencing.past import Late, PastRelease
from anonymizers.differencing.settle import settle
from anonymizers.disclosure.intervals import Shown, intervals
from anonymizers.disclosure.protect import protect
from eclor.errors import GuaranteeBroken
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, Case, cases, rules
from tests.linear_attacker import Attacker, published
from tests.releases import Row, Table, published_as

PLACES = ("p0", "p1", "p2")
DAYS = ("j0", "j1")
ASKED = (rules(), rules(rounding=4), rules(protection=None))


def read_by_the_attacker(shown: Shown, indicator: int) -> Attacker:
    """Give him the table as it is published; what shows an older number he takes for unknown, and maybe nothing."""
    true, cells = shown.true, shown.cells
    unknown = shown.masked | (true.values[indicator] != cells.values[indicator])
    publication = published(true, shown.rules, unknown.tolist(), indicator)
    hidden = {key: None for key, hides in zip(true.keys, unknown.tolist(), strict=True) if hides}
    floors = zip(true.keys, np.where(shown.masked, true.values[indicator], 0).tolist(), strict=True)
    return Attacker(replace(publication, shown={**publication.shown, **hidden}), {}, dict(floors))


def held(shown: Shown, known: tuple[Bounds, ...] = ()) -> tuple[Bounds, ...]:
    """Return the intervals of a table, held to say all of it, the truth, and what the attacker finds."""
    found = intervals(shown, known)
    masked = np.flatnonzero(shown.masked).tolist()
    of_each = [(indicator, cell) for indicator in range(len(shown.true.indicators)) for cell in masked]
    assert [(bound.indicator, bound.cell) for bound in found.told] == of_each
    assert found.missing == ()
    for bound in found.told:
        assert bound.true == shown.true.values[bound.indicator][bound.cell]
        assert bound.low - 1e-6 <= bound.true <= (np.inf if bound.high is None else bound.high) + 1e-6
        attacker = read_by_the_attacker(shown, bound.indicator)
        low, high = attacker.bounds(shown.true.keys[bound.cell])
        assert (bound.low, np.inf if bound.high is None else bound.high) == pytest.approx((low, high), abs=1e-5)
    return found.told


@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_of_a_table_they_are_those_of_an_independent_programme_and_as_wide_as_was_asked(case: Case) -> None:
    try:
        protected = protect(case.cells, case.asked)
    except GuaranteeBroken as refusal:
        assert refusal.code == "protection.no-pattern"  # noqa: PT017 - a table that nothing protects is none of ours
        return
    shown = Shown(case.cells, case.cells, protected.masked, case.asked)
    told = held(shown, protected.bounds)
    assert told == held(shown)
    asked, exposed = case.asked.protection, {(bound.indicator, bound.cell) for bound in protected.bounds}
    assert asked is not None
    for bound in told:
        if (bound.indicator, bound.cell) in exposed:
            counts = case.cells.indicators[bound.indicator].kind in (Kind.ROW_COUNT, Kind.DISTINCT_COUNT)
            margin = max(asked.minimum, -(-bound.true * asked.percent // 100))
            assert bound.high is None or bound.high >= bound.true + margin - 1e-6
            assert bound.low <= max(min(int(counts), bound.true), bound.true - margin) + 1e-6


@st.composite
def versions(draw: st.DrawFn) -> tuple[Table, list[list[Row]]]:
    """Draw a table with totals, and the rows that three versions of it hold: some come late, some are taken out."""
    margins = draw(st.sampled_from([[["lieu"]], [["lieu"], []], [["lieu"], ["jour"], []]]))
    frame = {"lieu": list(PLACES), "jour": list(DAYS)}
    table = Table("passages", frame, draw(st.sampled_from(ASKED)), margins, (ROWS, UNITS, FIRST_SUM))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    held_now: list[Row] = []
    story = []
    for version, (least, most) in enumerate([(0, 8), (0, 5), (0, 5)]):
        for place in PLACES:
            for day in DAYS:
                start = len(held_now) + 1_000 * version
                count = int(chance.integers(least, most)) * int(version == 0 or chance.integers(2))
                held_now += [
                    Row(number, {"lieu": place, "jour": day}, (f"h{number}",), (int(chance.integers(1, 30)),))
                    for number in range(start, start + count)
                ]
        story.append([row for row in held_now if version == 0 or chance.integers(12)])
    return table, story


@settings(max_examples=60, deadline=None)
@given(story=versions(), late=st.sampled_from(Late))
def test_of_a_version_that_keeps_older_numbers_they_are_those_of_who_reads_the_others(
    story: tuple[Table, list[list[Row]]], late: Late
) -> None:
    table, each = story
    past: list[PastRelease] = []
    for number, rows in enumerate(each):
        try:
            settled = settle(table.release(rows, f"v{number}"), past, late=late)
        except GuaranteeBroken as refusal:
            assert refusal.code == "protection.no-pattern"  # noqa: PT017 - likewise
            return
        held(
            Shown(settled.release.cells, settled.shown, settled.protected.masked, table.asked),
            settled.protected.bounds,
        )
        past.append(published_as(settled))
