"""Corrected rows: no file less another tells the corrections of fewer than k units, though no digest tells of them.

Rows never come or leave here: their values are corrected, upwards. What a ledger has of a row then is its unit, its
amount and its day (`charter.memberships`), so the amounts alone tell.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.differencing.past import Late, Mark, PastRelease, Settled
from anonymizers.differencing.settle import settle
from tests.cell_tables import FIRST_SUM, UNITS, Key, rules
from tests.releases import Row, Table, published_as

K = 3
ASKED = rules(ks=(K,), protection=None)
PLACES = {"i0": "c0", "i1": "c0", "i2": "c1"}
TABLES = tuple(
    Table(name, frame, ASKED, measures=(UNITS, FIRST_SUM), tells_corrections=False)
    for name, frame in (
        ("par-iris", {"iris": sorted(PLACES)}),
        ("par-commune", {"commune": ["c0", "c1"]}),
        ("en-tout", {"tout": ["t"]}),
    )
)
Amounts = Mapping[int, int]
"""The amount of each row of a cell, by its number."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as a reader has it: the rows, as they were then, behind each number that it shows."""

    table: str
    cells: Mapping[Key, Amounts]


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[Table, list[Row]]]:
    irises = [*(["i0"] * draw(st.integers(3, 6))), *(["i1"] * draw(st.integers(3, 6))), *(["i2"] * 4)]
    rows = [
        Row(number, {"iris": iris, "commune": PLACES[iris], "tout": "t"}, (f"h{number}",), (5,))
        for number, iris in enumerate(irises)
    ]
    story = []
    for _ in range(draw(st.integers(2, 4))):
        story.append((draw(st.sampled_from(TABLES)), rows))
        changed = draw(st.sets(st.integers(0, len(rows) - 1), max_size=6))
        rows = [replace(row, amounts=(row.amounts[0] + (row.number in changed),)) for row in rows]
    return story


def file_of(table: Table, rows: list[Row], settled: Settled, versions: Mapping[str, File]) -> File:
    cells: dict[Key, Amounts] = {}
    for key, mark, source in zip(settled.release.cells.keys, settled.marks, settled.sources, strict=True):
        if mark is Mark.KEPT:
            cells[key] = versions[str(source)].cells[key]
        elif mark is Mark.FRESH:
            cells[key] = {row.number: row.amounts[0] for row in rows if key == tuple(row.place[n] for n in table.frame)}
    return File(table.dataset, cells)


def told(story: list[tuple[Table, list[Row]]]) -> list[File]:
    past: list[PastRelease] = []
    files: list[File] = []
    for number, (table, rows) in enumerate(story):
        settled = settle(table.release(rows, f"v{number}"), past, late=Late.REVISE)
        files.append(file_of(table, rows, settled, {f"v{place}": file for place, file in enumerate(files)}))
        past.append(published_as(settled))
    return files


def changed(whole: Amounts, parts: list[Amounts]) -> set[int]:
    """Name the rows, each of a unit of its own, that a cell less others inside it says anything of."""
    left = Counter(whole)
    for part in parts:
        left.subtract(part)
    return {number for number, amount in left.items() if amount}


def leaks(one: File, other: File) -> Iterator[tuple[Key, set[int]]]:
    for key, whole in one.cells.items():
        if one.table == other.table:
            parts = [other.cells[key]] if key in other.cells else []
        else:
            parts = [part for part in other.cells.values() if part.keys() <= whole.keys()]
        rest = changed(whole, parts)
        if parts and 0 < len(rest) < K:
            yield key, rest


@settings(max_examples=300, deadline=None)
@given(story=stories())
def test_no_file_less_another_tells_the_corrections_of_a_few(story: list[tuple[Table, list[Row]]]) -> None:
    files = told(story)
    for number, file in enumerate(files):
        for earlier in files[:number]:
            assert [*leaks(file, earlier), *leaks(earlier, file)] == []
