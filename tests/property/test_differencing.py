"""Differencing: no two releases, of versions or of sisters, tell apart a group of fewer than k units."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER
from anonymizers.differencing.past import Late, Mark, PastRelease, Settled
from anonymizers.differencing.settle import settle
from anonymizers.disclosure.protect import protect
from tests.cell_tables import Key, rules
from tests.releases import Row, Table, published_as

K = 3
ASKED = rules(ks=(K,), protection=None)
PLACES = {"i0": "c0", "i1": "c0", "i2": "c1"}
TABLES = (
    Table("par-iris", {"iris": sorted(PLACES)}, ASKED),
    Table("par-iris-et-jour", {"iris": sorted(PLACES), "jour": ["j0", "j1"]}, ASKED),
    Table("par-commune", {"commune": ["c0", "c1"]}, ASKED),
    Table("par-carre", {"carre": ["s0", "s1"]}, ASKED),
    Table("jour-0-par-iris", {"iris": sorted(PLACES)}, ASKED, only={"jour": "j0"}),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """The rows behind a number that is shown."""

    release: int
    table: str
    key: Key
    rows: frozenset[str]


@st.composite
def rows_of(draw: st.DrawFn) -> Row:
    iris = draw(st.sampled_from(sorted(PLACES)))
    place = {"iris": iris, "commune": PLACES[iris], "carre": draw(st.sampled_from(["s0", "s1"]))}
    unit = draw(st.sampled_from(["h0", "h1", "h2", "h3", "h4", "h5", "h6", None]))
    return Row(0, place | {"jour": draw(st.sampled_from(["j0", "j1"]))}, (unit,), (draw(st.integers(1, 3)),))


@st.composite
def plain_stories(draw: st.DrawFn) -> list[tuple[Table, list[Row]]]:
    """Return tables where each row is of another household and is never corrected."""
    return [
        (table, [replace(row, units=(f"h{row.number}",), amounts=(1,)) for row in rows if row.number < 100 or late])
        for late, (table, rows) in enumerate(draw(stories()))
    ]


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[Table, list[Row]]]:
    """Return tables in the order of their publication, each with the rows held by then."""
    rows = [
        replace(row, number=number) for number, row in enumerate(draw(st.lists(rows_of(), min_size=6, max_size=24)))
    ]
    story = []
    for _ in range(draw(st.integers(2, 4))):
        story.append((draw(st.sampled_from(TABLES)), rows))
        late = draw(st.lists(rows_of(), max_size=5))
        gone = draw(st.sets(st.integers(0, 30), max_size=2))
        corrected = draw(st.sets(st.integers(0, 30), max_size=2))
        rows = [
            replace(row, amounts=(row.amounts[0] + (row.number in corrected),))
            for row in [*rows, *(replace(row, number=100 + len(story) * 10 + n) for n, row in enumerate(late))]
            if row.number not in gone
        ]
    return story


def facts_of(table: Table, rows: Sequence[Row], marks: Sequence[Mark], keys: Sequence[Key], release: int) -> list[Fact]:
    held = [(tuple(row.place[name] for name in table.frame), repr(row)) for row in table.held(rows)]
    return [
        Fact(release, table.dataset, key, frozenset(text for at, text in held if at == key))
        for key, mark in zip(keys, marks, strict=True)
        if mark is Mark.FRESH and TOGETHER not in key
    ]


def is_small(rows: frozenset[str], units: dict[str, str | None]) -> bool:
    return bool(rows) and len({units[row] for row in rows} - {None}) < K


def families(inside: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yield every set of facts that share no row."""
    if not inside:
        yield []
        return
    head, *rest = inside
    yield from families(rest)
    for family in families([fact for fact in rest if not fact.rows & head.rows]):
        yield [head, *family]


def leaks(facts: Sequence[Fact], newest: int, units: dict[str, str | None]) -> Iterator[tuple[Fact, list[Fact]]]:
    """Yield what the newest release adds: two cells, or a cell and others inside it, that differ by too few."""
    for old, new in product(facts, facts):
        if new.release == newest != old.release and _compare(old, new, units) and is_small(old.rows ^ new.rows, units):
            yield new, [old]
    for whole in facts:
        inside = [fact for fact in facts if fact is not whole and fact.rows and fact.rows <= whole.rows]
        for family in families(inside):
            releases = {whole.release, *(fact.release for fact in family)}
            rest = whole.rows - frozenset().union(*(fact.rows for fact in family))
            if family and newest in releases and len(releases) > 1 and is_small(rest, units):
                yield whole, family


def told_by_sums(
    facts: Sequence[Fact], newest: int, units: dict[str, str | None]
) -> Iterator[tuple[list[Fact], list[Fact]]]:
    """Yield sums of cells that share no row, one with a cell of the newest release, which differ by too few."""
    sums = [(family, frozenset().union(*(fact.rows for fact in family))) for family in families(facts) if family]
    for (one, here), (other, there) in combinations(sums, 2):
        releases = {fact.release for fact in (*one, *other)}
        if newest in releases and len(releases) > 1 and is_small(here ^ there, units):
            yield one, other


def _compare(old: Fact, new: Fact, units: dict[str, str | None]) -> bool:
    """Say whether a reader takes two cells for the same: two versions of one, or the same people as often."""
    if old.table == new.table:
        return old.key == new.key
    return Counter(units[row] for row in old.rows) == Counter(units[row] for row in new.rows)


def told(story: Sequence[tuple[Table, list[Row]]]) -> Iterator[tuple[int, Settled, list[Fact], dict[str, str | None]]]:
    """Publish the story one release after the other; yield each with all the facts shown before it."""
    past: list[PastRelease] = []
    facts: list[Fact] = []
    units: dict[str, str | None] = {}
    for number, (table, rows) in enumerate(story):
        units |= {repr(row): row.units[0] for row in rows}
        settled = settle(table.release(rows, f"v{number}"), past, late=Late.REVISE)
        yield number, settled, list(facts), dict(units)
        facts += facts_of(table, rows, settled.marks, settled.release.cells.keys, number)
        past.append(published_as(settled))


@settings(max_examples=100, deadline=None)
@given(story=stories())
def test_nothing_that_is_shown_tells_a_small_group_apart(story: list[tuple[Table, list[Row]]]) -> None:
    for number, settled, before, units in told(story):
        table, rows = story[number]
        now = facts_of(table, rows, settled.marks, settled.release.cells.keys, number)
        assert list(leaks([*before, *now], number, units)) == []


@settings(max_examples=100, deadline=None)
@given(story=plain_stories())
def test_no_cell_is_masked_or_kept_without_a_reason(story: list[tuple[Table, list[Row]]]) -> None:
    """Were every cell shown that the table alone may show, and none of it told anything, all of them are shown."""
    for number, settled, before, units in told(story):
        table, rows = story[number]
        alone = protect(settled.release.cells, table.asked).masked.tolist()
        marks = [Mark.MASKED if hidden else Mark.FRESH for hidden in alone]
        everything = facts_of(table, rows, marks, settled.release.cells.keys, number)
        is_first = table not in [earlier for earlier, _ in story[:number]]
        all_shown = [*before, *everything]
        if not is_first or list(leaks(all_shown, number, units)):
            continue
        assert list(settled.marks) == marks or any(told_by_sums(all_shown, number, units))
