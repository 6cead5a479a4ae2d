"""Two or three sisters made at several moments, rows coming in between: no difference of sums tells of too few.

Each story delivers rows, publishes a table at one grain (the week, its days, its sites, both), takes in late rows, and
so on. The attacker (`moments_attacker`) holds all that was ever shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER
from anonymizers.differencing.past import Late, Mark, PastRelease, Settled
from anonymizers.differencing.settle import settle
from tests.attack.moments_attacker import Atom, Said, Sums, Told
from tests.cell_tables import FIRST_SUM, ROWS, UNITS, Key, rules
from tests.releases import Row, Table, published_as

K = 3
ASKED = rules(ks=(K,), protection=None)
SITES, DAYS = ("a", "b", "c"), ("lundi", "mardi")
FRAMES = {
    "semaine": {"semaine": ["s1"]},
    "semaine-par-site": {"site": list(SITES)},
    "jours": {"jour": list(DAYS)},
    "jours-par-site": {"site": list(SITES), "jour": list(DAYS)},
}
TABLES = {
    name: Table(name, frame, ASKED, measures=(ROWS, UNITS, FIRST_SUM), tells_corrections=False)
    for name, frame in FRAMES.items()
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A table that is published, and the rows held by then."""

    table: Table
    rows: Sequence[Row]


@st.composite
def rows_of(draw: st.DrawFn, number: int, units: int) -> Row:
    place = {"semaine": "s1", "site": draw(st.sampled_from(SITES)), "jour": draw(st.sampled_from(DAYS))}
    return Row(number, place, (f"u{draw(st.integers(0, units))}",), (draw(st.integers(1, 4)),))


@st.composite
def stories(draw: st.DrawFn, *, only_enter: bool = False) -> list[Moment]:
    """Return two or three tables at several moments; a row keeps its number as long as it is held."""
    names = draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=2, max_size=3, unique=True))
    tables = [TABLES[name] for name in names]
    units = draw(st.integers(12, 60))
    rows = [draw(rows_of(number, units)) for number in range(draw(st.integers(10, 24)))]
    story = []
    for moment in range(1, draw(st.integers(3, 5))):
        story.append(Moment(draw(st.sampled_from(tables)), rows))
        rows = [*rows, *(draw(rows_of(100 * moment + n, units)) for n in range(draw(st.integers(0, 7))))]
        if not only_enter:
            gone = draw(st.sets(st.integers(0, 30), max_size=2))
            corrected = draw(st.sets(st.integers(0, 30), max_size=2))
            rows = [
                replace(row, amounts=(row.amounts[0] + (row.number in corrected),))
                for row in rows
                if row.number not in gone
            ]
    return story


def atoms_of(key: Key, table: Table) -> frozenset[Atom]:
    """Return which sites and days a cell speaks of."""
    label = dict(zip(table.frame, key, strict=True))
    return frozenset(
        (site, day)
        for site in SITES
        for day in DAYS
        if label.get("site", TOGETHER) in {site, TOGETHER} and label.get("jour", TOGETHER) in {day, TOGETHER}
    )


def said_of(moment: Moment, settled: Settled, version: int, held: frozenset[Atom]) -> Iterator[Said]:
    """Yield the cells that a release shows for the first time as they are."""
    for key, mark in zip(settled.release.cells.keys, settled.marks, strict=True):
        atoms = atoms_of(key, moment.table)
        if mark is Mark.FRESH and atoms & held:
            rows = tuple(row for row in moment.rows if (row.place["site"], row.place["jour"]) in atoms)
            yield Said(moment.table.dataset, key, version, atoms & held, rows)


def published(story: Sequence[Moment]) -> Iterator[Settled]:
    past: list[PastRelease] = []
    for version, moment in enumerate(story):
        settled = settle(moment.table.release(moment.rows, f"v{version}"), past, late=Late.REVISE)
        past.append(published_as(settled))
        yield settled


def told(story: Sequence[Moment]) -> list[Told]:
    held = frozenset((row.place["site"], row.place["jour"]) for moment in story for row in moment.rows)
    said: list[Said] = []
    for version, settled in enumerate(published(story)):
        said += said_of(story[version], settled, version, held)
    return list(Sums(said).told(K)) if said else []


def at(site: str, day: str, units: Sequence[str], since: int) -> list[Row]:
    place = {"semaine": "s1", "site": site, "jour": day}
    return [Row(number, place, (unit,), (2,)) for number, unit in enumerate(units, since)]


def test_the_sites_of_one_table_are_not_taken_from_the_days_of_another() -> None:
    """Two rows of a site came after the days were published: all the days less all the sites would tell of them."""
    before = at("a", "lundi", "uvwx", 0) + at("b", "mardi", "uvwx", 10)
    late = at("b", "mardi", "yz", 20)
    assert told([Moment(TABLES["jours"], before), Moment(TABLES["semaine-par-site"], [*before, *late])]) == []


def test_a_total_of_many_late_rows_is_shown_beside_the_days_of_before() -> None:
    before = at("a", "lundi", "uvwx", 0) + at("b", "mardi", "uvwx", 10)
    late = at("b", "mardi", "yzt", 20)
    first = settle(TABLES["jours"].release(before, "v0"), [], late=Late.REVISE)
    settled = settle(
        TABLES["semaine-par-site"].release([*before, *late], "v1"), [published_as(first)], late=Late.REVISE
    )
    assert Mark.MASKED not in settled.marks
    assert settled.breaches == ()


def test_two_sums_of_cells_of_two_tables_each_are_not_taken_from_one_another() -> None:
    """A site less its Monday, and a Tuesday less two other sites, each speak of three; next to one another, of two."""
    rows = at("b", "lundi", "abc", 0) + at("b", "mardi", "de", 10)
    others = at("a", "mardi", "fgh", 20) + at("c", "mardi", "ijk", 30)
    monday, tuesday = at("b", "lundi", "l", 40), at("b", "mardi", "m", 50)
    story = [
        Moment(TABLES["semaine-par-site"], rows),
        Moment(TABLES["jours-par-site"], [*rows, *others, *monday]),
        Moment(TABLES["jours"], [*rows, *others, *monday, *tuesday]),
    ]
    (site, parts, day) = (dict(zip(one.release.cells.keys, one.marks, strict=True)) for one in published(story))
    shown = [site["b",], parts["b", "lundi"], parts["a", "mardi"], parts["c", "mardi"], day["mardi",]]
    assert shown != [Mark.FRESH] * 5


@settings(max_examples=100, deadline=None)
@given(story=stories(only_enter=True))
def test_rows_that_come_between_two_moments_are_not_told(story: list[Moment]) -> None:
    assert [str(one) for one in told(story)] == []


@settings(max_examples=100, deadline=None)
@given(story=stories())
def test_rows_that_come_and_others_that_leave_or_are_corrected_are_not_told(story: list[Moment]) -> None:
    assert [str(one) for one in told(story)] == []
