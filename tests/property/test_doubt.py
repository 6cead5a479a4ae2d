"""Doubt: all cells of a sum that leaves too few are in doubt, so what is settled at once is in no such sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import Booleans, Integers
from anonymizers.differencing.doubt import doubtful
from anonymizers.differencing.facts import Facts, facts_of
from anonymizers.differencing.past import Late, Mark, PastRelease
from anonymizers.differencing.settle import settle
from anonymizers.disclosure.work import Work
from tests.cell_tables import rules
from tests.chance import Chance
from tests.releases import Row, Table, published_as

K = 3
ASKED = rules(ks=(K,), protection=None)
SITES, DAYS = [f"s{number}" for number in range(5)], [f"j{number}" for number in range(5)]
PLACES = {"tout": ["t"], "site": SITES, "jour": DAYS}
FRAMES = (("tout",), ("site",), ("jour",), ("site", "jour"))
CELLS = 8
"""Cells of one instance at most: every sum of them is tried."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of a cell that is shown."""

    rows: tuple[Row, ...]


def table(frame: Sequence[str], period: str = "2026-05") -> Table:
    return Table("par-" + "-".join(frame), {n: PLACES[n] for n in frame}, ASKED, period=period, tells_corrections=False)


@st.composite
def rows_of(draw: st.DrawFn, number: int) -> Row:
    site, day = draw(st.sampled_from(SITES[:2])), draw(st.sampled_from(DAYS[:2]))
    unit = draw(st.sampled_from([None, *(f"u{number}" for number in range(8))]))
    return Row(number, {"tout": "t", "site": site, "jour": day}, (unit,), (1,))


@st.composite
def instances(draw: st.DrawFn) -> tuple[Facts, list[Shown]]:
    """Return some cells of tables made at several moments, rows coming and leaving in between."""
    rows = [draw(rows_of(number)) for number in range(draw(st.integers(4, 20)))]
    releases, shown, held = [], [], list[Shown]()
    for moment in range(draw(st.integers(2, 4))):
        frame = draw(st.sampled_from(FRAMES))
        release = table(frame).release(rows, f"v{moment}")
        of_key = {key: [r for r in rows if key == tuple(r.place[n] for n in frame)] for key in release.cells.keys}
        some = [bool(of_key[key]) and draw(st.booleans()) for key in release.cells.keys]
        some = [kept and len(held) + sum(some[:place]) < CELLS for place, kept in enumerate(some)]
        held += [Shown(tuple(of_key[key])) for key, kept in zip(release.cells.keys, some, strict=True) if kept]
        releases.append(release)
        shown.append(np.array(some, dtype=np.bool_))
        gone = draw(st.sets(st.integers(0, 20), max_size=2))
        late = [draw(rows_of(100 * (moment + 1) + number)) for number in range(draw(st.integers(0, 4)))]
        rows = [row for row in rows if row.number not in gone] + late
    return facts_of(list(zip(releases, shown, strict=True)), "foyer"), held


def telling(held: Sequence[Shown], new: Booleans) -> Iterator[Integers]:
    """Yield every sum of cells, each added, taken away or left aside, that leaves somebody but fewer than k units.

    Those of which what is `new` is what it is in a sum that leaves nobody are left out: the old ones told as much.
    """
    items = sorted({(row.units[0] or "", row.place["jour"]) for one in held for row in one.rows})
    units = sorted({unit for unit, _ in items})
    rows = np.array([[sum((r.units[0] or "", r.place["jour"]) == i for r in one.rows) for i in items] for one in held])
    of_unit = np.array([[unit == own for own in units] for unit, _ in items], dtype=np.int64)
    ways = np.array([*product((0, 1, -1), repeat=len(held))], dtype=np.int64)
    left = ((ways @ rows != 0) @ of_unit) > 0
    several = left[:, [place for place, unit in enumerate(units) if unit]].sum(axis=1)
    known = {way[new].tobytes() for way in ways[(ways @ rows == 0).all(axis=1)]}
    yield from (way for way in ways[left.any(axis=1) & (several < K)] if way[new].tobytes() not in known)


@settings(max_examples=300, deadline=None)
@given(instance=instances(), protected=st.booleans())
def test_every_cell_of_a_sum_that_tells_of_too_few_is_in_doubt(
    instance: tuple[Facts, list[Shown]], protected: bool
) -> None:
    facts, held = instance
    if held:
        doubt = doubtful(replace(facts, protects=np.full(len(facts.ks), protected)), Work())
        for way in telling(held, (facts.tables == 0) | (not protected)):
            assert doubt[way != 0].all()


def crowd(several: int, since: int, chance: Chance) -> list[Row]:
    """Return rows of forty units, each in any place on any day."""
    drawn = [(chance.below(5), chance.below(5), chance.below(40)) for _ in range(several)]
    return [
        Row(number, {"tout": "t", "site": SITES[site], "jour": DAYS[day]}, (f"u{unit}",), (1,))
        for number, (site, day, unit) in enumerate(drawn, since)
    ]


def people(several: int, since: int, site: str, day: str) -> list[Row]:
    """Return one row each of units that are nowhere else."""
    place = {"tout": "t", "site": site, "jour": day}
    return [Row(number, place, (f"n{number}",), (1,)) for number in range(since, since + several)]


def test_cells_that_many_share_are_settled_at_once_and_none_is_masked_for_nothing() -> None:
    """Three tables of the same units, twenty rows coming in between each: all sums of their cells leave k units."""
    chance = Chance()
    rows, past, marks = crowd(600, 0, chance), list[PastRelease](), list[Mark]()
    for moment, frame in enumerate((("site", "jour"), ("site",), ("jour",))):
        settled = settle(table(frame).release(rows, f"v{moment}"), past, late=Late.REVISE)
        past.append(published_as(settled))
        marks += settled.marks
        rows = rows + crowd(40, len(rows), chance)
    assert marks == [Mark.FRESH] * 35


def test_only_the_cells_around_a_difference_are_in_doubt() -> None:
    """Two units came to one place after its days were told, and five to another one: nothing small is told there."""
    before = [row for n in range(4) for row in people(5, 10 * n, SITES[n // 2], DAYS[n % 2])]
    late = [*people(2, 100, SITES[0], DAYS[0]), *people(5, 110, SITES[1], DAYS[1])]
    releases = [table(["site"]).release([*before, *late], "v1"), table(["site", "jour"]).release(before, "v0")]
    facts = facts_of([(each, np.ones(len(each.cells.keys), dtype=np.bool_)) for each in releases], "foyer")
    keys = [releases[one].cells.keys[cell] for one, cell in zip(facts.tables, facts.cells, strict=True)]
    doubt = doubtful(facts, Work()).tolist()
    assert [key for key, is_in in zip(keys, doubt, strict=True) if is_in] == [("s0",), ("s0", "j0"), ("s0", "j1")]
    assert [key for key, is_in in zip(keys, doubt, strict=True) if not is_in] == [("s1",), ("s1", "j0"), ("s1", "j1")]
