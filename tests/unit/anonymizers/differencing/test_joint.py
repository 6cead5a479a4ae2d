"""Joint check: versions and sisters of a table read together by a linear programme (LANGUAGE.md section 9, (c))."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anonymizers.cells import TOGETHER, Booleans, ProtectionRule
from anonymizers.differencing.blocks import Block, past_block
from anonymizers.differencing.links import Link, Nest, nests, rising, shared_by
from anonymizers.differencing.past import Late, Mark, PastRelease, Rule, Settled
from anonymizers.differencing.settle import settle
from anonymizers.differencing.system import Part, stacked
from anonymizers.disclosure.reader import Needs, reader_of
from anonymizers.disclosure.table import studied
from anonymizers.disclosure.work import Work
from eclor.errors import GuaranteeBroken
from tests.cell_tables import ROWS, UNITS, rules
from tests.linear_attacker import lines_in
from tests.releases import Row, Table, first, marked, people, published_as, said

K = 4
ASKED = rules(ks=(K,))
CROSSED = Table("passages", {"a": ["a0", "a1", "a2"], "b": ["b0", "b1"]}, ASKED, margins=[["a"], ["b"], []])
PLAIN = Table("passages", {"a": ["a0", "a1", "a2"]}, ASKED, margins=[[]], measures=(UNITS,))


def cells(sizes: dict[str, int], start: int = 0) -> list[Row]:
    """Return so many households in each cell `a`, told apart by cell."""
    return [row for n, (a, size) in enumerate(sizes.items()) for row in people(size, start + 1_000 * n, a=a)]


def test_a_sister_with_the_same_cells_does_not_show_the_companion_of_a_mask() -> None:
    rows = [
        replace(row, place=dict(row.place) | {"z": "z" + row.place["a"]}) for row in cells({"a0": 2, "a1": 6, "a2": 9})
    ]
    sister = Table("zones", {"z": ["za0", "za1", "za2"]}, rules(ks=(K,), protection=None))
    settled = settle(sister.release(rows), [first(PLAIN, rows)], late=Late.REVISE)
    assert said(settled)["za1",] is None
    assert Rule.NESTING in {breach.rule for breach in settled.breaches}


def zoned(rows: list[Row]) -> list[Row]:
    return [replace(row, place=dict(row.place) | {"z": "z" + row.place["a"]}) for row in rows]


def test_a_sister_of_a_lower_k_does_not_show_what_a_table_masks() -> None:
    rows = zoned(cells({"a0": 2, "a1": 6, "a2": 9}))
    lower = Table("zones", {"z": ["za0", "za1", "za2"]}, rules(ks=(2,)), margins=[[]], measures=(UNITS,))
    settled = settle(lower.release(rows), [first(PLAIN, rows)], late=Late.REVISE)
    assert said(settled)["za0",] is None
    assert said(settled)["za1",] is None


def test_a_sister_with_totals_that_tells_nothing_is_shown_whole() -> None:
    rows = zoned(cells({"a0": 12, "a1": 16, "a2": 19}))
    sister = Table("zones", {"z": ["za0", "za1", "za2"]}, ASKED, margins=[[]], measures=(UNITS,))
    settled = settle(sister.release(rows), [first(PLAIN, rows)], late=Late.REVISE)
    assert set(settled.marks) == {Mark.FRESH}


def test_a_period_that_counts_something_else_does_not_free_what_another_one_says() -> None:
    """Of a quarter's three, two are those that January masks as under 4, whatever February says of the third."""
    january = [replace(row, place={**row.place, "m": "01"}) for row in cells({"a0": 2, "a1": 6, "a2": 9})]
    february = [replace(row, place={**row.place, "m": "02"}) for row in cells({"a0": 1}, 9_000)]
    rows = [replace(row, place={**row.place, "z": "z" + row.place["a"]}) for row in (*january, *february)]
    months = [
        first(replace(PLAIN, only={"m": "01"}, period="2026-01"), rows),
        first(replace(PLAIN, only={"m": "02"}, period="2026-02", measures=(ROWS,), margins=[]), rows),
    ]
    quarter = Table("zones", {"z": ["za0"]}, rules(ks=(2,), protection=None), period="2026-T1", only={"a": "a0"})
    for past in (months[:1], months):
        settled = settle(quarter.release(rows), past, late=Late.REVISE)
        assert said(settled)["za0",] is None
        assert {breach.rule for breach in settled.breaches} == {Rule.JOINT}


@settings(max_examples=60, deadline=None)
@given(held=st.data())
def test_what_one_table_says_alone_it_says_beside_others(held: st.DataObject) -> None:
    """Of other periods, versions and dimensions, rows corrected or not: a set of cells that share no row stays one."""
    places = st.fixed_dictionaries({name: st.sampled_from([f"{name}0", f"{name}1"]) for name in ("a", "b", "m")})
    rows = [Row(n, place, (f"h{n}",)) for n, place in enumerate(held.draw(st.lists(places, min_size=3, max_size=12)))]
    later = [row if held.draw(st.booleans()) else replace(row, place=held.draw(places)) for row in rows]
    whole = Table("annee", {"b": ["b0", "b1"]}, ASKED, margins=[[]], period="2026")
    blocks = [block_of(whole, rows, "v1")]
    for version in held.draw(st.lists(st.sampled_from(["v1", "v2"]), min_size=2, max_size=4).map(sorted)):
        month, by = held.draw(st.sampled_from(["m0", "m1"])), held.draw(st.sampled_from(["a", "b"]))
        table = Table("mois", {by: [f"{by}0", f"{by}1"]}, ASKED, period=month, only={"m": month})
        blocks.append(block_of(table, rows if version == "v1" else later, version))
    assert {*nested_in(blocks[:2])} <= {*nested_in(blocks)}


def nested_in(blocks: list[Block]) -> list[Nest]:
    return [nest for one in shared_by(blocks) for nest in nests(one)]


def block_of(table: Table, rows: list[Row], version: str) -> Block:
    release = table.release(rows, version)
    return past_block(PastRelease(release, (Mark.FRESH,) * len(release.cells.keys)), version=False)


def test_months_make_a_quarter_together_as_each_cell_was_last_said() -> None:
    """January's `a0` came twice, and its `a1` too, though it is the same both times."""
    rows = [Row(n, {"a": a, "m": m}, (f"h{n}",)) for n, (a, m) in enumerate([("a0", "1"), ("a1", "1"), ("a0", "2")])]
    more = [*rows, Row(9, {"a": "a0", "m": "1"}, ("h9",))]
    quarter, month = Table("trimestre", {"q": ["q"]}, ASKED), Table("mois", {"a": ["a0", "a1"]}, ASKED)
    one, two = (replace(month, period=m, only={"m": m}) for m in "12")
    blocks = [
        block_of(quarter, [replace(row, place={"q": "q"}) for row in more], "v1"),
        block_of(one, rows, "v1"),
        block_of(two, rows, "v1"),
        block_of(one, more, "v2"),
    ]
    found = {nest.parts: nest.whole for nest in nested_in(blocks)}
    assert found[(2, 0), (3, 0), (3, 1)]
    assert not found[(1, 0), (1, 1), (2, 0)]


@pytest.mark.parametrize(
    ("late", "marks"),
    [
        # Now 9 are shown of `a1`, and 18 in all: `a0` and `a2`, which came with the first version, are 9.
        ({"a1": 4}, {("a1",): Mark.FRESH, (TOGETHER,): Mark.FRESH}),
        # Now 5 are shown of `a1`, which held no more before; the total stays at 14, since `a0` changed.
        ({"a0": 4}, {("a1",): Mark.FRESH, (TOGETHER,): Mark.KEPT}),
    ],
)
def test_two_versions_of_a_sister_and_a_cell_around_one_of_theirs_tell_no_third(
    late: dict[str, int], marks: dict[tuple[str, ...], Mark]
) -> None:
    """Of 14, three masked cells, `a0` holds 3; the 7 that are shown around the 6 of `a2` would leave it 2 or more."""
    table = replace(
        PLAIN, asked=rules(ks=(K,), protection=ProtectionRule(percent=20, minimum=2)), tells_corrections=False
    )
    rows = cells({"a0": 3, "a1": 5, "a2": 6})
    more = [*rows, *cells(late, 7_000)]
    versions = [
        marked(table.release(rows), {(TOGETHER,): Mark.FRESH}),
        marked(table.release(more, "v2"), marks),
    ]
    around = [replace(row, place={"z": "z0"}) for row in more if row.place["a"] == "a2" or row.number == 7_000]
    sister = Table("zones", {"z": ["z0"]}, rules(ks=(K,), protection=None), measures=(UNITS,), tells_corrections=False)
    assert said(settle(sister.release(around), versions[:1], late=Late.REVISE)) == {("z0",): 7}
    settled = settle(sister.release(around), versions, late=Late.REVISE)
    assert said(settled) == {("z0",): None}
    assert {breach.rule for breach in settled.breaches} == {Rule.JOINT}


def test_what_tells_is_masked_and_not_all_that_hangs_together_with_it() -> None:
    """`z1` holds all of `a1` and others: it hangs together with `a0` by the total, and tells nothing of it."""
    rows = cells({"a0": 3, "a1": 5, "a2": 6})
    late = cells({"a0": 4, "a1": 8}, 7_000)
    table = replace(
        PLAIN, asked=rules(ks=(K,), protection=ProtectionRule(percent=20, minimum=2)), tells_corrections=False
    )
    versions = [
        marked(table.release(rows), {(TOGETHER,): Mark.FRESH}),
        marked(table.release([*rows, *late[:4]], "v2"), {("a1",): Mark.FRESH, (TOGETHER,): Mark.KEPT}),
    ]
    zones = {"a1": "z1", "a2": "z0", "a0": None}
    around = [
        replace(row, place={"z": zone})
        for row in (*rows, *late)
        if (zone := "z0" if row.number == 7_000 else zones[row.place["a"]])
    ]
    sister = Table(
        "zones", {"z": ["z0", "z1"]}, rules(ks=(K,), protection=None), measures=(UNITS,), tells_corrections=False
    )
    assert said(settle(sister.release(around), versions, late=Late.REVISE)) == {("z0",): None, ("z1",): 13}


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        # Each household lives in one place: of 4 around `a0` and `a1`, one at least is of `a1`, `a0` holds 3 at most.
        ([], None),
        # A household of `a0` is one of `a1`, too: that they hold as many together is nothing to be guessed.
        ([Row(0, {"a": "a1"}, ("h0",))], 4),
    ],
)
def test_what_lies_in_a_cell_adds_up_where_no_unit_is_in_two_of_its_parts(shared: list[Row], told: int | None) -> None:
    table = replace(
        PLAIN,
        frame={"a": ["a0", "a1", "a2", "a3"]},
        asked=rules(ks=(K,), protection=ProtectionRule(percent=20, minimum=1)),
    )
    rows = cells({"a0": 2, "a1": 0 if shared else 1, "a2": 6, "a3": 9}) + shared
    one = marked(table.release(rows), {("a3",): Mark.FRESH, (TOGETHER,): Mark.FRESH})
    around = [row for row in rows if row.place["a"] in {"a0", "a1"}]
    around += [row for row in rows if row.place["a"] == "a2"][: K - len({row.units for row in around})]
    sister = Table("zones", {"z": ["z0"]}, rules(ks=(K,), protection=None), measures=(UNITS,))
    settled = settle(sister.release([replace(row, place={"z": "z0"}) for row in around]), [one], late=Late.REVISE)
    assert said(settled) == {("z0",): told}
    assert {breach.rule for breach in settled.breaches} == ({Rule.JOINT} if told is None else set())


def test_a_cell_that_lies_in_two_masked_ones_together_does_not_tell_a_third() -> None:
    """Of 15 in three masked cells, the zone's 11 are all of `a1` or `a2`: `a0`, which is 3, is 4 at most, not 5."""
    table = replace(
        PLAIN,
        frame={"a": ["a0", "a1", "a2", "a3"]},
        asked=rules(ks=(K,), protection=ProtectionRule(percent=20, minimum=2)),
    )
    rows = cells({"a0": 3, "a1": 6, "a2": 6, "a3": 9})
    one = marked(table.release(rows), {("a3",): Mark.FRESH, (TOGETHER,): Mark.FRESH})
    both = [replace(row, place={"z": "z0"}) for row in rows if row.place["a"] in {"a1", "a2"}]
    sister = Table("zones", {"z": ["z0"]}, rules(ks=(K,), protection=None), measures=(UNITS,))
    settled = settle(sister.release(both[1:]), [one], late=Late.REVISE)
    assert said(settled) == {("z0",): None}
    assert {breach.rule for breach in settled.breaches} == {Rule.JOINT}
    assert said(settle(sister.release(both[2:]), [one], late=Late.REVISE)) == {("z0",): 10}


def test_two_versions_that_no_numbers_could_make_are_told() -> None:
    """The total falls from 20 to 15 although a reader supposes that rows only enter."""
    shown = np.array([False, True])
    parts = [
        Part(reader_of(studied(Table("t", {"a": ["a0"]}, ASKED, [[]]).release(rows).cells, ASKED), 0), ~shown, ())
        for rows in (cells({"a0": 15}), cells({"a0": 20}))
    ]
    system, offsets = stacked(parts, new=shown, work=Work())
    values, at = [part.reader.values for part in parts], np.flatnonzero(shown)
    for links, told in (([], 0), ([*rising((0, 1), (at, at), values)], 0), ([*rising((1, 0), (at, at), values)], 1)):
        assert len([*system.tied(links, offsets).narrowed()]) == told


@pytest.mark.parametrize(("up", "told"), [(4, []), (5, [([0], 1)])])
def test_one_end_that_was_known_before_does_not_free_the_other(up: int, told: list[tuple[list[int], int]]) -> None:
    """Of a masked 5, known to be 4 or more, a new 9 around it tells that it is 9 or less."""
    masked = np.array([True])
    parts = [
        Part(reader_of(studied(Table("t", {"a": ["a0"]}, ASKED).release(rows).cells, ASKED), 0), hidden, ())
        for rows, hidden in ((cells({"a0": 9}), ~masked), (cells({"a0": 5}), masked))
    ]
    system, offsets = stacked(parts, new=masked, work=Work())
    needs = Needs(np.array([1]), np.array([up]), np.array([3]))
    reader = replace(system.reader, needs=needs, hidden_low=np.array([-8.0, -1.0]))
    around = Link(((0, 0), (1, 0)), (1.0, -1.0), -4.0, np.inf)
    found = replace(system, reader=reader).tied([around], offsets).narrowed()
    assert [(columns.tolist(), cell) for columns, cell in found] == told


def test_a_total_that_fell_for_all_to_see_is_told_whatever_was_kept_in_between() -> None:
    """One household leaves, then five more: 20, 20 again (one is too few to tell), 14."""
    rows, told = cells({"a0": 10, "a1": 10}), list[PastRelease]()
    for number, gone in enumerate((0, 1, 6), start=1):
        settled = settle(PLAIN.release(rows[gone:], f"v{number}"), told, late=Late.REVISE)
        told.append(published_as(settled))
    assert [said(settled)[key] for key in (("a0",), ("a1",), (TOGETHER,))] == [4, 10, 14]


def test_who_supposes_that_rows_only_enter_narrows_nothing_by_it() -> None:
    """Of 8 in two masked cells, one is 4 once a household has left it: who counts it as 4 at most has 4 elsewhere."""
    rows = cells({"a0": 3, "a1": 5, "a2": 9})
    one = first(PLAIN, rows)
    assert [mark is Mark.MASKED for mark in one.marks] == [True, True, False, False]
    left = [row for row in rows if row.number not in {1_000, 2_000}]
    settled = settle(PLAIN.release(left, "v2"), [one], late=Late.REVISE)
    assert said(settled) == {("a0",): None, ("a1",): None, ("a2",): 9, (TOGETHER,): 17}
    assert {breach.rule for breach in settled.breaches} == {Rule.REVISION, Rule.JOINT}


def test_totals_added_later_freeze_the_period() -> None:
    rows = cells({"a0": 2, "a1": 6, "a2": 9})
    one = first(replace(PLAIN, margins=[], asked=rules(ks=(K,), protection=None)), rows)
    settled = settle(PLAIN.release(rows + people(9, 500, a="a0"), "v2"), [one], late=Late.REVISE)
    assert said(settled) == {("a0",): None, ("a1",): 6, ("a2",): 9}


# --- an attacker who holds all versions, on another solver -------------------------------------------------------


@st.composite
def versions(draw: st.DrawFn) -> list[list[Row]]:
    """Return the rows held at two or three versions: rows enter, and some may leave."""
    cell = st.tuples(st.sampled_from(["a0", "a1", "a2"]), st.sampled_from(["b0", "b1"]))
    rows: list[Row] = []
    held = []
    for turn in range(draw(st.integers(2, 3))):
        sizes = draw(st.dictionaries(cell, st.integers(1, 9), min_size=3 if turn == 0 else 1, max_size=6))
        for n, ((a, b), size) in enumerate(sorted(sizes.items())):
            rows = rows[draw(st.integers(0, 6)) :] + people(size, 10_000 * turn + 100 * n, a=a, b=b)
        held.append(rows)
    return held


def bounds(told: Sequence[PastRelease], at: tuple[int, int], shown: Sequence[Booleans]) -> tuple[float, float]:
    """Return where an attacker places cell `at` = (version, cell), counts being sums of parts and only rising.

    Not where a fall is there for all to see; where no numbers agree with that, nowhere.
    """
    keys, count = told[0].release.cells.keys, len(told[0].release.cells.keys)
    place = {key: number for number, key in enumerate(keys)}
    ranges: list[tuple[float, float | None]] = []
    equal, below = [], []
    for number, past in enumerate(told):
        values, rows = past.release.cells.values[-1], past.release.cells.rows
        for cell in range(count):
            known = shown[number][cell] or (rows[cell] == 0 and past.marks[cell] is not Mark.KEPT)
            least = 1.0 if past.marks[cell] is Mark.MASKED else 0.0
            ranges.append(
                (float(values[cell]), float(values[cell])) if known else (min(least, float(values[cell])), None)
            )
        for margin, parts in lines_in(keys):
            row = np.zeros(count * len(told))
            row[[number * count + place[part] for part in parts]] = 1
            row[number * count + place[margin]] = -1
            equal.append(row)
        if number:
            for cell in set(range(count)) - fallen(told, number):
                row = np.zeros(count * len(told))
                row[(number - 1) * count + cell], row[number * count + cell] = 1, -1
                below.append(row)
    cost = np.zeros(count * len(told))
    cost[at[0] * count + at[1]] = 1
    found = [
        linprog(
            sign * cost,
            A_eq=np.array(equal),
            b_eq=np.zeros(len(equal)),
            A_ub=np.array(below) if below else None,
            b_ub=np.zeros(len(below)) if below else None,
            bounds=ranges,
        )
        for sign in (1, -1)
    ]
    if any(one.status == 2 for one in found):
        return np.inf, -np.inf
    return (
        found[0].fun if found[0].status == 0 else -np.inf,
        -found[1].fun if found[1].status == 0 else np.inf,
    )


def fallen(told: Sequence[PastRelease], number: int) -> set[int]:
    """Return the cells shown at less in `number` or later than before it, what contains them and what they contain."""
    keys = told[0].release.cells.keys

    def shown(cell: int, versions: Sequence[PastRelease]) -> list[int]:
        fresh = (past for past in versions if past.marks[cell] is Mark.FRESH)
        return [int(past.release.cells.values[-1][cell]) for past in fresh]

    def holds(around: Sequence[str], key: Sequence[str]) -> bool:
        return all(label in {TOGETHER, own} for label, own in zip(around, key, strict=True))

    cells = range(len(keys))
    seen = [
        cell
        for cell in cells
        if min(shown(cell, told[number:]), default=np.inf) < max(shown(cell, told[:number]), default=0)
    ]
    return {cell for cell in cells for own in seen if holds(keys[cell], keys[own]) or holds(keys[own], keys[cell])}


def is_uncertain(told: Sequence[PastRelease], at: tuple[int, int], shown: Sequence[Booleans]) -> bool:
    true = int(told[at[0]].release.cells.values[-1][at[1]])
    low, high = bounds(told, at, shown)
    x = max(1, -(-true * 10 // 100))
    return high >= max(true + x, K) - 1e-6 and low <= max(1, true - x) + 1e-6


@settings(max_examples=40, deadline=None)
@given(held=versions())
def test_no_attacker_who_holds_all_versions_narrows_a_masked_cell(held: list[list[Row]]) -> None:
    table = replace(CROSSED, measures=(ROWS, UNITS))
    told: list[PastRelease] = []
    for number, rows in enumerate(held):
        try:
            settled: Settled = settle(table.release(rows, f"v{number}"), told, late=Late.REVISE)
        except GuaranteeBroken as refusal:
            if refusal.code != "protection.no-pattern":
                raise
            return
        told.append(published_as(settled))
        fresh = [np.array([mark is Mark.FRESH for mark in past.marks], dtype=np.bool_) for past in told]
        before = [*fresh[:-1], np.zeros_like(fresh[-1])]
        for version, past in enumerate(told):
            units = past.release.cells.units[0]
            for cell in np.flatnonzero((units > 0) & (units < K)).tolist():
                if past.marks[cell] is Mark.MASKED and not is_uncertain(told, (version, cell), fresh):
                    assert not is_uncertain(told, (version, cell), before)
